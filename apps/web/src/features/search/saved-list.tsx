import type { SavedSearchView } from '@passerelle/contract';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { withQuery } from '../../app/api';
import { useI18n } from '../../i18n';

/** Saved searches with what is new in each; opening one shows its results, and with that they have been seen. */
export function SavedList({ items, children }: { items: SavedSearchView[]; children?: (item: SavedSearchView) => ReactNode }) {
  const { t, formatDay } = useI18n();
  // What is new stands first; otherwise the newest search.
  const sorted = [...items].sort((a, b) => Number(b.fresh > 0) - Number(a.fresh > 0));
  return (
    <ul className="list">
      {sorted.map((item) => (
        <li key={item.id}>
          <span className="min0">
            <Link href={withQuery('/recherche', { q: item.q })}>{item.q}</Link>
            <span className="meta">{item.fresh > 0 ? t('saved.since', { count: item.fresh, day: formatDay(item.seenAt) }) : t('saved.nothingNew', { day: formatDay(item.seenAt) })}</span>
          </span>
          <span className="num">
            {item.fresh > 0 && (
              <span className="badge" aria-hidden="true">
                {item.fresh}
              </span>
            )}
            {children?.(item)}
          </span>
        </li>
      ))}
    </ul>
  );
}
