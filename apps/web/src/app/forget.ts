import { outbox } from '../outbox';
import { actForNobody } from './owner';
import { queryClient } from './queries';

export { actFor, actsFor, isShared, leaveBrowser, mayKeep, markShared } from './owner';

/** Leaves nothing of one account for the next one; what waits in its outbox stays its own. */
export function forgetAccount(): void {
  actForNobody();
  outbox.close();
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'welcome' });
}
