import type { WatchRulesPage, WatchRuleView, WatchTrialView } from '@passerelle/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../app/api';

const RULES = '/api/moderation/watch-rules';
export const watchRulesQuery = queryOptions({ queryKey: ['watch-rules'], queryFn: () => api.get<WatchRulesPage>(RULES) });
export const watchRuleQuery = (id: string) => queryOptions({ queryKey: ['watch-rule', id], queryFn: () => api.get<WatchRuleView>(`${RULES}/${id}`) });

/** An act on rules: they are asked anew. */
export function useRuleAct<T, R>(act: (value: T) => Promise<R>, done?: (answer: R) => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (answer) => {
      done?.(answer);
    },
    onSettled: () => {
      for (const key of ['watch-rules', 'watch-rule']) void cache.invalidateQueries({ queryKey: [key] });
    },
  });
}

export const createRule = (body: object) => api.post<WatchRuleView>(RULES, body);
export const editRule = (id: string, body: object) => api.patch<WatchRuleView>(`${RULES}/${id}`, body);
export const removeRule = ({ id, version }: WatchRuleView) => api.delete(`${RULES}/${id}?version=${version}`);
export const tryRule = ({ id, version }: WatchRuleView) => api.post<WatchTrialView>(`${RULES}/${id}/trial`, { version });
export const moveRule = ({ id, version, active }: WatchRuleView) => api.post<WatchRuleView>(`${RULES}/${id}/${active ? 'deactivate' : 'activate'}`, { version });
