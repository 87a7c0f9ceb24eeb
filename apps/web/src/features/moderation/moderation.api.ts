import type { CaseView, MyModerationView, NewcomerView, PreparedReasonView, QueuePage, QueueQuery, RulesView } from '@passerelle/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '../../app/api';

export const queueQuery = (filter: Partial<QueueQuery>) =>
  infiniteQueryOptions({
    queryKey: ['cases', filter],
    queryFn: ({ pageParam }) => api.get<QueuePage>(withQuery('/api/moderation/queue', { ...filter, limit: 30, cursor: pageParam })),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });
/** Under the key of cases: the same facts tell that it has changed. */
export const newcomerQuery = (id: string) => queryOptions({ queryKey: ['case', 'newcomer', id], queryFn: () => api.get<NewcomerView>(`/api/moderation/newcomers/${id}`) });
export const caseQuery = (id: string) => queryOptions({ queryKey: ['case', id], queryFn: () => api.get<CaseView>(`/api/moderation/cases/${id}`) });
export const rulesQuery = queryOptions({ queryKey: ['moderation-rules'], queryFn: () => api.get<RulesView>('/api/moderation/rules'), staleTime: 60 * 60_000 });
export const myModerationQuery = queryOptions({ queryKey: ['my-moderation'], queryFn: () => api.get<MyModerationView>('/api/me/moderation') });
export const preparedQuery = queryOptions({ queryKey: ['prepared-reasons'], queryFn: () => api.get<{ items: PreparedReasonView[] }>('/api/moderation/prepared-reasons') });
