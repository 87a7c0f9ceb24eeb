import { FEES, SEATS_PER_STATE, TERRITORIES } from '@passerelle/contract';
import { inForce, isStaff, preparesOnly } from '../platform/index.js';

const quoted = (codes: readonly string[]) => codes.map((code) => `'${code}'`).join(', ');
/** The State of a country code: some territories have one of their own. SQL; `column` is its place. */
export const stateOf = (column: string) =>
  `CASE ${Object.entries(TERRITORIES).map(([code, state]) => `WHEN ${column} = '${code}' THEN '${state}'`).join(' ')} ELSE ${column} END`;

/** Member cities of a State. A suspended city keeps its seat: it comes back to it. SQL; `state` is the place of a country code, not to be taken for a column of `c`. */
export const seatsTaken = (state: string) => `(
  SELECT count(DISTINCT c.id) FROM organisation c JOIN membership s ON s.organisation_id = c.id
  WHERE c.kind = 'city' AND s.state IN ('member','suspended') AND (s.valid_to IS NULL OR s.valid_to >= current_date) AND ${stateOf('c.country')} = ${state})`;

/** A candidate takes a seat when it is a city that asks to be a full member. SQL. */
const TAKES_SEAT = `(o.kind = 'city' AND a.sought = 'member')`;
/** The capital that is asked: none for the capital itself, nor where it is not in the network. */
const CAPITAL = `LEFT JOIN organisation k ON k.capital AND k.country = ${stateOf('o.country')} AND k.id <> o.id`;
export const FROM = `FROM accession a JOIN organisation o ON o.id = a.organisation_id ${CAPITAL}`;

/** What a list and a page show of each; `version`, ids and what the policy needs come with it. */
export const COLUMNS = `
  a.id, jsonb_build_object('slug', o.slug, 'name', o.name, 'kind', o.kind, 'country', o.country) AS organisation, a.sought, a.state, a.opened_at AS "openedAt", a.version,
  (SELECT max(d.decided_on) FROM accession_decision d WHERE d.accession_id = a.id) AS "decidedOn",
  CASE WHEN ${TAKES_SEAT} THEN jsonb_build_object('country', ${stateOf('o.country')}, 'taken', ${seatsTaken(stateOf('o.country'))}, 'of', ${SEATS_PER_STATE}) END AS seats`;

/** What the page and each act decide on. */
export const FACTS = `
  a.organisation_id AS "organisationId", o.capital AS "isCapital", k.id AS "capitalId", k.slug AS "capitalSlug", k.name AS "capitalName", a.opinion_asked_at AS "askedAt", a.opinion, a.opinion_words AS words, a.opinion_by AS by,
  a.opinion_on AS on, a.opinion_by_letter AS letter, NOT EXISTS (SELECT 1 FROM accession_document d WHERE d.accession_id = a.id AND d.state <> 'accepted' AND d.kind NOT IN (${quoted(FEES)})) AS "documentsComplete"`;

/** $1 accession. */
export const DOCUMENTS = `
  SELECT d.kind, d.state, CASE WHEN d.moved_at IS NOT NULL THEN jsonb_build_object('function', d.moved_function, 'at', d.moved_at) END AS moved,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'type', f.type, 'bytes', f.bytes, 'at', f.created_at, 'by', p.name) ORDER BY f.created_at, f.id)
      FROM attachment f JOIN account n ON n.id = f.owner_account_id JOIN person p ON p.id = n.person_id WHERE f.accession_document_id = d.id), '[]') AS files
  FROM accession_document d WHERE d.accession_id = $1 ORDER BY d.position`;
export const DECISIONS = `SELECT id, outcome, body, session, decided_on AS on, words FROM accession_decision WHERE accession_id = $1 ORDER BY recorded_at, id`;

/** Every State with a member or a candidate. */
export const SEATS = `
  SELECT st.country, ${seatsTaken('st.country')} AS taken, ${SEATS_PER_STATE} AS of FROM (
    SELECT DISTINCT ${stateOf('o.country')} AS country FROM organisation o WHERE o.kind = 'city'
      AND (EXISTS (SELECT 1 FROM membership m WHERE m.organisation_id = o.id AND m.state IN ('member','suspended') AND (m.valid_to IS NULL OR m.valid_to >= current_date)) OR EXISTS (SELECT 1 FROM accession a WHERE a.organisation_id = o.id))) st
  ORDER BY taken DESC, st.country`;

/** Addresses of whoever is in office in an organisation, with their language. $1 organisation, $2 only those who sign for it. */
export const IN_OFFICE = `
  SELECT DISTINCT a.email, a.interface_language AS language FROM mandate h JOIN account a ON a.person_id = h.person_id AND a.disabled_at IS NULL AND a.role <> 'guest'
  WHERE h.organisation_id = $1 AND ${inForce('h')} AND (NOT $2::boolean OR NOT ${preparesOnly('h.id', `'{}'::text[]`)})`;
export const SECRETARIAT = `SELECT a.email, a.interface_language AS language FROM account a WHERE a.role = 'administrator' AND ${isStaff('a')}`;
