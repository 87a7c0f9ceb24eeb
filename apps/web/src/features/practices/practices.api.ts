import type { PracticesPage, PracticeView } from '@passerelle/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '../../app/api';

export const FACETS = ['theme', 'size', 'cost', 'country', 'takenUp'] as const;
export type FacetName = (typeof FACETS)[number];
export type PracticeFilters = Record<FacetName, string[]> & { sort: string };

export const practicesQuery = (filters: PracticeFilters) =>
  infiniteQueryOptions({
    queryKey: ['practices', filters],
    queryFn: ({ pageParam }) => api.get<PracticesPage>(withQuery('/api/practices', { ...filters, limit: 12, cursor: pageParam })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });
export const practiceQuery = (ref: string) => queryOptions({ queryKey: ['practice', ref], queryFn: () => api.get<PracticeView>(`/api/practices/${ref}`) });
