import { type Actor, canWrite, type Capacity, DomainError, Forbidden, inForce, isGuest, preparesOnly, signsBy, type Sql } from '../platform/index.js';

/** People with a function now in one of the organisations of a subquery. */
export const peopleOf = (organisations: string) => `SELECT m.person_id FROM mandate m WHERE m.organisation_id IN (${organisations}) AND ${inForce('m')}`;

/** Somebody with a function in an organisation, who may write here. @throws Forbidden */
export function assertWriter(actor: Actor): asserts actor is Actor & { capacity: Capacity } {
  if (!canWrite(actor) || isGuest(actor)) throw new Forbidden();
}

/** @returns the delegation by which the actor signs for the concepts' themes; null in their own right. @throws DomainError `mandate-required` when they don't sign there. */
export async function assertSignatory(sql: Sql, actor: Actor, concepts: string[]): Promise<string | null> {
  const row = await sql.row<{ prepares: boolean; delegation: string | null }>(
    `SELECT ${preparesOnly('$1', themesOf('$2::text[]'))} AS prepares, ${signsBy('$1', themesOf('$2::text[]'))} AS delegation`, [actor.capacity?.mandateId ?? null, concepts]);
  if (row?.prepares) throw new DomainError('mandate-required', 'forbidden');
  return row?.delegation ?? null;
}

/** The themes of concepts. SQL, an array; `concepts` is the place of theirs. */
export const themesOf = (concepts: string) => `ARRAY(SELECT DISTINCT known.theme_id FROM concept known WHERE known.id = ANY(${concepts}))`;

/** Accounts of everybody with a function in the organisations now. */
export async function accountsOf(sql: Sql, organisations: (string | null)[]): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(`SELECT id FROM account WHERE disabled_at IS NULL AND role <> 'guest' AND person_id IN (${peopleOf('SELECT unnest($1::uuid[])')}) ORDER BY id`, [organisations]);
  return rows.map((row) => row.id);
}

/** Who signs: kept beside what was written. */
export const signatureOf = (actor: Actor & { capacity: Capacity }) => [actor.personId, actor.name, actor.capacity.function];

/** The last step, kept so that a repeat of it is answered as done. */
export interface LastAction {
  action: string;
  person: string;
  /** By which the person signed for another. */
  delegation?: string;
}
export const isRepeat = (actor: Actor, stored: { version: number; lastAction: LastAction | null }, body: { version: number; action: string }) =>
  stored.version === body.version + 1 && stored.lastAction?.action === body.action && stored.lastAction.person === actor.personId;
