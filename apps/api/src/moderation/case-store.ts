import { type Bar, type CaseTarget, type Measure, MEASURES_FOR } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { type Actor, canModerate, Forbidden, inForce, NotFound, readableSpace, sanctioned, type Sql } from '../platform/index.js';
import type { Write } from '../realtime/index.js';

export interface ReportedThing {
  id: string;
  space_id: string | null;
  author_person_id: string | null;
  author_organisation_id: string | null;
}

/** Numbers are given one after the other within a year. */
const NUMBER_LOCK = 726_402;

/** Opens a case with the next number of the year. @returns its id. */
export async function openCase(tx: Sql, kind: 'report' | 'appeal', target: { kind: CaseTarget } & ReportedThing, givenTo: string | null = null): Promise<string> {
  await tx.run('SELECT pg_advisory_xact_lock($1)', [NUMBER_LOCK]);
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
    await tx.run('UPDATE report SET case_id = $2 WHERE case_id = $1', [id, since]);
    await tx.run('UPDATE moderation_note SET case_id = $2 WHERE case_id = $1', [id, since]);
    return since;
  }
  await tx.run(`UPDATE moderation_case SET state = 'open', decided_at = NULL, version = version + 1 WHERE id = $1`, [id]);
  return id;
}

async function touchOpenCase(tx: Sql, kind: CaseTarget, target: string): Promise<string | undefined> {
  await tx.run('SELECT pg_advisory_xact_lock($1)', [NUMBER_LOCK]);
  return (await tx.row<{ id: string }>(`UPDATE moderation_case SET version = version + 1 WHERE target_kind = $1 AND target_id = $2 AND kind = 'report' AND state = 'open' RETURNING id`, [kind, target]))?.id;
}

/** Somebody animates the confidential space of a case and may act there today. SQL; `c` is the case, `person` the place of an id. */
export const animatesThere = (c: string, person: string) => `EXISTS (
  SELECT 1 FROM space s JOIN space_member an ON an.space_id = s.id AND an.role = 'animator' WHERE s.id = ${c}.space_id AND s.access = 'confidential' AND an.person_id = ${person}
    AND NOT ${sanctioned(person, 'suspend')} AND EXISTS (SELECT 1 FROM mandate held WHERE held.person_id = ${person} AND ${inForce('held')}))`;

/**
 * Who sees a case: moderation those in spaces that it reads and those in none. What was reported in a confidential space is seen by those moderators who belong
 * to it and by its animators, and by nobody else, the secretariat included, unless whoever it concerns has let one moderator read it. Nobody sees a case on
 * themselves: it names those who reported. SQL; `c` is the case, `a` the account.
 */
export const visibleCase = (c: string, a: string) =>
  `(((${a}.role IN ('moderator', 'administrator') AND (${c}.space_id IS NULL OR EXISTS (SELECT 1 FROM space s WHERE s.id = ${c}.space_id AND ${readableSpace('s', a)})))
    OR ${animatesThere(c, `${a}.person_id`)} OR ${c}.told_to = ${a}.person_id) AND ${c}.author_person_id IS DISTINCT FROM ${a}.person_id)`;

/** Tells each moderator who sees the case that something about it has changed. */
export async function tellModerators({ tx, record }: Write, caseId: string): Promise<void> {
  const accounts = await tx.rows<{ id: string }>(`SELECT a.id FROM account a, moderation_case c WHERE c.id = $1 AND a.disabled_at IS NULL AND ${visibleCase('c', 'a')} ORDER BY a.id`, [caseId]);
  for (const { id } of accounts) record({ type: 'case.moved', audience: 'account', account: id, subject: caseId });
}

export interface StoredCase extends Record<string, unknown> {
  id: string; kind: 'report' | 'appeal'; target_kind: CaseTarget; target_id: string; space_id: string | null; author_person_id: string | null; author_organisation_id: string | null; state: 'open' | 'decided'; version: number;
  claimed_by: string | null; given_to: string | null; first_decider: string | null; author_city: boolean; author_country: boolean;
  /** It stands in a confidential space. */
  confidential: boolean;
}

/** Why this person may not decide; null when they may. A moderator of the author's city or country stands aside; the association's own people have neither. */
export function barOf(actor: Pick<Actor, 'personId'>, one: Pick<StoredCase, 'first_decider' | 'given_to' | 'author_city' | 'author_country'>): Bar | null {
  if (one.author_city) return 'city';
  if (one.author_country) return 'country';
  if (one.first_decider === actor.personId) return 'first';
  return one.given_to !== null && one.given_to !== actor.personId ? 'given' : null;
}

/** The association's own organisation, which is of no country: the one whose people moderate or administer. SQL; `o` is the organisation. */
const isOfTheHouse = (o: string) => `(${o}.kind = 'association' AND EXISTS (SELECT 1 FROM mandate hm JOIN account ha ON ha.person_id = hm.person_id WHERE hm.organisation_id = ${o}.id AND ha.role IN ('moderator', 'administrator')))`;
/** Somebody is of the author's city. SQL; `c` is the case, `person` the place of an id. */
const ofAuthorsCity = (person: string) => `EXISTS (SELECT 1 FROM mandate m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = ${person} AND o.kind = 'city' AND o.id = c.author_organisation_id)`;
/** Of the author's country. Who animates a confidential space decides there all the same: its people are often of one country. */
const ofAuthorsCountry = (person: string) => `(NOT ${animatesThere('c', person)} AND EXISTS (
  SELECT 1 FROM mandate m JOIN organisation o ON o.id = m.organisation_id JOIN organisation w ON w.id = c.author_organisation_id WHERE m.person_id = ${person} AND o.kind = 'city' AND o.country = w.country AND NOT ${isOfTheHouse('w')}))`;
/** Neither of the author's city nor of their country. SQL. */
export const impartial = (person: string) => `NOT ${ofAuthorsCity(person)} AND NOT ${ofAuthorsCountry(person)}`;

/** Columns that tell whether somebody stands aside. SQL; `c` is the case, `person` the place of an id. */
export const BAR_COLUMNS = (person: string) => `
  (SELECT d.decided_by FROM moderation_appeal p JOIN moderation_decision d ON d.id = p.decision_id WHERE p.case_id = c.id) AS first_decider,
  ${ofAuthorsCity(person)} AS author_city, ${ofAuthorsCountry(person)} AS author_country`;

/** What whoever animates a confidential space may decide there: nothing that reaches beyond it. */
const WITHIN_A_SPACE: readonly Measure[] = ['keep', 'hide', 'remove', 'close', 'refuse'];
export const measuresOf = (actor: Actor, kind: CaseTarget): Measure[] => MEASURES_FOR[kind].filter((measure) => canModerate(actor) || WITHIN_A_SPACE.includes(measure));

/**
 * A case that the actor sees, locked, after the threads that it may touch: its own, the one that it would go to, and those between which decisions have moved
 * it. Every write takes threads first and in one order. @throws Forbidden for those who have no desk, NotFound.
 */
export async function lockCase(tx: Sql, actor: Actor, id: string, into: string | null = null): Promise<StoredCase> {
  await tx.rows(LOCK_THREADS, [id, into]);
  await tx.row('SELECT 1 FROM moderation_case WHERE id = $1 FOR UPDATE', [id]);
  const found = await tx.row<StoredCase>(
    `SELECT c.id, c.kind, c.target_kind, c.target_id, c.space_id, c.author_person_id, c.author_organisation_id, c.state, c.version, c.claimed_by, c.given_to, ${BAR_COLUMNS('$2')},
       EXISTS (SELECT 1 FROM space s WHERE s.id = c.space_id AND s.access = 'confidential') AS confidential
     FROM moderation_case c JOIN account a ON a.id = $3 WHERE c.id = $1 AND ${visibleCase('c', 'a')}`, [id, actor.personId, actor.accountId]);
  if (!found) throw canModerate(actor) ? new NotFound() : new Forbidden();
  return found;
}

const LOCK_THREADS = `
  SELECT 1 FROM thread WHERE id = $2::uuid OR id IN (
    SELECT CASE c.target_kind WHEN 'thread' THEN c.target_id::uuid WHEN 'post' THEN (SELECT thread_id FROM post WHERE id = c.target_id::uuid) WHEN 'held' THEN (SELECT thread_id FROM held_post WHERE id = c.target_id::uuid) END FROM moderation_case c WHERE c.id = $1
    UNION SELECT unnest(ARRAY[x.thread_id, x.target_thread_id]) FROM moderation_case c JOIN moderation_case o ON o.target_kind = c.target_kind AND o.target_id = c.target_id
      JOIN moderation_decision d ON d.case_id = o.id JOIN thread_act x ON x.id = d.act_id WHERE c.id = $1)
  ORDER BY id FOR UPDATE`;
