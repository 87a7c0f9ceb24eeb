import { inForce, readableThread } from '../../platform/index.js';

/** `l` is the link, `s` its space. It leads somewhere while whoever made it is in office and no door has closed: the name of a confidential space is for those alone who belong to it. */
export const LINK_STATE = `CASE WHEN l.revoked_at IS NOT NULL THEN 'revoked' WHEN l.expires_at <= now() OR l.mandate_until < current_date THEN 'expired' WHEN l.used_count >= l.uses_max THEN 'used'
  WHEN NOT EXISTS (SELECT 1 FROM mandate m WHERE m.id = l.inviter_mandate_id AND ${inForce('m')}) OR s.access = 'confidential' OR s.archived_at IS NOT NULL OR EXISTS (SELECT 1 FROM space ts WHERE ts.id = t.space_id AND ts.access = 'confidential') THEN 'closed' ELSE 'open' END`;
const FROM = `FROM invitation_link l JOIN organisation o ON o.id = l.organisation_id JOIN organisation b ON b.id = l.inviter_organisation_id LEFT JOIN space s ON s.id = l.space_id LEFT JOIN thread t ON t.id = l.thread_id`;

/** The secretariat sees all, a city those into its own offices; nobody those into places that they don't read. $1 whether all, $2 organisation, $3 id or null, $4 and $5 spaces and threads that the reader reads, $6 the reader. */
export const LINKS = `
  SELECT l.id, l.role, jsonb_build_object('slug', o.slug, 'name', o.name) AS organisation, l.function, CASE WHEN s.id IS NOT NULL THEN jsonb_build_object('slug', s.slug, 'fr', s.name_fr, 'en', s.name_en) END AS space,
    CASE WHEN t.id IS NOT NULL THEN jsonb_build_object('id', t.id, 'title', t.title) END AS thread, ${LINK_STATE} AS state, l.uses_max AS "usesMax", l.used_count AS "usedCount", l.created_at AS "createdAt", l.expires_at AS "expiresAt",
    l.inviter_function || ', ' || b.name AS "invitedBy", CASE WHEN l.inviter_person_id = $6 THEN l.token_sealed END AS sealed
  ${FROM} WHERE ($1::boolean OR l.organisation_id = $2) AND ($3::uuid IS NULL OR l.id = $3) AND (l.space_id IS NULL OR l.space_id = ANY($4::uuid[])) AND (l.thread_id IS NULL OR ${readableThread('t', '$4', '$5')})
  ORDER BY l.created_at DESC, l.id DESC LIMIT 100`;

/** $1 hash of the token. */
export const OPENED_LINK = `
  SELECT l.id, l.language, l.role, l.function, l.mandate_until, l.organisation_id, o.slug AS organisation_slug, o.name AS organisation, l.inviter_function, b.name AS inviter_organisation, b.slug AS inviter_slug, b.country AS inviter_country, l.inviter_organisation_id, l.inviter_person_id, l.inviter_mandate_id,
    l.space_id, s.slug AS space_slug, s.name_fr, s.name_en, l.thread_id, t.title AS thread, ts.slug AS thread_space_slug, l.note, l.expires_at, ${LINK_STATE} AS state
  ${FROM} LEFT JOIN space ts ON ts.id = t.space_id WHERE l.token_hash = $1`;
