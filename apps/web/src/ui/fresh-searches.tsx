import type { SavedSearchView } from '@passerelle/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api, withQuery } from '../app/api';
import { useI18n } from '../i18n';

export const savedQuery = queryOptions({
  queryKey: ['saved-searches'],
  queryFn: () => api.get<{ items: SavedSearchView[] }>('/api/saved-searches'),
  staleTime: 0,
});

/** Saved searches in which something is new: opening one shows it. */
export function FreshSearches() {
  const { t, formatDay } = useI18n();
  const { data } = useQuery(savedQuery);
  const fresh = data?.items.filter((item) => item.fresh > 0) ?? [];
  if (fresh.length === 0) return null;
  return (
    <section className="mt-4">
      <h2>{t('saved.freshTitle')}</h2>
      <ul className="list mt-3">
        {fresh.map(({ id, q, fresh: count, seenAt }) => (
          <li key={id}>
            <div className="min0">
              <Link href={withQuery('/recherche', { q })}>{q}</Link>
              <span className="meta">{t('saved.since', { count, day: formatDay(seenAt) })}</span>
            </div>
            <span className="badge right" aria-hidden="true">
              {count}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
