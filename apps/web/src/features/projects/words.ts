import type { ProjectGap } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '../../app/api';
import { themesQuery } from '../../app/queries';
import { useI18n } from '../../i18n';

/** Themes and concepts by their names in the reader's language. */
export function useThesaurus() {
  const { lang } = useI18n();
  const themes = useQuery(themesQuery).data?.items ?? [];
  const concepts = new Map(themes.flatMap((theme) => theme.concepts.map((concept) => [concept.id, concept[lang]] as const)));
  return {
    themes: themes.map((theme) => ({ value: theme.id, label: theme[lang] })),
    themeName: (id: string | null) => themes.find((theme) => theme.id === id)?.[lang] ?? '',
    themeOf: (concept: string | null) => themes.find((theme) => theme.concepts.some((one) => one.id === concept))?.id ?? null,
    conceptsOf: (theme: string | null) => (themes.find((one) => one.id === theme)?.concepts ?? []).map((concept) => ({ value: concept.id, label: concept[lang] })),
    conceptName: (id: string) => concepts.get(id) ?? '',
  };
}

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
