import type { EmptySearches, SearchResult, Suggestions } from '@passerelle/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ApiProblem, NetworkFailure, withQuery } from '../../app/api';
import { isShared } from '../../app/forget';
import { deviceStore } from '../../outbox';

/** The longest query that the server reads. */
export const QUERY_MAX = 2_000;
/** Below that too much would be proposed. */
const SUGGESTED_FROM = 2;
const SUGGESTED_UP_TO = 200;
const LIMIT = 20;
const OFFSET_MAX = 200;
/** So often is an index that is being built asked again, and so long apart. */
const PREPARING_TRIES = 60;
const PREPARING_MS = 2_000;
/** Of one account: what it may read is nobody else's. */
const keptName = (account: string) => `last-search ${account}`;

/** A page of hits with the query that it answers. */
export interface Answer extends SearchResult {
  q: string;
}

/** The server builds its index: it will answer in some seconds. */
export const isPreparing = (error: unknown) => error instanceof ApiProblem && error.status === 503;
const isWorthAnother = (error: unknown) => error instanceof NetworkFailure || (error instanceof ApiProblem && error.status >= 500);

export const suggestQuery = (typed: string) => {
  const q = typed.trim().slice(0, SUGGESTED_UP_TO);
  return queryOptions({
    queryKey: ['suggest', q],
    queryFn: ({ signal }) => api.get<Suggestions>(withQuery('/api/search/suggest', { q }), signal),
    enabled: q.length >= SUGGESTED_FROM,
    // Whoever types goes on meanwhile: a proposal that fails is not worth waiting for.
    retry: false,
  });
};

/** Pages of hits. What was found before stands in until the answer comes. */
export const searchQuery = (q: string, lang: string, account: string) =>
  infiniteQueryOptions({
    queryKey: ['search', lang, q],
    queryFn: async ({ pageParam }): Promise<Answer> => {
      const answer = { ...(await api.get<SearchResult>(withQuery('/api/search', { q, limit: LIMIT, offset: pageParam || null }))), q };
      if (pageParam === 0) void keep(account, answer);
      return answer;
    },
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => {
      const next = pages.length * LIMIT;
      return next < total && next <= OFFSET_MAX ? next : undefined;
    },
    enabled: q !== '',
    // What others have written since is looked for each time; the last answer shows meanwhile.
    staleTime: 0,
    // Looking back at the window is no new search.
    refetchOnWindowFocus: false,
    placeholderData: (previous) => previous,
    retry: (count, error) => count < (isPreparing(error) ? PREPARING_TRIES : 3) && isWorthAnother(error),
    retryDelay: (count, error) => (isPreparing(error) ? PREPARING_MS : Math.min(1_000 * 2 ** count, 15_000)),
  });

/** A device that cannot keep anything searches all the same. */
const keep = async (account: string, answer: Answer) =>
  !isShared() &&
  (await deviceStore()
    .then((store) => store.put('kept', answer, keptName(account)))
    .catch(() => undefined));

/** The last answer that came to this device, for when none comes. */
export const keptQuery = (account: string) =>
  queryOptions({
    queryKey: ['search-kept', account],
    queryFn: async () => ((await (await deviceStore()).get('kept', keptName(account))) as Answer | undefined) ?? null,
    staleTime: 0,
  });

export const unansweredQuery = queryOptions({ queryKey: ['unanswered-searches'], queryFn: () => api.get<EmptySearches>('/api/search/empty'), staleTime: 0 });
