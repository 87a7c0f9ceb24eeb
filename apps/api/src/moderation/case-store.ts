import { type Bar, type CaseTarget, type Measure, MEASURES_FOR } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { type Actor, actsToday, canModerate, Forbidden, NotFound, readableSpace, type Sql } from '../platform/index.js';
import type { Write } from '../realtime/index.js';

export interface ReportedThing {
  id: string;
  space_id: string | null;
  author_person_id: string | null;
  author_organisation_id: string | null;
}

/** Numbers are given one after the other within a year. */
const NUMBER_LOCK = 726_402;
export const lockNumbers = (tx: Sql) => tx.run('SELECT pg_advisory_xact_lock($1)', [NUMBER_LOCK]);

/** Opens a case with the next number of the year. @returns its id. */
export async function openCase(tx: Sql, kind: 'report' | 'appeal', target: { kind: CaseTarget } & ReportedThing, givenTo: string | null = null): Promise<string> {
  await lockNumbers(tx);
  const id = uuid();
  await tx.run(
    `INSERT INTO moderation_case (id, year, number, kind, target_kind, target_id, space_id, author_person_id, author_organisation_id, given_to)
     SELECT $1, extract(year FROM now()), 1 + coalesce((SELECT max(number) FROM moderation_case WHERE year = extract(year FROM now())), 0), $2, $3, $4, $5, $6, $7, $8`,
    [id, kind, target.kind, target.id, target.space_id, target.author_person_id, target.author_organisation_id, givenTo]);
  return id;
}

/** The open case about a thing, or a new one. A report that joins moves its version, so that nobody decides without having seen it. */
export async function joinCase(tx: Sql, kind: CaseTarget, thing: ReportedThing): Promise<string> {
  return (await touchOpenCase(tx, kind, thing.id)) ?? openCase(tx, 'report', { kind, ...thing });
}

/** Opens a decided case again. Where others have reported the same thing since, its reports and notes join theirs instead. @returns the open case. */
export async function reopenCase(tx: Sql, { id, target_kind, target_id }: Pick<StoredCase, 'id' | 'target_kind' | 'target_id'>): Promise<string> {
  const since = await touchOpenCase(tx, target_kind, target_id);
  if (since) {
    // What a visitor has said again since stands there already.
    await tx.run(
      'UPDATE report r SET case_id = $2 WHERE r.case_id = $1 AND NOT (r.reporter_account_id IS NULL AND EXISTS (SELECT 1 FROM report n WHERE n.case_id = $2 AND n.reporter_account_id IS NULL AND n.request_hash = r.request_hash))', [id, since]);
    await tx.run('UPDATE moderation_note SET case_id = $2 WHERE case_id = $1', [id, since]);
    return since;
  }
  await tx.run(`UPDATE moderation_case SET state = 'open', decided_at = NULL, version = version + 1 WHERE id = $1`, [id]);
  return id;
}

async function touchOpenCase(tx: Sql, kind: CaseTarget, target: string): Promise<string | undefined> {
  await lockNumbers(tx);
  return (await tx.row<{ id: string }>(`UPDATE moderation_case SET version = version + 1 WHERE target_kind = $1 AND target_id = $2 AND kind = 'report' AND state = 'open' RETURNING id`, [kind, target]))?.id;
}

/** Somebody animates the confidential space of a case and may act there today. SQL; `c` is the case, `person` the place of an id. */
export const animatesThere = (c: string, person: string) => `EXISTS (
  SELECT 1 FROM space s JOIN space_member an ON an.space_id = s.id AND an.role = 'animator' WHERE s.id = ${c}.space_id AND s.access = 'confidential' AND an.person_id = ${person}
    AND ${actsToday(person)})`;

/**
 * Who sees a case: moderation those in spaces that it reads and those in none. What was reported in a confidential space is seen by those moderators who belong
 * to it and by its animators, and by nobody else, the secretariat included, unless whoever it concerns has let one moderator read it. Nobody sees a case on
 * themselves: it names those who reported. And nobody sees any who may not act today, whatever their role: the desk is closed to them as the exchanges are. This
 * is the one rule of who judges; the list, claims, decisions, appeals and live news go by it. SQL; `c` is the case, `a` the account.
 */
export const visibleCase = (c: string, a: string) =>
  `(((${a}.role IN ('moderator', 'administrator') AND (${c}.space_id IS NULL OR ${c}.told_to = ${a}.person_id OR EXISTS (SELECT 1 FROM space s WHERE s.id = ${c}.space_id AND ${readableSpace('s', a)}))
      AND ${actsToday(`${a}.person_id`)})
    OR ${animatesThere(c, `${a}.person_id`)}) AND ${c}.author_person_id IS DISTINCT FROM ${a}.person_id)`;

/** Tells each moderator who sees the case that something about it has changed. */
export async function tellModerators({ tx, record }: Write, caseId: string): Promise<void> {
  const accounts = await tx.rows<{ id: string }>(`SELECT a.id FROM account a, moderation_case c WHERE c.id = $1 AND a.disabled_at IS NULL AND ${visibleCase('c', 'a')} ORDER BY a.id`, [caseId]);
  for (const { id } of accounts) record({ type: 'case.moved', audience: 'account', account: id, subject: caseId });
}

export interface StoredCase extends Record<string, unknown> {
  id: string; kind: 'report' | 'appeal'; target_kind: CaseTarget; target_id: string; space_id: string | null; author_person_id: string | null; author_organisation_id: string | null; state: 'open' | 'decided'; version: number;
  claimed_by: string | null; given_to: string | null; first_decider: string | null; near: Extract<Bar, 'city' | 'country' | 'near' | 'reporter'> | null;
  /** It stands in a confidential space. */
  confidential: boolean;
}

/** Why this person may not decide; null when they may. A moderator of the author's city or country stands aside; the association's own people have neither. */
export function barOf(actor: Pick<Actor, 'personId'>, one: Pick<StoredCase, 'near' | 'first_decider' | 'given_to'>): Bar | null {
  if (one.near) return one.near;
  if (one.first_decider === actor.personId) return 'first';
  return one.given_to !== null && one.given_to !== actor.personId ? 'given' : null;
}

/** Cast the way that the keys of the tables can be looked up; only what is of that kind is an id of it. SQL; `c` is the case. */
export const idOf = (kind: CaseTarget) => `CASE c.target_kind WHEN '${kind}' THEN c.target_id::uuid END`;
/** The names of those who write there are withheld, or would be in the thread that waits. SQL; `c` is the case. */
export const WITHHELD = `(
  EXISTS (SELECT 1 FROM thread nt WHERE nt.naming <> 'shown' AND nt.id = coalesce((SELECT np.thread_id FROM post np WHERE np.id = ${idOf('post')}), (SELECT coalesce(nh.thread_id, nh.id) FROM held_post nh WHERE nh.id = ${idOf('held')}), ${idOf('thread')}))
  OR EXISTS (SELECT 1 FROM held_post nh WHERE nh.id = ${idOf('held')} AND nh.proposal -> 'thread' ->> 'naming' <> 'shown'))`;

/** The association's own organisation, which is of no country: the one whose people moderate or administer. SQL; `o` is the organisation. */
const isOfTheHouse = (o: string) => `(${o}.kind = 'association' AND EXISTS (SELECT 1 FROM mandate hm JOIN account ha ON ha.person_id = hm.person_id WHERE hm.organisation_id = ${o}.id AND ha.role IN ('moderator', 'administrator')))`;
/** The author's: the one in whose name they wrote, and every other of theirs. SQL; `c` is the case, `w` the organisation. */
const IS_AUTHORS = 'w.id IN (SELECT c.author_organisation_id UNION ALL SELECT am.organisation_id FROM mandate am WHERE am.person_id = c.author_person_id)';
/** Somebody is of a city of the author's. SQL; `c` is the case, `person` the place of an id. */
const ofAuthorsCity = (person: string) => `EXISTS (SELECT 1 FROM mandate m JOIN organisation w ON w.id = m.organisation_id WHERE m.person_id = ${person} AND w.kind = 'city' AND ${IS_AUTHORS})`;
/** Of a city or a region of the author's country. Who animates a confidential space decides there all the same: its people are often of one country. */
const ofAuthorsCountry = (person: string) => `(NOT ${animatesThere('c', person)} AND EXISTS (
  SELECT 1 FROM mandate m JOIN organisation o ON o.id = m.organisation_id JOIN organisation w ON w.country = o.country WHERE m.person_id = ${person} AND o.kind IN ('city', 'region') AND ${IS_AUTHORS} AND NOT ${isOfTheHouse('w')}))`;
/** Has reported it. Who animates a confidential space decides there all the same: there is often nobody else. */
const hasReported = (person: string) => `(NOT ${animatesThere('c', person)} AND EXISTS (
  SELECT 1 FROM report rr JOIN account ra ON ra.id = rr.reporter_account_id WHERE ra.person_id = ${person} AND (rr.case_id = c.id OR rr.case_id = (SELECT d.case_id FROM moderation_appeal p JOIN moderation_decision d ON d.id = p.decision_id WHERE p.case_id = c.id))))`;
/** Whose decision a case contests; null for a report. SQL; `c` is the case. */
export const FIRST_DECIDER = '(SELECT d.decided_by FROM moderation_appeal p JOIN moderation_decision d ON d.id = p.decision_id WHERE p.case_id = c.id)';
/** Near neither to the author nor to whoever reported it. SQL; `c` is the case, `person` the place of an id. */
export const impartial = (person: string) => `(NOT ${ofAuthorsCity(person)} AND NOT ${ofAuthorsCountry(person)} AND NOT ${hasReported(person)})`;
/** The secretariat decides where everybody else stands aside. SQL. */
const lastResort = (person: string) => `(EXISTS (SELECT 1 FROM account la WHERE la.person_id = ${person} AND la.role = 'administrator') AND NOT EXISTS (
  SELECT 1 FROM account lo WHERE lo.disabled_at IS NULL AND lo.person_id <> ${person} AND ${visibleCase('c', 'lo')} AND ${impartial('lo.person_id')} AND lo.person_id IS DISTINCT FROM ${FIRST_DECIDER}))`;
/** Whoever sees the case may decide on it, as far as they themselves are concerned. SQL. */
export const mayDecide = (person: string) => `((${impartial(person)} OR ${lastResort(person)}) AND ${person} IS DISTINCT FROM ${FIRST_DECIDER})`;

/** Columns that tell whether somebody stands aside. Where names are withheld, whose city or country it is would tell one. SQL; `c` is the case, `person` the place of an id. */
export const BAR_COLUMNS = (person: string) => `${FIRST_DECIDER} AS first_decider,
  CASE WHEN ${impartial(person)} OR ${lastResort(person)} THEN NULL WHEN ${hasReported(person)} THEN 'reporter' WHEN ${WITHHELD} THEN 'near' WHEN ${ofAuthorsCity(person)} THEN 'city' ELSE 'country' END AS near`;

/** What whoever animates a confidential space may decide there: nothing that reaches beyond it. */
const WITHIN_A_SPACE: readonly Measure[] = ['keep', 'hide', 'remove', 'close', 'refuse'];
export const measuresOf = (actor: Actor, kind: CaseTarget): Measure[] => MEASURES_FOR[kind].filter((measure) => canModerate(actor) || WITHIN_A_SPACE.includes(measure));

/**
 * A case that the actor sees, locked, after the threads that it may touch: its own, the one that it would go to, and those between which decisions have moved
 * it. Every write takes threads first and in one order. @throws Forbidden for those who have no desk, NotFound.
 */
export async function lockCase(tx: Sql, actor: Actor, id: string, into: string | null = null): Promise<StoredCase> {
  await lockThreadsOf(tx, id, into);
  await tx.row('SELECT 1 FROM moderation_case WHERE id = $1 FOR UPDATE', [id]);
  const found = await tx.row<StoredCase>(
    `SELECT c.id, c.kind, c.target_kind, c.target_id, c.space_id, c.author_person_id, c.author_organisation_id, c.state, c.version, c.claimed_by, c.given_to, ${BAR_COLUMNS('$2')},
       EXISTS (SELECT 1 FROM space s WHERE s.id = c.space_id AND s.access = 'confidential') AS confidential
     FROM moderation_case c JOIN account a ON a.id = $3 WHERE c.id = $1 AND ${visibleCase('c', 'a')}`, [id, actor.personId, actor.accountId]);
  if (!found) throw canModerate(actor) ? new NotFound() : new Forbidden();
  return found;
}

/** Locks the threads that a case may touch, in the one order. They come before the case and its decisions. */
export const lockThreadsOf = (tx: Sql, id: string, into: string | null = null) => tx.rows(LOCK_THREADS, [id, into]);

const LOCK_THREADS = `
  SELECT 1 FROM thread WHERE id = $2::uuid OR id IN (
    SELECT CASE c.target_kind WHEN 'thread' THEN c.target_id::uuid WHEN 'post' THEN (SELECT thread_id FROM post WHERE id = c.target_id::uuid) WHEN 'held' THEN (SELECT thread_id FROM held_post WHERE id = c.target_id::uuid) END FROM moderation_case c WHERE c.id = $1
    UNION SELECT unnest(ARRAY[d.thread_id, x.thread_id, x.target_thread_id]) FROM moderation_case c JOIN moderation_case o ON o.target_kind = c.target_kind AND o.target_id = c.target_id
      JOIN moderation_decision d ON d.case_id = o.id LEFT JOIN thread_act x ON x.id = d.act_id WHERE c.id = $1)
  ORDER BY id FOR UPDATE`;
