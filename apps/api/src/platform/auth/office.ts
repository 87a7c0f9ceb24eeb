import type { Sql } from '../database/database.js';
import { Forbidden } from '../errors.js';
import type { Actor } from './actor.js';
import { inOffice } from './reading.js';

/** Acts for moderation or the secretariat now: the role alone is not enough, it rests with the mandate. SQL; `account` is the alias of a row. */
export const isStaff = (account: string) => `(${account}.role IN ('moderator', 'administrator') AND ${account}.disabled_at IS NULL AND ${inOffice(`${account}.person_id`)})`;

/** The role in which an account acts now: outside of office that of a guest whom nobody has invited (docs/decisions/0026). SQL; `account` is the alias of a row. */
export const actingRole = (account: string) => `CASE WHEN ${inOffice(`${account}.person_id`)} THEN ${account}.role ELSE 'guest' END`;

/** Accounts of moderation and the secretariat, who are told of what waits for them. */
export async function staffAccounts(sql: Sql): Promise<string[]> {
  return (await sql.rows<{ id: string }>(`SELECT a.id FROM account a WHERE ${isStaff('a')} ORDER BY a.id`)).map((row) => row.id);
}

/** Reads role and mandate anew, as what a session remembers may be half a minute old. @throws Forbidden */
export async function assertAdministrator(tx: Sql, actor: Actor): Promise<void> {
  if (actor.role !== 'administrator') throw new Forbidden();
  const acts = await tx.row(`SELECT 1 FROM account a WHERE a.id = $1 AND a.role = 'administrator' AND ${isStaff('a')} FOR SHARE OF a`, [actor.accountId]);
  if (!acts) throw new Forbidden();
}
