import { HELD_LATE_HOURS } from '@passerelle/contract';
import { actsToday, readableSpace, readableThread } from '../../platform/index.js';
import { visibleCase } from '../case-store.js';
import { CASE_COLUMNS, CASE_JOINS, caseFilter } from '../moderation.sql.js';
import { visibleNewcomer } from './newcomers.js';

const MESSAGES_SHOWN = 3;
const OPENING = 600;

// $1 account, $2 person, $3 organisation, $4 and $5 what may be read, $6 which, $7 kind; where not null $8 space, $9 days at least, $10 about, $11 measure, $12 whose.
// Each kind under its own rule of visibility: cases as their desk, practices and newcomers for moderation.
const ENTRIES = `
  SELECT 'case' AS type, CASE WHEN c.kind = 'appeal' THEN 'appeal' WHEN c.target_kind = 'held' THEN 'held' ELSE 'report' END AS kind, c.id, c.state = 'open' AS open, CASE WHEN c.state = 'open' THEN c.opened_at ELSE c.decided_at END AS at,
    c.claimed_by IS NULL AS free, coalesce(c.claimed_by = $2, c.given_to = $2, false) AS mine,
    c.kind = 'report' AND c.target_kind = 'held' AND c.state = 'open' AND c.opened_at < now() - interval '${HELD_LATE_HOURS} hours' AS late
  FROM moderation_case c JOIN account a ON a.id = $1 LEFT JOIN space es ON es.id = c.space_id
  WHERE ${visibleCase('c', 'a')} AND ($8::text IS NULL OR (es.slug = $8 AND ${readableSpace('es', 'a')})) AND ${caseFilter({ target: '$10', measure: '$11', moderator: '$12', days: '$9' })}
  UNION ALL
  SELECT 'practice', 'practice', p.id, true, p.state_at, p.reviewer_person_id IS NULL, coalesce(p.reviewer_person_id = $2, false), coalesce(p.due_at < now(), false)
  FROM practice p JOIN account a ON a.id = $1
  WHERE a.role IN ('moderator', 'administrator') AND ${actsToday('$2')} AND p.state IN ('submitted', 'in-review') AND p.organisation_id IS DISTINCT FROM $3::uuid
    AND $8::text IS NULL AND $10::text IS NULL AND $11::text IS NULL AND ($12::uuid IS NULL OR p.reviewer_person_id = $12) AND ($9::int IS NULL OR p.state_at < now() - make_interval(days => $9))
  UNION ALL
  SELECT 'newcomer', 'newcomer', n.id, k.seen_at IS NULL, coalesce(k.seen_at, n.created_at), k.claimed_by IS NULL, coalesce(k.claimed_by = $2, false), false
  FROM account n JOIN account a ON a.id = $1 LEFT JOIN newcomer_mark k ON k.account_id = n.id
  WHERE ${visibleNewcomer('n', 'a')}
    AND $8::text IS NULL AND $10::text IS NULL AND $11::text IS NULL AND ($12::uuid IS NULL OR k.claimed_by = $12 OR k.seen_by = $12) AND ($9::int IS NULL OR n.created_at < now() - make_interval(days => $9))`;
const WHICH = `CASE $6::text WHEN 'decided' THEN NOT e.open WHEN 'mine' THEN e.open AND e.mine WHEN 'free' THEN e.open AND e.free ELSE e.open END`;
const OF_KIND = '($7::text IS NULL OR e.kind = $7)';

const CLAIM = (person: string, at: string) => `CASE WHEN ${person} IS NOT NULL THEN jsonb_build_object('name', (SELECT name FROM person WHERE id = ${person}), 'mine', ${person} = $2, 'at', ${at}) END`;
const PRACTICE = `
  SELECT jsonb_build_object('ref', q.ref, 'title', q.title, 'city', q.city_name, 'country', q.country, 'since', q.state_at, 'dueAt', q.due_at, 'claimedBy', ${CLAIM('q.reviewer_person_id', 'q.state_at')}) AS practice
  FROM practice q WHERE g.type = 'practice' AND q.id = g.id`;
/** $2, $4 and $5 as above. SQL; `which` is a condition on the account `n`. */
const newcomer = (which: string) => `
  SELECT jsonb_build_object('id', n.id, 'role', n.role, 'function', coalesce(m.function, np.name), 'organisation', coalesce(m.name, ''), 'country', coalesce(m.country, ''), 'joinedAt', n.created_at, 'seen', k.seen_at IS NOT NULL, 'claimedBy', ${CLAIM('k.claimed_by', 'k.claimed_at')},
      'invitedBy', (SELECT jsonb_build_object('function', i.inviter_function, 'organisation', io.name) FROM invitation i JOIN organisation io ON io.id = i.inviter_organisation_id WHERE i.redeemed_by = n.id ORDER BY i.redeemed_at LIMIT 1),
      'messages', coalesce((SELECT jsonb_agg(jsonb_build_object('id', f.id, 'title', f.title, 'text', left(f.body, ${OPENING}), 'url', '/fils/' || f.thread_id || '#m' || f.position, 'at', f.created_at) ORDER BY f.created_at)
        FROM (SELECT fp.id, ft.title, fp.body, fp.thread_id, fp.position, fp.created_at FROM post fp JOIN thread ft ON ft.id = fp.thread_id
              WHERE fp.author_person_id = n.person_id AND fp.state = 'visible' AND ft.naming = 'shown' AND ${readableThread('ft', '$4', '$5')} ORDER BY fp.created_at LIMIT ${MESSAGES_SHOWN}) f), '[]')) AS newcomer
  FROM account n JOIN account a ON a.id = $1 JOIN person np ON np.id = n.person_id LEFT JOIN newcomer_mark k ON k.account_id = n.id
    LEFT JOIN LATERAL (SELECT nm.function, o.name, o.country FROM mandate nm JOIN organisation o ON o.id = nm.organisation_id WHERE nm.person_id = n.person_id ORDER BY nm.valid_to DESC NULLS FIRST, nm.id LIMIT 1) m ON true
  WHERE ${which}`;

/** A page of all that waits in one statement: the oldest first, of what is decided the newest. $13 and $14 the place after which, $15 limit. */
export const QUEUE = `
  WITH g AS MATERIALIZED (
    SELECT * FROM (SELECT e.type, e.id, CASE WHEN $6 = 'decided' THEN -1 ELSE 1 END * (extract(epoch FROM e.at) * 1000000)::bigint AS key FROM (${ENTRIES}) e WHERE ${WHICH} AND ${OF_KIND}) k
    WHERE $13::bigint IS NULL OR (k.key, k.id) > ($13, $14::uuid) ORDER BY k.key, k.id LIMIT $15)
  SELECT g.type, g.key, g.id AS entry, x.practice, y.newcomer, ${CASE_COLUMNS}
  FROM g LEFT JOIN moderation_case c ON g.type = 'case' AND c.id = g.id ${CASE_JOINS} LEFT JOIN LATERAL (${PRACTICE}) x ON true LEFT JOIN LATERAL (${newcomer(`g.type = 'newcomer' AND n.id = g.id`)}) y ON true
  ORDER BY g.key, g.id`;

/** How many: of the kind that was asked for by state, and in the state that was asked for by kind. */
export const QUEUE_COUNTS = `
  SELECT count(*) FILTER (WHERE e.open AND ${OF_KIND}) AS "all", count(*) FILTER (WHERE e.open AND e.mine AND ${OF_KIND}) AS mine, count(*) FILTER (WHERE e.open AND e.free AND ${OF_KIND}) AS free,
    ${(['report', 'appeal', 'held', 'practice', 'newcomer'] as const).map((kind) => `count(*) FILTER (WHERE e.kind = '${kind}' AND ${WHICH}) AS ${kind}`).join(', ')},
    count(*) FILTER (WHERE e.late AND e.kind = 'held') AS late, min(e.at) FILTER (WHERE e.open AND ${OF_KIND}) AS oldest,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) ORDER BY p.name, p.id) FROM person p WHERE p.id IN (SELECT h.person_id FROM account h WHERE h.role IN ('moderator', 'administrator') AND h.disabled_at IS NULL)), '[]') AS moderators
  FROM (${ENTRIES}) e WHERE $4::uuid[] IS NOT NULL AND $5::uuid[] IS NOT NULL`;

/** $1 account, $2 person, $3 newcomer, $4 and $5 what may be read. */
export const NEWCOMER = newcomer(`n.id = $3 AND ${visibleNewcomer('n', 'a')}`);
