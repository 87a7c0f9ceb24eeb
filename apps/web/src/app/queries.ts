import type { MeView, PracticeTasks, SpaceView, ThemeView } from '@passerelle/contract';
import { QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { askPresentCursor } from '../realtime/present-cursor';
import { ApiProblem, api } from './api';

/** What a screen shows stays fresh through events; a query asks again only when told or after a gap. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 24 * 60 * 60_000,
      networkMode: 'always',
      retry: (count, error) => count < 3 && !(error instanceof ApiProblem && error.status < 500),
      retryDelay: (count) => Math.min(1_000 * 2 ** count, 15_000),
    },
  },
});

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => {
    askPresentCursor();
    return api.get<MeView>('/api/me');
  },
  staleTime: 5 * 60_000,
});
export const spacesQuery = queryOptions({ queryKey: ['spaces'], queryFn: () => api.get<{ items: SpaceView[] }>('/api/spaces') });
export const themesQuery = queryOptions({
  queryKey: ['themes'],
  queryFn: () => api.get<{ items: ThemeView[] }>('/api/themes'),
  staleTime: Infinity,
});

export const practiceTasksQuery = queryOptions({ queryKey: ['practice-tasks'], queryFn: () => api.get<PracticeTasks>('/api/practice-tasks') });

/** The signed-in account; inside the shell it is always there. */
export function useMe(): MeView {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error('useMe outside the signed-in shell');
  return data;
}

/** "Services techniques, Bangangté": the capacity in which I write. */
export const myCapacity = (me: MeView) =>
  me.mandates.find((mandate) => mandate.to === null || mandate.to >= new Date().toISOString().slice(0, 10));
