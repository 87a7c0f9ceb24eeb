import type { EventView, PostView } from '@passerelle/contract';
import type { QueryClient } from '@tanstack/react-query';
import { addPost, applyForumEvent, replacePost } from '../features/forum/forum.live';
import type { OutboxItem } from '../outbox';
import { applyPracticeEvent } from './practice-events';
import { applyProjectEvent, isProjectFact } from './project-events';

export { applyActivity } from '../features/forum/forum.live';

/** What is asked anew, under the reader's own rule, when such a fact comes; conversations that are new show on the first page. */
const STALE: Record<string, readonly string[]> = { space: ['groups', 'spaces'], relay: ['relays', 'home'], case: ['cases', 'case'], held: ['held'], accession: ['accessions', 'accession', 'organisations', 'organisation'], decision: ['my-moderation'], mailbox: ['mailbox'], report: ['my-moderation'], audit: ['audit'] };
const askAnew = (cache: QueryClient, keys: readonly string[]) => {
  for (const key of keys) void cache.invalidateQueries({ queryKey: [key] });
};

/** What one fact changes of what is on the screen. */
export function applyFact(cache: QueryClient, event: EventView, source: 'live' | 'catch-up'): void {
  if (event.type === 'access.changed' || event.type === 'profile.edited' || event.type === 'delegation.changed') {
    // What is not on the screen may be out of bounds now: it is asked anew before it shows again.
    cache.removeQueries({ type: 'inactive' });
    void cache.invalidateQueries();
    return;
  }
  const stale = STALE[event.type.split('.')[0] ?? ''];
  if (stale) askAnew(cache, stale);
  else if (event.type.startsWith('practice.') || event.type.startsWith('transfer.')) applyPracticeEvent(cache, event);
  else if (isProjectFact(event.type)) applyProjectEvent(cache, event);
  else applyForumEvent(cache, event, source);
}

/** What left through the outbox and has arrived, with the server's answer. */
export function applySent(cache: QueryClient, item: OutboxItem, answer: unknown): void {
  if (item.kind === 'thread') {
    void cache.invalidateQueries({ queryKey: ['threads'] });
    void cache.invalidateQueries({ queryKey: ['thread', item.id] });
    void cache.invalidateQueries({ queryKey: ['held'] });
    return;
  }
  if (item.kind === 'letter') return askAnew(cache, STALE['relay'] ?? []);
  const post = answer as PostView;
  if (post.waiting) void cache.invalidateQueries({ queryKey: ['held'] });
  // It has no place in the thread before moderation has read it.
  if (post.state === 'held') return;
  if (item.kind === 'reply') addPost(cache, post.thread, post);
  else replacePost(cache, post);
}
