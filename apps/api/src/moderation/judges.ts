import { DomainError, type Sql } from '../platform/index.js';
import { animatesThere, impartial, visibleCase } from './case-store.js';

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

/** Somebody sees the case and may decide on it. */
export const hasJudge = async (tx: Sql, caseId: string): Promise<boolean> =>
  (await tx.row(`SELECT 1 FROM account a JOIN moderation_case c ON c.id = $1 WHERE a.disabled_at IS NULL AND ${visibleCase('c', 'a')} AND ${impartial('a.person_id')} LIMIT 1`, [caseId])) !== undefined;

export const isConfidential = async (tx: Sql, space: string | null): Promise<boolean> => (await tx.row(`SELECT 1 FROM space WHERE id = $1 AND access = 'confidential'`, [space])) !== undefined;

/**
 * A moderator outside of a confidential space for one case that nobody in it may decide: with the consent of whoever asks, and no other way.
 * @throws DomainError `no-other-judge` without that consent, or where there is no such moderator.
 */
export async function moderatorOutside(tx: Sql, caseId: string, { consent, not = null }: { consent: boolean; not?: string | null }): Promise<string> {
  const found = consent
    ? await tx.row<{ person_id: string }>(
        `SELECT a.person_id FROM account a JOIN moderation_case c ON c.id = $1
         WHERE a.role = 'moderator' AND a.disabled_at IS NULL AND a.person_id IS DISTINCT FROM $2 AND a.person_id IS DISTINCT FROM c.author_person_id AND ${impartial('a.person_id')} ORDER BY ${WAITING}, a.id LIMIT 1`, [caseId, not])
    : undefined;
  if (!found) throw new DomainError('no-other-judge', 'conflict');
  return found.person_id;
}

/** Lets one moderator read one case of a confidential space. */
export async function tellOutside(tx: Sql, caseId: string, person: string): Promise<void> {
  await tx.run('UPDATE moderation_case SET told_to = $2, given_to = $2 WHERE id = $1', [caseId, person]);
}
