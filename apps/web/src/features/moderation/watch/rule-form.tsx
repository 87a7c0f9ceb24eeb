import { WATCH_ACTIONS, WATCH_KINDS, type WatchRulesPage, type WatchRuleView } from '@passerelle/contract';
import { type SyntheticEvent, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { ApiProblem } from '../../../app/api';
import { useI18n } from '../../../i18n';
import { announce, ErrorNote, Icon } from '../../../ui';
import { LinkFields, RateFields, WordFields } from './definition-fields';
import { definitionOf, draftOf, faultsOf, type RuleDraft, type RuleFault, wrongLine } from './rule-draft';
import { RuleFaultNote } from './rule-fault';
import { createRule, editRule, useRuleAct } from './watch.api';
import { useRuleWords } from './words';

/** Writes a rule, or changes one; where it holds and what kind it is stays as it was made. */
export function RuleForm({ rule, space, page, onSaved }: { rule: WatchRuleView | null; space: string | null; page: WatchRulesPage | undefined; onSaved: (rule: WatchRuleView) => void }) {
  const { t } = useI18n();
  const [id] = useState(() => uuid());
  const [draft, setDraft] = useState(() => draftOf(rule, space));
  const [faults, setFaults] = useState<RuleFault[]>([]);
  const change = (part: Partial<RuleDraft>) => setDraft({ ...draft, ...part });
  const { name, action } = draft;
  const body = { name, action, definition: definitionOf(draft) };
  const save = useRuleAct(() => (rule ? editRule(rule.id, { version: rule.version, ...body }) : createRule({ id, space: draft.space, ...body })), onSaved);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const found = faultsOf(draft);
    setFaults(found);
    if (found[0]) return document.getElementById(`rule-${found[0]}`)?.focus();
    save.mutate(undefined, { onSuccess: () => announce(t('common.saved')) });
  };
  return (
    <form className="mt-4" onSubmit={submit} noValidate>
      {!rule && page && <PlaceField page={page} value={draft.space} onChange={(place) => change({ space: place })} />}
      <div className="field">
        <label htmlFor="rule-name">{t('watch.name')}</label>
        <p className="hint" id="rule-name-hint">
          {t('watch.nameHint')}
        </p>
        <input className="in" id="rule-name" maxLength={80} value={name} aria-invalid={faults.includes('name')} aria-describedby="rule-name-hint rule-name-fault" onChange={(event) => change({ name: event.target.value })} />
        <RuleFaultNote field="name" faults={faults} />
      </div>
      {!rule && (
        <fieldset className="field">
          <legend className="lab">{t('watch.kind')}</legend>
          {WATCH_KINDS.map((kind) => (
            <label key={kind} className="opt">
              <input type="radio" name="kind" checked={draft.kind === kind} onChange={() => change({ kind })} />
              <span>
                {t(`watch.kinds.${kind}`)}
                <small>{t(`watch.kindHints.${kind}`)}</small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {draft.kind === 'words' && <WordFields draft={draft} faults={faults} onChange={change} />}
      {draft.kind === 'links' && <LinkFields draft={draft} faults={faults} onChange={change} />}
      {draft.kind === 'rate' && <RateFields draft={draft} faults={faults} onChange={change} />}
      <fieldset className="field">
        <legend className="lab">{t('watch.action')}</legend>
        {WATCH_ACTIONS.map((one) => (
          <label key={one} className="opt">
            <input type="radio" name="action" checked={action === one} onChange={() => change({ action: one })} />
            <span>
              {t(`watch.actions.${one}`)}
              <small>{t(`watch.actionHints.${one}`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {save.isError && <SaveProblem error={save.error} draft={draft} />}
      <p className="mt-4">
        <button type="submit" className="btn btn-p" disabled={save.isPending}>
          {t('common.save')}
        </button>
      </p>
    </form>
  );
}

function PlaceField({ page, value, onChange }: { page: WatchRulesPage; value: string | null; onChange: (space: string | null) => void }) {
  const { t } = useI18n();
  const { placeOf } = useRuleWords();
  return (
    <div className="field">
      <label htmlFor="rule-place">{t('watch.place')}</label>
      <p className="hint" id="rule-place-hint">
        {t('watch.placeHint')}
      </p>
      <select className="in" id="rule-place" value={value ?? ''} aria-describedby="rule-place-hint" onChange={(event) => onChange(event.target.value || null)}>
        {page.everywhere && <option value="">{t('watch.everywhere')}</option>}
        {page.places.map((place) => (
          <option key={place.id} value={place.id}>
            {placeOf(place)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Which line can't be looked for, in its own words. */
function SaveProblem({ error, draft }: { error: unknown; draft: RuleDraft }) {
  const { t } = useI18n();
  const wrong = error instanceof ApiProblem ? error.errors.flatMap(({ path }) => wrongLine(draft, path) ?? [])[0] : undefined;
  if (wrong === undefined) return <ErrorNote error={error} />;
  return (
    <p className="err" role="alert">
      <Icon name="alert" small /> {t('watch.wrongLine', { line: wrong })}
    </p>
  );
}
