import type { SearchFacet } from '@passerelle/contract';
import { Link } from 'wouter';
import { withQuery } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote, Note } from '../../ui';
import { type FacetPanel, More, RefineButton } from '../../ui/facets';
import { asTyped } from './criteria';
import { Follow } from './follow';
import { Hit } from './hits';
import { NoHit } from './no-hit';
import type { Answer } from './search.api';

interface Props {
  q: string;
  pages: Answer[];
  /** Whether they answer this very query. */
  isOwn: boolean;
  panel: FacetPanel<SearchFacet>;
  more: { hasNextPage: boolean; isFetchingNextPage: boolean; isFetchNextPageError: boolean; error: unknown; fetchNextPage: () => unknown };
  since: { at: string; count: number } | null;
}

/** All that was found, with what was looked for as well, and what to do with the search. */
export function Results({ q, pages, isOwn, panel, more, since }: Props) {
  const { t, formatDay } = useI18n();
  const [answer] = pages;
  if (!answer) return null;
  const hits = pages.flatMap((page) => page.hits);
  return (
    <div aria-busy={!isOwn}>
      <div className="row tools">
        <Said answer={answer} />
        {(answer.total > 0 || panel.state.active.length > 0) && <RefineButton panel={panel} show={t('search.show', { count: answer.total })} />}
        {answer.total > 0 && <Follow key={q} q={q} label={t('saved.follow')} className="btn btn-q" />}
      </div>
      {since && (
        <Note icon="bell" role="status">
          {t('saved.since', { count: since.count, day: formatDay(since.at) })}
        </Note>
      )}
      <Unknown answer={answer} />
      {answer.total === 0 ? (
        <NoHit answer={answer} />
      ) : (
        <>
          <h2 className="vh">{t('search.resultsTitle')}</h2>
          {hits.map((hit) => (
            <Hit key={hit.kind + hit.id + hit.title} hit={hit} isNew={since !== null && hit.at !== null && hit.at > since.at} />
          ))}
          {more.isFetchNextPageError && <ErrorNote error={more.error} />}
          {isOwn && <More query={more} />}
          {isOwn && !more.hasNextPage && hits.length < answer.total && <p className="meta mt-4">{t('search.end', { count: hits.length })}</p>}
        </>
      )}
    </div>
  );
}

/** How much was found, by which other words, and in which other spelling. */
function Said({ answer: { total, also, spelling } }: { answer: Answer }) {
  const { t, lang } = useI18n();
  const list = also.map((word) => (lang === 'fr' ? `« ${word} »` : `“${word}”`)).join(', ');
  return (
    <div className={total > 0 ? 'said' : 'said vh'}>
      <p className="meta" role="status">
        {t('search.results', { count: total })}
        {list && `. ${t('search.also', { list })}`}
      </p>
      {spelling !== null && (
        <p className="meta">
          {t('search.spelling')}
          <Link href={withQuery('/recherche', { q: spelling })}>{spelling}</Link>
        </p>
      )}
    </div>
  );
}

/** Operators whose value means nothing here. */
function Unknown({ answer: { unknown } }: { answer: Answer }) {
  const { t, lang } = useI18n();
  if (unknown.length === 0) return null;
  return (
    <Note kind="attention" icon="alert">
      {unknown.map((one) => t('search.unknown', { operator: asTyped(one, lang) })).join(' ')}
    </Note>
  );
}
