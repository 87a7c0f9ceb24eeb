import type { CasesPage, CaseView, CasesQuery, ModerationRule, MyModerationView } from '@passerelle/contract';
import { queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '../../app/api';

export const queueQuery = (which: CasesQuery['which']) => queryOptions({ queryKey: ['cases', which], queryFn: () => api.get<CasesPage>(withQuery('/api/moderation/cases', { which })) });
export const caseQuery = (id: string) => queryOptions({ queryKey: ['case', id], queryFn: () => api.get<CaseView>(`/api/moderation/cases/${id}`) });
export const rulesQuery = queryOptions({ queryKey: ['moderation-rules'], queryFn: () => api.get<{ items: ModerationRule[] }>('/api/moderation/rules'), staleTime: 60 * 60_000 });
export const myModerationQuery = queryOptions({ queryKey: ['my-moderation'], queryFn: () => api.get<MyModerationView>('/api/me/moderation') });
