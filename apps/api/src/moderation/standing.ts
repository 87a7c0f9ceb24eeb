import type { Measure } from '@passerelle/contract';
import { InvalidInput, type Sql } from '../platform/index.js';
import type { Write } from '../realtime/index.js';
import type { StoredCase } from './case-store.js';

export type Target = Pick<StoredCase, 'target_kind' | 'target_id'>;
export interface Placed extends Record<string, unknown> {
  thread_id: string; space_id: string;
}
/** A measure that holds a thing in a state, with the state that it found; null when it found nothing to change. */
export interface Standing extends Record<string, unknown> {
  id: string; measure: Measure; state_before: string | null; thread_id: string | null; act_id: string | null;
}

/** A decision that is neither undone nor over. SQL; `d` is its alias. */
export const STANDS = (d: string) => `(${d}.undone_at IS NULL AND ${d}.ended_at IS NULL)`;
/** The decision is on what parameters 1 and 2 name: kind and id. SQL. */
export const ON_TARGET = (d: string) => `${d}.case_id IN (SELECT c.id FROM moderation_case c WHERE c.target_kind = $1 AND c.target_id = $2)`;

/** The thread of a message, or the thread itself, locked. */
export async function placeOf({ tx }: Write, { target_kind, target_id }: Target): Promise<Placed> {
  const thread = target_kind === 'post' ? '(SELECT thread_id FROM post WHERE id = $1::uuid)' : '$1::uuid';
  const placed = await tx.row<Placed>(`SELECT id AS thread_id, space_id FROM thread WHERE id = ${thread} FOR UPDATE`, [target_id]);
  if (!placed) throw new InvalidInput('measure', 'not_found');
  return placed;
}

/** Hiding and removing hold the same message. */
const FAMILY: Partial<Record<Measure, readonly Measure[]>> = { hide: ['hide', 'remove'], remove: ['hide', 'remove'] };

/** Another decision that stands and holds the same thing. The thing is locked, so none comes or goes meanwhile. */
export async function standing(tx: Sql, { id, measure }: Pick<Standing, 'id' | 'measure'>, one: Target, placed: Placed | null): Promise<Standing | undefined> {
  // Threads are closed and slowed by decisions on any of their messages; other things are held by those on themselves.
  const ofThread = placed !== null && (measure === 'close' || measure === 'slow');
  return tx.row<Standing>(
    `SELECT d.id, d.measure, d.state_before, d.thread_id, d.act_id FROM moderation_decision d WHERE d.id <> $3 AND d.measure = ANY($4::text[]) AND ${STANDS('d')} AND d.state_before IS NOT NULL
       AND ${ofThread ? 'd.thread_id = $2::uuid AND $1::text IS NOT NULL' : ON_TARGET('d')} ORDER BY d.at DESC, d.id DESC LIMIT 1`, [one.target_kind, ofThread ? placed.thread_id : one.target_id, id, FAMILY[measure] ?? [measure]]);
}
