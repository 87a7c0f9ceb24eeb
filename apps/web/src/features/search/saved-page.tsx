import type { SavedSearchView } from '@passerelle/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { announce, Empty, ErrorNote, Icon, Loaded, Note } from '../../ui';
import { useSavedCache } from './follow';
import { SavedList } from './saved-list';
import { savedQuery } from '../../ui/fresh-searches';

/** Taking a search out, and putting the last one back as it was. */
function useRemoval() {
  const { t } = useI18n();
  const change = useSavedCache();
  const [removed, setRemoved] = useState<SavedSearchView | null>(null);
  const remove = useMutation({
    mutationFn: ({ id }: SavedSearchView) => api.delete(`/api/saved-searches/${id}`),
    onSuccess: (_, item) => {
      change((items) => items.filter(({ id }) => id !== item.id));
      setRemoved(item);
      announce(t('saved.removed', { q: item.q }));
    },
  });
  const restore = useMutation({
    mutationFn: ({ id, q, seenAt }: SavedSearchView) => api.post<SavedSearchView>('/api/saved-searches', { id, q, seenAt }),
    onSuccess: (view) => {
      change((items) => [view, ...items]);
      setRemoved(null);
    },
  });
  return { removed, remove, restore, error: remove.error ?? restore.error };
}

/** Searches that the reader follows; one that was taken out can be put back with what was new in it. */
export default function SavedPage() {
  const { t } = useI18n();
  const saved = useQuery(savedQuery);
  const { removed, remove, restore, error } = useRemoval();
  usePage(t('saved.title'), { back: { href: '/recherche', label: t('search.title') } });
  return (
    <div>
      <h1>{t('saved.title')}</h1>
      <p className="soft mt-2">{t('saved.lead')}</p>
      {removed && (
        <div className="mt-4">
          <Note icon="check">
            {t('saved.removed', { q: removed.q })}{' '}
            <button type="button" className="linkish" disabled={restore.isPending} onClick={() => restore.mutate(removed)}>
              {t('common.undo')}
            </button>
          </Note>
        </div>
      )}
      {error && <ErrorNote error={error} />}
      <Loaded query={saved}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('saved.empty')} text={t('saved.emptyText')}>
              <Link className="btn btn-p" href="/recherche">
                {t('saved.search')}
              </Link>
            </Empty>
          ) : (
            <div className="mt-4">
              <SavedList items={items}>
                {(item) => (
                  <button type="button" className="btn btn-q btn-i" aria-label={t('saved.remove', { q: item.q })} disabled={remove.isPending} onClick={() => remove.mutate(item)}>
                    <Icon name="close" small />
                  </button>
                )}
              </SavedList>
            </div>
          )
        }
      </Loaded>
    </div>
  );
}
