import type { OrganisationRow, PracticeRow } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { organisationsQuery } from '../../app/organisations';
import { useI18n } from '../../i18n';
import { Flag, Loaded } from '../../ui';
import ExchangeMap from '../../ui/map/exchange-map';
import type { MapPoint } from '../../ui/map/network-map';
import { ExchangeList, exchangeOf } from './exchange-list';
import { transfersQuery } from './practices.api';

/** The practices that were found, by city, and where they went: a map and the same as lists. */
export default function PracticesMap({ practices }: { practices: PracticeRow[] }) {
  const { t } = useI18n();
  const organisations = useQuery(organisationsQuery);
  const transfers = useQuery(transfersQuery);
  const found = new Set(practices.map((practice) => practice.ref));
  const lines = (transfers.data?.items ?? []).filter((line) => found.has(line.ref));
  return (
    <Loaded query={organisations}>
      {(rows) => (
        <>
          <ExchangeMap label={t('practices.mapLabel')} cities={citiesOf(practices, rows)} exchanges={lines.map(exchangeOf)} />
          <p className="meta mt-2">{t('practices.mapNote')}</p>
          {lines.length > 0 && (
            <section className="sec">
              <h2>{t('transfers.title')}</h2>
              <ExchangeList lines={lines} />
            </section>
          )}
          <section className="sec">
            <h2>{t('practices.title')}</h2>
            <ul className="list mt-3">
              {practices.map((practice) => (
                <li key={practice.id}>
                  <Flag country={practice.city.country} />
                  <span>
                    <Link href={`/pratiques/${practice.ref}`} lang={practice.language}>
                      {frenchTypography(practice.title)}
                    </Link>
                    <span className="meta">{practice.city.name}</span>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
    </Loaded>
  );
}

/** One point for each city, wider when it has several. */
function citiesOf(practices: PracticeRow[], organisations: OrganisationRow[]): MapPoint[] {
  const weights = new Map<string, number>();
  for (const { city } of practices) if (city.slug) weights.set(city.slug, (weights.get(city.slug) ?? 0) + 1);
  return organisations.flatMap(({ slug, name, longitude, latitude }) => {
    const weight = weights.get(slug);
    return weight && longitude !== null && latitude !== null ? [{ name, longitude, latitude, weight, labelled: true }] : [];
  });
}
