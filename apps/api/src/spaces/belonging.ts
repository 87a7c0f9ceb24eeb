import type { AuditAct, SpaceRole } from '@passerelle/contract';
import { type AuditDetail, recordAudit } from '../audit/index.js';
import { type Actor, DomainError, inOffice, isStaff, type Sql } from '../platform/index.js';
import type { Write } from '../realtime/index.js';
import { passOnAnimation } from './succession.js';

interface Change {
  space: string;
  person: string;
  /** What the record of administration calls it. */
  act: AuditAct;
  detail?: AuditDetail;
}

/** Lets somebody into a space, or into another role of it, with all that follows from a change of belonging. @returns whose session must forget. */
export async function admit(write: Write, actor: Actor, { space, person, act, role, detail = {} }: Change & { role: SpaceRole }): Promise<string | null> {
  const before = await write.tx.row<{ role: SpaceRole }>('SELECT role FROM space_member WHERE space_id = $1 AND person_id = $2', [space, person]);
  if (before?.role === role) return null;
  if (before?.role === 'animator') await assertAnotherAnimator(write.tx, space, person);
  await write.tx.run('INSERT INTO space_member (space_id, person_id, role) VALUES ($1, $2, $3) ON CONFLICT (space_id, person_id) DO UPDATE SET role = $3', [space, person, role]);
  return tell(write, actor, { space, person, act, detail: { role, ...detail } }, 'space.joined');
}

/** Takes somebody out. @throws DomainError `last-animator` */
export async function dismiss(write: Write, actor: Actor, change: Change): Promise<string | null> {
  await assertAnotherAnimator(write.tx, change.space, change.person);
  return takeOut(write, actor, change);
}

/**
 * Takes somebody out of all spaces, with what waits of them there; open and closed ones may be left to moderation. Whoever becomes a guest
 * belongs nowhere until they are let in anew.
 */
export async function dismissFromAll(write: Write, actor: Actor, person: string): Promise<void> {
  await passOnAnimation(write, person);
  const spaces = await write.tx.rows<{ id: string }>('SELECT s.id FROM space s WHERE EXISTS (SELECT 1 FROM space_member m WHERE m.space_id = s.id AND m.person_id = $1) ORDER BY s.id FOR UPDATE', [person]);
  for (const { id } of spaces) await takeOut(write, actor, { space: id, person, act: 'space.member-removed', detail: { reason: 'guest' } });
  for (const table of ['space_invitation', 'space_request']) await write.tx.run(`UPDATE ${table} SET state = 'withdrawn', answered_at = now() WHERE person_id = $1 AND state = 'sent'`, [person]);
}

async function takeOut(write: Write, actor: Actor, change: Change): Promise<string | null> {
  const removed = await write.tx.run('DELETE FROM space_member WHERE space_id = $1 AND person_id = $2', [change.space, change.person]);
  if (removed === 0) return null;
  // What was followed there says nothing any more, and nothing of it may come by mail.
  await write.tx.run(
    'DELETE FROM follow f USING thread t, account a WHERE t.id = f.thread_id AND t.space_id = $1 AND a.id = f.account_id AND a.person_id = $2 AND (SELECT access FROM space WHERE id = $1) <> $3', [change.space, change.person, 'open']);
  return tell(write, actor, change, 'space.left');
}

/** A space that has animators keeps one. */
async function assertAnotherAnimator(tx: Sql, space: string, person: string): Promise<void> {
  const animators = await tx.rows<{ person_id: string }>(`SELECT person_id FROM space_member WHERE space_id = $1 AND role = 'animator'`, [space]);
  if (animators.length === 1 && animators[0]?.person_id === person) throw new DomainError('last-animator', 'conflict');
}

async function tell({ tx, record }: Write, actor: Actor, { space, person, act, detail = {} }: Change, type: 'space.joined' | 'space.left'): Promise<string | null> {
  const account = await tx.row<{ id: string }>('SELECT id FROM account WHERE person_id = $1', [person]);
  await recordAudit(tx, actor, { act, subjectKind: 'space', subjectId: space, detail: { person, ...detail } });
  // First the rights, then the news: whoever has just left hears nothing more of it.
  if (account) record({ type: 'access.changed', audience: 'account', account: account.id });
  record({ type, audience: 'space', space, subject: space });
  return account?.id ?? null;
}

/** Accounts of those who decide on requests: the animators in office, or moderation where there is none. */
export async function decidersOf(tx: Sql, space: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(DECIDERS, [space]);
  return rows.map((row) => row.id);
}

const DECIDERS = `
  WITH animators AS (SELECT a.id FROM space_member m JOIN account a ON a.person_id = m.person_id AND a.disabled_at IS NULL WHERE m.space_id = $1 AND m.role = 'animator' AND ${inOffice('m.person_id')})
  SELECT id FROM animators
  UNION ALL SELECT a.id FROM account a WHERE ${isStaff('a')} AND NOT EXISTS (SELECT 1 FROM animators)`;
