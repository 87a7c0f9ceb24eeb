import type { PracticeFacet, PracticeRevisionView, PracticesPage, PracticeView, TransfersPage } from '@passerelle/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '../../app/api';

/** In the order of the panel. */
export const FACETS: readonly PracticeFacet[] = ['theme', 'size', 'cost', 'country', 'takenUp', 'validated', 'standing', 'language'];
export type PracticeFilters = Partial<Record<PracticeFacet, string[]>> & { sort: string };

/** A page of cards, or all of them at once for the map. */
const LIMIT = { liste: 12, carte: 100 };

export const practicesQuery = (filters: PracticeFilters, view: 'liste' | 'carte') =>
  infiniteQueryOptions({
    queryKey: ['practices', filters, view],
    queryFn: ({ pageParam }) => api.get<PracticesPage>(withQuery('/api/practices', { ...filters, limit: LIMIT[view], cursor: pageParam })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });
/** How many there are without any filter. */
export const practicesTotalQuery = queryOptions({
  queryKey: ['practices', 'total'],
  queryFn: async () => (await api.get<PracticesPage>(withQuery('/api/practices', { limit: 1 }))).total,
});
/** All exchanges between cities. */
export const transfersQuery = queryOptions({ queryKey: ['practices', 'transfers'], queryFn: () => api.get<TransfersPage>('/api/transfers') });
export const practiceQuery = (ref: string) =>
  queryOptions({ queryKey: ['practice', ref], queryFn: () => api.get<PracticeView>(`/api/practices/${encodeURIComponent(ref)}`) });
/** For the city that keeps the entry, and for moderation. */
export const revisionsQuery = (ref: string) =>
  queryOptions({ queryKey: ['practice', ref, 'revisions'], queryFn: () => api.get<{ items: PracticeRevisionView[] }>(`/api/practices/${encodeURIComponent(ref)}/revisions`) });
