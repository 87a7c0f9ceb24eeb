import { type Actor, inForce, isGuest, NotFound } from '../platform/index.js';

const inOffice = (organisation: string) => `SELECT h.person_id FROM mandate h WHERE h.organisation_id = ${organisation} AND ${inForce('h')}`;
/** Organisations in which a person is in office. SQL. */
export const officesOf = (person: string) => `SELECT h.organisation_id FROM mandate h WHERE h.person_id = ${person} AND ${inForce('h')}`;

/**
 * The one rule of visibility of relays, as the side on which an account stands, or null for everybody else: who asked, while in
 * office where they asked from, and who is in office in the city that was asked. No role opens one: moderation and the
 * secretariat read it only as people of that city. SQL; `relay` and `account` are rows.
 */
export const sideOf = (relay: string, account: string) => `
  CASE WHEN ${account}.disabled_at IS NOT NULL OR ${account}.role = 'guest' THEN NULL
    WHEN ${relay}.asker_person_id = ${account}.person_id AND ${relay}.asker_organisation_id IN (${officesOf(`${account}.person_id`)}) THEN 'asker'
    WHEN ${relay}.organisation_id IN (${officesOf(`${account}.person_id`)}) THEN 'city' END`;

/** Accounts that read relay $1, by the same rule, with their side. */
export const READERS = `
  SELECT a.id, ${sideOf('r', 'a')} AS side FROM relay r JOIN account a ON a.person_id = r.asker_person_id OR a.person_id IN (${inOffice('r.organisation_id')})
  WHERE r.id = $1 AND ${sideOf('r', 'a')} IS NOT NULL ORDER BY a.id`;

/** @throws NotFound for guests, who write to no city: absent and hidden look the same. */
export function assertMember(actor: Actor): void {
  if (isGuest(actor)) throw new NotFound();
}
