import { DELEGATIONS, holds, inForce, onlyPrepares, STYLED, withoutAccess } from '../platform/index.js';

const SIDE = (mandate: string, person: string, organisation: string) => `jsonb_build_object('function', ${mandate}.function, 'name', ${person}.name, 'organisation', ${organisation}.name, 'country', ${organisation}.country)`;

/**
 * The one rule of visibility of delegations: the person of either side, as long as that mandate is in force; nobody else reads one, the
 * secretariat finds it in the record of administration. $1 person, $2 delegation or null.
 */
export const MINE = `
  SELECT dlg.id, CASE WHEN giver.person_id = $1 THEN 'given' ELSE 'held' END AS side, dlg.scope, ${SIDE('giver', 'gp', 'seat')} AS giver, ${SIDE('taker', 'tp', 'its')} AS receiver, dlg.themes, ${STYLED} AS styled, dlg.authority,
    dlg.valid_from AS "from", dlg.valid_to AS "to", CASE WHEN ${holds('dlg', 'giver', 'taker')} THEN 'in-force' WHEN dlg.ended_at IS NULL AND dlg.valid_from > current_date THEN 'future' ELSE 'ended' END AS state, dlg.ended_at AS "endedAt", dlg.version
  FROM ${DELEGATIONS} JOIN organisation seat ON seat.id = giver.organisation_id JOIN organisation its ON its.id = taker.organisation_id JOIN person gp ON gp.id = giver.person_id JOIN person tp ON tp.id = taker.person_id
  WHERE ((giver.person_id = $1 AND ${inForce('giver')}) OR (taker.person_id = $1 AND ${inForce('taker')})) AND ($2::uuid IS NULL OR dlg.id = $2)
  ORDER BY dlg.ended_at NULLS FIRST, dlg.given_at DESC, dlg.id LIMIT 100`;

/** The mandate by which the actor may give: in force, and signing in its own right. $1 mandate. */
export const GIVER = `
  SELECT m.id AS mandate, m.function, o.name AS organisation, m.valid_to AS "to", m.themes, m.organisation_id, m.person_id FROM mandate m JOIN organisation o ON o.id = m.organisation_id
  WHERE m.id = $1 AND ${inForce('m')} AND NOT ${onlyPrepares('m.id')}`;

/** Who may receive one from a mandate: those in office in its organisation who can sign in. $1 mandate. */
export const RECEIVERS = `
  SELECT t.id AS mandate, t.function, p.name FROM mandate m JOIN mandate t ON t.organisation_id = m.organisation_id AND t.person_id <> m.person_id JOIN person p ON p.id = t.person_id JOIN account a ON a.person_id = p.id AND a.disabled_at IS NULL AND a.role <> 'guest'
  WHERE m.id = $1 AND ${inForce('t')} ORDER BY t.function, p.name, t.id LIMIT 100`;

/** The receiver signs in their own right now, and the giver did not bring them in. $1 receiver, $2 giver. */
export const SIGNS_ALREADY = `
  SELECT 1 FROM mandate t JOIN mandate m ON m.id = $2 WHERE t.id = $1 AND NOT ${onlyPrepares('t.id')}
    AND NOT EXISTS (SELECT 1 FROM invitation i JOIN account a ON a.id = i.redeemed_by WHERE a.person_id = t.person_id AND i.inviter_person_id = m.person_id AND i.organisation_id = t.organisation_id)`;

/** In force, of a city, and nobody can sign in as its person. $1 words, $2 mandate or null. */
export const WITHOUT_ACCESS = `
  SELECT m.id AS mandate, m.function, p.name, o.name AS organisation, o.country, m.version FROM mandate m JOIN person p ON p.id = m.person_id JOIN organisation o ON o.id = m.organisation_id
  WHERE ${inForce('m')} AND ${withoutAccess('m')} AND o.kind = 'city' AND ($2::uuid IS NULL OR m.id = $2) AND unaccent(lower(m.function || ' ' || p.name || ' ' || o.name || ' ' || o.country_name)) LIKE ALL ($1::text[]) ORDER BY o.name, m.function, m.id LIMIT 50`;

/** Accounts on both sides of delegations of a mandate that have not ended. $1 mandate. */
export const BOTH_SIDES = `
  SELECT DISTINCT a.id FROM ${DELEGATIONS} JOIN account a ON a.person_id IN (giver.person_id, taker.person_id) AND a.disabled_at IS NULL WHERE $1 IN (giver.id, taker.id) AND dlg.ended_at IS NULL ORDER BY a.id`;

/** One as it is stored. $1 delegation. */
export const STORED = 'SELECT id, from_mandate_id, to_mandate_id, scope, themes, styled, valid_from, valid_to, ended_at, version, given_by, authority FROM delegation WHERE id = $1';
/** One is given after the other: a retry finds the first, and no two pass the bound together. */
export const IN_TURN = `SELECT pg_advisory_xact_lock(hashtext('delegations'))`;
