import type { DelegationsView, WithoutAccessView } from '@passerelle/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { api, withQuery } from '../../../app/api';
import { usePage } from '../../../app/page';
import { useI18n } from '../../../i18n';
import { Capacity, Empty, Flag, Loaded } from '../../../ui';
import { Line } from '../../../ui/fields';
import { EndAbsentee, RecordAbsentee, StandInForm } from './stand-in-forms';
import { StandInRow } from './stand-in-row';

const withoutAccessQuery = (q: string) =>
  queryOptions({ queryKey: ['people', 'without-access', q], queryFn: () => api.get<{ items: WithoutAccessView[] }>(withQuery('/api/people-without-access', { q })), placeholderData: (previous) => previous });

/** People in office who can't sign in, and those for whom the secretariat writes now. */
export default function StandInsPage() {
  const { t } = useI18n();
  const [q, setQ] = useState('');
  const found = useQuery(withoutAccessQuery(useDeferredValue(q)));
  usePage(t('standIns.title'), { back: { href: '/administration', label: t('administration.title') } });
  return (
    <div>
      <h1>{t('standIns.title')}</h1>
      <p className="soft mt-2">{t('standIns.lead')}</p>
      <Mine />
      <section className="sec">
        <h2>{t('standIns.title')}</h2>
        <Line label={t('standIns.find')} value={q} onChange={setQ} />
        <Loaded query={found}>{({ items }) => (items.length === 0 ? <Empty title={t('standIns.none')} text={t('standIns.noneText')} /> : <ul className="threads">{items.map((one) => <Absentee key={one.mandate} one={one} />)}</ul>)}</Loaded>
      </section>
      <RecordAbsentee />
    </div>
  );
}

function Mine() {
  const { t } = useI18n();
  const mine = useQuery({ queryKey: ['delegations'], queryFn: () => api.get<DelegationsView>('/api/delegations') });
  const running = mine.data?.items.filter(({ scope, state }) => scope === 'stand-in' && state !== 'ended') ?? [];
  return (
    <section className="sec">
      <h2>{t('standIns.mine')}</h2>
      {running.length === 0 && <p className="soft mt-2">{t('standIns.noneMine')}</p>}
      <ul className="threads">
        {running.map((one) => (
          <StandInRow key={one.id} standIn={one} />
        ))}
      </ul>
    </section>
  );
}

function Absentee({ one }: { one: WithoutAccessView }) {
  const { t } = useI18n();
  const [act, setAct] = useState<'begin' | 'end' | null>(null);
  return (
    <li>
      <h3 className="place">
        <Flag country={one.country} />
        <Capacity title={one.function} city={one.organisation} />
      </h3>
      {one.name !== one.function && <p className="meta">{one.name}</p>}
      <p className="row mt-2">
        {(['begin', 'end'] as const).map((which) => (
          <button key={which} type="button" className="btn" aria-expanded={act === which} onClick={() => setAct(act === which ? null : which)}>
            {t(`standIns.${which}`)}
            <span className="vh"> {one.function}</span>
          </button>
        ))}
      </p>
      {act === 'begin' && <StandInForm absentee={one} onDone={() => setAct(null)} />}
      {act === 'end' && <EndAbsentee absentee={one} onDone={() => setAct(null)} />}
    </li>
  );
}
