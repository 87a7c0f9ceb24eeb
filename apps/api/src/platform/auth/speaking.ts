import type { Sql } from '../database/database.js';
import { DomainError } from '../errors.js';
import type { Actor } from './actor.js';
import { heldBy, speaksBy, themeOf } from './mandate.js';

/**
 * Words in somebody else's name need a delegation that holds now and covers their theme; one's own are free. SQL `theme`, with `$3` and on
 * as its values, selects the theme. @throws DomainError `delegation-ended`, `outside-delegation`
 */
export async function assertSpeaks(sql: Sql, actor: Actor, delegation: string | undefined, theme: string, values: unknown[]): Promise<void> {
  if (delegation === undefined) return;
  const row = await sql.row<{ held: boolean; speaks: boolean }>(
    `SELECT ${heldBy('$1', '$2')} AS held, ${speaksBy('$1', '$2', themeOf(`(${theme})`))} AS speaks`, [delegation, actor.capacity?.mandateId ?? null, ...values]);
  if (!row?.held) throw new DomainError('delegation-ended', 'forbidden');
  if (!row.speaks) throw new DomainError('outside-delegation', 'forbidden');
}

/** The same for a reply. */
export const assertSpeaksIn = (sql: Sql, actor: Actor, delegation: string | undefined, thread: string): Promise<void> => assertSpeaks(sql, actor, delegation, 'SELECT theme_id FROM thread WHERE id = $3', [thread]);

/** What stands in somebody else's name is changed as long as one speaks for them. @throws DomainError `delegation-ended` */
export async function assertStillSpeaks(sql: Sql, actor: Actor, delegation: string | null): Promise<void> {
  if (delegation === null) return;
  const row = await sql.row<{ held: boolean }>(`SELECT ${heldBy('$1', '$2')} AS held`, [delegation, actor.capacity?.mandateId ?? null]);
  if (!row?.held) throw new DomainError('delegation-ended', 'forbidden');
}
