import type { PeoplePage, PersonView, SuccessorView } from '@passerelle/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '../../../app/api';

export const peopleQuery = (filters: { q: string; role: string; state: string }) =>
  infiniteQueryOptions({
    queryKey: ['people', 'list', filters],
    queryFn: ({ pageParam }) => api.get<PeoplePage>(withQuery('/api/people', { ...filters, cursor: pageParam })),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });
export const personQuery = (id: string) =>
  queryOptions({ queryKey: ['people', id], queryFn: () => api.get<PersonView>(`/api/people/${id}`) });
export const successorsQuery = (mandate: string) =>
  queryOptions({
    queryKey: ['people', 'successors', mandate],
    queryFn: () => api.get<{ items: SuccessorView[] }>(`/api/mandates/${mandate}/successors`),
  });
