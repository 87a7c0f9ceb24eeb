import type { PostView, ReactionKind, ReactionView } from '@passerelle/contract';
import type { OutboxItem } from '../../outbox';
import { REACTIONS } from './limits';

const REACTION_PATH = /^\/api\/posts\/([0-9a-f-]+)\/reactions\/([a-z-]+)$/;
const POST_PATH = /^\/api\/posts\/([0-9a-f-]+)(?:\?|$)/;

/**
 * The messages as they will be once what waits in the outbox has arrived: own reactions and removals show at once,
 * with or without a network. What was refused changes nothing.
 */
export function withPending(posts: PostView[], items: OutboxItem[]): PostView[] {
  const reactions = new Map<string, Map<ReactionKind, boolean>>();
  const removed = new Set<string>();
  for (const item of items) {
    if (item.state === 'refused') continue;
    const [, reacted, kind] = (item.kind === 'react' && REACTION_PATH.exec(item.path)) || [];
    const known = REACTIONS.find((one) => one === kind);
    if (reacted && known)
      reactions.set(reacted, (reactions.get(reacted) ?? new Map<ReactionKind, boolean>()).set(known, item.method === 'PUT'));
    const [, gone] = (item.kind === 'remove' && POST_PATH.exec(item.path)) || [];
    if (gone) removed.add(gone);
  }
  if (reactions.size === 0 && removed.size === 0) return posts;
  return posts.map((post) => {
    const wanted = reactions.get(post.id);
    const shown = wanted ? { ...post, reactions: REACTIONS.flatMap((kind) => reactionWith(post.reactions, kind, wanted.get(kind))) } : post;
    return removed.has(post.id)
      ? { ...shown, state: 'removed' as const, abilities: { edit: false, remove: false, restore: false } }
      : shown;
  });
}

function reactionWith(reactions: ReactionView[], kind: ReactionKind, mine: boolean | undefined): ReactionView[] {
  const known = reactions.find((reaction) => reaction.kind === kind) ?? { kind, count: 0, mine: false };
  const count = mine === undefined || mine === known.mine ? known.count : known.count + (mine ? 1 : -1);
  return count > 0 ? [{ kind, count, mine: mine ?? known.mine }] : [];
}

/** A reply hangs on the message above it only where that message, or another reply to it, stands right above. */
export function hangsOnPrevious(post: PostView, previous: PostView | undefined): boolean {
  if (!post.replyTo || !previous || previous.state === 'event') return false;
  return previous.id === post.replyTo.id || previous.replyTo?.id === post.replyTo.id;
}

/** The answer to an answer hangs on the same message: replies go one level deep. */
export const replyTarget = (post: PostView): string => post.replyTo?.id ?? post.id;
