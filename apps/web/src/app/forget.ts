import { outbox } from '../outbox';
import { actForNobody } from './owner';
import { queryClient } from './queries';

export { actFor, actsFor, isShared, leaveBrowser, mayKeep, markShared } from './owner';

/** Changed texts of messages, kept for one tab under this name. */
export const EDITED = 'passerelle.edited.';

/** Leaves nothing of one account for the next one; what waits in its outbox stays its own. */
export function forgetAccount(): void {
  actForNobody();
  outbox.close();
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(EDITED)) sessionStorage.removeItem(name);
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'welcome' });
}
