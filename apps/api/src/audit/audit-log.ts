import { v7 as uuid } from 'uuid';
import type { Actor, Sql } from '../platform/index.js';

export interface AuditEntry {
  /** A dotted past-tense fact in kebab-case, e.g. `invitation.sent`. */
  act: string;
  /** What it was done to, e.g. `account`, with its id. */
  subjectKind: string;
  subjectId: string;
  /** Ids and small values; never personal content. */
  detail?: Record<string, unknown>;
}

/** Adds a line to the record of administration, in the write that it tells of. `actor` null: done by the clock or by an operator. */
export async function recordAudit(tx: Sql, actor: Pick<Actor, 'personId' | 'capacity' | 'role'> | null, { act, subjectKind, subjectId, detail = {} }: AuditEntry): Promise<void> {
  const actorFunction = actor ? (actor.capacity ? `${actor.capacity.function}, ${actor.capacity.organisation}` : actor.role) : 'system';
  await tx.run('INSERT INTO audit_entry (id, actor_person_id, actor_function, act, subject_kind, subject_id, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
    uuid(), actor?.personId ?? null, actorFunction.slice(0, 300), act, subjectKind, subjectId, JSON.stringify(detail)]);
}
