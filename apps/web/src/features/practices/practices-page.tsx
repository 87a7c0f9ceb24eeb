import type { PracticeFacet, PracticeRow, PracticesPage } from '@passerelle/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useId } from 'react';
import { Link } from 'wouter';
import { withQuery } from '../../app/api';
import { usePage } from '../../app/page';
import { myCapacity, practiceTasksQuery, useMe } from '../../app/queries';
import { type TextKey, useI18n } from '../../i18n';
import { Empty, Icon, Loaded, Menu, Skeleton } from '../../ui';
import { ActiveFilters, FacetColumn, type FacetPanel, More, RefineButton, useFacets } from '../../ui/facets';
import { useThesaurus } from '../../ui/thesaurus';
import { PracticeCard } from './practice-card';
import { FACETS, type PracticeFilters, practicesQuery, practicesTotalQuery } from './practices.api';

const PracticesMap = lazy(() => import('./practices-map'));
const OPEN_AT_FIRST: PracticeFacet[] = ['theme', 'size', 'cost'];

/** The library: every filter and the view live in the address. */
export default function PracticesPage_() {
  const { t } = useI18n();
  const state = useFacets(FACETS);
  const { params, set, active } = state;
  const filters = { ...state.filters, sort: params.get('sort') ?? 'taken-up' };
  const view = params.get('vue') === 'carte' ? 'carte' : 'liste';
  const practices = useInfiniteQuery(practicesQuery(filters, view));
  usePage(t('practices.title'), { columns: 'page-l' });
  const first = practices.data?.pages[0];
  const all = useQuery({ ...practicesTotalQuery, enabled: active.length > 0 }).data;
  const panel = useLibraryPanel(state, first?.facets);
  const sort = { sort: filters.sort, onSort: (next: string) => set('sort', next) };
  return (
    <>
      <FacetColumn panel={panel} />
      <div>
        <h1>{t('practices.title')}</h1>
        {first && (
          <p className="soft mt-2" role="status">
            {active.length > 0 && all !== undefined
              ? t('practices.countOf', { count: first.total, total: all })
              : t('practices.count', { count: first.total })}
          </p>
        )}
        <YourPart filters={filters} />
        <div className="tools">
          <RefineButton panel={panel} show={t('practices.show', { count: first?.total ?? 0 })}>
            <div className="mt-4">
              <Sort {...sort} />
            </div>
          </RefineButton>
          <Views view={view} onView={(next) => set('vue', next)} />
          <div className="desk push">
            <Sort {...sort} hidden />
          </div>
        </div>
        <ActiveFilters panel={panel} />
        <Loaded query={practices}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0) return <Empty title={t('practices.empty')} text={t('practices.emptyText')} />;
            return (
              <>
                {view === 'carte' ? (
                  <Suspense fallback={<Skeleton />}>
                    <PracticesMap practices={items} />
                  </Suspense>
                ) : (
                  <Cards practices={items} />
                )}
                <More query={practices} />
              </>
            );
          }}
        </Loaded>
      </div>
    </>
  );
}

function Cards({ practices }: { practices: PracticeRow[] }) {
  const { t } = useI18n();
  return (
    <>
      <h2 className="vh">{t('practices.results')}</h2>
      <ul className="cards">
        {practices.map((practice) => (
          <li key={practice.id}>
            <PracticeCard practice={practice} />
          </li>
        ))}
      </ul>
    </>
  );
}

function useLibraryPanel(state: FacetPanel<PracticeFacet>['state'], counts: PracticesPage['facets'] | undefined): FacetPanel<PracticeFacet> {
  const { t, countryName } = useI18n();
  const { themeName } = useThesaurus();
  return {
    state,
    facets: FACETS,
    counts,
    open: OPEN_AT_FIRST,
    title: (facet) => t(`practices.facet.${facet}`),
    label: (facet, value) => {
      if (facet === 'country') return countryName(value);
      if (facet === 'theme') return themeName(value) || value;
      return t(`practices.${facet}.${value}` as TextKey);
    },
  };
}

function Views({ view, onView }: { view: string; onView: (view: string) => void }) {
  const { t } = useI18n();
  return (
    <div className="seg" role="group" aria-label={t('practices.display')}>
      <button type="button" aria-pressed={view === 'liste'} onClick={() => onView('liste')}>
        <Icon name="list" small />
        {t('practices.list')}
      </button>
      <button type="button" aria-pressed={view === 'carte'} onClick={() => onView('carte')}>
        <Icon name="map" small />
        {t('practices.map')}
      </button>
    </div>
  );
}

function Sort({ sort, onSort, hidden = false }: { sort: string; onSort: (sort: string) => void; hidden?: boolean }) {
  const { t } = useI18n();
  const id = useId();
  return (
    <>
      <label className={hidden ? 'vh' : undefined} htmlFor={id}>
        {t('practices.sort')}
      </label>
      <select className={hidden ? 'in in-tool' : 'in'} id={id} value={sort} onChange={(event) => onSort(event.target.value)}>
        {(['taken-up', 'newest', 'title'] as const).map((one) => (
          <option key={one} value={one}>
            {t(`practices.sorts.${one}`)}
          </option>
        ))}
      </select>
    </>
  );
}

/** Writing and what waits, for those who hold a function. */
function YourPart({ filters }: { filters: PracticeFilters }) {
  const { t } = useI18n();
  const me = useMe();
  const tasks = useQuery({ ...practiceTasksQuery, enabled: me.account.role !== 'guest' });
  if (me.account.role === 'guest' || !myCapacity(me)) return null;
  return (
    <p className="row mt-3">
      <Link className="btn btn-p" href="/pratiques/nouvelle">
        <Icon name="plus" small /> {t('entry.write')}
      </Link>
      <Link className="btn btn-q" href="/reprises">
        {t('transfers.all')}
      </Link>
      <Link className="btn btn-q" href="/projets">
        {t('projects.title')}
      </Link>
      <Link className="btn btn-q" href="/pratiques/dossiers">
        {t('folders.title')}
      </Link>
      {me.account.role === 'administrator' && (
        <Link className="btn btn-q" href="/pratiques/importer">
          {t('exchange.title')}
        </Link>
      )}
      {tasks.data && tasks.data.items.length > 0 && (
        <Link className="btn" href="/pratiques/a-traiter">
          {t('desk.title')} <b>{tasks.data.items.length}</b>
        </Link>
      )}
      <Export filters={filters} />
    </p>
  );
}

/** The list as it is filtered now, as a file that can be imported again. */
function Export({ filters }: { filters: PracticeFilters }) {
  const { t } = useI18n();
  const file = (options: Record<string, string>) => withQuery('/api/practices-export', { ...filters, ...options });
  const save = (options: Record<string, string>) => () => location.assign(file(options));
  return (
    <Menu
      label={t('exchange.export')}
      items={[
        { label: t('exchange.csvSemicolon'), icon: 'doc', onSelect: save({ format: 'csv', separator: 'semicolon' }) },
        { label: t('exchange.csv'), icon: 'doc', onSelect: save({ format: 'csv' }) },
        { label: t('exchange.json'), icon: 'doc', onSelect: save({ format: 'json' }) },
        { label: t('exchange.feed'), icon: 'globe', onSelect: () => location.assign('/public/pratiques.atom') },
      ]}
    />
  );
}
