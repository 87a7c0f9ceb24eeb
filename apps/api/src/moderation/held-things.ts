import { SLOW_SECONDS } from '@passerelle/contract';
import type { Actor } from '../platform/index.js';
import type { Write } from '../realtime/index.js';
import { ON_TARGET, type Placed, type Standing, STANDS } from './standing.js';

/** @returns the state that it replaced, null when the thread was closed already. */
export async function close(write: Write, placed: Placed): Promise<string | null> {
  const found = await write.tx.row<{ status: string }>('SELECT status FROM thread WHERE id = $1', [placed.thread_id]);
  if (!found || found.status === 'closed') return null;
  await write.tx.run(`UPDATE thread SET status = 'closed', version = version + 1 WHERE id = $1`, [placed.thread_id]);
  tellThread(write, placed);
  return found.status;
}

/** @returns `none`, null when the thread was slow already. */
export async function slow(write: Write, placed: Placed): Promise<string | null> {
  const slowed = await write.tx.run('UPDATE thread SET slow_seconds = $2 WHERE id = $1 AND slow_seconds IS NULL', [placed.thread_id, SLOW_SECONDS]);
  if (slowed === 0) return null;
  tellThread(write, placed);
  return 'none';
}

/** Opens a thread again, or lets it go at its pace, as it was before the decision. */
export async function release(write: Write, placed: Placed, { measure, state_before }: Standing): Promise<void> {
  const { tx } = write;
  const changed = measure === 'close'
    ? await tx.run(`UPDATE thread SET status = $2, version = version + 1 WHERE id = $1 AND status = 'closed' AND merged_into_id IS NULL`, [placed.thread_id, state_before])
    : await tx.run('UPDATE thread SET slow_seconds = NULL WHERE id = $1', [placed.thread_id]);
  if (changed > 0) tellThread(write, placed);
}

export const tellThread = ({ record }: Write, placed: Placed) => record({ type: 'thread.edited', audience: 'thread', space: placed.space_id, thread: placed.thread_id });

/** Holds a message as the decisions that stand want it: removed, hidden, or neither, which is as it stood before them. The thread is locked. */
export async function hold({ tx, record }: Write, actor: Actor | null, placed: Placed, { post, before }: { post: string; before: string | null }): Promise<void> {
  const wanted = await tx.row<{ held: 'hide' | 'remove' | null }>(
    `SELECT CASE WHEN bool_or(d.measure = 'remove') THEN 'remove' WHEN count(*) > 0 THEN 'hide' END AS held FROM moderation_decision d WHERE d.measure IN ('hide', 'remove') AND d.state_before IS NOT NULL AND ${STANDS('d')} AND ${ON_TARGET('d')}`, ['post', post]);
  const held = wanted?.held ?? null;
  const found = await tx.row<{ state: string; held: string | null; body: string }>('SELECT state, held, body FROM post WHERE id = $1 FOR UPDATE', [post]);
  if (!found || found.held === held) return;
  if (found.state === 'visible') await tx.run('UPDATE thread SET post_count = post_count - 1 WHERE id = $1', [placed.thread_id]);
  // What was erased meanwhile stays away, and so does what its author had taken away before.
  const returns = held === null && before === 'visible' && found.body !== '';
  if (returns) await tx.run('UPDATE thread SET post_count = post_count + 1 WHERE id = $1', [placed.thread_id]);
  await tx.run(
    `UPDATE post SET held = $2, state = $3, removed_by = CASE WHEN $4 THEN NULL ELSE coalesce(removed_by, $5) END, removed_at = CASE WHEN $4 THEN NULL ELSE coalesce(removed_at, now()) END, version = version + 1 WHERE id = $1`,
    [post, held, returns ? 'visible' : 'removed', returns, actor?.personId ?? null]);
  record({ type: returns ? 'post.restored' : 'post.removed', audience: 'thread', space: placed.space_id, thread: placed.thread_id, post });
}
