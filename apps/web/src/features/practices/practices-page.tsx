import type { PracticeRow, PracticesPage } from '@passerelle/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useId, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { withQuery } from '../../app/api';
import { usePage } from '../../app/page';
import { myCapacity, practiceTasksQuery, themesQuery, useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Empty, Icon, Loaded, Menu, Sheet, Skeleton } from '../../ui';
import { PracticeCard } from './practice-card';
import { type FacetName, FACETS, type PracticeFilters, practicesQuery, practicesTotalQuery } from './practices.api';

const PracticesMap = lazy(() => import('./practices-map'));
type Toggle = (facet: FacetName, value: string) => void;

/** Label of one value of a facet, in the reader's language. */
function useFacetLabel() {
  const { t, lang, countryName } = useI18n();
  const themes = useQuery(themesQuery);
  return (facet: FacetName, value: string): string => {
    if (facet === 'country') return countryName(value);
    if (facet === 'theme') return themes.data?.items.find((theme) => theme.id === value)?.[lang] ?? value;
    if (facet === 'cost') return t(`practices.cost.${value as PracticeRow['costRange']}`);
    if (facet === 'size') return t(`practices.size.${value as 'small'}`);
    return t(`practices.taken.${value as 'yes'}`);
  };
}

/** The library: every filter and the view live in the address. */
export default function PracticesPage_() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const [sheet, setSheet] = useState(false);
  const filters = Object.fromEntries(FACETS.map((facet) => [facet, params.getAll(facet)])) as unknown as PracticeFilters;
  filters.sort = params.get('sort') ?? 'taken-up';
  const view = params.get('vue') === 'carte' ? 'carte' : 'liste';
  const practices = useInfiniteQuery(practicesQuery(filters, view));
  const active = FACETS.flatMap((facet) => filters[facet].map((value) => ({ facet, value })));
  usePage(t('practices.title'), { columns: 'page-l' });
  const set = (name: string, value: string) => setParams((old) => (old.set(name, value), old), { replace: true });
  const toggle: Toggle = (facet, value) =>
    setParams(
      (old) => {
        const values = old.getAll(facet);
        old.delete(facet);
        for (const one of values.includes(value) ? values.filter((other) => other !== value) : [...values, value]) old.append(facet, one);
        return old;
      },
      { replace: true },
    );
  const clear = () => setParams((old) => (FACETS.forEach((facet) => old.delete(facet)), old), { replace: true });
  const first = practices.data?.pages[0];
  const all = useQuery({ ...practicesTotalQuery, enabled: active.length > 0 }).data;
  return (
    <>
      <aside className="desk" aria-label={t('practices.refine')}>
        <h2 className="t-l mt-2">{t('practices.refine')}</h2>
        {first && <Facets page={first} filters={filters} onToggle={toggle} />}
      </aside>
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
        <Tools
          view={view}
          sort={filters.sort}
          active={active.length}
          onView={(next) => set('vue', next)}
          onSort={(next) => set('sort', next)}
          onRefine={() => setSheet(true)}
        />
        {active.length > 0 && <ActiveFilters active={active} onToggle={toggle} onClear={clear} />}
        <Loaded query={practices}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0) return <Empty title={t('practices.empty')} text={t('practices.emptyText')} />;
            if (view === 'carte')
              return (
                <Suspense fallback={<Skeleton />}>
                  <PracticesMap practices={items} />
                </Suspense>
              );
            return (
              <>
                <h2 className="vh">{t('practices.results')}</h2>
                <ul className="cards">
                  {items.map((practice) => (
                    <li key={practice.id}>
                      <PracticeCard practice={practice} />
                    </li>
                  ))}
                </ul>
                {practices.hasNextPage && (
                  <p className="mt-4">
                    <button type="button" className="btn" onClick={() => void practices.fetchNextPage()}>
                      {t('common.more')}
                    </button>
                  </p>
                )}
              </>
            );
          }}
        </Loaded>
      </div>
      {sheet && first && (
        <Sheet
          title={t('practices.refine')}
          onClose={() => setSheet(false)}
          footer={
            <>
              <button type="button" className="btn btn-q" onClick={clear}>
                {t('practices.clear')}
              </button>
              <button type="button" className="btn btn-p" onClick={() => setSheet(false)}>
                {t('practices.show', { count: first.total })}
              </button>
            </>
          }
        >
          <div className="mt-4">
            <Sort sort={filters.sort} onSort={(next) => set('sort', next)} />
          </div>
          <Facets page={first} filters={filters} onToggle={toggle} />
        </Sheet>
      )}
    </>
  );
}

interface ToolsProps {
  view: string;
  sort: string;
  active: number;
  onView: (view: string) => void;
  onSort: (sort: string) => void;
  onRefine: () => void;
}

function Tools({ view, sort, active, onView, onSort, onRefine }: ToolsProps) {
  const { t } = useI18n();
  return (
    <div className="tools">
      <button type="button" className="btn phone" onClick={onRefine}>
        <Icon name="filter" small />
        {active > 0 ? t('practices.refineCount', { n: active }) : t('practices.refine')}
      </button>
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
      <div className="desk push">
        <Sort sort={sort} onSort={onSort} hidden />
      </div>
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

function ActiveFilters({
  active,
  onToggle,
  onClear,
}: {
  active: { facet: FacetName; value: string }[];
  onToggle: Toggle;
  onClear: () => void;
}) {
  const { t } = useI18n();
  const label = useFacetLabel();
  return (
    <ul className="row mt-2" aria-label={t('practices.active')}>
      {active.map(({ facet, value }) => (
        <li key={facet + value}>
          <button type="button" className="chip chip-on" onClick={() => onToggle(facet, value)}>
            {label(facet, value)}
            <Icon name="close" small />
            <span className="vh">{t('practices.remove')}</span>
          </button>
        </li>
      ))}
      <li>
        <button type="button" className="btn btn-q" onClick={onClear}>
          {t('practices.clear')}
        </button>
      </li>
    </ul>
  );
}

const OPEN_AT_FIRST: FacetName[] = ['theme', 'size', 'cost'];

function Facets({ page, filters, onToggle }: { page: PracticesPage; filters: PracticeFilters; onToggle: Toggle }) {
  const { t } = useI18n();
  const label = useFacetLabel();
  return (
    <div>
      {FACETS.map((facet) => (
        <details key={facet} className="facet" open={OPEN_AT_FIRST.includes(facet) || filters[facet].length > 0}>
          <summary>
            {t(`practices.facet.${facet}`)}
            <Icon name="down" small />
          </summary>
          <ul>
            {page.facets[facet].map(({ value, count }) => (
              <li key={value}>
                <label className="opt">
                  <input type="checkbox" checked={filters[facet].includes(value)} onChange={() => onToggle(facet, value)} />
                  <span>{label(facet, value)}</span>
                  <span className="num">{count}</span>
                </label>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
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
      ]}
    />
  );
}
