import type { AddresseeQuery, RelaySide } from '@passerelle/contract';
import { type Actor, IdReused, inForce, NotFound, type Sql } from '../platform/index.js';
import { readable, readerOf } from '../practices/index.js';
import { assertMember, sideOf } from './relay.visibility.js';

export interface StoredRelay {
  id: string; side: RelaySide;
  /** Where the actor's side sits. */
  ownOrganisationId: string;
  /** The city that was asked. */
  cityId: string;
  lastPosition: number;
}
interface Row extends Record<string, unknown> {
  side: RelaySide | null; organisation_id: string; asker_organisation_id: string; last_position: number;
}

/** A conversation that the actor may read. With `lock` it is locked first. @throws NotFound when absent or hidden. */
export async function loadRelay(sql: Sql, actor: Actor, id: string, { lock = false } = {}): Promise<StoredRelay> {
  assertMember(actor);
  if (lock) await sql.run('SELECT 1 FROM relay WHERE id = $1 FOR UPDATE', [id]);
  const row = await sql.row<Row>(`SELECT ${sideOf('r', 'a')} AS side, r.organisation_id, r.asker_organisation_id, r.last_position FROM relay r, account a WHERE r.id = $1 AND a.id = $2`, [id, actor.accountId]);
  if (!row?.side) throw new NotFound();
  return { id, side: row.side, cityId: row.organisation_id, ownOrganisationId: row.side === 'asker' ? row.asker_organisation_id : row.organisation_id, lastPosition: row.last_position };
}

export interface Signature {
  name: string;
  function: string;
}

/** How the actor signs for an organisation; undefined without a mandate in force. */
export const signatureIn = (sql: Sql, actor: Actor, organisationId: string): Promise<Signature | undefined> =>
  sql.row<Signature & Record<string, unknown>>(
    `SELECT p.name, m.function FROM mandate m JOIN person p ON p.id = m.person_id
     WHERE m.person_id = $1 AND m.organisation_id = $2 AND ${inForce('m')} ORDER BY m.valid_from DESC NULLS LAST, m.id LIMIT 1`, [actor.personId, organisationId]);

export interface Addressee {
  organisationId: string; name: string; slug: string; country: string;
  practice: { id: string; ref: string; title: string; contact: string | null } | null;
}
interface AddresseeRow extends Record<string, unknown> {
  organisation_id: string; name: string; slug: string; country: string; id: string | null; ref: string | null; title: string | null; contact: string | null;
}

const CITY_OF_PRACTICE = `
  SELECT o.id AS organisation_id, o.name, o.slug, o.country, p.id, p.ref, p.title, nullif(p.content ->> 'contact', '') AS contact
  FROM practice p JOIN organisation o ON o.id = p.organisation_id WHERE p.ref = $1 AND (${readable('p', '$2', '$3', '$4')})`;
const CITY = 'SELECT id AS organisation_id, name, slug, country, NULL::uuid AS id, NULL AS ref, NULL AS title, NULL AS contact FROM organisation WHERE slug = $1';

/** To whom a letter goes; undefined for a practice that the actor does not read or that belongs to no member, and for an unknown slug. */
export async function findAddressee(sql: Sql, actor: Actor, { practice, organisation }: AddresseeQuery): Promise<Addressee | undefined> {
  const row = practice === undefined ? await sql.row<AddresseeRow>(CITY, [organisation]) : await sql.row<AddresseeRow>(CITY_OF_PRACTICE, [practice, ...readerOf(actor)]);
  if (!row) return undefined;
  const about = row.id && row.ref && row.title ? { id: row.id, ref: row.ref, title: row.title, contact: row.contact } : null;
  return { organisationId: row.organisation_id, name: row.name, slug: row.slug, country: row.country, practice: about };
}

/** What stands under an id that was not free: the same request is a retry. @throws IdReused for anything else. */
export function assertSameRequest(stored: { request_hash: Buffer; person: string } | undefined, actor: Actor, hash: Buffer): void {
  if (!stored || stored.person !== actor.personId || !stored.request_hash.equals(hash)) throw new IdReused();
}
