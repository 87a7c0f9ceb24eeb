import type { WithoutAccessView } from '@passerelle/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api, ApiProblem } from '../../../app/api';
import { organisationsQuery } from '../../../app/organisations';
import { useI18n } from '../../../i18n';
import { announce, capacityText, ErrorNote, Icon } from '../../../ui';
import { Area, Choice, Line } from '../../../ui/fields';
import { useFreshAct } from '../../../ui/fresh-sign-in';
import { todayOfMandates } from '../../../ui/days';

const MONTH = 30 * 86_400_000;
const FAULTS = ['past', 'before_start', 'too_long', 'not_found', 'not_in_force'] as const;

/** An act of the secretariat here: what it changes is read anew. */
function useAct(send: () => Promise<unknown>, said: string, onDone: () => void) {
  const cache = useQueryClient();
  return useFreshAct(send, () => {
    onDone();
    announce(said);
    for (const key of ['people', 'delegations', 'me']) void cache.invalidateQueries({ queryKey: [key] });
  });
}

function Frame({ label, button, act, ready, children }: { label: string; button: string; act: ReturnType<typeof useAct>; ready: boolean; children: ReactNode }) {
  const { t } = useI18n();
  const fault = act.error instanceof ApiProblem ? act.error.errors[0]?.message : undefined;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    act.run();
  };
  return (
    <form className="mt-3" aria-label={label} onSubmit={submit}>
      {children}
      <p className="mt-3">
        <button type="submit" className="btn btn-p" disabled={!ready || act.pending}>
          {button}
        </button>
      </p>
      {fault ? (
        <p className="err" role="alert">
          {t(`delegations.faults.${FAULTS.find((one) => one === fault) ?? 'other'}`)}
        </p>
      ) : (
        act.error !== null && <ErrorNote error={act.error} />
      )}
      {act.asking}
    </form>
  );
}

/** Opens the right to write for somebody, with the authority for it. */
export function StandInForm({ absentee, onDone }: { absentee: WithoutAccessView; onDone: () => void }) {
  const { t } = useI18n();
  const [form, setForm] = useState({ id: uuid(), authority: '', styled: capacityText(absentee.function, absentee.organisation), to: new Date(Date.now() + MONTH).toISOString().slice(0, 10) });
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const act = useAct(() => api.post('/api/stand-ins', { ...form, mandate: absentee.mandate }), t('standIns.begun'), onDone);
  return (
    <Frame label={t('standIns.begin')} button={t('standIns.beginDo')} act={act} ready={form.authority.trim().length >= 10 && form.styled.trim() !== ''}>
      <Area label={t('standIns.authority')} hint={t('standIns.authorityHint')} rows={3} value={form.authority} onChange={(authority) => change({ authority })} />
      <Line label={t('standIns.styled')} hint={t('standIns.styledHint')} value={form.styled} onChange={(styled) => change({ styled })} />
      <Line type="date" label={t('standIns.to')} hint={t('standIns.toHint')} value={form.to} onChange={(to) => change({ to })} />
    </Frame>
  );
}

/** Ends the mandate of somebody without an account. */
export function EndAbsentee({ absentee, onDone }: { absentee: WithoutAccessView; onDone: () => void }) {
  const { t } = useI18n();
  const [last, setLast] = useState(todayOfMandates());
  const act = useAct(() => api.post(`/api/mandates/${absentee.mandate}/end`, { version: absentee.version, last }), t('common.saved'), onDone);
  return (
    <Frame label={t('standIns.end')} button={t('people.endDo')} act={act} ready={last !== ''}>
      <Line type="date" label={t('people.last')} value={last} onChange={setLast} />
    </Frame>
  );
}

const anAbsentee = () => ({ id: uuid(), name: '', organisation: null as string | null, function: '', from: todayOfMandates(), to: '' });

/** Records somebody in office who has no account. */
export function RecordAbsentee() {
  const { t } = useI18n();
  const [form, setForm] = useState<ReturnType<typeof anAbsentee> | null>(null);
  if (!form)
    return (
      <p className="mt-4">
        <button type="button" className="btn" onClick={() => setForm(anAbsentee())}>
          <Icon name="plus" small /> {t('standIns.record')}
        </button>
      </p>
    );
  return <RecordForm form={form} onChange={setForm} />;
}

function RecordForm({ form, onChange }: { form: ReturnType<typeof anAbsentee>; onChange: (form: ReturnType<typeof anAbsentee> | null) => void }) {
  const { t } = useI18n();
  const organisations = useQuery(organisationsQuery).data ?? [];
  const change = (part: Partial<typeof form>) => onChange({ ...form, ...part });
  const act = useAct(() => api.post('/api/people-without-access', { ...form, to: form.to || null }), t('common.saved'), () => onChange(null));
  return (
    <Frame label={t('standIns.record')} button={t('standIns.recordDo')} act={act} ready={form.organisation !== null && form.name.trim() !== '' && form.function.trim() !== ''}>
      <Choice label={t('people.organisation')} value={form.organisation} options={organisations.filter(({ kind }) => kind === 'city').map(({ slug, name, countryName }) => ({ value: slug, label: `${name}, ${countryName}` }))} onChange={(organisation) => change({ organisation })} />
      <Line label={t('people.function')} value={form.function} onChange={(office) => change({ function: office })} />
      <Line label={t('standIns.name')} value={form.name} onChange={(name) => change({ name })} />
      <Line type="date" label={t('people.first')} value={form.from} onChange={(from) => change({ from })} />
      <Line type="date" label={t('people.lastOptional')} value={form.to} onChange={(to) => change({ to })} />
    </Frame>
  );
}
