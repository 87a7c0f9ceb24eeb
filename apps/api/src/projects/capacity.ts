import { type Actor, canWrite, type Capacity, DomainError, Forbidden, inForce, isGuest, preparesOnly, type Sql } from '../platform/index.js';

/** People with a function now in one of the organisations of a subquery. */
export const peopleOf = (organisations: string) => `SELECT m.person_id FROM mandate m WHERE m.organisation_id IN (${organisations}) AND ${inForce('m')}`;

/** Somebody with a function in an organisation, who may write here. @throws Forbidden */
export function assertWriter(actor: Actor): asserts actor is Actor & { capacity: Capacity } {
  if (!canWrite(actor) || isGuest(actor)) throw new Forbidden();
}

/** @throws DomainError `mandate-required` when the actor only prepares for somebody else. */
export async function assertSignatory(sql: Sql, actor: Actor): Promise<void> {
  const row = await sql.row<{ prepares: boolean }>(`SELECT ${preparesOnly('$1')} AS prepares`, [actor.capacity?.mandateId ?? null]);
  if (row?.prepares) throw new DomainError('mandate-required', 'forbidden');
}

/** Accounts of everybody with a function in the organisations now. */
export async function accountsOf(sql: Sql, organisations: (string | null)[]): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(`SELECT id FROM account WHERE disabled_at IS NULL AND role <> 'guest' AND person_id IN (${peopleOf('SELECT unnest($1::uuid[])')}) ORDER BY id`, [organisations]);
  return rows.map((row) => row.id);
}

export async function moderatorAccounts(sql: Sql): Promise<string[]> {
  return (await sql.rows<{ id: string }>(`SELECT id FROM account WHERE role IN ('moderator', 'administrator') AND disabled_at IS NULL ORDER BY id`)).map((row) => row.id);
}

/** Who signs: kept beside what was written. */
export const signatureOf = (actor: Actor & { capacity: Capacity }) => [actor.personId, actor.name, actor.capacity.function];

/** The last step, kept so that a repeat of it is answered as done. */
export interface LastAction {
  action: string;
  person: string;
}
export const isRepeat = (actor: Actor, stored: { version: number; lastAction: LastAction | null }, body: { version: number; action: string }) =>
  stored.version === body.version + 1 && stored.lastAction?.action === body.action && stored.lastAction.person === actor.personId;
