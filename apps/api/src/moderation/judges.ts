import { actsToday, DomainError, type Sql } from '../platform/index.js';
import { animatesThere, FIRST_DECIDER, impartial, mayDecide, type ReportedThing, visibleCase } from './case-store.js';

/** SQL: how many appeals wait for somebody. `a` is the account. */
const WAITING = '(SELECT count(*) FROM moderation_case g WHERE g.given_to = a.person_id AND g.state = \'open\')';

/** Whoever sees the case with the least to answer, who neither decided nor stands near the author; null when there is none. */
export async function otherJudge(tx: Sql, caseId: string, decidedBy: string): Promise<string | null> {
  // The secretariat answers what waits for it; it is given nothing but in a confidential space that it animates.
  const judge = await tx.row<{ person_id: string }>(
    `SELECT a.person_id FROM account a JOIN moderation_case c ON c.id = $1
     WHERE (a.role <> 'administrator' OR ${animatesThere('c', 'a.person_id')}) AND a.disabled_at IS NULL AND a.person_id <> $2 AND ${visibleCase('c', 'a')} AND ${impartial('a.person_id')} ORDER BY ${WAITING}, a.id LIMIT 1`, [caseId, decidedBy]);
  return judge?.person_id ?? null;
}

/** SQL: somebody sees the case `c`, drawn from here, and may decide on it. */
const judged = (cases: string) => `SELECT 1 FROM account a JOIN ${cases} WHERE a.disabled_at IS NULL AND ${visibleCase('c', 'a')} AND ${mayDecide('a.person_id')} LIMIT 1`;
export const hasJudge = async (tx: Sql, caseId: string): Promise<boolean> => (await tx.row(judged('moderation_case c ON c.id = $1'), [caseId])) !== undefined;
/** The same of a case that is not there yet. */
export const hasJudgeFor = async (sql: Sql, imagined: Omit<ReportedThing, 'id'>): Promise<boolean> => (await sql.row(judged('jsonb_populate_record(NULL::moderation_case, $1::jsonb) c ON true'), [JSON.stringify(imagined)])) !== undefined;

export const isConfidential = async (tx: Sql, space: string | null): Promise<boolean> => (await tx.row(`SELECT 1 FROM space WHERE id = $1 AND access = 'confidential'`, [space])) !== undefined;

/** A moderator for one case who need not belong to its space; null when there is none. */
async function moderatorAnywhere(tx: Sql, caseId: string, not: string | null): Promise<string | null> {
  const found = await tx.row<{ person_id: string }>(
    `SELECT a.person_id FROM account a JOIN moderation_case c ON c.id = $1
     WHERE a.role = 'moderator' AND a.disabled_at IS NULL AND ${actsToday('a.person_id')} AND a.person_id IS DISTINCT FROM $2 AND a.person_id IS DISTINCT FROM c.author_person_id AND ${impartial('a.person_id')} ORDER BY ${WAITING}, a.id LIMIT 1`, [caseId, not]);
  return found?.person_id ?? null;
}

/**
 * A moderator outside of a confidential space for one case that nobody in it may decide: with the consent of whoever asks, and no other way.
 * @throws DomainError `no-other-judge` without that consent, or where there is no such moderator.
 */
export async function moderatorOutside(tx: Sql, caseId: string, { consent, not = null }: { consent: boolean; not?: string | null }): Promise<string> {
  const found = consent ? await moderatorAnywhere(tx, caseId, not) : null;
  if (!found) throw new DomainError('no-other-judge', 'conflict');
  return found;
}

/** Lets one moderator read one case of a confidential space. */
export async function tellOutside(tx: Sql, caseId: string, person: string): Promise<void> {
  await tx.run('UPDATE moderation_case SET told_to = $2, given_to = $2 WHERE id = $1', [caseId, person]);
}

/** Somebody can still decide on a case that is theirs. SQL; `c` is the case, `person` the place of an id. */
const canStill = (person: string) => `EXISTS (SELECT 1 FROM account h WHERE h.person_id = ${person} AND h.disabled_at IS NULL AND ${visibleCase('c', 'h')} AND ${mayDecide('h.person_id')})`;
/** Cases taken by somebody, or given to somebody, who can't decide on them any more: their role, mandate or access has ended, or they stand aside now. */
const LOST = `c.state = 'open' AND ((c.claimed_by IS NOT NULL AND NOT ${canStill('c.claimed_by')}) OR (c.given_to IS NOT NULL AND NOT ${canStill('c.given_to')}) OR (c.told_to IS NOT NULL AND c.given_to IS NULL))`;
export const LOST_CASES = `SELECT c.id FROM moderation_case c WHERE ${LOST} ORDER BY c.opened_at`;

/** Frees a lost case, and gives it to somebody else where it was given. The case is locked. @returns whether anything has changed. */
export async function freeCase(tx: Sql, caseId: string): Promise<boolean> {
  const lost = await tx.row<{ unclaimed: boolean; ungiven: boolean; told_to: string | null; decided_by: string | null }>(
    `SELECT c.claimed_by IS NOT NULL AND NOT ${canStill('c.claimed_by')} AS unclaimed, c.told_to, (c.given_to IS NOT NULL AND NOT ${canStill('c.given_to')}) OR (c.told_to IS NOT NULL AND c.given_to IS NULL) AS ungiven, ${FIRST_DECIDER} AS decided_by
     FROM moderation_case c WHERE c.id = $1 AND ${LOST}`, [caseId]);
  if (!lost) return false;
  if (lost.unclaimed) await tx.run('UPDATE moderation_case SET claimed_by = NULL, claimed_at = NULL WHERE id = $1', [caseId]);
  if (!lost.ungiven) return lost.unclaimed;
  const outside = lost.told_to ? await moderatorAnywhere(tx, caseId, lost.decided_by) : null;
  // What somebody has let one moderator read is read by one moderator.
  if (outside) await tellOutside(tx, caseId, outside);
  else await tx.run('UPDATE moderation_case SET given_to = $2, told_to = CASE WHEN $2::uuid IS NULL THEN told_to END WHERE id = $1', [caseId, lost.decided_by ? await otherJudge(tx, caseId, lost.decided_by) : null]);
  return true;
}
