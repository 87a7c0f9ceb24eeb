import { outbox } from '../outbox';
import { queryClient } from './queries';

/** Leaves nothing of one account for the next one; what waits in its outbox stays its own. */
export function forgetAccount(): void {
  outbox.close();
  queryClient.clear();
}
