import type { PostView } from '@passerelle/contract';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { addPost, applyActivity, applyForumEvent, replacePost } from '../features/forum/forum.live';
import { applyPracticeEvent } from './practice-events';
import { applyProjectEvent, isProjectFact } from './project-events';
import { outbox } from '../outbox';
import { startLive } from '../realtime';
import { meQuery } from './queries';

/** Conversations are read again under the reader's own rule; those that are new show on the first page. */
const lettersMoved = (cache: QueryClient) => {
  for (const key of ['relays', 'home']) void cache.invalidateQueries({ queryKey: [key] });
};

/** Connects the page to the event log for as long as one account is signed in. */
export function useLive(account: string | undefined): void {
  const cache = useQueryClient();
  useEffect(() => {
    if (!account) return;
    const stopLive = startLive({
      onEvent: (event, source) => {
        if (event.type === 'access.changed' || event.type === 'profile.edited') {
          // What is not on the screen may be out of bounds now: it is asked anew before it shows again.
          cache.removeQueries({ type: 'inactive' });
          void cache.invalidateQueries();
        } else if (event.type.startsWith('space.')) for (const key of ['groups', 'spaces']) void cache.invalidateQueries({ queryKey: [key] });
        else if (event.type.startsWith('practice.') || event.type.startsWith('transfer.')) applyPracticeEvent(cache, event);
        else if (isProjectFact(event.type)) applyProjectEvent(cache, event);
        else if (event.type.startsWith('relay.')) lettersMoved(cache);
        else applyForumEvent(cache, event, source);
      },
      onActivity: (activity) => applyActivity(cache, activity),
      onReset: () => void cache.invalidateQueries(),
      onSessionEnded: () => void cache.invalidateQueries({ queryKey: meQuery.queryKey }),
      onOnline: () => {
        outbox.wake();
        // What failed while the server was away is asked again without a click.
        void cache.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' });
      },
    });
    const stopSent = outbox.onSent((item, answer) => {
      if (item.kind === 'thread') {
        void cache.invalidateQueries({ queryKey: ['threads'] });
        void cache.invalidateQueries({ queryKey: ['thread', item.id] });
        return;
      }
      if (item.kind === 'letter') return lettersMoved(cache);
      const post = answer as PostView;
      if (item.kind === 'reply') addPost(cache, post.thread, post);
      else replacePost(cache, post);
    });
    return () => {
      stopLive();
      stopSent();
    };
  }, [account, cache]);
}
