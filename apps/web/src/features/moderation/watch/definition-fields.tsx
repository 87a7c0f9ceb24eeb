import { useI18n } from '../../../i18n';
import type { RuleDraft, RuleFault } from './rule-draft';
import { RuleFaultNote } from './rule-fault';

interface Props {
  draft: RuleDraft;
  faults: RuleFault[];
  onChange: (part: Partial<RuleDraft>) => void;
}

export function WordFields({ draft, faults, onChange }: Props) {
  return <LinesField field="terms" value={draft.terms} faults={faults} onChange={(terms) => onChange({ terms })} />;
}

export function LinkFields({ draft, faults, onChange }: Props) {
  const { t } = useI18n();
  return (
    <>
      <Modes name="links" modes={['watched', 'allowed', 'any'] as const} value={draft.linkMode} onChange={(linkMode) => onChange({ linkMode })} />
      {draft.linkMode !== 'any' && <LinesField field="domains" value={draft.domains} faults={faults} onChange={(domains) => onChange({ domains })} />}
      <label className="opt mt-2">
        <input type="checkbox" checked={draft.newcomers} onChange={(event) => onChange({ newcomers: event.target.checked })} />
        <span>{t('watch.newcomers')}</span>
      </label>
    </>
  );
}

export function RateFields({ draft, faults, onChange }: Props) {
  return (
    <>
      <Modes name="rate" modes={['count', 'repeat'] as const} value={draft.rateMode} onChange={(rateMode) => onChange({ rateMode })} />
      <NumberField field="count" value={draft.count} faults={faults} onChange={(count) => onChange({ count })} />
      <NumberField field="minutes" value={draft.minutes} faults={faults} onChange={(minutes) => onChange({ minutes })} />
    </>
  );
}

function Modes<K extends 'links' | 'rate', T extends K extends 'links' ? RuleDraft['linkMode'] : RuleDraft['rateMode']>({ name, modes, value, onChange }: { name: K; modes: readonly T[]; value: string; onChange: (mode: T) => void }) {
  const { t } = useI18n();
  const words = (mode: T) => (name === 'links' ? t(`watch.modes.links.${mode as RuleDraft['linkMode']}`) : t(`watch.modes.rate.${mode as RuleDraft['rateMode']}`));
  return (
    <fieldset className="field">
      <legend className="lab">{t(`watch.modeOf.${name}`)}</legend>
      {modes.map((mode) => (
        <label key={mode} className="opt">
          <input type="radio" name={name} checked={value === mode} onChange={() => onChange(mode)} />
          <span>{words(mode)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function LinesField({ field, value, faults, onChange }: { field: 'terms' | 'domains'; value: string; faults: RuleFault[]; onChange: (value: string) => void }) {
  const { t } = useI18n();
  return (
    <div className="field">
      <label htmlFor={`rule-${field}`}>{t(`watch.${field}`)}</label>
      <p className="hint" id={`rule-${field}-hint`}>
        {t(`watch.${field}Hint`)}
      </p>
      <textarea
        className="in"
        id={`rule-${field}`}
        rows={6}
        spellCheck={false}
        value={value}
        aria-invalid={faults.includes(field)}
        aria-describedby={`rule-${field}-hint rule-${field}-fault`}
        onChange={(event) => onChange(event.target.value)}
      />
      <RuleFaultNote field={field} faults={faults} />
    </div>
  );
}

function NumberField({ field, value, faults, onChange }: { field: 'count' | 'minutes'; value: string; faults: RuleFault[]; onChange: (value: string) => void }) {
  const { t } = useI18n();
  return (
    <div className="field">
      <label htmlFor={`rule-${field}`}>{t(field === 'count' ? 'watch.count' : 'watch.within')}</label>
      <input className="in auto" id={`rule-${field}`} inputMode="numeric" size={6} value={value} aria-invalid={faults.includes(field)} aria-describedby={`rule-${field}-fault`} onChange={(event) => onChange(event.target.value)} />
      <RuleFaultNote field={field} faults={faults} />
    </div>
  );
}
