import { PracticeContent, type PracticeState, rangeOfCost, type ReviewBody } from '@passerelle/contract';
import { type Actor, inForce, NotFound, preparesOnly, signsBy, type Sql, themeOf } from '../platform/index.js';
import { hasWorkedOn, isOfItsCountry } from './experts.js';
import type { PracticeFacts } from './practice.policy.js';
import { readable, readerOf } from './practice.visibility.js';

/** Somebody in their function, as it is kept. */
export interface Signature {
  person: string;
  name: string;
  function: string;
  at: string;
  /** The delegation by which somebody signed for another. */
  delegation?: string;
}

export interface StoredPractice extends PracticeFacts {
  id: string; ref: string; version: number; content: PracticeContent; approvalAsked: boolean; preparedBy: Signature | null; approvedBy: Signature | null;
  /** By which the actor signs here for another; null in their own right. */
  delegation: string | null; lastAction: { action: string; person: string | null } | null; grids: (ReviewBody['grid'] | null)[];
}

interface StoredRow extends Record<string, unknown> {
  id: string; ref: string; version: number; content: unknown; state: PracticeState; state_before: PracticeState | null; has_consent: boolean; validated: boolean; organisation_id: string | null; country: string;
  source_url: string | null; approval_asked_at: string | null; prepared_by: Signature | null; approved_by: Signature | null; prepares_only: boolean; delegation: string | null; asked: boolean; worked_on: boolean; same_country: boolean;
  last_action: StoredPractice['lastAction']; grids: StoredPractice['grids'] | null;
}

/** What decides about a practice and the actor's part in it. */
const STORED_COLUMNS = `
  p.id, p.ref, p.version, p.content, p.state, p.state_before, p.consent IS NOT NULL AS has_consent, p.validated, p.organisation_id, p.country, p.source_url, p.approval_asked_at, p.prepared_by, p.approved_by,
    ${preparesOnly('$6', themeOf('p.theme_id'))} AS prepares_only, ${signsBy('$6', themeOf('p.theme_id'))} AS delegation,
    EXISTS (SELECT 1 FROM practice_review r WHERE r.practice_id = p.id AND r.person_id = $5 AND r.ended_at IS NULL) AS asked,
    ${hasWorkedOn('$5::uuid', 'p')} AS worked_on, ${isOfItsCountry('$5', 'p')} AS same_country,
    (SELECT jsonb_build_object('action', x.action, 'person', x.actor_person_id) FROM practice_transition x WHERE x.practice_id = p.id ORDER BY x.at DESC, x.id DESC LIMIT 1) AS last_action,
    (SELECT jsonb_agg(r.grid ORDER BY r.assigned_at, r.id) FROM practice_review r WHERE r.practice_id = p.id AND r.ended_at IS NULL) AS grids`;
/** $1 reference, $2 to $4 what readerOf() gives. */
export const READABLE_BY_REF = `p.ref = $1 AND (${readable('p', '$2', '$3', '$4')})`;

/** A practice that the actor may read, with what decides about their part in it. @throws NotFound when absent or hidden. */
export async function loadPractice(sql: Sql, actor: Actor, ref: string, { lock = false } = {}): Promise<StoredPractice> {
  // In a statement of its own: what other tables say must be read after the wait, not before it.
  if (lock) await sql.row('SELECT 1 FROM practice WHERE ref = $1 FOR UPDATE', [ref]);
  const row = await sql.row<StoredRow>(`SELECT ${STORED_COLUMNS} FROM practice p WHERE ${READABLE_BY_REF}`, [ref, ...readerOf(actor), actor.personId, actor.capacity?.mandateId ?? null]);
  if (!row) throw new NotFound();
  return storedPractice(row);
}

// A committed version never changes, and a popular entry is read again and again: it is brought into the present shape
// once. Not for use inside a write, which may yet be rolled back.
const CONTENTS_KEPT = 1_000;
export interface CommittedContent {
  id: string; version: number; content: PracticeContent;
}
const contents = new Map<string, CommittedContent>();
/** What is kept under a reference; it holds for that id and version only. */
export const knownContent = (ref: string): CommittedContent | undefined => contents.get(ref);

export function keepContent({ ref, id, version, content }: Pick<StoredRow, 'ref' | 'id' | 'version' | 'content'>): PracticeContent {
  const kept = { id, version, content: PracticeContent.parse(content) };
  if (contents.size >= CONTENTS_KEPT) contents.clear();
  contents.set(ref, kept);
  return kept.content;
}

function storedPractice(row: StoredRow): StoredPractice {
  return {
    id: row.id, ref: row.ref, version: row.version, content: PracticeContent.parse(row.content), state: row.state, before: row.state_before, consent: row.has_consent, validated: row.validated,
    organisationId: row.organisation_id, country: row.country, sourced: row.source_url !== null, approvalAsked: row.approval_asked_at !== null, preparedBy: row.prepared_by, approvedBy: row.approved_by,
    preparesOnly: row.prepares_only, delegation: row.delegation, asked: row.asked, workedOn: row.worked_on, sameCountry: row.same_country, lastAction: row.last_action, grids: row.grids ?? [],
  };
}

/** Columns that lists and facets read, drawn from the entry. */
export function derivedColumns(content: PracticeContent) {
  const year = (date: string | null) => (date ? Number(date.slice(0, 4)) : null);
  const [start, end] = [year(content.start), year(content.end)];
  // A draft may contradict itself for a while; what lists show may not.
  const plausibleEnd = start !== null && end !== null && end < start ? null : end;
  return [content.title, content.summary, content.language, content.theme, content.concepts, start, plausibleEnd, rangeOfCost(content.cost) ?? content.costRange];
}

/** Accounts with a function in the city now: those whom a fact about its practice concerns. */
export async function ownerAccounts(sql: Sql, organisationId: string | null): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT DISTINCT a.id FROM account a JOIN mandate m ON m.person_id = a.person_id
     WHERE m.organisation_id = $1 AND a.disabled_at IS NULL AND ${inForce('m')} ORDER BY a.id`, [organisationId]);
  return rows.map((row) => row.id);
}

/**
 * Before an update of $1: entries that were loaded and never edited have no revision yet, and their words would be lost.
 * $2 is the organisation in whose name that is done, for entries of none.
 */
export const KEEP_FORMER = `
  INSERT INTO practice_revision (practice_id, version, content, author_name, author_function, organisation_id, at)
  SELECT p.id, p.version, p.content, '', '', coalesce(p.organisation_id, $2), p.updated_at FROM practice p
  WHERE p.id = ANY($1::uuid[]) AND coalesce(p.organisation_id, $2) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM practice_revision v WHERE v.practice_id = p.id AND v.content = p.content)
  ON CONFLICT DO NOTHING`;
