import type { PracticeContent, PracticeField, PracticeView } from '@passerelle/contract';
import { useState } from 'react';
import { useI18n } from '../../../i18n';
import { Note } from '../../../ui';

/** Two people wrote at once: both versions side by side, chosen answer by answer. Nothing is thrown away before that. */
export function Conflict({
  mine,
  theirs,
  onSettle,
}: {
  mine: PracticeContent;
  theirs: PracticeView;
  onSettle: (content: PracticeContent) => void;
}) {
  const { t } = useI18n();
  const fields = (Object.keys(mine) as PracticeField[]).filter(
    (field) => JSON.stringify(mine[field]) !== JSON.stringify(theirs.content[field]),
  );
  const [taken, setTaken] = useState<Partial<Record<PracticeField, 'mine' | 'theirs'>>>({});
  const merged = () =>
    Object.assign(
      { ...theirs.content },
      ...fields.filter((field) => taken[field] !== 'theirs').map((field) => ({ [field]: mine[field] })),
    ) as PracticeContent;
  const show = (value: unknown) =>
    typeof value === 'string'
      ? value || t('editor.conflict.empty')
      : value === null
        ? t('editor.conflict.empty')
        : t('editor.conflict.structured');
  return (
    <Note kind="attention" icon="edit" role="alert">
      <p>
        <b>{t('editor.conflict.title')}</b> {t('editor.conflict.text')}
      </p>
      {fields.map((field) => (
        <fieldset key={field} className="rowset">
          <legend>{fieldLabel(field, t)}</legend>
          {(['mine', 'theirs'] as const).map((side) => (
            <label key={side} className="opt">
              <input
                type="radio"
                name={`conflict-${field}`}
                checked={(taken[field] ?? 'mine') === side}
                onChange={() => setTaken({ ...taken, [field]: side })}
              />
              <span>
                <b>{t(`editor.conflict.${side}`)}</b>
                <small>{show((side === 'mine' ? mine : theirs.content)[field])}</small>
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

const SECTION_OF: Partial<
  Record<PracticeField, 'cost' | 'results' | 'steps' | 'lessons' | 'partners' | 'files' | 'goals' | 'translation'>
> = {
  costRange: 'cost',
  cost: 'cost',
  costPublic: 'cost',
  costNote: 'cost',
  funding: 'cost',
  results: 'results',
  noNumberReason: 'results',
  evidence: 'results',
  steps: 'steps',
  resources: 'steps',
  skills: 'steps',
  difficulties: 'lessons',
  successFactors: 'lessons',
  conditions: 'lessons',
  transferability: 'lessons',
  legalContext: 'lessons',
  partners: 'partners',
  beneficiaries: 'partners',
  photos: 'files',
  documents: 'files',
  translation: 'translation',
};

function fieldLabel(field: PracticeField, t: ReturnType<typeof useI18n>['t']): string {
  switch (field) {
    case 'title':
    case 'theme':
    case 'concepts':
    case 'start':
    case 'end':
    case 'status':
    case 'problem':
    case 'solution':
    case 'summary':
    case 'contact':
    case 'language':
      return t(`editor.field.${field}`);
    default:
      return t(`editor.field.${SECTION_OF[field] ?? 'goals'}`);
  }
}
