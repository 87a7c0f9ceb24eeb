import { useMemo, useSyncExternalStore } from 'react';
import { meQuery, queryClient } from '../app/queries';
import { Outbox } from './outbox';

export { type OutboxItem } from './outbox-machine';
export { deviceStore, FROM_SERVER, type LocalDraft } from './outbox-store';

/** The outbox of this page. A session that has ended shows the sign-in page; nothing is lost meanwhile. */
export const outbox = new Outbox(undefined, () => void queryClient.invalidateQueries({ queryKey: meQuery.queryKey }));

/** What waits or was refused, of one thread or of all. */
export function useOutbox(lane?: string) {
  const items = useSyncExternalStore(outbox.subscribe, outbox.snapshot);
  return useMemo(() => (lane === undefined ? items : items.filter((item) => item.lane === lane)), [items, lane]);
}
