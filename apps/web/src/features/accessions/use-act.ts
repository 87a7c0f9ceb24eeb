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

/**
 * An act on a candidature that does not ask who acts, with the version that is on the screen. One after the other: of two documents that are
 * accepted in a row the second knows what the first has made.
 */
export function useAct<V = void>(id: string, act: (value: V, version: number) => Promise<AccessionView>, told: string) {
  const cache = useQueryClient();
  const show = useShow();
  return useMutation({
    scope: { id: `accession ${id}` },
    mutationFn: (value: V) => act(value, cache.getQueryData(accessionQuery(id).queryKey)?.version ?? 0),
    onSuccess: (view) => show(view, told),
  });
}
