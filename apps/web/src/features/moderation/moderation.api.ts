import type { CasesPage, CaseView, CasesQuery, MyModerationView, PreparedReasonView, RulesView } from '@passerelle/contract';
import { queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '../../app/api';

export const queueQuery = (filter: Partial<CasesQuery>) => queryOptions({ queryKey: ['cases', filter], queryFn: () => api.get<CasesPage>(withQuery('/api/moderation/cases', filter)) });
export const caseQuery = (id: string) => queryOptions({ queryKey: ['case', id], queryFn: () => api.get<CaseView>(`/api/moderation/cases/${id}`) });
export const rulesQuery = queryOptions({ queryKey: ['moderation-rules'], queryFn: () => api.get<RulesView>('/api/moderation/rules'), staleTime: 60 * 60_000 });
export const myModerationQuery = queryOptions({ queryKey: ['my-moderation'], queryFn: () => api.get<MyModerationView>('/api/me/moderation') });
export const preparedQuery = queryOptions({ queryKey: ['prepared-reasons'], queryFn: () => api.get<{ items: PreparedReasonView[] }>('/api/moderation/prepared-reasons') });
