import type { PracticesPage, PracticeView } from '@passerelle/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '../../app/api';

export const FACETS = ['theme', 'size', 'cost', 'country', 'takenUp'] as const;
export type FacetName = (typeof FACETS)[number];
export type PracticeFilters = Record<FacetName, string[]> & { sort: string };

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
export const practiceQuery = (ref: string) =>
  queryOptions({ queryKey: ['practice', ref], queryFn: () => api.get<PracticeView>(`/api/practices/${encodeURIComponent(ref)}`) });
