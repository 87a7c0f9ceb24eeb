import { EXPERT_DAYS } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { DomainError, InvalidInput, type Sql } from '../platform/index.js';

const DAY_MS = 86_400_000;

/** The person has or had a function in a city of its country, or of the country of one that holds it too: nobody judges a practice of their own. SQL; `practice` is its alias. */
export const isOfItsCountry = (person: string, practice: string) => `
  EXISTS (SELECT 1 FROM mandate m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = ${person} AND o.kind = 'city'
    AND (o.country = ${practice}.country OR o.country IN (SELECT h.country FROM organisation h WHERE h.id = ANY(${practice}.co_holders))))`;

/** The person wrote, prepared or approved the practice. SQL; `practice` is its alias. */
export const hasWorkedOn = (person: string, practice: string) => `
  (${practice}.owner_person_id = ${person} OR ${practice}.prepared_by ->> 'person' = ${person}::text OR ${practice}.approved_by ->> 'person' = ${person}::text
    OR EXISTS (SELECT 1 FROM practice_transition x WHERE x.practice_id = ${practice}.id AND x.actor_person_id = ${person} AND x.action IN ('submit', 'resubmit', 'ask-approval'))) IS TRUE`;

export interface Expert extends Record<string, unknown> {
  account_id: string; person_id: string; same_country: boolean; worked_on: boolean;
}

// $1 practice, $2 accounts that are named, or null for those who give opinions on its theme. Who has moved it as a moderator
// does not judge it as an expert either.
const EXPERTS = `
  SELECT a.id AS account_id, a.person_id, ${isOfItsCountry('a.person_id', 'p')} AS same_country,
    ${hasWorkedOn('a.person_id', 'p')} OR EXISTS (SELECT 1 FROM practice_transition x WHERE x.practice_id = p.id AND x.actor_person_id = a.person_id) AS worked_on,
    EXISTS (SELECT 1 FROM practice_review r WHERE r.practice_id = p.id AND r.person_id = a.person_id) AS asked_before,
    (SELECT count(*) FROM practice_review r WHERE r.person_id = a.person_id AND r.ended_at IS NULL) AS load
  FROM practice p JOIN account a ON a.disabled_at IS NULL AND EXISTS (SELECT 1 FROM expertise e WHERE e.person_id = a.person_id AND ($2::uuid[] IS NOT NULL OR e.theme_id = p.theme_id))
  WHERE p.id = $1 AND ($2::uuid[] IS NULL OR a.id = ANY($2))`;

/** The impartial expert of the theme with the least to do, or undefined. */
export const nextExpert = (sql: Sql, practiceId: string, { askedBefore }: { askedBefore: boolean }): Promise<Expert | undefined> =>
  sql.row<Expert>(`SELECT * FROM (${EXPERTS}) e WHERE NOT (same_country OR worked_on OR (asked_before AND NOT $3::boolean)) ORDER BY load, account_id LIMIT 1`, [practiceId, null, askedBefore]);

/** The experts of these accounts. @throws DomainError that says who of them may not be asked. */
export async function namedExperts(sql: Sql, practiceId: string, accounts: string[]): Promise<Expert[]> {
  const found = await sql.rows<Expert>(EXPERTS, [practiceId, accounts]);
  const unknown = accounts.findIndex((account) => !found.some((expert) => expert.account_id === account));
  if (unknown >= 0) throw new InvalidInput(`experts.${unknown}`, 'not_found');
  if (found.some((expert) => expert.same_country)) throw new DomainError('own-country', 'invalid', {}, [{ path: 'experts', message: 'own_country' }]);
  if (found.some((expert) => expert.worked_on)) throw new DomainError('own-practice', 'invalid', {}, [{ path: 'experts', message: 'own_practice' }]);
  return found;
}

/** Asks for an opinion. @returns until when. */
export async function askExpert(sql: Sql, practiceId: string, { person_id }: Expert): Promise<Date> {
  const dueAt = new Date(Date.now() + EXPERT_DAYS * DAY_MS);
  await sql.run('INSERT INTO practice_review (id, practice_id, person_id, due_at) VALUES ($1, $2, $3, $4)', [uuid(), practiceId, person_id, dueAt]);
  return dueAt;
}
