import type { AccessionRow } from '@passerelle/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { usePage } from '../../app/page';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Flag, Loaded } from '../../ui';
import { noonOf } from '../../ui/days';
import { More } from '../../ui/facets';
import { accessionsQuery, seatsQuery } from './accessions.api';
import { OpenAccession } from './open-form';
import { Seats } from './seats';

/** Who asks to join, what was decided, and the counter of each State. */
export default function AccessionsPage() {
  const { t } = useI18n();
  const { role } = useMe().account;
  usePage(t('accessions.title'), { back: { href: '/villes', label: t('cities.title') } });
  return (
    <>
      <div>
        <h1>{t('accessions.title')}</h1>
        <p className="soft mt-2">{t('accessions.lead')}</p>
        {role === 'administrator' && <OpenAccession />}
        <List state="waiting" />
        <List state="decided" />
      </div>
      <aside className="side" aria-label={t('accessions.seatsTitle')}>
        <StateSeats />
      </aside>
    </>
  );
}

function List({ state }: { state: 'waiting' | 'decided' }) {
  const { t } = useI18n();
  const rows = useInfiniteQuery(accessionsQuery(state));
  return (
    <section className="sec">
      <h2>{t(`accessions.${state}`)}</h2>
      <Loaded query={rows}>
        {({ pages }) => (
          <>
            {pages[0]?.items.length === 0 && (
              <p className="soft">{t(state === 'waiting' ? 'accessions.noWaiting' : 'accessions.noDecided')}</p>
            )}
            <ul className="list">{pages.flatMap((page) => page.items.map((row) => <Row key={row.id} row={row} />))}</ul>
            <More query={rows} />
          </>
        )}
      </Loaded>
    </section>
  );
}

function Row({ row }: { row: AccessionRow }) {
  const { t, countryName, formatDay } = useI18n();
  const since = row.decidedOn ? formatDay(noonOf(row.decidedOn)) : formatDay(row.openedAt);
  return (
    <li>
      <Flag country={row.organisation.country} />
      <span>
        <Link href={`/adhesions/${row.id}`}>{row.organisation.name}</Link>
        <span className="meta">
          {countryName(row.organisation.country)}. {t(`accessions.state.${row.state}`)}, {since}
        </span>
      </span>
      <Seats seats={row.seats} />
    </li>
  );
}

function StateSeats() {
  const { t, countryName } = useI18n();
  const seats = useQuery(seatsQuery);
  return (
    <section>
      <h2>{t('accessions.seatsTitle')}</h2>
      <p className="soft mt-2">{t('accessions.seatsText')}</p>
      <Loaded query={seats}>
        {({ items }) => (
          <ul className="list mt-2">
            {items.map((one) => (
              <li key={one.country}>
                <Flag country={one.country} />
                <span>{countryName(one.country)}</span>
                <Seats seats={one} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}
