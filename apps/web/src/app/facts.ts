import type { EventView, PostView } from '@passerelle/contract';
import type { QueryClient } from '@tanstack/react-query';
import { addPost, applyForumEvent, replacePost } from '../features/forum/forum.live';
import type { OutboxItem } from '../outbox';
import { applyPracticeEvent } from './practice-events';
import { applyProjectEvent, isProjectFact } from './project-events';

export { applyActivity } from '../features/forum/forum.live';

/** Conversations are read again under the reader's own rule; those that are new show on the first page. */
const lettersMoved = (cache: QueryClient) => {
  for (const key of ['relays', 'home']) void cache.invalidateQueries({ queryKey: [key] });
};

/** What one fact changes of what is on the screen. */
export function applyFact(cache: QueryClient, event: EventView, source: 'live' | 'catch-up'): void {
  if (event.type === 'access.changed' || event.type === 'profile.edited') {
    // What is not on the screen may be out of bounds now: it is asked anew before it shows again.
    cache.removeQueries({ type: 'inactive' });
    void cache.invalidateQueries();
  } else if (event.type.startsWith('space.')) for (const key of ['groups', 'spaces']) void cache.invalidateQueries({ queryKey: [key] });
  else if (event.type.startsWith('practice.') || event.type.startsWith('transfer.')) applyPracticeEvent(cache, event);
  else if (isProjectFact(event.type)) applyProjectEvent(cache, event);
  else if (event.type.startsWith('relay.')) lettersMoved(cache);
  else applyForumEvent(cache, event, source);
}

/** What left through the outbox and has arrived, with the server's answer. */
export function applySent(cache: QueryClient, item: OutboxItem, answer: unknown): void {
  if (item.kind === 'thread') {
    void cache.invalidateQueries({ queryKey: ['threads'] });
    void cache.invalidateQueries({ queryKey: ['thread', item.id] });
    return;
  }
  if (item.kind === 'letter') return lettersMoved(cache);
  const post = answer as PostView;
  if (item.kind === 'reply') addPost(cache, post.thread, post);
  else replacePost(cache, post);
}
