import { NeedContent, type NeedState, type OnBehalf, OfferContent, type OfferState } from '@passerelle/contract';
import { type Actor, canModerate, NotFound, onBehalf, preparesOnly, signsBy, type Sql, staffAccounts } from '../platform/index.js';
import type { Write } from '../realtime/index.js';
import { accountsOf, type LastAction, themesOf } from './capacity.js';
import type { OwnedFacts } from './match.policy.js';
import { NEED_STATE, needReadable, needReader } from './need.visibility.js';
import { assertMember } from './project.visibility.js';

export interface StoredNeed extends OwnedFacts {
  id: string; version: number; content: NeedContent; lastAction: LastAction | null;
  /** As it reads now: an old published need has expired. */
  state: NeedState;
  /** Others have read it. */
  published: boolean;
}
export interface StoredOffer extends OwnedFacts {
  id: string; version: number; content: OfferContent; lastAction: LastAction | null;
  state: OfferState;
}
interface Row extends Record<string, unknown> {
  id: string; version: number; content: unknown; last_action: LastAction | null; organisation_id: string; prepares_only: boolean; delegation: string | null; on_behalf: OnBehalf | null;
}

/** How the actor signs for it, and for whom it was signed. SQL; `row` is the need or the offer. */
const signedColumns = (row: string, mandate: string, themes: string) => `${preparesOnly(mandate, themes)} AS prepares_only, ${signsBy(mandate, themes)} AS delegation, ${onBehalf(`${row}.delegation_id`)} AS on_behalf`;

/** A need that the actor may read. @throws NotFound when absent or hidden. */
export async function loadNeed(sql: Sql, actor: Actor, id: string, { lock = false } = {}): Promise<StoredNeed> {
  assertMember(actor);
  // A lock of its own first: what a statement reads of other tables is older than the lock for which it waited.
  if (lock) await sql.run('SELECT 1 FROM need WHERE id = $1 FOR UPDATE', [id]);
  const row = await sql.row<Row & { state: NeedState; published: boolean }>(
    `SELECT n.id, n.version, n.content, n.last_action, n.organisation_id, ${NEED_STATE('n')} AS state, n.published_at IS NOT NULL AS published, ${signedColumns('n', '$4', themesOf('ARRAY[n.concept_id]'))} FROM need n WHERE n.id = $1 AND (${needReadable('n', '$2', '$3')})`,
    [id, ...needReader(actor), actor.capacity?.mandateId ?? null]);
  if (!row) throw new NotFound();
  return { ...ownedOf(row), content: NeedContent.parse(row.content), state: row.state, published: row.published };
}

/** Offers that the actor may read: active ones; set aside or put away, for their city and moderation. SQL, `f` is the offer. */
export const offerReadable = (offer: string, moderator: string, organisation: string) => `(${offer}.state = 'active' OR ${moderator}::boolean OR ${offer}.organisation_id = ${organisation}::uuid)`;

/** @throws NotFound when absent or hidden. */
export async function loadOffer(sql: Sql, actor: Actor, id: string, { lock = false } = {}): Promise<StoredOffer> {
  assertMember(actor);
  if (lock) await sql.run('SELECT 1 FROM offer WHERE id = $1 FOR UPDATE', [id]);
  const row = await sql.row<Row & { state: OfferState }>(
    `SELECT f.id, f.version, f.content, f.last_action, f.organisation_id, f.state, ${signedColumns('f', '$4', themesOf('f.concepts'))} FROM offer f WHERE f.id = $1 AND ${offerReadable('f', '$2', '$3')}`,
    [id, canModerate(actor), actor.capacity?.organisationId ?? null, actor.capacity?.mandateId ?? null]);
  if (!row) throw new NotFound();
  return { ...ownedOf(row), content: OfferContent.parse(row.content), state: row.state };
}

const ownedOf = (row: Row) => ({ id: row.id, version: row.version, lastAction: row.last_action, organisationId: row.organisation_id, preparesOnly: row.prepares_only, delegation: row.delegation, onBehalf: row.on_behalf });

/** Tells all members of what they may read; what was never published is told to its city, a discreet need to its city and moderation. */
export async function recordNeedFact(write: Write, type: 'need.edited' | 'need.moved', need: Pick<StoredNeed, 'id' | 'organisationId' | 'published'> & Pick<NeedContent, 'visibility'>): Promise<void> {
  if (need.published && need.visibility === 'members') {
    write.record({ type, audience: 'members', subject: need.id });
    return;
  }
  const accounts = new Set([...(await accountsOf(write.tx, [need.organisationId])), ...(need.published ? await staffAccounts(write.tx) : [])]);
  for (const account of [...accounts].sort()) write.record({ type, audience: 'account', account, subject: need.id });
}
