import { inForce, readableThread } from '../platform/index.js';

/** A hand-over with its two sides. SQL; `h` is the hand-over, `f` and `s` the mandates from and to, `o` the organisation. */
const COLUMNS = `
  h.id, CASE WHEN f.person_id = $1 THEN 'outgoing' ELSE 'incoming' END AS side, o.name AS organisation, f.function AS "from", s.function AS "to", f.valid_to AS last, h.note, h.taken_at AS "takenAt", h.version,
  f.person_id AS outgoing_person, f.organisation_id, f.function`;
const FROM = `FROM hand_over h JOIN mandate f ON f.id = h.from_mandate_id JOIN mandate s ON s.id = h.to_mandate_id JOIN organisation o ON o.id = f.organisation_id`;

/** For the two people concerned, the incoming one while in office; nobody else. $1 person, $2 hand-over or null. */
export const HAND_OVERS = `SELECT ${COLUMNS} ${FROM} WHERE (f.person_id = $1 OR (s.person_id = $1 AND ${inForce('s')})) AND ($2::uuid IS NULL OR h.id = $2) ORDER BY h.taken_at NULLS FIRST, h.opened_at DESC, h.id LIMIT 20`;

/** How many wait for a person, as a subselect. SQL; `person` is its id. */
export const waitingHandOvers = (person: string) =>
  `(SELECT count(*) FROM hand_over h JOIN mandate s ON s.id = h.to_mandate_id WHERE s.person_id = ${person} AND h.taken_at IS NULL AND ${inForce('s')})`;

const LINES_MAX = 50;

/** What the city has begun: it belongs to the city, whoever began it. $1 organisation. */
export const WORK = `
  (SELECT 'drafts' AS part, 'practice' AS kind, p.title, '/pratiques/' || p.ref AS url, p.updated_at AS at FROM practice p WHERE p.organisation_id = $1 AND p.state IN ('draft', 'submitted', 'in-review', 'to-complete', 'to-confirm') ORDER BY p.updated_at DESC LIMIT ${LINES_MAX})
  UNION ALL (SELECT 'projects', 'project', j.title, '/projets/' || j.ref, j.updated_at FROM project j WHERE j.organisation_id = $1 AND j.stage NOT IN ('finished', 'stopped') ORDER BY j.updated_at DESC LIMIT ${LINES_MAX})
  UNION ALL (SELECT 'projects', 'need', n.title, '/besoins/' || n.id, n.updated_at FROM need n WHERE n.organisation_id = $1 AND n.state NOT IN ('met', 'closed') ORDER BY n.updated_at DESC LIMIT ${LINES_MAX})`;

/** Threads that the outgoing person follows, of those that the reader reads too. SQL; $1 the outgoing person, $2 spaces and $3 threads of the reader. */
export const FOLLOWED = `
  follow w JOIN account a ON a.id = w.account_id JOIN thread t ON t.id = w.thread_id
  WHERE a.person_id = $1 AND w.level <> 'none' AND t.merged_into_id IS NULL AND ${readableThread('t', '$2', '$3')}`;

const ANSWERED = (place: string) => `EXISTS (SELECT 1 FROM post r WHERE r.thread_id = ${place}.thread_id AND r.author_organisation_id = $4 AND r.position > ${place}.position AND r.state = 'visible')`;

/** What is followed, and what waits for an answer by the city or to it. $1 the outgoing person, $2 spaces and $3 threads of the reader, $4 organisation, $5 function. */
export const THREADS = `
  (SELECT 'follows' AS part, 'thread' AS kind, t.title, '/fils/' || t.id AS url, t.last_activity_at AS at FROM ${FOLLOWED} ORDER BY t.last_activity_at DESC LIMIT ${LINES_MAX})
  UNION ALL (SELECT DISTINCT ON (p.thread_id) 'questions', 'thread', t.title, '/fils/' || t.id || '#m' || p.position, p.created_at
    FROM post_mention m JOIN post p ON p.id = m.post_id JOIN thread t ON t.id = p.thread_id
    WHERE m.organisation_id = $4 AND m.function IN ('', $5) AND p.state = 'visible' AND p.author_organisation_id <> $4 AND p.created_at > now() - interval '365 days' AND t.status <> 'closed' AND t.merged_into_id IS NULL
      AND ${readableThread('t', '$2', '$3')} AND NOT ${ANSWERED('p')} ORDER BY p.thread_id, p.position DESC LIMIT ${LINES_MAX})
  UNION ALL (SELECT 'questions', 'thread', t.title, '/fils/' || t.id, t.created_at FROM thread t
    WHERE t.author_person_id = $1 AND t.author_organisation_id = $4 AND t.naming = 'shown' AND t.kind = 'question' AND t.status = 'open' AND t.merged_into_id IS NULL AND ${readableThread('t', '$2', '$3')} ORDER BY t.created_at DESC LIMIT ${LINES_MAX})`;
