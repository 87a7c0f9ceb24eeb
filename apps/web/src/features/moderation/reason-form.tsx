import { MEASURES, type PreparedReasonView } from '@passerelle/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { announce, ErrorNote } from '../../ui';
import { Both } from './both-languages';
import { preparedQuery, rulesQuery } from './moderation.api';
import { useModerationWords } from './words';

type Reason = Omit<PreparedReasonView, 'updatedAt'>;

/** Stores a prepared reason; the answer is the whole list. */
function useSave({ id, version, rule, measure, labelFr, labelEn, factsFr, factsEn, remedyFr, remedyEn }: Reason, onDone: () => void) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const body = { version, rule, measure, labelFr, labelEn, factsFr, factsEn, remedyFr, remedyEn };
  return useMutation({
    mutationFn: () => api.put<{ items: PreparedReasonView[] }>(`/api/moderation/prepared-reasons/${id}`, body),
    onSuccess: (view) => {
      cache.setQueryData(preparedQuery.queryKey, view);
      announce(t('common.saved'));
      onDone();
    },
  });
}

/** A prepared reason in both languages; version 0 is a new one. */
export function ReasonForm({ reason, onDone }: { reason: Reason; onDone: () => void }) {
  const { t } = useI18n();
  const [draft, setDraft] = useState<Reason>(reason);
  const change = (part: Partial<Reason>) => setDraft({ ...draft, ...part });
  const save = useSave(draft, onDone);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate();
  };
  const { id } = draft;
  return (
    <form onSubmit={submit}>
      <Both name={`${id}-label`} label={t('moderation.prepared.label')} max={80} fr={draft.labelFr} en={draft.labelEn} onChange={(labelFr, labelEn) => change({ labelFr, labelEn })} />
      <Choices draft={draft} onChange={change} />
      <Both name={`${id}-facts`} label={t('moderation.facts')} min={10} max={2_000} rows={3} fr={draft.factsFr} en={draft.factsEn} onChange={(factsFr, factsEn) => change({ factsFr, factsEn })} />
      <Both name={`${id}-remedy`} label={t('moderation.remedy')} min={10} max={1_000} rows={3} fr={draft.remedyFr} en={draft.remedyEn} onChange={(remedyFr, remedyEn) => change({ remedyFr, remedyEn })} />
      {save.isError && <ErrorNote error={save.error} />}
      <p className="row mt-3">
        <button type="submit" className="btn btn-p" disabled={save.isPending}>
          {t('common.save')}
        </button>
        <button type="button" className="btn" onClick={onDone}>
          {t('common.cancel')}
        </button>
      </p>
    </form>
  );
}

/** The rule that it cites and the measure that it is for. */
function Choices({ draft: { id, rule, measure }, onChange }: { draft: Reason; onChange: (part: Partial<Reason>) => void }) {
  const { t } = useI18n();
  const { ruleOf } = useModerationWords();
  const rules = useQuery(rulesQuery).data?.items.filter(({ retired }) => !retired) ?? [];
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-rule`}>{t('moderation.rule')}</label>
        <select className="in" id={`${id}-rule`} required value={rule} onChange={(event) => onChange({ rule: event.target.value })}>
          <option value="">{t('moderation.ruleChoose')}</option>
          {rules.map((one) => (
            <option key={one.id} value={one.id}>
              {ruleOf(one)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-measure`}>{t('moderation.measure')}</label>
        <select
          className="in"
          id={`${id}-measure`}
          value={measure ?? ''}
          onChange={(event) => onChange({ measure: MEASURES.find((one) => one === event.target.value) ?? null })}
        >
          <option value="">{t('moderation.prepared.anyMeasure')}</option>
          {MEASURES.map((one) => (
            <option key={one} value={one}>
              {t(`moderation.measures.${one}`)}
            </option>
          ))}
        </select>
      </div>
    </>
  );
}
