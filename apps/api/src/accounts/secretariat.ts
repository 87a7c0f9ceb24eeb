import { type Actor, Forbidden, type Sql } from '../platform/index.js';

/** Reads the role anew, as what a session remembers may be half a minute old. @throws Forbidden */
export async function assertSecretariat(tx: Sql, actor: Actor): Promise<void> {
  if (actor.role !== 'administrator') throw new Forbidden();
  const own = await tx.row<{ role: string }>('SELECT role FROM account WHERE id = $1 AND disabled_at IS NULL FOR SHARE', [actor.accountId]);
  if (own?.role !== 'administrator') throw new Forbidden();
}
