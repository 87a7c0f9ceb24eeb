import type { CaseView } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { caseQuery } from './moderation.api';

/** Acts on a case answer with the case as it is now. */
export function useCaseAct<T>(id: string, send: (value: T) => Promise<CaseView | { undone: true }>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (view) => void ('undone' in view || cache.setQueryData(caseQuery(id).queryKey, view)),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: ['cases'] });
      void cache.invalidateQueries({ queryKey: caseQuery(id).queryKey });
    },
  });
}
