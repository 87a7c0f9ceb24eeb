import type { IntroductionState, IntroductionView } from '@passerelle/contract';
import { type Actor, canModerate, isGuest, NotFound, onBehalf, preparesOnly, signsBy, type Sql } from '../platform/index.js';
import { type LastAction, themesOf } from './capacity.js';
import type { IntroductionFacts } from './match.policy.js';
import { CITY } from './project.presenter.js';
import { assertMember } from './project.visibility.js';

export interface StoredIntroduction extends IntroductionFacts {
  id: string; version: number; needId: string; lastAction: LastAction | null; declinedReason: string;
  /** By which the actor signs here for another; null in their own right. */
  delegation: string | null;
  shown: Pick<IntroductionView, 'need' | 'asker' | 'helper' | 'offer' | 'proposedBy' | 'message' | 'score' | 'reasons'>;
}
interface Row extends Record<string, unknown> {
  id: string; version: number; state: IntroductionState; helper_willing: boolean; helper_knows: boolean; declined_by: IntroductionFacts['declinedBy']; declined_reason: string; last_action: LastAction | null; prepares_only: boolean; delegation: string | null;
  need_id: string; asker_id: string; helper_id: string; shown: StoredIntroduction['shown']; created_at: string; k: number;
}

/** The one rule of visibility: the asking city, the helping city once it has been told, and moderation. SQL; `i` and its need `n`. */
const readable = (moderator: string, organisation: string) => `(${moderator}::boolean OR n.organisation_id = ${organisation}::uuid OR (i.helper_knows AND i.helper_organisation_id = ${organisation}::uuid))`;

/** What an introduction is about. SQL; `n` is its need. */
const THEMES = themesOf('ARRAY[n.concept_id]');
// $1 and $2 the reader, $3 the reader's mandate.
const SELECT = `
  SELECT i.id, i.version, i.state, i.helper_willing, i.helper_knows, i.declined_by, i.declined_reason, i.last_action, ${preparesOnly('$3', THEMES)} AS prepares_only, ${signsBy('$3', THEMES)} AS delegation, i.need_id, n.organisation_id AS asker_id, i.helper_organisation_id AS helper_id,
    i.created_at, -extract(epoch FROM i.created_at)::double precision AS k,
    jsonb_build_object('need', jsonb_build_object('id', n.id, 'title', n.title, 'concept', n.concept_id), 'asker', ${CITY('a')}, 'helper', ${CITY('h')}, 'offer', CASE WHEN f.id IS NOT NULL THEN jsonb_build_object('id', f.id, 'title', f.title) END,
      'proposedBy', jsonb_build_object('function', i.proposer_function, 'organisation', po.name, 'onBehalf', ${onBehalf('i.delegation_id')}), 'message', i.message, 'score', i.score, 'reasons', i.reasons) AS shown
  FROM introduction i JOIN need n ON n.id = i.need_id JOIN organisation a ON a.id = n.organisation_id JOIN organisation h ON h.id = i.helper_organisation_id JOIN organisation po ON po.id = i.proposer_organisation_id
  LEFT JOIN offer f ON f.id = i.offer_id WHERE ${readable('$1', '$2')}`;
const OPEN = `i.state NOT IN ('concluded', 'declined')`;

const readerOf = (actor: Actor) => [canModerate(actor), actor.capacity?.organisationId ?? null, actor.capacity?.mandateId ?? null];

/** An introduction that the actor may read. With `lock` its need is locked first, then itself. @throws NotFound when absent or hidden. */
export async function loadIntroduction(sql: Sql, actor: Actor, id: string, { lock = false } = {}): Promise<StoredIntroduction> {
  assertMember(actor);
  if (lock) {
    await sql.run('SELECT 1 FROM need WHERE id = (SELECT need_id FROM introduction WHERE id = $1) FOR UPDATE', [id]);
    await sql.run('SELECT 1 FROM introduction WHERE id = $1 FOR UPDATE', [id]);
  }
  const row = await sql.row<Row>(`${SELECT} AND i.id = $4`, [...readerOf(actor), id]);
  if (!row) throw new NotFound();
  return storedOf(row);
}

/** Introductions of one need, newest first. */
export async function introductionsOf(sql: Sql, actor: Actor, needId: string): Promise<StoredIntroduction[]> {
  return (await sql.rows<Row>(`${SELECT} AND i.need_id = $4 ORDER BY k, i.id LIMIT 100`, [...readerOf(actor), needId])).map(storedOf);
}

/** Those of the actor's city, or all for moderation. @param open only those that run, or only those that have ended. */
export async function listIntroductions(sql: Sql, actor: Actor, open: boolean | null, after: [number, string] | null, limit: number): Promise<(StoredIntroduction & { k: number })[]> {
  const rows = await sql.rows<Row>(
    `SELECT * FROM (${SELECT} AND ($4::boolean IS NULL OR ${OPEN} = $4)) r WHERE $5::double precision IS NULL OR (k, id) > ($5, $6::uuid) ORDER BY k, id LIMIT $7`, [...readerOf(actor), open, ...(after ?? [null, null]), limit]);
  return rows.map((row) => ({ ...storedOf(row), k: row.k }));
}

/** How many wait for a yes or a no of the actor's city; none for those who only prepare for others. */
export async function countWaitingIntroductions(sql: Sql, actor: Actor): Promise<number> {
  if (isGuest(actor) || !actor.capacity) return 0;
  const row = await sql.row<{ count: number }>(
    `SELECT count(*) AS count FROM introduction i JOIN need n ON n.id = i.need_id
     WHERE ((i.state = 'proposed' AND n.organisation_id = $1) OR (i.state = 'accepted-by-a' AND i.helper_organisation_id = $1)) AND NOT ${preparesOnly('$2', THEMES)}`, [actor.capacity.organisationId, actor.capacity.mandateId]);
  return row?.count ?? 0;
}

const storedOf = (row: Row): StoredIntroduction => ({
  id: row.id, version: row.version, needId: row.need_id, lastAction: row.last_action, state: row.state, helperWilling: row.helper_willing, helperKnows: row.helper_knows, declinedBy: row.declined_by,
  declinedReason: row.declined_reason, preparesOnly: row.prepares_only, delegation: row.delegation, askerId: row.asker_id, helperId: row.helper_id, shown: { ...row.shown, proposedBy: { ...row.shown.proposedBy, at: row.created_at } },
});
