import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { outbox } from '../outbox';
import { startLive } from '../realtime';
import { meQuery } from './queries';

type Facts = typeof import('./facts');
let loading: Promise<Facts> | undefined;

/** What facts change is code that comes after the first page, as the socket does; facts that come sooner wait for it, in their order. */
function withFacts(cache: QueryClient, act: (facts: Facts) => void): void {
  loading ??= import('./facts');
  loading.then(act, () => {
    // Without it what is shown is asked anew, and the next fact asks the network for it again.
    loading = undefined;
    void cache.invalidateQueries();
  });
}

/** Connects the page to the event log for as long as one account is signed in. */
export function useLive(account: string | undefined): void {
  const cache = useQueryClient();
  useEffect(() => {
    if (!account) return;
    withFacts(cache, () => undefined);
    const stopLive = startLive({
      onEvent: (event, source) => withFacts(cache, ({ applyFact }) => applyFact(cache, event, source)),
      onActivity: (activity) => withFacts(cache, ({ applyActivity }) => applyActivity(cache, activity)),
      onReset: () => void cache.invalidateQueries(),
      onSessionEnded: () => void cache.invalidateQueries({ queryKey: meQuery.queryKey }),
      onOnline: () => {
        outbox.wake();
        // What failed while the server was away is asked again without a click.
        void cache.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' });
      },
    });
    const stopSent = outbox.onSent((item, answer) => withFacts(cache, ({ applySent }) => applySent(cache, item, answer)));
    return () => {
      stopLive();
      stopSent();
    };
  }, [account, cache]);
}
