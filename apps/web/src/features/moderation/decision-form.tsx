import { type CaseView, DecisionBody, DEFINITIVE, DURATIONS, LASTING, type Measure } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote, Note } from '../../ui';
import { useCaseAct } from './case-act';
import { Fault, type Missing, PARTS } from './fault';
import { DestinationField, ReplacementField } from './measure-fields';
import { rulesQuery } from './moderation.api';
import { PreparedField } from './prepared-field';
import { useModerationWords } from './words';

interface Draft {
  rule: string;
  facts: string;
  measure: Measure | '';
  duration: string;
  remedy: string;
  replacement: string;
  destination: DecisionBody['destination'];
}

/** Rule, facts, measure with duration, remedy: the statement of reasons. The server refuses what is missing; so does the form, in the same place. */
export function DecisionForm({ view }: { view: CaseView }) {
  const { t } = useI18n();
  const { measureOf, hintOf } = useModerationWords();
  const [id] = useState(() => uuid());
  const [draft, setDraft] = useState<Draft>({
    rule: '',
    facts: '',
    measure: '',
    duration: '',
    remedy: '',
    replacement: view.words ?? '',
    destination: null,
  });
  const [missing, setMissing] = useState<Missing[]>([]);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const { measure } = draft;
  const only = measure !== '' && DEFINITIVE.includes(measure);
  const lasts = measure !== '' && LASTING.includes(measure) && !only;
  const body = {
    id,
    version: view.version,
    rule: draft.rule,
    facts: draft.facts,
    measure: draft.measure,
    duration: only ? 'definitive' : !lasts || draft.duration === '' ? null : draft.duration === 'definitive' ? draft.duration : Number(draft.duration),
    remedy: draft.remedy,
    seen: view.seen,
    replacement: measure === 'edit' ? draft.replacement : null,
    destination: measure === 'move' ? draft.destination : null,
  };
  const decide = useCaseAct(view.id, () => api.post<CaseView>(`/api/moderation/cases/${view.id}/decision`, body));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const faults = DecisionBody.safeParse(body).error?.issues.map(({ path }) => String(path[0])) ?? [];
    const found = PARTS.filter(
      (field) =>
        faults.includes(field) ||
        (field === 'rule' && draft.rule === '') ||
        (field === 'duration' && lasts && draft.duration === '') ||
        (field === 'replacement' && measure === 'edit' && !isOtherText(view, draft.replacement)) ||
        (field === 'destination' && measure === 'move' && draft.destination === null),
    );
    setMissing(found);
    if (found.length === 0) decide.mutate(undefined);
    else document.getElementById(found[0] === 'measure' ? 'measure-0' : (found[0] ?? ''))?.focus();
  };
  return (
    <form className="sec" aria-labelledby="decide" onSubmit={submit} noValidate>
      <hr className="filet" />
      <h3 id="decide">{t('moderation.decide')}</h3>
      <p className="hint">{t('moderation.decideHint')}</p>
      <PreparedField view={view} onChoose={change} />
      <RuleField value={draft.rule} missing={missing} onChange={(rule) => change({ rule })} />
      <Words name="facts" value={draft.facts} missing={missing} onChange={(facts) => change({ facts })} />
      <fieldset className="field">
        <legend className="lab">{t('moderation.measure')}</legend>
        {view.measures.map((measure, place) => (
          <label key={measure} className="opt">
            <input
              type="radio"
              name="measure"
              id={`measure-${place}`}
              checked={draft.measure === measure}
              onChange={() => change({ measure })}
            />
            <span>
              {measureOf(measure, view.target.kind)}
              <small>{hintOf(measure, view.target.kind)}</small>
            </span>
          </label>
        ))}
        <Fault field="measure" missing={missing} />
      </fieldset>
      {measure === 'edit' && (
        <ReplacementField view={view} value={draft.replacement} missing={missing} onChange={(replacement) => change({ replacement })} />
      )}
      {measure === 'move' && (
        <DestinationField view={view} value={draft.destination} missing={missing} onChange={(destination) => change({ destination })} />
      )}
      {only && (
        <div className="field">
          <p className="hint">{t('moderation.definitiveOnly')}</p>
        </div>
      )}
      {lasts && (
        <div className="field">
          <label htmlFor="duration">{t('moderation.duration')}</label>
          <select
            className="in"
            id="duration"
            value={draft.duration}
            aria-invalid={missing.includes('duration')}
            aria-describedby="duration-fault"
            onChange={(event) => change({ duration: event.target.value })}
          >
            <option value="">{t('moderation.durationChoose')}</option>
            {DURATIONS.map((days) => (
              <option key={days} value={days}>
                {t('moderation.days', { count: days })}
              </option>
            ))}
            <option value="definitive">{t('moderation.definitive')}</option>
          </select>
          <Fault field="duration" missing={missing} />
        </div>
      )}
      <Words name="remedy" value={draft.remedy} missing={missing} onChange={(remedy) => change({ remedy })} />
      <div className="mt-4">
        <Note icon="scale">
          <b>{t('moderation.appealOpen')}</b>
        </Note>
      </div>
      <p className="row mt-4">
        <button type="submit" className="btn btn-p" disabled={decide.isPending}>
          {t('moderation.decideDo')}
        </button>
      </p>
      {decide.isError && <ErrorNote error={decide.error} />}
    </form>
  );
}

/** What a decision puts in the place of a text says something else, and a title stays one. */
const isOtherText = ({ words, target }: CaseView, text: string) => text.trim() !== '' && text.trim() !== words && (target.kind !== 'thread' || text.trim().length >= 10);

function RuleField({ value, missing, onChange }: { value: string; missing: Missing[]; onChange: (rule: string) => void }) {
  const { t } = useI18n();
  const { ruleOf } = useModerationWords();
  const rules = useQuery(rulesQuery).data?.items.filter(({ retired }) => !retired) ?? [];
  return (
    <div className="field">
      <label htmlFor="rule">{t('moderation.rule')}</label>
      <select
        className="in"
        id="rule"
        value={value}
        aria-invalid={missing.includes('rule')}
        aria-describedby="rule-fault"
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{t('moderation.ruleChoose')}</option>
        {rules.map((rule) => (
          <option key={rule.id} value={rule.id}>
            {ruleOf(rule)}
          </option>
        ))}
      </select>
      <Fault field="rule" missing={missing} />
    </div>
  );
}

function Words({
  name,
  value,
  missing,
  onChange,
}: {
  name: 'facts' | 'remedy';
  value: string;
  missing: Missing[];
  onChange: (value: string) => void;
}) {
  const { t } = useI18n();
  return (
    <div className="field">
      <label htmlFor={name}>{t(`moderation.${name}`)}</label>
      <p className="hint" id={`${name}-hint`}>
        {t(`moderation.${name}Hint`)}
      </p>
      <textarea
        className="in"
        id={name}
        rows={3}
        maxLength={name === 'facts' ? 2_000 : 1_000}
        value={value}
        aria-invalid={missing.includes(name)}
        aria-describedby={`${name}-hint ${name}-fault`}
        onChange={(event) => onChange(event.target.value)}
      />
      <Fault field={name} missing={missing} />
    </div>
  );
}
