import type { AccessionView } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { announce } from '../../ui';
import { accessionQuery } from './accessions.api';

/** Shows what an act has made of a candidature, and tells it. */
export function useShow() {
  const cache = useQueryClient();
  return (view: AccessionView, told: string) => {
    cache.setQueryData(accessionQuery(view.id).queryKey, view);
    for (const key of ['accessions', 'organisations', 'organisation']) void cache.invalidateQueries({ queryKey: [key] });
    announce(told);
  };
}

/** An act on a candidature that does not ask who acts. */
export function useAct<V = void>(act: (value: V) => Promise<AccessionView>, told: string, onDone?: () => void) {
  const show = useShow();
  return useMutation({
    mutationFn: act,
    onSuccess: (view) => {
      show(view, told);
      onDone?.();
    },
  });
}
