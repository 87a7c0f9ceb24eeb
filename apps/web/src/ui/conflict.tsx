import { useState } from 'react';
import { useI18n } from '../i18n';
import { textOf } from './content-text';
import { Note } from './graphics';

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
        <b>{t('editor.conflict.title')}</b> {t(fields.length > 0 ? 'editor.conflict.text' : 'editor.conflict.same')}
      </p>
      {fields.map((field) => (
        <fieldset key={field} className="rowset">
          <legend>{label(field)}</legend>
          {(['mine', 'theirs'] as const).map((side) => (
            <label key={side} className="opt">
              <input type="radio" name={`conflict-${field}`} checked={(taken[field] ?? 'mine') === side} onChange={() => setTaken({ ...taken, [field]: side })} />
              <span>
                <b>{t(`editor.conflict.${side}`)}</b>
                <small className="pre">{textOf((side === 'mine' ? mine : theirs)[field]) || t('editor.conflict.empty')}</small>
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <p className="mt-3">
        <button type="button" className="btn btn-p" onClick={() => onSettle(merged())}>
          {t('editor.conflict.save')}
        </button>
      </p>
    </Note>
  );
}
