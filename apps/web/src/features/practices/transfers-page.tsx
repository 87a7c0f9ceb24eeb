import type { TransfersPage as Transfers } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { themesQuery } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Empty, Flag, Loaded, MapWait } from '../../ui';
import { Bars } from '../../ui/bars';
import { practicesQuery } from './practices.api';

const TransfersMap = lazy(() => import('./transfers-map'));
const transfersQuery = queryOptions({ queryKey: ['practices', 'transfers'], queryFn: () => api.get<Transfers>('/api/transfers') });
const COUNTRIES_SHOWN = 12;
const NO_FILTER = { theme: [], size: [], cost: [], country: [], takenUp: [], sort: 'taken-up' };

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
      <Suspense fallback={<MapWait world />}>
        <TransfersMap lines={page.items} />
      </Suspense>
      <Bars
        title={t('transfers.years')}
        columns={[t('transfers.year'), t('transfers.started'), t('transfers.takenUp')]}
        bars={page.years.map((line) => ({
          label: line.year === null ? t('transfers.unknownYear') : String(line.year),
          value: line.started,
          full: line.takenUp,
        }))}
      />
      <ul className="list mt-3">
        {page.items.map((item) => (
          <li key={item.id}>
            {item.country && <Flag country={item.country} />}
            <span>
              <Link href={`/reprises/${item.id}`}>
                {item.from.name} → {item.to}
              </Link>
              <span className="meta">{frenchTypography([item.title, item.year].filter(Boolean).join(', '))}</span>
            </span>
            <span className={item.state.startsWith('taken') ? 'num tag tag-ok' : 'num tag'}>{t(`practices.state.${item.state}`)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Practices by theme and by country, from the counts of the library. */
function Figures() {
  const { t, lang, countryName } = useI18n();
  const practices = useInfiniteQuery(practicesQuery(NO_FILTER, 'liste'));
  const themes = useQuery(themesQuery);
  const facets = practices.data?.pages[0]?.facets;
  if (!facets || !themes.data) return null;
  const name = (id: string) => themes.data.items.find((theme) => theme.id === id)?.[lang] ?? id;
  const most = [...facets.country].sort((a, b) => b.count - a.count).slice(0, COUNTRIES_SHOWN);
  return (
    <section className="sec">
      <h2>{t('transfers.figures')}</h2>
      <Bars
        title={t('transfers.themes')}
        columns={[t('practices.facet.theme'), t('practices.title')]}
        bars={facets.theme.map((value) => ({ label: name(value.value), value: value.count }))}
      />
      <Bars
        title={t('transfers.countries')}
        columns={[t('practices.facet.country'), t('practices.title')]}
        bars={most.map((value) => ({ label: countryName(value.value), value: value.count }))}
      />
    </section>
  );
}
