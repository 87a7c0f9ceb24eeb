import { useI18n } from '../../i18n';

interface Props {
  /** Begins the ids of the two fields. */
  name: string;
  label: string;
  max: number;
  fr: string;
  en: string;
  onChange: (fr: string, en: string) => void;
  min?: number;
  /** More than one line. */
  rows?: number;
  optional?: boolean;
}

/** The same words in French and in English, one below the other. */
export function Both({ name, label, max, fr, en, onChange, min = 3, rows = 1, optional = false }: Props) {
  const { t } = useI18n();
  const fields = [
    ['fr', fr, (value: string) => onChange(value, en)],
    ['en', en, (value: string) => onChange(fr, value)],
  ] as const;
  return (
    <fieldset className="field">
      <legend className="lab">{label}</legend>
      {fields.map(([lang, value, set]) => {
        const id = `${name}-${lang}`;
        const shared = { id, className: 'in', lang, value, maxLength: max, minLength: optional ? 0 : min, required: !optional };
        return (
          <div key={lang} className="mt-2">
            <label className="meta" htmlFor={id}>
              <span className="vh">{label}, </span>
              {t(`common.inLanguage.${lang}`)}
            </label>
            {rows > 1 ? (
              <textarea {...shared} rows={rows} onChange={(event) => set(event.target.value)} />
            ) : (
              <input {...shared} onChange={(event) => set(event.target.value)} />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
