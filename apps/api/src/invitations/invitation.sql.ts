import { readableThread } from '../platform/index.js';

/** `i` is the invitation. */
export const STATE = `CASE WHEN i.redeemed_at IS NOT NULL THEN 'redeemed' WHEN i.revoked_at IS NOT NULL THEN 'revoked' WHEN i.expires_at <= now() OR i.mandate_until < current_date THEN 'expired' ELSE 'pending' END`;

const COLUMNS = `
  i.id, i.email, i.language, i.role, jsonb_build_object('slug', o.slug, 'name', o.name, 'country', o.country) AS organisation, i.function, i.mandate_until AS "mandateUntil",
  CASE WHEN s.id = ANY($4::uuid[]) THEN jsonb_build_object('slug', s.slug, 'fr', s.name_fr, 'en', s.name_en) END AS space, CASE WHEN ${readableThread('t', '$4', '$5')} THEN jsonb_build_object('id', t.id, 'title', t.title) END AS thread,
  i.inviter_function || ', ' || b.name AS "invitedBy", ${STATE} AS state, i.sent_count AS "sentCount", i.created_at AS "createdAt", i.expires_at AS "expiresAt", i.redeemed_at AS "redeemedAt"`;
const FROM = `FROM invitation i JOIN organisation o ON o.id = i.organisation_id JOIN organisation b ON b.id = i.inviter_organisation_id LEFT JOIN space s ON s.id = i.space_id LEFT JOIN thread t ON t.id = i.thread_id`;

/**
 * The secretariat sees all, a city those into its own offices; nobody those into places that they don't read, but for whoever sent them, who may
 * take them back without being told where they lead. $1 whether all, $2 organisation, $3 id or null, $4 and $5 spaces and threads that the reader
 * reads, $6 the reader, $7 the last one of the page before, $8 how many.
 */
export const INVITATIONS = `
  SELECT ${COLUMNS} ${FROM} WHERE ($1::boolean OR i.organisation_id = $2) AND ($3::uuid IS NULL OR i.id = $3) AND (i.inviter_person_id = $6 OR ((i.space_id IS NULL OR i.space_id = ANY($4::uuid[])) AND (i.thread_id IS NULL OR ${readableThread('t', '$4', '$5')})))
    AND ($7::uuid IS NULL OR (i.created_at, i.id) < (SELECT p.created_at, p.id FROM invitation p WHERE p.id = $7))
  ORDER BY i.created_at DESC, i.id DESC LIMIT $8`;

/** $1 hash of the token. */
export const OPENED = `
  SELECT i.id, i.email, i.language, i.role, i.function, i.organisation_id, o.name AS organisation, i.inviter_function, b.name AS inviter_organisation, i.inviter_person_id, i.space_id, s.slug AS space_slug, s.name_fr, s.name_en, i.thread_id, t.title AS thread, t.space_id AS thread_space, ts.slug AS thread_space_slug, i.redeemed_at > now() - interval '1 hour' AS just_redeemed, i.note, i.mandate_until, i.expires_at, ${STATE} AS state, i.redeemed_by
  ${FROM} LEFT JOIN space ts ON ts.id = t.space_id WHERE i.token_hash = $1`;
