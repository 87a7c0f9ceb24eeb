import type { DelegationsView, DelegationView } from '@passerelle/contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ApiProblem } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { announce, capacityText, Loaded, Note } from '../../ui';
import { Sure } from '../../ui/sure';
import { useThesaurus } from '../../ui/thesaurus';
import { GiveDelegation } from './give-delegation';

export const delegationsQuery = queryOptions({ queryKey: ['delegations'], queryFn: () => api.get<DelegationsView>('/api/delegations') });

/** What one has delegated and what one holds, and the way to give. */
export default function DelegationsPage() {
  const { t } = useI18n();
  const delegations = useQuery(delegationsQuery);
  usePage(t('delegations.title'), { back: { href: '/moi', label: t('shell.me') } });
  return (
    <div>
      <h1>{t('delegations.title')}</h1>
      <p className="soft mt-2">{t('delegations.lead')}</p>
      <Loaded query={delegations}>
        {({ items, giver }) => (
          <>
            <Side title={t('delegations.held')} none={t('delegations.noneHeld')} items={items.filter(({ side }) => side === 'held')} />
            <Side title={t('delegations.given')} none={t('delegations.noneGiven')} items={items.filter(({ side }) => side === 'given')} />
            <section className="sec">
              <h2>{t('delegations.give')}</h2>
              {giver ? <GiveDelegation giver={giver} /> : <p className="soft mt-2">{t('delegations.cannot')}</p>}
            </section>
          </>
        )}
      </Loaded>
    </div>
  );
}

function Side({ title, none, items }: { title: string; none: string; items: DelegationView[] }) {
  return (
    <section className="sec">
      <h2>{title}</h2>
      {items.length === 0 && <p className="soft mt-2">{none}</p>}
      <ul className="threads">
        {items.map((one) => (
          <Delegation key={one.id} delegation={one} />
        ))}
      </ul>
    </section>
  );
}

/** One delegation with its other side, what it covers, and the way to end it. */
export function Delegation({ delegation: one }: { delegation: DelegationView }) {
  const { t, formatDay } = useI18n();
  const { themeName } = useThesaurus();
  const day = (date: string) => formatDay(`${date}T12:00:00Z`);
  const other = one.side === 'given' ? one.receiver : one.giver;
  const who = capacityText(other.function, other.organisation);
  return (
    <li>
      <h3>{t(one.side === 'given' ? 'delegations.toWhom' : 'delegations.fromWhom', { who })}</h3>
      <p>{t(`delegations.scopes.${one.scope}`)}</p>
      <p className="meta">
        <b>{t(`delegations.states.${one.state}`)}</b>.{' '}
        {one.to ? t('delegations.period', { from: day(one.from), to: day(one.to) }) : t('delegations.since', { from: day(one.from) })}{' '}
        {one.endedAt && t('delegations.endedOn', { day: formatDay(one.endedAt) })}
      </p>
      <p className="meta">{one.themes.length > 0 ? one.themes.map(themeName).join(', ') : t('delegations.allThemes')}</p>
      {one.authority && <p className="soft pre">{one.authority}</p>}
      {one.state !== 'ended' && <End delegation={one} />}
    </li>
  );
}

function End({ delegation }: { delegation: DelegationView }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const act = useMutation({
    mutationFn: () => api.post<DelegationView>(`/api/delegations/${delegation.id}/end`, { version: delegation.version }),
    onSuccess: () => announce(t('delegations.endedDone')),
    onSettled: () => cache.invalidateQueries({ queryKey: delegationsQuery.queryKey }),
  });
  const word = delegation.scope === 'stand-in' ? t('standIns.stop') : delegation.side === 'given' ? t('delegations.withdraw') : t('delegations.giveBack');
  const question = delegation.side === 'given' ? t('delegations.withdrawSure') : t('delegations.giveBackSure');
  return (
    <div className="mt-2">
      {act.error instanceof ApiProblem && act.error.code === 'stale-version' ? (
        <Note kind="attention" icon="alert" role="alert">
          {t('delegations.changed')}
        </Note>
      ) : (
        <Sure label={word} question={question} yes={word} act={act} />
      )}
    </div>
  );
}
