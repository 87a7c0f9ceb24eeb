import type { AuditAct, AuditDetailKey, AuditSubject } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import type { Actor, Sql } from '../platform/index.js';

/** Ids and small values; never personal content. */
export type AuditDetail = Partial<Record<AuditDetailKey, unknown>>;

export interface AuditEntry {
  /** A dotted past-tense fact in kebab-case; its words stand in `AUDIT_ACT_WORDS` of the contract. */
  act: AuditAct;
  /** What it was done to, e.g. `account`, with its id. */
  subjectKind: AuditSubject;
  subjectId: string;
  detail?: AuditDetail;
}

/** Lines that a transaction has added, for whoever tells open pages of them. */
const added = new WeakMap<Sql, string[]>();

/** Adds a line to the record of administration, in the write that it tells of. `actor` null: done by the clock or by an operator. */
export async function recordAudit(tx: Sql, actor: Pick<Actor, 'personId' | 'capacity' | 'role'> | null, { act, subjectKind, subjectId, detail = {} }: AuditEntry): Promise<void> {
  const id = uuid();
  const actorFunction = actor ? (actor.capacity ? `${actor.capacity.function}, ${actor.capacity.organisation}` : actor.role) : 'system';
  await tx.run('INSERT INTO audit_entry (id, actor_person_id, actor_function, act, subject_kind, subject_id, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
    id, actor?.personId ?? null, actorFunction.slice(0, 300), act, subjectKind, subjectId, JSON.stringify(detail)]);
  added.set(tx, [...(added.get(tx) ?? []), id]);
}

/** The ids of the lines that this transaction has added. */
export const addedLines = (tx: Sql): readonly string[] => added.get(tx) ?? [];
