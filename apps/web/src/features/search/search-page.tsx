import { SEARCH_KINDS, type SearchHit, type SearchResult } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { api, withQuery } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { Empty, Flag, Icon, type IconName, Loaded, Sheet } from '../../ui';

const KINDS = SEARCH_KINDS;
const FACETS = ['theme', 'country', 'language', 'year'] as const;
const HIT_ICONS: Record<SearchHit['kind'], IconName> = { practice: 'book', thread: 'chat', post: 'reply', city: 'city', project: 'compare', person: 'people', need: 'bulb', offer: 'shared', document: 'doc' };
const EXAMPLES = ['markets', 'sludge', 'lighting', 'budget'] as const;
type Facet = (typeof FACETS)[number];

/** Search over what the reader may see; the whole query lives in the address. */
export default function SearchPage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const filters = Object.fromEntries(['kind', ...FACETS].map((name) => [name, params.get(name)])) as Record<Facet | 'kind', string | null>;
  const [sheet, setSheet] = useState(false);
  const result = useQuery({
    queryKey: ['search', q, filters],
    queryFn: () => api.get<SearchResult>(withQuery('/api/search', { q, ...filters, limit: 30 })),
    enabled: q.trim() !== '',
    placeholderData: (previous) => previous,
  });
  usePage(q || t('search.title'), { columns: 'page-l', back: { href: '/', label: t('search.title') }, search: true });
  const filtered = Object.values(filters).some(Boolean);
  const set = (name: string, value: string | null) =>
    setParams((old) => (value ? old.set(name, value) : old.delete(name), old), { replace: name !== 'q' });
  const clear = () => setParams((old) => (['kind', ...FACETS].forEach((name) => old.delete(name)), old), { replace: true });
  return (
    <>
      <aside className="desk" aria-label={t('search.refine')}>
        <h2 className="t-l mt-2">{t('search.refine')}</h2>
        {result.data && <Facets result={result.data} filters={filters} onChoose={set} />}
      </aside>
      <div>
        <h1 className="vh">{t('search.title')}</h1>
        <SearchBox q={q} onSearch={(words) => set('q', words)} />
        {q.trim() === '' ? (
          <Empty title={t('search.start')} text={t('search.startText')}>
            {EXAMPLES.map((example) => (
              <Link key={example} className="chip" href={withQuery('/recherche', { q: t(`search.examples.${example}`) })}>
                {t(`search.examples.${example}`)}
              </Link>
            ))}
          </Empty>
        ) : (
          <Loaded query={result}>
            {(found) => (
              <>
                <nav className="tabs" aria-label={t('search.nature')}>
                  {[null, ...KINDS].map((kind) => (
                    <Link
                      key={kind ?? 'all'}
                      href={withQuery('/recherche', { q, ...filters, kind })}
                      {...(filters.kind === kind && { 'aria-current': 'page' as const })}
                    >
                      {t(`search.kind.${kind ?? 'all'}`)},{' '}
                      {kind
                        ? (found.facets.kind.find((value) => value.value === kind)?.count ?? 0)
                        : found.facets.kind.reduce((sum, value) => sum + value.count, 0)}
                    </Link>
                  ))}
                </nav>
                <div className="row tools">
                  <p className="meta" role="status">
                    {t('search.results', { count: found.total })}
                  </p>
                  {(found.total > 0 || filtered) && (
                    <button type="button" className="btn phone push" onClick={() => setSheet(true)}>
                      <Icon name="filter" small />
                      {t('search.refine')}
                    </button>
                  )}
                </div>
                <h2 className="vh">{t('search.resultsTitle')}</h2>
                {found.hits.map((hit) => (
                  <Hit key={hit.kind + hit.id} hit={hit} />
                ))}
                {found.hits.length === 0 && <NoHit q={q} filtered={filtered} onClear={clear} />}
              </>
            )}
          </Loaded>
        )}
      </div>
      {sheet && result.data && (
        <Sheet
          title={t('search.refine')}
          onClose={() => setSheet(false)}
          footer={
            <>
              <button type="button" className="btn btn-q" onClick={clear}>
                {t('search.clear')}
              </button>
              <button type="button" className="btn btn-p" onClick={() => setSheet(false)}>
                {t('search.show', { count: result.data.total })}
              </button>
            </>
          }
        >
          <Facets result={result.data} filters={filters} onChoose={set} />
        </Sheet>
      )}
    </>
  );
}

function SearchBox({ q, onSearch }: { q: string; onSearch: (words: string) => void }) {
  const { t } = useI18n();
  const [words, setWords] = useState(q);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setWords(q), [q]);
  useEffect(() => {
    if (q === '') input.current?.focus();
  }, [q]);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSearch(words.trim());
  };
  return (
    <form className="q" role="search" onSubmit={submit}>
      <label className="vh" htmlFor="q">
        {t('search.words')}
      </label>
      <input
        ref={input}
        className="in"
        id="q"
        type="search"
        maxLength={400}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <button className="btn btn-p btn-i" type="submit" aria-label={t('search.submit')}>
        <Icon name="search" />
      </button>
    </form>
  );
}

function Hit({ hit }: { hit: SearchHit }) {
  const { t, formatDay, countryName } = useI18n();
  return (
    <article className="hit">
      <p className="kick">
        <Icon name={HIT_ICONS[hit.kind]} small />
        {t(`search.one.${hit.kind}`)}
        {hit.at && hit.kind !== 'city' && <span className="meta">{formatDay(hit.at)}</span>}
      </p>
      <h3>
        <Link href={hit.url}>
          <Marked text={hit.title} />
        </Link>
      </h3>
      {hit.excerpt && (
        <p>
          <Marked text={hit.excerpt} />
        </p>
      )}
      {hit.place && (
        <p className="place mt-2">
          <Flag country={hit.place.country} />
          <b>{hit.place.name}</b>
          <span className="meta">{countryName(hit.place.country)}</span>
        </p>
      )}
      <p className="why">
        <Icon name="check" small />
        <span>{hit.why}</span>
      </p>
    </article>
  );
}

/** Words between U+0002 and U+0003 are the ones that matched. */
function Marked({ text }: { text: string }) {
  return (
    <>
      {frenchTypography(text)
        .split(/(\u0002[^\u0003]*\u0003)/)
        .map((part, index) => (part.startsWith('\u0002') ? <mark key={index}>{part.slice(1, -1)}</mark> : part))}
    </>
  );
}

function Facets({
  result,
  filters,
  onChoose,
}: {
  result: SearchResult;
  filters: Record<Facet | 'kind', string | null>;
  onChoose: (name: string, value: string | null) => void;
}) {
  const { t, countryName } = useI18n();
  const labelOf = (facet: Facet, value: string, label: string) =>
    facet === 'country' ? countryName(value) : facet === 'language' ? t(`common.inLanguage.${value === 'en' ? 'en' : 'fr'}`) : label;
  return (
    <div>
      {FACETS.map((facet, index) => (
        <details key={facet} className="facet" open={index < 2 || filters[facet] !== null}>
          <summary>
            {t(`search.facet.${facet}`)}
            <Icon name="down" small />
          </summary>
          <ul>
            {result.facets[facet].map(({ value, label, count }) => (
              <li key={value}>
                <label className="opt">
                  <input
                    type="checkbox"
                    checked={filters[facet] === value}
                    onChange={() => onChoose(facet, filters[facet] === value ? null : value)}
                  />
                  <span>{labelOf(facet, value, label)}</span>
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

function NoHit({ q, filtered, onClear }: { q: string; filtered: boolean; onClear: () => void }) {
  const { t } = useI18n();
  return (
    <Empty title={t('search.none', { q })} text={t('search.noneText')}>
      {filtered && (
        <button type="button" className="btn" onClick={onClear}>
          {t('search.removeFilters')}
        </button>
      )}
      <Link className="btn btn-p" href={withQuery('/echanges/nouveau', { kind: 'question', titre: q })}>
        {t('search.askNetwork')}
      </Link>
    </Empty>
  );
}
