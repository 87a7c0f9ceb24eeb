import { visibleEntry } from '../audit/index.js';

const placeOf = (at: string) => `to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Ids under which a person, or everybody of a city, stands in lines. $1 words that a name must hold or null, $2 slug of a city or null. */
export const NAMED_IDS = `
  WITH named AS (
    SELECT p.id FROM person p
    WHERE ($1::text[] IS NULL OR unaccent(lower(p.name)) LIKE ALL ($1))
      AND ($2::text IS NULL OR EXISTS (SELECT 1 FROM mandate m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = p.id AND o.slug = $2)))
  SELECT id::text AS id FROM named
  UNION ALL SELECT a.id::text FROM account a WHERE a.person_id IN (SELECT id FROM named)
  UNION ALL SELECT i.id::text FROM invitation i JOIN account a ON a.id = i.redeemed_by WHERE a.person_id IN (SELECT id FROM named)`;

// The person to whom it was done. The clock and operators are nobody.
const PERSON_ID = `coalesce(e.detail ->> 'person', CASE e.subject_kind
  WHEN 'person' THEN e.subject_id
  WHEN 'account' THEN (SELECT a.person_id::text FROM account a WHERE a.id::text = e.subject_id)
  WHEN 'mandate' THEN (SELECT m.person_id::text FROM mandate m WHERE m.id::text = e.subject_id)
  WHEN 'hand-over' THEN (SELECT m.person_id::text FROM hand_over h JOIN mandate m ON m.id = h.from_mandate_id WHERE h.id::text = e.subject_id)
  WHEN 'invitation' THEN (SELECT a.person_id::text FROM invitation i JOIN account a ON a.id = i.redeemed_by WHERE i.id::text = e.subject_id) END)`;

const NAME = `CASE e.subject_kind
  WHEN 'account' THEN about.name WHEN 'person' THEN about.name
  WHEN 'space' THEN (SELECT CASE $10 WHEN 'en' THEN s.name_en ELSE s.name_fr END FROM space s WHERE s.id::text = e.subject_id)
  WHEN 'thread' THEN (SELECT t.title FROM thread t WHERE t.id::text = e.subject_id)
  WHEN 'post' THEN (SELECT t.title FROM post x JOIN thread t ON t.id = x.thread_id WHERE x.id::text = e.subject_id)
  WHEN 'case' THEN (SELECT c.year || '-' || lpad(c.number::text, 3, '0') FROM moderation_case c WHERE c.id::text = e.subject_id)
  WHEN 'mandate' THEN (SELECT m.function || ', ' || o.name FROM mandate m JOIN organisation o ON o.id = m.organisation_id WHERE m.id::text = e.subject_id)
  WHEN 'hand-over' THEN (SELECT m.function || ', ' || o.name FROM hand_over h JOIN mandate m ON m.id = h.from_mandate_id JOIN organisation o ON o.id = m.organisation_id WHERE h.id::text = e.subject_id)
  WHEN 'invitation' THEN (SELECT i.function || ', ' || o.name FROM (SELECT id, function, organisation_id FROM invitation UNION ALL SELECT id, function, organisation_id FROM invitation_link) i JOIN organisation o ON o.id = i.organisation_id WHERE i.id::text = e.subject_id)
  WHEN 'watch-rule' THEN (SELECT w.name FROM watch_rule w WHERE w.id::text = e.subject_id) END`;

const URL = `CASE e.subject_kind
  WHEN 'account' THEN '/administration/personnes/' || about.id WHEN 'person' THEN '/administration/personnes/' || about.id
  WHEN 'space' THEN (SELECT '/espaces/' || s.slug FROM space s WHERE s.id::text = e.subject_id)
  WHEN 'thread' THEN '/fils/' || e.subject_id
  WHEN 'post' THEN (SELECT '/fils/' || x.thread_id FROM post x WHERE x.id::text = e.subject_id)
  WHEN 'case' THEN '/moderation/' || e.subject_id END`;

/**
 * Lines that match, from the newest on. $1 account of the reader, $2 act, $3 ids of which one stands in the line or null, $4 first day, $5 last day, $6 reference,
 * $7 and $8 the line after which to go on, $9 how many.
 */
const MATCHING = `
  SELECT e.* FROM audit_entry e JOIN account reader ON reader.id = $1 AND ${visibleEntry('e', 'reader')}
  WHERE ($2::text IS NULL OR e.act = $2)
    AND ($3::text[] IS NULL OR e.actor_person_id::text = ANY($3) OR e.subject_id = ANY($3) OR e.detail ->> 'person' = ANY($3) OR e.detail ->> 'invitation' = ANY($3))
    AND ($4::date IS NULL OR e.at >= $4::date::timestamp AT TIME ZONE 'UTC') AND ($5::date IS NULL OR e.at < ($5::date + 1)::timestamp AT TIME ZONE 'UTC')
    AND ($6::text IS NULL OR e.id::text = $6 OR e.subject_id = $6 OR e.actor_person_id::text = $6 OR EXISTS (SELECT 1 FROM jsonb_each_text(e.detail) d WHERE d.value = $6)
      OR (e.subject_kind = 'case' AND EXISTS (SELECT 1 FROM moderation_case c WHERE c.id::text = e.subject_id AND c.year || '-' || lpad(c.number::text, 3, '0') = $6)))
    AND ($7::timestamptz IS NULL OR (e.at, e.id) < ($7, $8::uuid))
  ORDER BY e.at DESC, e.id DESC LIMIT $9`;

export const COUNT = `SELECT count(*)::int AS count FROM (${MATCHING}) m`;

/** The same as `AuditLineView`. $10 language of the reader. The place of a line is exact to the microsecond, as text. */
export const LINES = `
  SELECT e.id, e.at, ${placeOf('e.at')} AS place, e.act, e.detail,
    jsonb_build_object('person', CASE WHEN actor.id IS NULL THEN NULL ELSE jsonb_build_object('id', actor.id, 'name', actor.name) END, 'function', e.actor_function) AS actor,
    jsonb_build_object('kind', e.subject_kind, 'id', e.subject_id, 'name', ${NAME}, 'url', ${URL}) AS subject,
    CASE WHEN about.id IS NULL THEN NULL ELSE jsonb_build_object('id', about.id, 'name', about.name) END AS person
  FROM (${MATCHING}) e
  LEFT JOIN person actor ON actor.id = e.actor_person_id
  LEFT JOIN person about ON about.id::text = ${PERSON_ID}
  ORDER BY e.at DESC, e.id DESC`;

/** The moment, as the place of a line that nobody has written yet. */
export const NOW = `SELECT ${placeOf('clock_timestamp()')} AS now`;
