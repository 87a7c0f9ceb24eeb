import { isStaff, readableSpace, type Sql } from '../platform/index.js';

// The ids of lines are text, as some subjects have a short name for an id; those of these kinds are UUIDs.
const SPACE_OF = (entry: string) => `CASE ${entry}.subject_kind
  WHEN 'space' THEN ${entry}.subject_id::uuid
  WHEN 'thread' THEN (SELECT vt.space_id FROM thread vt WHERE vt.id = ${entry}.subject_id::uuid)
  WHEN 'post' THEN (SELECT vt.space_id FROM post vp JOIN thread vt ON vt.id = vp.thread_id WHERE vp.id = ${entry}.subject_id::uuid)
  WHEN 'case' THEN (SELECT vc.space_id FROM moderation_case vc WHERE vc.id = ${entry}.subject_id::uuid)
  WHEN 'watch-rule' THEN (${entry}.detail ->> 'space')::uuid END`;

/**
 * The one rule of visibility of the record: administrators alone, and nothing of a confidential space that they don't belong to, where it is
 * now. SQL; both are aliases of rows.
 */
export const visibleEntry = (entry: string, account: string) =>
  `(${account}.role = 'administrator' AND ${isStaff(account)} AND NOT EXISTS (SELECT 1 FROM space vs WHERE vs.access = 'confidential' AND vs.id = ${SPACE_OF(entry)} AND NOT ${readableSpace('vs', account)}))`;

const READERS = `SELECT DISTINCT a.id FROM audit_entry e JOIN account a ON ${visibleEntry('e', 'a')} WHERE e.id = ANY($1::uuid[])`;

/** Accounts that may see one of these lines. */
export async function readersOf(tx: Sql, lines: readonly string[]): Promise<string[]> {
  return (await tx.rows<{ id: string }>(READERS, [lines])).map(({ id }) => id);
}
