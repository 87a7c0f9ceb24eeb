import { inForce, knownSpace, readableSpace, sanctioned } from '../platform/index.js';

/** Who somebody is today, or what they are called where they hold no function. `person` is the place of an id. */
export const holderOf = (person: string) => `
  LEFT JOIN LATERAL (
    SELECT held.function, place.name, place.slug, place.country FROM mandate held JOIN organisation place ON place.id = held.organisation_id
    WHERE held.person_id = ${person} AND ${inForce('held')} ORDER BY held.valid_from DESC NULLS LAST, held.id LIMIT 1) h ON true`;
export const HOLDER = (person: string) => `coalesce(h.function, ${person}.name) AS function, coalesce(h.name, '') AS organisation, coalesce(h.slug, '') AS "organisationSlug", coalesce(h.country, '') AS country`;

// $1 is the account that asks; its rights are read with the rows, as what a session remembers may be half a minute old.
export const SPACE_FROM = 'FROM space s JOIN account a ON a.id = $1 LEFT JOIN space_member own ON own.space_id = s.id AND own.person_id = a.person_id';
export const KNOWN = knownSpace('s', 'a');
const READS = readableSpace('s', 'a');
const LATEST = `
  SELECT r.id, r.state, r.reason, r.words, r.created_at, r.answered_at FROM space_request r
  WHERE r.space_id = s.id AND r.person_id = a.person_id AND own.id IS NULL ORDER BY r.created_at DESC, r.id DESC LIMIT 1`;

export interface SpaceRow extends Record<string, unknown> {
  id: string; slug: string; nameFr: string; nameEn: string; descriptionFr: string; descriptionEn: string; access: 'open' | 'closed' | 'confidential'; theme: string | null; archived: boolean;
  memberCount: number | null; threadCount: number | null; role: 'animator' | 'member' | 'reader' | null; reads: boolean; muted: boolean; version: number; waiting: number; account_role: string;
  request_id: string | null; state: 'sent' | 'accepted' | 'declined' | 'withdrawn'; reason: string; words: string; created_at: string; answered_at: string | null;
}

export const SPACE_COLUMNS = `
  s.id, s.slug, s.name_fr AS "nameFr", s.name_en AS "nameEn", s.description_fr AS "descriptionFr", s.description_en AS "descriptionEn", s.access, s.theme_id AS theme, s.archived_at IS NOT NULL AS archived, s.version,
  a.role AS account_role, own.role, ${READS} AS reads, ${sanctioned('a.person_id', 'mute')} AS muted,
  CASE WHEN ${READS} THEN (SELECT count(*) FROM space_member m WHERE m.space_id = s.id) END AS "memberCount",
  CASE WHEN ${READS} THEN (SELECT count(*) FROM thread t WHERE t.space_id = s.id AND t.merged_into_id IS NULL) END AS "threadCount",
  (SELECT count(*) FROM space_request r WHERE r.space_id = s.id AND r.state = 'sent') AS waiting,
  r.id AS request_id, r.state, r.reason, r.words, r.created_at, r.answered_at`;
export const SPACES_WITH_REQUEST = `${SPACE_FROM} LEFT JOIN LATERAL (${LATEST}) r ON true`;
