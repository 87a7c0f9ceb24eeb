import type { AccessionsPage, AccessionView, SeatsView } from '@passerelle/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '../../app/api';

export const accessionsQuery = (state: 'waiting' | 'decided') =>
  infiniteQueryOptions({
    queryKey: ['accessions', state],
    queryFn: ({ pageParam }) => api.get<AccessionsPage>(withQuery('/api/accessions', { state, cursor: pageParam })),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
export const seatsQuery = queryOptions({
  queryKey: ['accessions', 'seats'],
  queryFn: () => api.get<{ items: SeatsView[] }>('/api/accessions/seats'),
});
export const accessionQuery = (id: string) =>
  queryOptions({ queryKey: ['accession', id], queryFn: () => api.get<AccessionView>(`/api/accessions/${id}`) });
