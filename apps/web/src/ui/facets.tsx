import type { FacetValue } from '@passerelle/contract';
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useI18n } from '../i18n';
import { Icon } from './graphics';
import { Sheet } from './parts';

/** What is chosen now and how to change it. */
export interface FacetState<F extends string> {
  chosen: (facet: F) => string[];
  active: { facet: F; value: string }[];
  toggle: (facet: F, value: string) => void;
  clear: () => void;
}

/** All that a panel of facets shows. */
export interface FacetPanel<F extends string> {
  state: FacetState<F>;
  /** In this order; a facet without values stays away. */
  facets: readonly F[];
  /** From the server; not there while the first page loads. */
  counts: Partial<Record<F, FacetValue[]>> | undefined;
  title: (facet: F) => string;
  /** A value by its name in the reader's language. */
  label: (facet: F, value: string, label: string) => string;
  /** Facets that open at once; the others when something in them is chosen. */
  open: readonly F[];
  /** Of a longer list so many values and the chosen ones show at first. */
  foldAfter?: number;
}

/** Every filter lives in the address, several values for each facet. */
export function useFacets<F extends string>(facets: readonly F[]) {
  const [params, setParams] = useSearchParams();
  const change = (edit: (params: URLSearchParams) => void) => setParams((old) => (edit(old), old), { replace: true });
  const state: FacetState<F> = {
    chosen: (facet) => params.getAll(facet),
    active: facets.flatMap((facet) => params.getAll(facet).map((value) => ({ facet, value }))),
    clear: () => change((all) => facets.forEach((facet) => all.delete(facet))),
    toggle: (facet, value) =>
      change((all) => {
        const values = all.getAll(facet);
        all.delete(facet);
        for (const one of values.includes(value) ? values.filter((other) => other !== value) : [...values, value]) all.append(facet, one);
      }),
  };
  const filters = Object.fromEntries(facets.map((facet) => [facet, params.getAll(facet)]));
  return { ...state, filters, params, set: (name: string, value: string) => change((all) => all.set(name, value)) };
}

/** The column of facets of desktops. */
export function FacetColumn<F extends string>({ panel }: { panel: FacetPanel<F> }) {
  const { t } = useI18n();
  return (
    <aside className="desk" aria-label={t('facets.refine')}>
      <h2 className="t-l mt-2">{t('facets.refine')}</h2>
      <Facets panel={panel} />
    </aside>
  );
}

interface RefineProps<F extends string> {
  panel: FacetPanel<F>;
  /** What the button at the foot of the sheet says: how much there is to see. */
  show: string;
  /** Also where there is room for the column. */
  always?: boolean;
  /** Above the facets of the sheet. */
  children?: ReactNode;
}

/** Opens the same facets in a sheet. */
export function RefineButton<F extends string>({ panel, show, always = false, children }: RefineProps<F>) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const { active, clear } = panel.state;
  return (
    <>
      <button type="button" className={always ? 'btn' : 'btn phone'} onClick={() => setOpen(true)}>
        <Icon name="filter" small />
        {active.length > 0 ? t('facets.refineCount', { n: active.length }) : t('facets.refine')}
      </button>
      {open && panel.counts && (
        <Sheet
          title={t('facets.refine')}
          onClose={() => setOpen(false)}
          footer={
            <>
              <button type="button" className="btn btn-q" onClick={clear}>
                {t('facets.clear')}
              </button>
              <button type="button" className="btn btn-p" onClick={() => setOpen(false)}>
                {show}
              </button>
            </>
          }
        >
          {children}
          <Facets panel={panel} />
        </Sheet>
      )}
    </>
  );
}

function Facets<F extends string>({ panel }: { panel: FacetPanel<F> }) {
  const { state, facets, counts, title, open } = panel;
  return (
    <div>
      {facets.map((facet) => {
        const values = counts?.[facet] ?? [];
        if (values.length === 0) return null;
        return (
          <details key={facet} className="facet" open={open.includes(facet) || state.chosen(facet).length > 0}>
            <summary>
              {title(facet)}
              <Icon name="down" small />
            </summary>
            <Values panel={panel} facet={facet} values={values} />
          </details>
        );
      })}
    </div>
  );
}

function Values<F extends string>({ panel: { state, label, foldAfter = Infinity }, facet, values }: { panel: FacetPanel<F>; facet: F; values: FacetValue[] }) {
  const { t } = useI18n();
  const [all, setAll] = useState(false);
  const chosen = state.chosen(facet);
  const folded = !all && values.length > foldAfter;
  const shown = folded ? values.filter(({ value }, index) => index < foldAfter || chosen.includes(value)) : values;
  return (
    <>
      <ul>
        {shown.map(({ value, label: name, count }) => (
          <li key={value}>
            <label className="opt">
              <input type="checkbox" checked={chosen.includes(value)} onChange={() => state.toggle(facet, value)} />
              <span>{label(facet, value, name)}</span>
              <span className="num">{count}</span>
            </label>
          </li>
        ))}
      </ul>
      {folded && (
        <button type="button" className="btn btn-q" onClick={() => setAll(true)}>
          {t('facets.all', { n: values.length })}
        </button>
      )}
    </>
  );
}

/** What is chosen, each with the way to take it back. */
export function ActiveFilters<F extends string>({ panel: { state, label } }: { panel: FacetPanel<F> }) {
  const filters = state.active.map(({ facet, value }) => ({ key: facet + value, label: label(facet, value, value), remove: () => state.toggle(facet, value) }));
  return <FilterChips filters={filters} onClear={state.clear} />;
}

/** Filters of any list as chips that take them back. */
export function FilterChips({ filters, onClear }: { filters: { key: string; label: string; remove: () => void }[]; onClear: () => void }) {
  const { t } = useI18n();
  if (filters.length === 0) return null;
  return (
    <ul className="row mt-2" aria-label={t('facets.active')}>
      {filters.map(({ key, label, remove }) => (
        <li key={key}>
          <button type="button" className="chip chip-on" onClick={remove}>
            {label}
            <Icon name="close" small />
            <span className="vh">{t('facets.remove')}</span>
          </button>
        </li>
      ))}
      <li>
        <button type="button" className="btn btn-q" onClick={onClear}>
          {t('facets.clear')}
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
