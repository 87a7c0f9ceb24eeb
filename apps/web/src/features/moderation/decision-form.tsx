import { type CaseView, DecisionBody, DURATIONS, LASTING, type Measure, MEASURES_FOR } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote, Icon, Note } from '../../ui';
import { useCaseAct } from './case-panel';
import { rulesQuery } from './moderation.api';
import { useModerationWords } from './words';

type Missing = 'rule' | 'facts' | 'duration' | 'remedy' | 'measure';

/** Rule, facts, measure with duration, remedy: the statement of reasons. The server refuses what is missing; so does the form, in the same place. */
export function DecisionForm({ view }: { view: CaseView }) {
  const { t } = useI18n();
  const [id] = useState(() => uuid());
  const [draft, setDraft] = useState<{ rule: string; facts: string; measure: Measure | ''; duration: string; remedy: string }>({
    rule: '',
    facts: '',
    measure: '',
    duration: '',
    remedy: '',
  });
  const [missing, setMissing] = useState<Missing[]>([]);
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const lasts = draft.measure !== '' && LASTING.includes(draft.measure);
  const body = {
    id,
    version: view.version,
    rule: draft.rule,
    facts: draft.facts,
    measure: draft.measure,
    duration: !lasts || draft.duration === '' ? null : draft.duration === 'definitive' ? draft.duration : Number(draft.duration),
    remedy: draft.remedy,
  };
  const decide = useCaseAct(view.id, () => api.post<CaseView>(`/api/moderation/cases/${view.id}/decision`, body));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const faults = DecisionBody.safeParse(body).error?.issues.map(({ path }) => String(path[0])) ?? [];
    const found = (['rule', 'facts', 'measure', 'duration', 'remedy'] as const).filter(
      (field) =>
        faults.includes(field) || (field === 'rule' && draft.rule === '') || (field === 'duration' && lasts && draft.duration === ''),
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
      <RuleField value={draft.rule} missing={missing} onChange={(rule) => change({ rule })} />
      <Words name="facts" value={draft.facts} missing={missing} onChange={(facts) => change({ facts })} />
      <fieldset className="field">
        <legend className="lab">{t('moderation.measure')}</legend>
        {MEASURES_FOR[view.target.kind].map((measure, place) => (
          <label key={measure} className="opt">
            <input
              type="radio"
              name="measure"
              id={`measure-${place}`}
              checked={draft.measure === measure}
              onChange={() => change({ measure })}
            />
            <span>
              {t(`moderation.measures.${measure}`)}
              <small>{t(`moderation.measureHints.${measure}`)}</small>
            </span>
          </label>
        ))}
        <Fault field="measure" missing={missing} />
      </fieldset>
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

function RuleField({ value, missing, onChange }: { value: string; missing: Missing[]; onChange: (rule: string) => void }) {
  const { t } = useI18n();
  const { ruleOf } = useModerationWords();
  const rules = useQuery(rulesQuery).data?.items ?? [];
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

function Fault({ field, missing }: { field: Missing; missing: Missing[] }) {
  const { t } = useI18n();
  if (!missing.includes(field)) return null;
  return (
    <p className="err" id={`${field}-fault`}>
      <Icon name="alert" small /> {t(`moderation.missing.${field}`)}
    </p>
  );
}
