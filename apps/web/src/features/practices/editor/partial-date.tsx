import { useI18n } from '../../../i18n';
import { Choice } from '../../../ui/fields';

/** A year alone is enough; the month adds to it. */
export function PartialDate({
  label,
  value,
  problem,
  onChange,
}: {
  label: string;
  value: string | null;
  problem?: string | undefined;
  onChange: (value: string | null) => void;
}) {
  const { t, lang } = useI18n();
  const [year = '', month = ''] = (value ?? '').split('-');
  const years = Array.from({ length: 60 }, (_, n) => String(new Date().getFullYear() + 5 - n));
  const months = Array.from({ length: 12 }, (_, n) => ({
    value: String(n + 1).padStart(2, '0'),
    label: new Intl.DateTimeFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', { month: 'long' }).format(new Date(2024, n, 15)),
  }));
  return (
    <div className="row row-t">
      <Choice
        label={label}
        problem={problem}
        value={year || null}
        options={years.map((one) => ({ value: one, label: one }))}
        onChange={(next) => onChange(next && (month ? `${next}-${month}` : next))}
      />
      {year && (
        <Choice
          label={t('editor.part.month')}
          value={month || null}
          options={months}
          onChange={(next) => onChange(next ? `${year}-${next}` : year)}
        />
      )}
    </div>
  );
}
