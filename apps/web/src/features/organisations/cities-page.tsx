import type { OrganisationRow } from '@passerelle/contract';
import { fold } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useDeferredValue, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { organisationsQuery } from '../../app/organisations';
import { usePage } from '../../app/page';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Empty, Flag, Icon, Loaded, MapWait } from '../../ui';
import { isAttested, Membership } from './membership';

const NetworkMap = lazy(() => import('../../ui/map/network-map').then((m) => ({ default: m.NetworkMap })));
const SHOWN = 60;

/** The cities of the network, on a map and as a list, filtered on the device. */
export default function CitiesPage() {
  const { t } = useI18n();
  const cities = useQuery(organisationsQuery);
  const guest = useMe().account.role === 'guest';
  usePage(t('cities.title'), { columns: 'page-1' });
  return (
    <div>
      <h1>{t('cities.title')}</h1>
      {!guest && (
        <p className="mt-1">
          <Link href="/adhesions">{t('accessions.seeAll')}</Link>
        </p>
      )}
      <Loaded query={cities}>{(rows) => <Network rows={rows} />}</Loaded>
    </div>
  );
}

function Network({ rows }: { rows: OrganisationRow[] }) {
  const { t, countryName } = useI18n();
  const [params, setParams] = useSearchParams();
  const [shown, setShown] = useState(SHOWN);
  const words = fold(useDeferredValue(params.get('q') ?? ''));
  const country = params.get('pays') ?? '';
  const attested = params.get('membres') === '1';
  const view = params.get('vue') === 'liste' ? 'liste' : 'carte';
  const set = (name: string, value: string) =>
    setParams((old) => (value ? old.set(name, value) : old.delete(name), old), { replace: true });
  const found = rows.filter(
    (row) =>
      (!country || row.country === country) &&
      (!attested || isAttested(row)) &&
      fold(`${row.name} ${row.countryName} ${countryName(row.country)}`).includes(words),
  );
  const countries = [...new Set(rows.map((row) => row.country))].sort((a, b) => countryName(a).localeCompare(countryName(b)));
  return (
    <>
      <p className="soft mt-2" role="status">
        {t('cities.count', { count: found.length })}
      </p>
      <div className="tools">
        <label className="vh" htmlFor="city-words">
          {t('cities.filter')}
        </label>
        <input
          className="in grow"
          id="city-words"
          type="search"
          placeholder={t('cities.filter')}
          value={params.get('q') ?? ''}
          onChange={(event) => set('q', event.target.value)}
        />
        <label className="vh" htmlFor="city-country">
          {t('cities.country')}
        </label>
        <select className="in grow" id="city-country" value={country} onChange={(event) => set('pays', event.target.value)}>
          <option value="">{t('cities.allCountries')}</option>
          {countries.map((iso) => (
            <option key={iso} value={iso}>
              {countryName(iso)}
            </option>
          ))}
        </select>
        <label className="opt auto">
          <input type="checkbox" checked={attested} onChange={(event) => set('membres', event.target.checked ? '1' : '')} />
          <span>{t('cities.onlyMembers')}</span>
        </label>
        <div className="seg" role="group" aria-label={t('cities.display')}>
          <button type="button" aria-pressed={view === 'carte'} onClick={() => set('vue', '')}>
            <Icon name="map" small />
            {t('cities.map')}
          </button>
          <button type="button" aria-pressed={view === 'liste'} onClick={() => set('vue', 'liste')}>
            <Icon name="list" small />
            {t('cities.list')}
          </button>
        </div>
      </div>
      {view === 'carte' && (
        <Suspense fallback={<MapWait world />}>
          <NetworkMap label={t('cities.mapLabel')} points={found.flatMap(toPoint)} />
          {found.some((row) => !isAttested(row)) && <p className="meta">{t('cities.legend')}</p>}
        </Suspense>
      )}
      {found.length === 0 && <Empty title={t('cities.empty')} text={t('cities.emptyText')} />}
      <ul className="list mt-4">
        {found.slice(0, shown).map((row) => (
          <li key={row.id}>
            <Flag country={row.country} />
            <span>
              <Link href={`/villes/${row.slug}`}>{row.name}</Link>
              <span className="meta">
                {countryName(row.country)}. <Membership row={row} />
              </span>
            </span>
            {row.practiceCount > 0 && <span className="num meta">{t('cities.practiceCount', { count: row.practiceCount })}</span>}
          </li>
        ))}
      </ul>
      {found.length > shown && (
        <p className="mt-4">
          <button type="button" className="btn" onClick={() => setShown(shown + SHOWN)}>
            {t('common.more')}
          </button>
        </p>
      )}
      {view === 'liste' && <p className="meta mt-3">{t('common.geonames')}</p>}
    </>
  );
}

function toPoint(row: OrganisationRow) {
  if (row.longitude === null || row.latitude === null) return [];
  return [
    {
      name: row.name,
      longitude: row.longitude,
      latitude: row.latitude,
      weight: Math.max(row.practiceCount, 1),
      labelled: row.practiceCount > 0,
      kind: isAttested(row) ? ('city' as const) : ('demonstration' as const),
    },
  ];
}
