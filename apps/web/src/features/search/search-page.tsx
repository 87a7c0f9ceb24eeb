import { SEARCH_FACETS, SEARCH_KINDS, type SearchFacet } from '@passerelle/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { NetworkFailure, withQuery } from '../../app/api';
import { usePage } from '../../app/page';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { ErrorNote, Note, Skeleton } from '../../ui';
import { FacetColumn, type FacetPanel, FilterChips } from '../../ui/facets';
import { AddCriterion } from './add-criterion';
import { chosenIn, type Criterion, criteriaOf, folded, type Pattern, toggleValue, without, withoutCriteria, withKind, withPattern } from './criteria';
import { useSeen } from './follow';
import { noteSearch } from './recent';
import { Results } from './results';
import { type Answer, isPreparing, keptQuery, QUERY_MAX, searchQuery } from './search.api';
import { SearchField } from './search-field';
import { Start } from './start';
import { useCriterionText, useLabel } from './words';

const OPEN_AT_FIRST: SearchFacet[] = ['theme', 'country'];
const VALUES_SHOWN = 8;

/** Search over what the reader may see. The whole query is one text in the address; panel, tabs and chips read and write it. */
export default function SearchPage() {
  const { t } = useI18n();
  const [q, search] = useQueryText();
  const found = useAnswer(q);
  const { answer } = found;
  const [words, setWords] = useState(q);
  useEffect(() => setWords(q), [q]);
  // What was typed and not yet sent goes with the criterion that is chosen.
  const panel = usePanel({ q, words, answer, onChange: (next) => search(next, { replace: true }) });
  usePage(q || t('search.title'), { columns: 'page-l', back: { href: '/', label: t('search.title') }, search: true });
  return (
    <>
      {q === '' ? <div className="desk" /> : <FacetColumn panel={panel} />}
      <div className="min0">
        <h1 className="vh">{t('search.title')}</h1>
        <Box q={q} words={words} answer={answer} panel={panel} onWords={setWords} onSearch={search} />
        {q === '' ? (
          <Start />
        ) : (
          <>
            {answer && <Tabs q={q} answer={answer} chosen={panel.state.chosen('kind')} />}
            <Standing found={found} />
            {answer && <Results q={q} pages={found.pages} isOwn={found.isOwn} panel={panel} more={found.query} since={found.since} />}
          </>
        )}
      </div>
    </>
  );
}

/** The query in the address. Addresses that hold filters beside it are brought into its form. */
function useQueryText() {
  const { lang } = useI18n();
  const [params, setParams] = useSearchParams();
  const whole = folded(params, lang);
  useEffect(() => {
    if (whole !== null) setParams({ q: whole }, { replace: true });
  }, [whole, setParams]);
  const q = (whole ?? params.get('q') ?? '').trim().slice(0, QUERY_MAX);
  const search = (next: string, options?: { replace: boolean }) => setParams(next === '' ? {} : { q: next }, options);
  return [q, search] as const;
}

/** The answer to a query, and until it comes what was found before; without a network the last answer of this device. */
function useAnswer(q: string) {
  const { lang } = useI18n();
  const account = useMe().account.id;
  const query = useInfiniteQuery(searchQuery(q, lang, account));
  const failure: unknown = query.error ?? query.failureReason;
  const isOwn = query.data !== undefined && !query.isPlaceholderData;
  const isCutOff = q !== '' && !isOwn && failure instanceof NetworkFailure;
  const kept = useQuery({ ...keptQuery(account), enabled: isCutOff }).data;
  const pages = query.data?.pages ?? (isCutOff && kept ? [kept] : []);
  const answer = pages[0];
  const isSettled = isOwn && !query.isFetching;
  const since = useSeen(q, isSettled);
  useEffect(() => {
    if (isSettled) noteSearch(account, q);
  }, [isSettled, account, q]);
  return { query, q, pages, answer, failure, isOwn, since };
}

type Found = ReturnType<typeof useAnswer>;

interface PanelProps {
  q: string;
  /** As they stand in the field. */
  words: string;
  answer: Answer | undefined;
  onChange: (q: string) => void;
}

/** The panel of facets over the operators of the query. */
function usePanel({ q, words, answer, onChange }: PanelProps): FacetPanel<SearchFacet> {
  const { t, lang } = useI18n();
  const label = useLabel();
  const criteria = criteriaOf(q, answer);
  return {
    state: {
      chosen: (facet) => chosenIn(criteria, facet),
      active: SEARCH_FACETS.flatMap((facet) => chosenIn(criteria, facet).map((value) => ({ facet, value }))),
      toggle: (facet, value) => answer && onChange(toggleValue(words, facet, value, answer, lang)),
      clear: () => onChange(withoutCriteria(words)),
    },
    facets: SEARCH_FACETS,
    counts: answer?.facets,
    title: (facet) => t(`search.field.${facet}`),
    label: (_, __, name) => label(name),
    open: OPEN_AT_FIRST,
    foldAfter: VALUES_SHOWN,
  };
}

interface BoxProps extends Pick<PanelProps, 'q' | 'words' | 'answer'> {
  panel: FacetPanel<SearchFacet>;
  onWords: (words: string) => void;
  onSearch: (q: string, options?: { replace: boolean }) => void;
}

/** The field for words, its criteria as chips, and the way to more of them. */
function Box({ q, words, answer, panel, onWords, onSearch }: BoxProps) {
  const { lang } = useI18n();
  const [typeOver, setTypeOver] = useState<{ from: number; to: number } | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const text = useCriterionText(answer);
  useEffect(() => {
    // On a phone the keyboard would cover what can be begun with.
    if (q === '' && matchMedia('(pointer: fine)').matches) input.current?.focus();
  }, [q]);
  useLayoutEffect(() => {
    if (!typeOver) return;
    // After the sheet has given the focus back to its button.
    const frame = requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(typeOver.from, typeOver.to);
      setTypeOver(null);
    });
    return () => cancelAnimationFrame(frame);
  }, [typeOver]);
  const add = (pattern: Pattern) => {
    const { q: next, ...place } = withPattern(words, pattern, lang);
    onWords(next);
    setTypeOver(place);
  };
  const chip = (criterion: Criterion) => ({
    key: `${criterion.field} ${criterion.value}`,
    label: text(criterion),
    remove: () => onSearch(without(words, criterion), { replace: true }),
  });
  return (
    <>
      <SearchField id="q" words={words} input={input} onWords={onWords} onSearch={onSearch} />
      <div className="criteria">
        <FilterChips filters={criteriaOf(q, answer).map(chip)} onClear={panel.state.clear} />
        <AddCriterion onAdd={add} />
      </div>
    </>
  );
}

/** Kinds that hold an answer, each with its number. */
function Tabs({ q, answer, chosen }: { q: string; answer: Answer; chosen: string[] }) {
  const { t, lang, formatNumber } = useI18n();
  const counts = answer.facets.kind.filter(({ value, count }) => count > 0 || chosen.includes(value));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const tabs = [null, ...SEARCH_KINDS].flatMap((kind) => {
    const count = kind === null ? total : counts.find(({ value }) => value === kind)?.count;
    return count === undefined ? [] : [{ kind, count }];
  });
  return (
    <nav className="tabs" aria-label={t('search.nature')}>
      {tabs.map(({ kind, count }) => (
        <Link key={kind ?? 'all'} href={withQuery('/recherche', { q: withKind(q, kind, lang) })} {...(String(chosen) === (kind ?? '') && { 'aria-current': 'page' as const })}>
          {t(`search.kind.${kind ?? 'all'}`)}, {formatNumber(count)}
        </Link>
      ))}
    </nav>
  );
}

/** What stands between the reader and the answer: an index that is being built, no network, a slow or failed search. */
function Standing({ found: { query, answer, failure, isOwn } }: { found: Found }) {
  const { t } = useI18n();
  if (isOwn) return null;
  if (isPreparing(failure))
    return (
      <div className="mt-4">
        <Note icon="clock" role="status">
          {t('search.preparing')}
        </Note>
      </div>
    );
  if (answer && failure instanceof NetworkFailure)
    return (
      <div className="mt-4">
        <Note kind="attention" icon="offline" role="status">
          {t('search.kept', { q: answer.q })}
        </Note>
      </div>
    );
  if (failure) return <ErrorNote error={failure} onRetry={() => void query.refetch()} />;
  return (
    <>
      <Slow />
      {!answer && <Skeleton />}
    </>
  );
}

const SLOW_AFTER_MS = 1_000;

function Slow() {
  const { t } = useI18n();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className={slow ? 'meta mt-2' : 'vh'} role="status">
      {slow && t('search.slow')}
    </p>
  );
}
