import { type DecisionBody, SLOW_SECONDS } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { type Actor, InvalidInput } from '../platform/index.js';
import type { Write } from '../realtime/index.js';
import type { StoredCase } from './case-store.js';

type Target = Pick<StoredCase, 'target_kind' | 'target_id'>;
interface Placed extends Record<string, unknown> {
  thread_id: string; space_id: string;
}
/** A measure that holds a thing in a state, with the state that it found; null when it found nothing to change. */
interface Held {
  id: string; measure: string; state_before: string | null;
}

/** Makes a measure true. @throws InvalidInput when what it speaks of is not there any more. */
export async function apply(write: Write, actor: Actor, one: StoredCase, { id, measure, duration }: Pick<DecisionBody, 'id' | 'measure' | 'duration'>): Promise<void> {
  const { tx } = write;
  if (measure === 'hide' || measure === 'close' || measure === 'slow') {
    const placed = await placeOf(write, one);
    const found = measure === 'hide' ? await hide(write, actor, placed, one.target_id) : measure === 'close' ? await close(write, placed) : await slow(write, placed);
    const before = found ?? (await otherHold(write, { id, measure }, one, placed))?.state_before ?? null;
    await tx.run('UPDATE moderation_decision SET state_before = $2, thread_id = $3 WHERE id = $1', [id, before, measure === 'hide' ? null : placed.thread_id]);
  }
  if (measure === 'mute' || measure === 'suspend') {
    if (!one.author_person_id) throw new InvalidInput('measure', 'no_author');
    await tx.run('INSERT INTO sanction (id, person_id, kind, decision_id, ends_at) VALUES ($1, $2, $3, $4, now() + make_interval(days => $5::int))', [uuid(), one.author_person_id, measure, id, duration === 'definitive' ? null : duration]);
    await tellAccess(write, one.author_person_id);
  }
}

/**
 * Takes a measure back: an undo, the end of its time, or an appeal that was heard. What it did not change, and what another decision that stands holds, is left
 * as it is.
 */
export async function revert(write: Write, one: Target & Pick<StoredCase, 'author_person_id'>, { id, measure }: { id: string; measure: string }): Promise<void> {
  const { tx } = write;
  if (measure === 'hide' || measure === 'close' || measure === 'slow') {
    const decision = await tx.row<Held & { thread_id: string | null } & Record<string, unknown>>('SELECT id, measure, state_before, thread_id FROM moderation_decision WHERE id = $1', [id]);
    if (!decision?.state_before) return;
    const placed = await placeOf(write, decision.thread_id ? { target_kind: 'thread', target_id: decision.thread_id } : one);
    if (await otherHold(write, decision, one, placed)) return;
    if (measure === 'hide') await restore(write, placed, one.target_id);
    else await release(write, placed, decision);
  }
  if ((measure === 'mute' || measure === 'suspend') && one.author_person_id) {
    await tx.run('UPDATE sanction SET lifted_at = now() WHERE decision_id = $1 AND lifted_at IS NULL', [id]);
    await tellAccess(write, one.author_person_id);
  }
}

async function placeOf({ tx }: Write, { target_kind, target_id }: Target): Promise<Placed> {
  const thread = target_kind === 'post' ? '(SELECT thread_id FROM post WHERE id = $1::uuid)' : '$1::uuid';
  const placed = await tx.row<Placed>(`SELECT id AS thread_id, space_id FROM thread WHERE id = ${thread} FOR UPDATE`, [target_id]);
  if (!placed) throw new InvalidInput('measure', 'not_found');
  return placed;
}

/** Another decision that stands and holds the same message or thread in the same state. The thread is locked, so none comes or goes meanwhile. */
async function otherHold({ tx }: Write, { id, measure }: Pick<Held, 'id' | 'measure'>, one: Target, placed: Placed): Promise<Held | undefined> {
  const same = measure === 'hide' ? 'd.case_id IN (SELECT c.id FROM moderation_case c WHERE c.target_kind = $3 AND c.target_id = $4)' : 'd.thread_id = $3::uuid';
  return tx.row<Held & Record<string, unknown>>(
    `SELECT d.id, d.measure, d.state_before FROM moderation_decision d WHERE d.id <> $1 AND d.measure = $2 AND ${same} AND d.state_before IS NOT NULL AND d.undone_at IS NULL AND d.ended_at IS NULL LIMIT 1`,
    [id, measure, ...(measure === 'hide' ? [one.target_kind, one.target_id] : [placed.thread_id])]);
}

/** @returns the state that it replaced, null when the thread was closed already. */
async function close(write: Write, placed: Placed): Promise<string | null> {
  const found = await write.tx.row<{ status: string }>('SELECT status FROM thread WHERE id = $1', [placed.thread_id]);
  if (!found || found.status === 'closed') return null;
  await write.tx.run(`UPDATE thread SET status = 'closed', version = version + 1 WHERE id = $1`, [placed.thread_id]);
  tellThread(write, placed);
  return found.status;
}

/** @returns `none`, null when the thread was slow already. */
async function slow(write: Write, placed: Placed): Promise<string | null> {
  const slowed = await write.tx.run('UPDATE thread SET slow_seconds = $2 WHERE id = $1 AND slow_seconds IS NULL', [placed.thread_id, SLOW_SECONDS]);
  if (slowed === 0) return null;
  tellThread(write, placed);
  return 'none';
}

async function release(write: Write, placed: Placed, { measure, state_before }: Held): Promise<void> {
  const { tx } = write;
  const changed = measure === 'close'
    ? await tx.run(`UPDATE thread SET status = $2, version = version + 1 WHERE id = $1 AND status = 'closed' AND merged_into_id IS NULL`, [placed.thread_id, state_before])
    : await tx.run('UPDATE thread SET slow_seconds = NULL WHERE id = $1', [placed.thread_id]);
  if (changed > 0) tellThread(write, placed);
}

const tellThread = ({ record }: Write, placed: Placed) => record({ type: 'thread.edited', audience: 'thread', space: placed.space_id, thread: placed.thread_id });

/** @returns `visible`, null when the message was away already. */
async function hide({ tx, record }: Write, actor: Actor, placed: Placed, post: string): Promise<string | null> {
  const hidden = await tx.run(`UPDATE post SET state = 'removed', removed_by = $2, removed_at = now(), version = version + 1 WHERE id = $1 AND state = 'visible'`, [post, actor.personId]);
  if (hidden === 0) return null;
  await tx.run('UPDATE thread SET post_count = post_count - 1 WHERE id = $1', [placed.thread_id]);
  record({ type: 'post.removed', audience: 'thread', space: placed.space_id, thread: placed.thread_id, post });
  return 'visible';
}

async function restore({ tx, record }: Write, placed: Placed, post: string): Promise<void> {
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
