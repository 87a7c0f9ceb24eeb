import { useState } from 'react';
import { useSearchParams } from 'wouter';
import type { TextKey } from '../../i18n';
import { useI18n } from '../../i18n';
import { Icon, Sheet } from '../../ui';
import type { Filters } from './projects.api';
import { useThesaurus } from './words';

export type FacetName = 'theme' | 'stage' | 'country' | 'sought' | 'form' | 'state';
type FacetCounts = Partial<Record<FacetName, { value: string; count: number }[]>>;

/** Every filter lives in the address. */
export function useFilters(names: readonly FacetName[]) {
  const [params, setParams] = useSearchParams();
  const filters: Filters = Object.fromEntries(names.map((name) => [name, params.getAll(name)]));
  return {
    filters, params,
    active: names.flatMap((facet) => params.getAll(facet).map((value) => ({ facet, value }))),
    set: (name: string, value: string) => setParams((old) => (old.set(name, value), old), { replace: true }),
    clear: () => setParams((old) => (names.forEach((name) => old.delete(name)), old), { replace: true }),
    toggle: (facet: FacetName, value: string) =>
      setParams(
        (old) => {
          const values = old.getAll(facet);
          old.delete(facet);
          for (const one of values.includes(value) ? values.filter((other) => other !== value) : [...values, value]) old.append(facet, one);
          return old;
        },
        { replace: true },
      ),
  };
}
export type FilterState = ReturnType<typeof useFilters>;

function useLabel() {
  const { t, countryName } = useI18n();
  const { themeName } = useThesaurus();
  return (facet: FacetName, value: string): string => {
    if (facet === 'country') return countryName(value);
    if (facet === 'theme') return themeName(value) || value;
    if (facet === 'form' || facet === 'state') return t(`needs.${facet}.${value}` as TextKey);
    return t(`projects.${facet}.${value}` as TextKey);
  };
}

/** The column of filters of desktops. */
export function FacetColumn({ state, facets }: { state: FilterState; facets: FacetCounts | undefined }) {
  const { t } = useI18n();
  return (
    <aside className="desk" aria-label={t('practices.refine')}>
      <h2 className="t-l mt-2">{t('practices.refine')}</h2>
      {facets && <Facets state={state} facets={facets} />}
    </aside>
  );
}

/** Opens the same filters in a sheet. */
export function RefineButton({ state, facets, show, always = false }: { state: FilterState; facets: FacetCounts | undefined; show: string; always?: boolean }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const { active, clear } = state;
  return (
    <>
      <button type="button" className={always ? 'btn' : 'btn phone'} onClick={() => setOpen(true)}>
        <Icon name="filter" small />
        {active.length > 0 ? t('practices.refineCount', { n: active.length }) : t('practices.refine')}
      </button>
      {open && facets && (
        <Sheet
          title={t('practices.refine')}
          onClose={() => setOpen(false)}
          footer={
            <>
              <button type="button" className="btn btn-q" onClick={clear}>
                {t('practices.clear')}
              </button>
              <button type="button" className="btn btn-p" onClick={() => setOpen(false)}>
                {show}
              </button>
            </>
          }
        >
          <Facets state={state} facets={facets} />
        </Sheet>
      )}
    </>
  );
}

function Facets({ state, facets }: { state: FilterState; facets: FacetCounts }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <div>
      {(Object.keys(facets) as FacetName[]).filter((facet) => facets[facet]?.length).map((facet) => (
        <details key={facet} className="facet" open={facet !== 'country' || (state.filters[facet]?.length ?? 0) > 0}>
          <summary>
            {t(`projects.facet.${facet}`)}
            <Icon name="down" small />
          </summary>
          <ul>
            {facets[facet]?.map(({ value, count }) => (
              <li key={value}>
                <label className="opt">
                  <input type="checkbox" checked={state.filters[facet]?.includes(value) ?? false} onChange={() => state.toggle(facet, value)} />
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

export function ActiveFilters({ state }: { state: FilterState }) {
  const { t } = useI18n();
  const label = useLabel();
  if (state.active.length === 0) return null;
  return (
    <ul className="row mt-2" aria-label={t('practices.active')}>
      {state.active.map(({ facet, value }) => (
        <li key={facet + value}>
          <button type="button" className="chip chip-on" onClick={() => state.toggle(facet, value)}>
            {label(facet, value)}
            <Icon name="close" small />
            <span className="vh">{t('practices.remove')}</span>
          </button>
        </li>
      ))}
      <li>
        <button type="button" className="btn btn-q" onClick={state.clear}>
          {t('practices.clear')}
        </button>
      </li>
    </ul>
  );
}

/** The next page of a list. */
export function More({ query }: { query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } }) {
  const { t } = useI18n();
  if (!query.hasNextPage) return null;
  return (
    <p className="mt-4">
      <button type="button" className="btn" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t('common.more')}
      </button>
    </p>
  );
}
