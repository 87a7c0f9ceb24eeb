import { inForce } from '../platform/index.js';

const SUSPENSIONS = `
  coalesce((SELECT jsonb_agg(jsonb_build_object('from', u.valid_from, 'to', u.valid_to, 'reason', u.reason) ORDER BY u.valid_from) FROM mandate_suspension u WHERE u.mandate_id = m.id), '[]')`;

/** Where a mandate stands today. SQL; `m` is the mandate. */
export const MANDATE_STATE = `
  CASE WHEN m.valid_to < current_date THEN 'ended' WHEN m.valid_from > current_date THEN 'future' WHEN ${inForce('m')} THEN 'in-force' ELSE 'suspended' END`;

const MANDATES = `
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'function', m.function, 'organisation', jsonb_build_object('slug', o.slug, 'name', o.name, 'country', o.country), 'from', m.valid_from, 'to', m.valid_to, 'themes', m.themes,
    'state', ${MANDATE_STATE}, 'version', m.version, 'suspensions', ${SUSPENSIONS},
    'handOver', (SELECT jsonb_build_object('to', s.function, 'takenAt', h.taken_at) FROM hand_over h JOIN mandate s ON s.id = h.to_mandate_id WHERE h.from_mandate_id = m.id)) ORDER BY m.valid_from DESC NULLS LAST, m.id), '[]')
  FROM mandate m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = p.id`;

/** $1 person or null, $2 words that name, address, function or city must hold, $3 role, $4 state of a mandate, $5 and $6 place after which to go on, $7 how many. */
export const PEOPLE = `
  SELECT p.id, a.id AS "accountId", p.name, a.email, a.role, a.last_visit_at AS "lastVisitAt", (${MANDATES}) AS mandates,
    jsonb_build_object('totp', EXISTS (SELECT 1 FROM totp f WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL), 'passkeys', (SELECT count(*) FROM passkey f WHERE f.account_id = a.id)) AS factors
  FROM account a JOIN person p ON p.id = a.person_id
  WHERE a.disabled_at IS NULL AND ($1::uuid IS NULL OR p.id = $1) AND ($3::text IS NULL OR a.role = $3)
    AND unaccent(lower(p.name || ' ' || a.email || ' ' || coalesce((SELECT string_agg(m.function || ' ' || o.name || ' ' || o.country_name, ' ') FROM mandate m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = p.id), ''))) LIKE ALL ($2::text[])
    AND ($4::text IS NULL OR EXISTS (SELECT 1 FROM mandate m WHERE m.person_id = p.id AND ${MANDATE_STATE} = $4))
    AND ($5::text IS NULL OR (p.name, p.id) > ($5, $6::uuid))
  ORDER BY p.name, p.id LIMIT $7`;

/** Who holds an office of the same organisation now or soon, apart from the person who leaves. $1 mandate. */
export const SUCCESSORS = `
  SELECT m.id AS "mandateId", m.function, p.name FROM mandate f JOIN mandate m ON m.organisation_id = f.organisation_id AND m.person_id <> f.person_id JOIN person p ON p.id = m.person_id
  JOIN account a ON a.person_id = p.id AND a.disabled_at IS NULL AND a.role <> 'guest'
  WHERE f.id = $1 AND (m.valid_to IS NULL OR m.valid_to >= current_date) ORDER BY (m.function = f.function) DESC, m.valid_from DESC NULLS LAST, m.id LIMIT 50`;
