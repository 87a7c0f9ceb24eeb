import { useState } from 'react';
import { useI18n } from '../../../i18n';
import { Note } from '../../../ui';

/** Two people wrote at once: both texts side by side, chosen part by part. Nothing is thrown away before that. */
export function Conflict<C extends object>({ mine, theirs, label, onSettle }: { mine: C; theirs: C; label: (field: keyof C & string) => string; onSettle: (content: C) => void }) {
  const { t } = useI18n();
  const fields = (Object.keys(mine) as (keyof C & string)[]).filter((field) => JSON.stringify(mine[field]) !== JSON.stringify(theirs[field]));
  const [taken, setTaken] = useState<Partial<Record<keyof C, 'mine' | 'theirs'>>>({});
  const merged = () => {
    const content = { ...theirs };
    for (const field of fields) if (taken[field] !== 'theirs') content[field] = mine[field];
    return content;
  };
  return (
    <Note kind="attention" icon="edit" role="alert">
      <p>
        <b>{t('projects.conflict.title')}</b> {t(fields.length > 0 ? 'projects.conflict.text' : 'projects.conflict.same')}
      </p>
      {fields.map((field) => (
        <fieldset key={field} className="rowset">
          <legend>{label(field)}</legend>
          {(['mine', 'theirs'] as const).map((side) => (
            <label key={side} className="opt">
              <input type="radio" name={`conflict-${field}`} checked={(taken[field] ?? 'mine') === side} onChange={() => setTaken({ ...taken, [field]: side })} />
              <span>
                <b>{t(`projects.conflict.${side}`)}</b>
                <small className="pre">{textOf((side === 'mine' ? mine : theirs)[field]) || t('projects.conflict.empty')}</small>
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <p className="mt-3">
        <button type="button" className="btn btn-p" onClick={() => onSettle(merged())}>
          {t('projects.conflict.save')}
        </button>
      </p>
    </Note>
  );
}

/** All that a reader would see of a value, whatever its shape. */
function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join('\n');
  if (value && typeof value === 'object')
    return Object.entries(value)
      .filter(([name]) => name !== 'id' && name !== 'attachment')
      .map(([, part]) => (part === true ? '✓' : textOf(part)))
      .filter(Boolean)
      .join(', ');
  return '';
}
