import type { TransfersPage as Transfers } from '@passerelle/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { Empty, Loaded, MapWait } from '../../ui';
import { Bars } from '../../ui/bars';
import { useThesaurus } from '../../ui/thesaurus';
import { ExchangeList, exchangeOf } from './exchange-list';
import { practicesQuery, transfersQuery } from './practices.api';

const ExchangeMap = lazy(() => import('../../ui/map/exchange-map'));
const COUNTRIES_SHOWN = 12;

/** Exchanges between cities: map, plot in time, list; and the library in figures. */
export default function TransfersPage() {
  const { t } = useI18n();
  const transfers = useQuery(transfersQuery);
  usePage(t('transfers.title'), { back: { href: '/pratiques', label: t('practices.title') } });
  return (
    <div>
      <h1>{t('transfers.title')}</h1>
      <p className="soft mt-2">{t('transfers.lead')}</p>
      <Loaded query={transfers}>
        {(page) =>
          page.items.length === 0 ? <Empty title={t('transfers.empty')} text={t('transfers.emptyText')} /> : <Exchanges page={page} />
        }
      </Loaded>
      <Figures />
    </div>
  );
}

function Exchanges({ page }: { page: Transfers }) {
  const { t } = useI18n();
  return (
    <>
      <div className="mt-4">
        <Suspense fallback={<MapWait world />}>
          <ExchangeMap label={t('transfers.mapLabel')} exchanges={page.items.map(exchangeOf)} />
        </Suspense>
      </div>
      <section className="sec">
        <h2>{t('transfers.list')}</h2>
        <ExchangeList lines={page.items} />
      </section>
      <section className="sec">
        <h2>{t('transfers.inTime')}</h2>
        <Bars
          title={t('transfers.years')}
          columns={[t('transfers.year'), t('transfers.started'), t('transfers.takenUp')]}
          bars={page.years.map((line) => ({
            label: line.year === null ? t('transfers.unknownYear') : String(line.year),
            value: line.started,
            full: line.takenUp,
          }))}
        />
      </section>
    </>
  );
}

/** Practices by theme and by country, from the counts of the library. */
function Figures() {
  const { t, countryName } = useI18n();
  const { themeName } = useThesaurus();
  const practices = useInfiniteQuery(practicesQuery({ sort: 'taken-up' }, 'liste'));
  const facets = practices.data?.pages[0]?.facets;
  if (!facets) return null;
  const most = [...facets.country].sort((a, b) => b.count - a.count).slice(0, COUNTRIES_SHOWN);
  return (
    <section className="sec">
      <h2>{t('transfers.figures')}</h2>
      <Bars
        title={t('transfers.themes')}
        columns={[t('practices.facet.theme'), t('practices.title')]}
        bars={facets.theme.map((value) => ({ label: themeName(value.value) || value.label, value: value.count }))}
      />
      <Bars
        title={t('transfers.countries')}
        columns={[t('practices.facet.country'), t('practices.title')]}
        bars={most.map((value) => ({ label: countryName(value.value), value: value.count }))}
      />
    </section>
  );
}
