import { useState } from 'react';
import { useI18n } from '../i18n';
import { textOf } from './content-text';
import { Note } from './graphics';

interface Props<C> {
  mine: C;
  theirs: C;
  label: (field: keyof C & string) => string;
  /** What a reader sees of a field; without it all that stands there. */
  words?: (field: keyof C & string, content: C) => string;
  onSettle: (content: C) => void;
}

/** Two people wrote at once: both texts side by side, chosen part by part. Nothing is thrown away before that. */
export function Conflict<C extends object>({ mine, theirs, label, words = (field, content) => textOf(content[field]), onSettle }: Props<C>) {
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
                <small className="pre">{words(field, side === 'mine' ? mine : theirs) || t('editor.conflict.empty')}</small>
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
