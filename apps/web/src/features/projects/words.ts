import type { ProjectGap } from '@passerelle/contract';
import { ApiProblem } from '../../app/api';
import { useI18n } from '../../i18n';

export function useFormats() {
  const { t, lang } = useI18n();
  const locale = lang === 'fr' ? 'fr-FR' : 'en-GB';
  /** "2027", "mars 2027", "15 mars 2027": as precise as it was written. */
  const partial = (date: string) => {
    const [, month, day] = date.split('-');
    return new Intl.DateTimeFormat(locale, { year: 'numeric', ...(month && { month: 'long' }), ...(day && { day: 'numeric' }), timeZone: 'UTC' }).format(new Date(date));
  };
  return {
    partial,
    period: (start: string | null, end: string | null) =>
      start && end ? t('projects.period', { from: partial(start), to: partial(end) }) : start ? t('projects.from', { from: partial(start) }) : end ? t('projects.until', { to: partial(end) }) : '',
    money: (amount: number, currency: string | null) =>
      currency && Intl.supportedValuesOf('currency').includes(currency)
        ? new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount)
        : `${new Intl.NumberFormat(locale).format(amount)} ${currency ?? ''}`.trim(),
    /** From basis points. */
    percent: (points: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(points / 100),
    languageName: (code: string) => new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code,
  };
}

/** What the server says of one field of the sheet that was sent, in words. */
export function useProblems(error: unknown) {
  const { t, fieldProblem } = useI18n();
  const gaps = error instanceof ApiProblem ? ((error.params['gaps'] as ProjectGap[] | undefined) ?? []) : [];
  return (path: string): string | undefined => {
    const gap = gaps.find((one) => one.path === path);
    return gap ? t(`projects.gap.${gap.code}`, { min: gap.min ?? 0, max: gap.max ?? 0 }) : fieldProblem(error, `content.${path}`);
  };
}
export type ProblemAt = ReturnType<typeof useProblems>;

/** Brings the first field with a problem to the person who wrote it. */
export function focusProblem(form: HTMLElement | null): void {
  const hint = form?.querySelector('.hint > b');
  (hint?.closest('.field')?.querySelector<HTMLElement>('input, textarea, select, button') ?? hint)?.scrollIntoView({ block: 'center' });
  hint?.closest('.field')?.querySelector<HTMLElement>('input, textarea, select, button')?.focus({ preventScroll: true });
}
