import type { CharterRule, RulesView } from '@passerelle/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { announce, ErrorNote } from '../../ui';
import { useFreshAct } from '../../ui/fresh-sign-in';
import { Both } from './both-languages';
import { rulesQuery } from './moderation.api';

/** The words of a rule in both languages, and its place; version 0 is a new one. */
export function RuleForm({ rule, onDone }: { rule: CharterRule; onDone: () => void }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const [draft, setDraft] = useState(rule);
  const change = (part: Partial<CharterRule>) => setDraft({ ...draft, ...part });
  const save = useFreshAct(
    ({ id, ...body }: CharterRule) => api.put<RulesView>(`/api/moderation/rules/${id}`, body),
    (view) => {
      cache.setQueryData(rulesQuery.queryKey, view);
      announce(t('common.saved'));
      onDone();
    },
  );
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.run(draft);
  };
  const { id, fr, en, textFr, textEn } = draft;
  return (
    <>
      <form onSubmit={submit}>
        <Both name={`${id}-name`} label={t('moderation.rules.name')} max={160} fr={fr} en={en} onChange={(french, english) => change({ fr: french, en: english })} />
        <Both
          name={`${id}-text`}
          label={t('moderation.rules.text')}
          max={2_000}
          rows={3}
          optional
          fr={textFr}
          en={textEn}
          onChange={(french, english) => change({ textFr: french, textEn: english })}
        />
        <div className="field">
          <label htmlFor={`${id}-place`}>{t('moderation.rules.position')}</label>
          <input
            className="in"
            id={`${id}-place`}
            type="number"
            min={1}
            max={999}
            required
            value={draft.position}
            onChange={(event) => change({ position: Number(event.target.value) })}
          />
        </div>
        {rule.version > 0 && (
          <label className="opt">
            <input type="checkbox" checked={draft.retired} onChange={(event) => change({ retired: event.target.checked })} />
            <span>
              {t('moderation.rules.retire')}
              <small>{t('moderation.rules.retireHint')}</small>
            </span>
          </label>
        )}
        {save.error !== null && <ErrorNote error={save.error} />}
        <p className="row mt-3">
          <button type="submit" className="btn btn-p" disabled={save.pending}>
            {t('common.save')}
          </button>
          <button type="button" className="btn" onClick={onDone}>
            {t('common.cancel')}
          </button>
        </p>
      </form>
      {save.asking}
    </>
  );
}
