import { BULK_MEASURES, type BulkAnswer, BulkDecisionBody, type CaseRow, DEFINITIVE, DURATIONS, LASTING, MEASURES_FOR } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote, Note } from '../../ui';
import { Both } from './both-languages';
import { BulkResult } from './bulk-result';
import { preparedQuery, rulesQuery } from './moderation.api';
import { useModerationWords } from './words';

type Bulk = (typeof BULK_MEASURES)[number];
interface Draft {
  rule: string;
  measure: Bulk | '';
  duration: string;
  facts: { fr: string; en: string };
  remedy: { fr: string; en: string };
}
const BLANK: Draft = { rule: '', measure: '', duration: '', facts: { fr: '', en: '' }, remedy: { fr: '', en: '' } };

/** What may be done to each of them. */
const measuresFor = (cases: CaseRow[]) => BULK_MEASURES.filter((measure) => cases.every(({ target }) => MEASURES_FOR[target.kind].includes(measure)));

function bodyOf({ rule, measure, duration, facts, remedy }: Draft, items: BulkDecisionBody['items']) {
  const lasts = measure !== '' && LASTING.includes(measure);
  const only = measure !== '' && DEFINITIVE.includes(measure);
  return {
    items,
    rule,
    measure,
    duration: only ? 'definitive' : !lasts || duration === '' ? null : duration === 'definitive' ? duration : Number(duration),
    french: { facts: facts.fr, remedy: remedy.fr },
    english: facts.en.trim() || remedy.en.trim() ? { facts: facts.en, remedy: remedy.en } : null,
  };
}

/** One measure for the same reasons on several cases; then what became of each. */
export function BulkForm({ cases, onClose }: { cases: CaseRow[]; onClose: () => void }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const [items] = useState(() => cases.map((one) => ({ case: one.id, id: uuid(), version: one.version, seen: one.seen })));
  const [draft, setDraft] = useState(BLANK);
  const [isMissing, setMissing] = useState(false);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const body = bodyOf(draft, items);
  const send = useMutation({
    mutationFn: () => api.post<BulkAnswer>('/api/moderation/decisions', body),
    onSettled: () => cache.invalidateQueries({ queryKey: ['cases'] }),
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const wrong = draft.rule === '' || !BulkDecisionBody.safeParse(body).success;
    setMissing(wrong);
    if (!wrong && !send.isPending) send.mutate();
  };
  const english = cases.some(({ language }) => language === 'en');
  if (send.data) return <BulkResult answer={send.data} cases={cases} onClose={onClose} />;
  return (
    <form onSubmit={submit} noValidate aria-labelledby="together">
      <h2 id="together">{t('moderation.bulk.title', { count: cases.length })}</h2>
      <p className="hint">{t('moderation.bulk.lead')}</p>
      <Chosen cases={cases} />
      <Begin cases={cases} onChoose={change} />
      <RuleAndMeasure draft={draft} measures={measuresFor(cases)} onChange={change} />
      <Both name="facts" label={t('moderation.facts')} min={10} max={2_000} rows={3} optional={!english} fr={draft.facts.fr} en={draft.facts.en} onChange={(fr, en) => change({ facts: { fr, en } })} />
      <Both name="remedy" label={t('moderation.remedy')} min={10} max={1_000} rows={3} optional={!english} fr={draft.remedy.fr} en={draft.remedy.en} onChange={(fr, en) => change({ remedy: { fr, en } })} />
      <p className="hint mt-2">{t(english ? 'moderation.bulk.someEnglish' : 'moderation.bulk.allFrench')}</p>
      <div className="mt-4">
        <Note icon="scale">
          <b>{t('moderation.appealOpen')}</b>
        </Note>
      </div>
      {isMissing && (
        <p className="err" role="alert">
          {t('moderation.bulk.missing')}
        </p>
      )}
      {send.isError && <ErrorNote error={send.error} />}
      <p className="row mt-4">
        <button type="submit" className="btn btn-p" disabled={send.isPending}>
          {t('moderation.bulk.send', { count: cases.length })}
        </button>
        <button type="button" className="btn" onClick={onClose}>
          {t('common.cancel')}
        </button>
      </p>
    </form>
  );
}

function Chosen({ cases }: { cases: CaseRow[] }) {
  const { t } = useI18n();
  const { titleOf } = useModerationWords();
  return (
    <ul className="list mt-2">
      {cases.map((one) => (
        <li key={one.id}>
          <span className="min0">
            {titleOf(one)}
            {one.excerpt && <span className="meta">{t('moderation.excerpt', { text: frenchTypography(one.excerpt) })}</span>}
            <span className="meta">{one.number}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A prepared reason fills both languages. */
function Begin({ cases, onChoose }: { cases: CaseRow[]; onChoose: (part: Partial<Draft>) => void }) {
  const { t, lang } = useI18n();
  const prepared = useQuery(preparedQuery).data?.items ?? [];
  const measures = measuresFor(cases);
  const choose = (id: string) => {
    const one = prepared.find((reason) => reason.id === id);
    if (!one) return;
    const measure = measures.find((known) => known === one.measure);
    onChoose({ rule: one.rule, facts: { fr: one.factsFr, en: one.factsEn }, remedy: { fr: one.remedyFr, en: one.remedyEn }, ...(measure && { measure }) });
  };
  if (prepared.length === 0) return null;
  return (
    <div className="field">
      <label htmlFor="prepared">{t('moderation.prepared.choose')}</label>
      <select className="in" id="prepared" defaultValue="" onChange={(event) => choose(event.target.value)}>
        <option value="">{t('moderation.prepared.nothing')}</option>
        {prepared.map((one) => (
          <option key={one.id} value={one.id}>
            {lang === 'fr' ? one.labelFr : one.labelEn}
          </option>
        ))}
      </select>
    </div>
  );
}

function RuleAndMeasure({ draft, measures, onChange }: { draft: Draft; measures: Bulk[]; onChange: (part: Partial<Draft>) => void }) {
  const { t } = useI18n();
  const { ruleOf } = useModerationWords();
  const rules = useQuery(rulesQuery).data?.items.filter(({ retired }) => !retired) ?? [];
  const { measure } = draft;
  return (
    <>
      <div className="field">
        <label htmlFor="rule">{t('moderation.rule')}</label>
        <select className="in" id="rule" value={draft.rule} onChange={(event) => onChange({ rule: event.target.value })}>
          <option value="">{t('moderation.ruleChoose')}</option>
          {rules.map((rule) => (
            <option key={rule.id} value={rule.id}>
              {ruleOf(rule)}
            </option>
          ))}
        </select>
      </div>
      <fieldset className="field">
        <legend className="lab">{t('moderation.measure')}</legend>
        {measures.map((one) => (
          <label key={one} className="opt">
            <input type="radio" name="measure" checked={measure === one} onChange={() => onChange({ measure: one })} />
            <span>
              {t(`moderation.measures.${one}`)}
              <small>{t(`moderation.measureHints.${one}`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {measure !== '' && LASTING.includes(measure) && !DEFINITIVE.includes(measure) && (
        <div className="field">
          <label htmlFor="duration">{t('moderation.duration')}</label>
          <select className="in" id="duration" value={draft.duration} onChange={(event) => onChange({ duration: event.target.value })}>
            <option value="">{t('moderation.durationChoose')}</option>
            {DURATIONS.map((days) => (
              <option key={days} value={days}>
                {t('moderation.days', { count: days })}
              </option>
            ))}
            <option value="definitive">{t('moderation.definitive')}</option>
          </select>
        </div>
      )}
    </>
  );
}
