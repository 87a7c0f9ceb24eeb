import type { FactorDemandView } from '@passerelle/contract';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { Link } from 'wouter';
import { ApiProblem, api } from '../../app/api';
import { usePage } from '../../app/page';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { announce, ErrorNote, Loaded, Note } from '../../ui';
import { useFreshAct } from '../../ui/fresh-sign-in';
import { noonOf } from '../../ui/days';

const demandsQuery = queryOptions({ queryKey: ['factor-demands'], queryFn: () => api.get<{ items: FactorDemandView[] }>('/api/factor-demands') });
const GRACE_DAYS = 30;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Which roles demand a second factor, and from which day on. */
export default function FactorDemandsPage() {
  const { t } = useI18n();
  const demands = useQuery(demandsQuery);
  usePage(t('factorDemands.title'), { back: { href: '/administration', label: t('administration.title') } });
  return (
    <div>
      <h1>{t('factorDemands.title')}</h1>
      <p className="soft mt-2">{t('factorDemands.lead')}</p>
      <Loaded query={demands}>{({ items }) => items.map((demand) => <Demand key={`${demand.role} ${demand.version}`} demand={demand} />)}</Loaded>
    </div>
  );
}

function useSet(demand: FactorDemandView) {
  const { t } = useI18n();
  const cache = useQueryClient();
  return useFreshAct(
    (from: string | null) => api.put<{ items: FactorDemandView[] }>(`/api/factor-demands/${demand.role}`, { from, version: demand.version }),
    (view) => {
      cache.setQueryData(demandsQuery.queryKey, view);
      // The own role may demand one now.
      void cache.invalidateQueries({ queryKey: ['me'] });
      announce(t('factorDemands.done'));
    },
  );
}

function Demand({ demand }: { demand: FactorDemandView }) {
  const { t, formatDay } = useI18n();
  const me = useMe();
  const [from, setFrom] = useState(demand.from ?? inDays(GRACE_DAYS));
  const set = useSet(demand);
  const field = `from-${demand.role}`;
  const title = t(`people.roles.${demand.role}`);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    set.run(from);
  };
  return (
    <form className="sec" onSubmit={submit} aria-label={title}>
      <h2>{title}</h2>
      <p className="mt-2">{demand.from ? t('factorDemands.from', { day: formatDay(noonOf(demand.from)) }) : t('factorDemands.not')}</p>
      <p className="meta">{t('factorDemands.without', { count: demand.without, people: demand.people })}</p>
      {demand.role === me.account.role && <Own />}
      <div className="field mt-3">
        <label htmlFor={field}>{t('factorDemands.day')}</label>
        <p className="hint" id={`${field}-hint`}>
          {t('factorDemands.dayHint')}
        </p>
        <input
          className="in"
          id={field}
          type="date"
          required
          value={from}
          aria-describedby={`${field}-hint`}
          onChange={(event) => setFrom(event.target.value)}
        />
      </div>
      <p className="row mt-3">
        <button type="submit" className="btn" disabled={from === demand.from || set.pending}>
          {t('factorDemands.set')}
        </button>
        {demand.from && (
          <button type="button" className="btn btn-q btn-x" disabled={set.pending} onClick={() => set.run(null)}>
            {t('factorDemands.lift')}
          </button>
        )}
      </p>
      {set.error && <Refused error={set.error} />}
      {set.asking}
    </form>
  );
}

/** Whoever demands it of the own role sees first whether they would meet it. */
function Own() {
  const { t } = useI18n();
  return (
    <p className="mt-2">
      {t('factorDemands.own')} <Link href="/moi/securite">{t('factorDemands.ownOpen')}</Link>
    </p>
  );
}

function Refused({ error }: { error: unknown }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  if (!(error instanceof ApiProblem && error.code === 'stale-version')) return <ErrorNote error={error} />;
  return (
    <Note kind="refusal" icon="alert" role="alert">
      {t('factorDemands.changed')}{' '}
      <button type="button" className="btn btn-q" onClick={() => void cache.invalidateQueries({ queryKey: demandsQuery.queryKey })}>
        {t('factorDemands.again')}
      </button>
    </Note>
  );
}
