import type { DelegationScope, DelegationsView, DelegationView } from '@passerelle/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api, ApiProblem } from '../../app/api';
import { useI18n } from '../../i18n';
import { announce, capacityText, ErrorNote } from '../../ui';
import { Choice, Line } from '../../ui/fields';
import { useFreshAct } from '../../ui/fresh-sign-in';
import { ThemesField } from '../../ui/themes-field';

type Giver = NonNullable<DelegationsView['giver']>;
const FAULTS = ['past', 'before_start', 'after_mandate', 'too_long', 'not_found', 'outside_mandate', 'not_in_force'] as const;
const DAYS = 90;
/** Mandates run by days of UTC. */
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const aForm = (giver: Giver) => ({
  id: uuid(), receiver: null as string | null, scope: 'act' as DelegationScope, themes: [] as string[], from: dayIn(0), to: giver.to && giver.to < dayIn(DAYS) ? giver.to : dayIn(DAYS), styled: capacityText(giver.function, giver.organisation),
});

/** What is wrong with a field, in words; undefined for the others. */
export function useFault(error: unknown) {
  const { t } = useI18n();
  return (path: string) => {
    const fault = error instanceof ApiProblem ? error.errors.find((one) => one.path === path)?.message : undefined;
    return fault && t(`delegations.faults.${FAULTS.find((one) => one === fault) ?? 'other'}`);
  };
}

/** The form by which somebody who signs delegates to a colleague. */
export function GiveDelegation({ giver }: { giver: Giver }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const [form, setForm] = useState(() => aForm(giver));
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const act = useFreshAct(
    () => api.post<DelegationView>('/api/delegations', { ...form, giver: giver.mandate }),
    () => {
      setForm(aForm(giver));
      announce(t('delegations.givenDone'));
      void cache.invalidateQueries({ queryKey: ['delegations'] });
    },
  );
  const fault = useFault(act.error);
  const isPlaced = act.error instanceof ApiProblem && act.error.errors.length > 0;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    act.run();
  };
  if (giver.receivers.length === 0) return <p className="soft mt-2">{t('delegations.nobody')}</p>;
  return (
    <form className="mt-2" onSubmit={submit}>
      <p className="soft">{t('delegations.giveAs', { capacity: capacityText(giver.function, giver.organisation) })}</p>
      <Choice label={t('delegations.receiver')} problem={fault('receiver')} value={form.receiver} options={giver.receivers.map(({ mandate, function: office, name }) => ({ value: mandate, label: name.startsWith(office) ? name : `${office}, ${name}` }))} onChange={(receiver) => change({ receiver })} />
      <Choice label={t('delegations.scope')} hint={t(`delegations.scopeHints.${form.scope}`)} value={form.scope} options={(['act', 'prepare'] as const).map((value) => ({ value, label: t(`delegations.scopes.${value}`) }))} onChange={(scope) => change({ scope: scope ?? 'act' })} />
      {form.scope === 'act' && <ThemesField values={form.themes} among={giver.themes} problem={fault('themes')} onChange={(themes) => change({ themes })} />}
      <Line type="date" label={t('delegations.from')} problem={fault('from')} value={form.from} onChange={(from) => change({ from })} />
      <Line type="date" label={t('delegations.to')} hint={t('delegations.toHint')} problem={fault('to')} value={form.to} onChange={(to) => change({ to })} />
      <Line label={t('delegations.styled')} hint={t('delegations.styledHint')} problem={fault('styled')} value={form.styled} onChange={(styled) => change({ styled })} />
      <p className="mt-3">
        <button type="submit" className="btn btn-p" disabled={form.receiver === null || form.styled.trim() === '' || act.pending}>
          {t('delegations.giveDo')}
        </button>
      </p>
      {act.error !== null && !isPlaced && <ErrorNote error={act.error} />}
      {act.asking}
    </form>
  );
}
