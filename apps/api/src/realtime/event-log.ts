import type { EventType } from '@passerelle/contract';
import type { Actor, Sql } from '../platform/index.js';

/** Who learns of a fact: readers of the thread's space now, readers of a space, one account, all members, or only the server's own processes. */
export type Audience = 'thread' | 'space' | 'account' | 'members' | 'none';

/** A fact about to be written, with ids only. */
export interface NewEvent {
  type: EventType;
  audience: Audience;
  /** Whose act it is, where that is not whoever writes: moderation lets through what its author wrote. */
  actor?: string;
  space?: string | null;
  thread?: string | null;
  post?: string | null;
  account?: string | null;
  subject?: string | null;
  /** Small facts that are no personal content, e.g. a version or a position. */
  detail?: Record<string, unknown>;
}

/** One row of the log. */
export interface LogRow {
  cursor: number;
  type: EventType;
  at: string;
  audience: Audience;
  actor_person_id: string | null;
  space_id: string | null;
  thread_id: string | null;
  post_id: string | null;
  account_id: string | null;
  subject_id: string | null;
  detail: Record<string, unknown>;
}

/** Key of the advisory lock under which cursors are taken. */
export const EVENT_LOCK = 726_401;
export const EVENT_CHANNEL = 'passerelle_event';
export const LOG_COLUMNS = 'cursor, type, at, audience, actor_person_id, space_id, thread_id, post_id, account_id, subject_id, detail';

// The lock is held until the transaction ends, so the next writer gets its cursor only after this one has committed or
// rolled back: cursor order is commit order. Therefore this must be the last statement of a write, and writes lock rows
// before they come here, never after (docs/decisions/0003).
const APPEND = `
  WITH fact AS (
    SELECT * FROM jsonb_to_recordset($1) AS f(type text, audience text, actor uuid, space uuid, thread uuid, post uuid, account uuid, subject text, detail jsonb)),
  lock AS MATERIALIZED (SELECT pg_advisory_xact_lock(${EVENT_LOCK})),
  added AS (
    INSERT INTO event (type, audience, actor_person_id, space_id, thread_id, post_id, account_id, subject_id, detail)
    SELECT f.type, f.audience, coalesce(f.actor, $2), f.space, f.thread, f.post, f.account, f.subject, coalesce(f.detail, '{}') FROM lock, fact f
    RETURNING ${LOG_COLUMNS})
  SELECT ${LOG_COLUMNS} FROM added ORDER BY cursor`;

/** Appends facts as the last statement of a transaction. */
export function appendEvents(tx: Sql, actor: Pick<Actor, 'personId'> | null, events: NewEvent[]): Promise<LogRow[]> {
  return tx.rows<LogRow>(APPEND, [JSON.stringify(events), actor?.personId ?? null]);
}
