import type { SavedSearchView } from '@passerelle/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { v7 as uuid } from 'uuid';
import { api, ApiProblem } from '../../app/api';
import { useI18n } from '../../i18n';
import { announce, Icon } from '../../ui';
import { savedQuery } from '../../ui/fresh-searches';

type Saved = { items: SavedSearchView[] };

/** Changes the list of saved searches on this device, as the server has just done. */
export function useSavedCache() {
  const cache = useQueryClient();
  return (change: (items: SavedSearchView[]) => SavedSearchView[]) => cache.setQueryData<Saved>(savedQuery.queryKey, (old) => old && { items: change(old.items) });
}

/** Keeps a search, or says that it is kept. Its id is made once, so that however often it is tapped there is one. */
export function Follow({ q, label, className }: { q: string; label: string; className: string }) {
  const { t, problem } = useI18n();
  const change = useSavedCache();
  const [id] = useState(() => uuid());
  const saved = useQuery(savedQuery).data?.items.find((one) => one.q === q);
  const follow = useMutation({
    mutationFn: () => api.post<SavedSearchView>('/api/saved-searches', { id, q }),
    onSuccess: (view) => {
      change((items) => [view, ...items.filter((other) => other.id !== view.id)]);
      announce(t('saved.done'));
    },
  });
  if (saved)
    // The second tap of two meant the button that stood here.
    return (
      <Link className={className} href="/recherche/suivies" onClick={(event) => event.detail > 1 && event.preventDefault()}>
        <Icon name="check" small />
        {t('saved.followed')}
      </Link>
    );
  return (
    <>
      <button type="button" className={className} disabled={follow.isPending} onClick={() => follow.mutate()}>
        <Icon name="bell" small />
        {label}
      </button>
      {follow.error && (
        <p className="err" role="alert">
          {follow.error instanceof ApiProblem && follow.error.code === 'quota-exceeded' ? t('saved.full') : problem(follow.error)}
        </p>
      )}
    </>
  );
}

/**
 * A saved search whose results are shown now has been seen.
 * @returns since when its results are new, and how many there are; null where nothing is.
 */
export function useSeen(q: string, isShown: boolean): { at: string; count: number } | null {
  const change = useSavedCache();
  const [seen, setSeen] = useState<{ q: string; at: string; count: number } | null>(null);
  const saved = useQuery(savedQuery).data?.items.find((one) => one.q === q && one.fresh > 0);
  const { mutate } = useMutation({
    mutationFn: (id: string) => api.put<SavedSearchView>(`/api/saved-searches/${id}/seen`),
    onSuccess: (view) => change((items) => items.map((one) => (one.id === view.id ? view : one))),
  });
  const [id, at, count] = [saved?.id, saved?.seenAt ?? '', saved?.fresh ?? 0];
  useEffect(() => {
    if (!isShown || id === undefined) return;
    setSeen({ q, at, count });
    mutate(id);
  }, [isShown, id, at, count, q, mutate]);
  return seen?.q === q ? seen : null;
}
