import { type DecisionBody, SLOW_SECONDS } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { type Actor, InvalidInput } from '../platform/index.js';
import type { Write } from '../realtime/index.js';
import type { StoredCase } from './case-store.js';

interface Placed {
  thread_id: string; space_id: string;
}

/** Makes a measure true. @throws InvalidInput when what it speaks of is not there any more. */
export async function apply(write: Write, actor: Actor, one: StoredCase, { id, measure, duration }: Pick<DecisionBody, 'id' | 'measure' | 'duration'>): Promise<void> {
  const { tx, record } = write;
  if (measure === 'hide') return hide(write, actor, one.target_id);
  if (measure === 'close' || measure === 'slow') {
    const placed = await placeOf(write, one);
    if (measure === 'close') await tx.run(`UPDATE thread SET status = 'closed', version = version + 1 WHERE id = $1`, [placed.thread_id]);
    else await tx.run('UPDATE thread SET slow_seconds = $2 WHERE id = $1', [placed.thread_id, SLOW_SECONDS]);
    record({ type: 'thread.edited', audience: 'thread', space: placed.space_id, thread: placed.thread_id });
  }
  if (measure === 'mute' || measure === 'suspend') {
    if (!one.author_person_id) throw new InvalidInput('measure', 'no_author');
    await tx.run('INSERT INTO sanction (id, person_id, kind, decision_id, ends_at) VALUES ($1, $2, $3, $4, now() + make_interval(days => $5::int))', [uuid(), one.author_person_id, measure, id, duration === 'definitive' ? null : duration]);
    await tellAccess(write, one.author_person_id);
  }
}

/** Takes a measure back: an undo, the end of its time, or an appeal that was heard. */
export async function revert(write: Write, one: Pick<StoredCase, 'target_kind' | 'target_id' | 'author_person_id'>, { id, measure }: { id: string; measure: string }): Promise<void> {
  const { tx, record } = write;
  if (measure === 'hide') return restore(write, one.target_id);
  if (measure === 'close' || measure === 'slow') {
    const placed = await placeOf(write, one);
    if (measure === 'close') await tx.run(`UPDATE thread SET status = 'open', version = version + 1 WHERE id = $1 AND status = 'closed' AND merged_into_id IS NULL`, [placed.thread_id]);
    else await tx.run('UPDATE thread SET slow_seconds = NULL WHERE id = $1', [placed.thread_id]);
    record({ type: 'thread.edited', audience: 'thread', space: placed.space_id, thread: placed.thread_id });
  }
  if ((measure === 'mute' || measure === 'suspend') && one.author_person_id) {
    await tx.run('UPDATE sanction SET lifted_at = now() WHERE decision_id = $1 AND lifted_at IS NULL', [id]);
    await tellAccess(write, one.author_person_id);
  }
}

async function placeOf({ tx }: Write, { target_kind, target_id }: Pick<StoredCase, 'target_kind' | 'target_id'>): Promise<Placed> {
  const thread = target_kind === 'post' ? '(SELECT thread_id FROM post WHERE id = $1::uuid)' : '$1::uuid';
  const placed = await tx.row<Placed & Record<string, unknown>>(`SELECT id AS thread_id, space_id FROM thread WHERE id = ${thread} FOR UPDATE`, [target_id]);
  if (!placed) throw new InvalidInput('measure', 'not_found');
  return placed;
}

async function hide(write: Write, actor: Actor, post: string): Promise<void> {
  const { tx, record } = write;
  const placed = await placeOf(write, { target_kind: 'post', target_id: post });
  const hidden = await tx.run(`UPDATE post SET state = 'removed', removed_by = $2, removed_at = now(), version = version + 1 WHERE id = $1 AND state = 'visible'`, [post, actor.personId]);
  if (hidden === 0) return;
  await tx.run('UPDATE thread SET post_count = post_count - 1 WHERE id = $1', [placed.thread_id]);
  record({ type: 'post.removed', audience: 'thread', space: placed.space_id, thread: placed.thread_id, post });
}

async function restore(write: Write, post: string): Promise<void> {
  const { tx, record } = write;
  const placed = await placeOf(write, { target_kind: 'post', target_id: post });
  // What its author has taken away meanwhile, or had erased, stays away.
  const shown = await tx.run(`UPDATE post SET state = 'visible', removed_by = NULL, removed_at = NULL, version = version + 1 WHERE id = $1 AND state = 'removed' AND removed_by IS DISTINCT FROM author_person_id AND body <> ''`, [post]);
  if (shown === 0) return;
  await tx.run('UPDATE thread SET post_count = post_count + 1 WHERE id = $1', [placed.thread_id]);
  record({ type: 'post.restored', audience: 'thread', space: placed.space_id, thread: placed.thread_id, post });
}

/** Rights have changed: sockets leave their rooms and sessions forget. */
async function tellAccess({ tx, record }: Write, person: string): Promise<void> {
  const account = await tx.row<{ id: string }>('SELECT id FROM account WHERE person_id = $1', [person]);
  if (account) record({ type: 'access.changed', audience: 'account', account: account.id });
}
