import { UNDO_MINUTES } from '@passerelle/contract';
import { inOffice, readableSpace, readableThread } from '../platform/index.js';
import { BAR_COLUMNS, idOf, visibleCase, WITHHELD } from './case-store.js';
import { SEEN_THREAD } from './replaced-words.js';

/**
 * Title and place of what a case is about: of a message its thread's, for those who read that now. SQL; `c` is the case, `reads` whether the thread `t` is read.
 * A thread that was reported itself shows its title to whoever decides on it.
 */
const target = (reads: string, decides = false) => `
  coalesce(CASE WHEN ${reads}${decides ? ` OR c.target_kind = 'thread'` : ''} THEN t.title END, he.title, pr.title, ma.function || ', ' || mo.name, CASE WHEN c.target_kind = 'page' THEN c.target_id END, '') AS title, CASE WHEN t.id IS NOT NULL AND NOT ${reads} THEN NULL WHEN po.id IS NOT NULL THEN '/fils/' || t.id || '#m' || po.position WHEN t.id IS NOT NULL THEN '/fils/' || t.id WHEN pr.id IS NOT NULL THEN '/pratiques/' || pr.ref WHEN mo.id IS NOT NULL THEN '/villes/' || mo.slug WHEN c.target_kind = 'page' THEN c.target_id END AS url`;
// Cast the way that the keys of the tables can be looked up; only what is of that kind is an id of it.
const TARGET_FROM = `
  LEFT JOIN post po ON po.id = ${idOf('post')} LEFT JOIN held_post he ON he.id = ${idOf('held')} LEFT JOIN thread t ON t.id = coalesce(po.thread_id, ${idOf('thread')}, he.thread_id, he.id) LEFT JOIN practice pr ON pr.id = ${idOf('practice')}
  LEFT JOIN mandate ma ON ma.id = ${idOf('profile')} LEFT JOIN organisation mo ON mo.id = ma.organisation_id`;
/** Somebody reads the thread `t`. SQL; the place of the id of a person. */
const readsThread = (person: string) => `EXISTS (SELECT 1 FROM account ra JOIN space rs ON rs.id = t.space_id WHERE ra.person_id = ${person} AND ${readableSpace('rs', 'ra')})`;
/** The version of the thing, as seenOf() reads it: of a thread with the message that is shown of it. */
const SEEN = `CASE WHEN po.id IS NOT NULL THEN po.version WHEN c.target_kind = 'thread' THEN ${SEEN_THREAD('t')} WHEN pr.id IS NOT NULL THEN pr.version WHEN ma.id IS NOT NULL THEN ('x' || substr(md5(ma.function), 1, 7))::bit(28)::int END`;
const NUMBER = `c.year || '-' || lpad(c.number::text, 3, '0') AS number`;

/** What is shown of a case. SQL; `c` is the case, $2 the person. */
export const CASE_COLUMNS = `
  c.id, ${NUMBER}, c.kind, c.target_kind, c.target_id, ${target(readsThread('$2'), true)}, c.state, c.version, c.opened_at, c.claimed_by, c.claimed_at, c.given_to, c.author_person_id, c.space_id, coalesce(t.naming, he.proposal -> 'thread' ->> 'naming', 'shown') AS naming, c.caught, CASE WHEN po.id IS NOT NULL THEN po.thread_id WHEN c.target_kind = 'thread' THEN t.id END AS thread_id, po.position, t.space_id AS now_in, ${SEEN} AS seen, left(po.body, 600) AS opening, coalesce((SELECT la.interface_language FROM account la WHERE la.person_id = c.author_person_id LIMIT 1), 'fr') AS language, CASE WHEN sp.id IS NOT NULL THEN jsonb_build_object('slug', sp.slug, 'fr', sp.name_fr, 'en', sp.name_en) END AS space,
    (SELECT name FROM person WHERE id = c.claimed_by) AS claimer, (SELECT count(DISTINCT coalesce(r.reporter_account_id, r.id)) FROM report r WHERE r.case_id = c.id) AS reports, (SELECT reason FROM report r WHERE r.case_id = c.id ORDER BY created_at LIMIT 1) AS reason, ${BAR_COLUMNS('$2')}`;
/** What CASE_COLUMNS are drawn from, beside the case. Which space it stands in is told to those who read it. */
export const CASE_JOINS = `${TARGET_FROM} LEFT JOIN account sa ON sa.person_id = $2 LEFT JOIN space sp ON sp.id = coalesce(t.space_id, c.space_id) AND ${readableSpace('sp', 'sa')}`;
/** Of cases, where not null: what they are about, the measure, whose they are, how many days they have waited at least. SQL; places of values. */
export const caseFilter = ({ target, measure, moderator, days }: Record<'target' | 'measure' | 'moderator' | 'days', string>) => `
  (${target}::text IS NULL OR c.target_kind = ${target}) AND (${measure}::text IS NULL OR EXISTS (SELECT 1 FROM moderation_decision d WHERE d.case_id = c.id AND d.undone_at IS NULL AND d.measure = ${measure}))
  AND (${moderator}::uuid IS NULL OR c.claimed_by = ${moderator} OR c.given_to = ${moderator} OR EXISTS (SELECT 1 FROM moderation_decision d WHERE d.case_id = c.id AND d.undone_at IS NULL AND d.decided_by = ${moderator}))
  AND (${days}::int IS NULL OR c.opened_at < now() - make_interval(days => ${days}))`;

/** $1 account, $2 person, $3 case or null, $4 which; of them, where not null, $5 about, $6 space, $7 measure, $8 whose, $9 days at least. The oldest first; of what is decided the newest. */
export const CASES = `
  SELECT ${CASE_COLUMNS}
  FROM moderation_case c JOIN account a ON a.id = $1 ${CASE_JOINS}
  WHERE ${visibleCase('c', 'a')} AND ($3::uuid IS NULL OR c.id = $3)
    AND ($3::uuid IS NOT NULL OR CASE $4::text WHEN 'decided' THEN c.state = 'decided' WHEN 'mine' THEN c.state = 'open' AND (c.claimed_by = $2 OR (c.given_to = $2 AND c.claimed_by IS NULL)) WHEN 'free' THEN c.state = 'open' AND c.claimed_by IS NULL ELSE c.state = 'open' END)
    AND ($6::text IS NULL OR sp.slug = $6) AND ${caseFilter({ target: '$5', measure: '$7', moderator: '$8', days: '$9' })}
  ORDER BY CASE WHEN c.state = 'open' THEN c.opened_at END, c.decided_at DESC LIMIT 100`;

/** $1 person: whether they animate a confidential space. */
export const ANIMATES = `SELECT 1 FROM space_member an JOIN space s ON s.id = an.space_id AND s.access = 'confidential' WHERE an.person_id = $1 AND an.role = 'animator' AND ${inOffice('an.person_id')} LIMIT 1`;

/** $1 account, $2 person. */
export const CASE_COUNTS = `
  SELECT count(*) AS "all", count(*) FILTER (WHERE c.claimed_by = $2 OR (c.given_to = $2 AND c.claimed_by IS NULL)) AS mine, count(*) FILTER (WHERE c.claimed_by IS NULL) AS free, min(c.opened_at) AS oldest,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) ORDER BY p.name, p.id) FROM person p WHERE p.id IN (SELECT h.person_id FROM account h WHERE h.role IN ('moderator', 'administrator') AND h.disabled_at IS NULL)), '[]') AS moderators
  FROM moderation_case c JOIN account a ON a.id = $1 WHERE c.state = 'open' AND ${visibleCase('c', 'a')}`;

/** What happened in a thread that withholds names says who wrote there. */
const NAMED_CASE = `NOT ${WITHHELD}`;

/** $1 case. Who reported it, in which function. */
export const REPORTS = `
  SELECT r.reason, r.text, r.created_at AS at, r.reporter_account_id IS NULL AS visitor, CASE WHEN m.function IS NOT NULL THEN jsonb_build_object('function', m.function, 'organisation', m.name, 'country', m.country) END AS by
  FROM report r LEFT JOIN account a ON a.id = r.reporter_account_id
  LEFT JOIN LATERAL (SELECT m.function, o.name, o.country FROM mandate m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = a.person_id ORDER BY m.valid_to DESC NULLS FIRST, m.id LIMIT 1) m ON true
  WHERE r.case_id = $1 ORDER BY r.created_at LIMIT 100`;

/** $1 person, $2 case, $3 account: what of the author's past the reader may know of, here as elsewhere. */
export const AUTHOR = `
  SELECT coalesce(m.function, '') AS function, coalesce(m.name, '') AS organisation, coalesce(m.country, '') AS country, m.valid_to AS "mandateUntil",
    (SELECT count(*) FROM post p JOIN thread t ON t.id = p.thread_id JOIN space s ON s.id = t.space_id JOIN account a ON a.id = $3 WHERE p.author_person_id = $1 AND p.state = 'visible' AND t.naming = 'shown' AND ${readableSpace('s', 'a')}) AS messages,
    (SELECT count(*) FROM report r JOIN moderation_case c ON c.id = r.case_id JOIN account a ON a.id = $3 WHERE c.author_person_id = $1 AND c.id <> $2 AND ${visibleCase('c', 'a')} AND ${NAMED_CASE}) AS reports,
    (SELECT count(*) FROM moderation_decision d JOIN moderation_case c ON c.id = d.case_id JOIN account a ON a.id = $3 WHERE d.author_person_id = $1 AND d.undone_at IS NULL AND d.measure <> 'keep' AND d.case_id <> $2 AND ${visibleCase('c', 'a')} AND ${NAMED_CASE}) AS cases,
    coalesce((SELECT jsonb_agg(past) FROM (
      SELECT d.id, ${NUMBER}, d.at, d.measure, c.target_kind AS target, jsonb_build_object('id', r.rule_id, 'fr', r.name_fr, 'en', r.name_en) AS rule, CASE WHEN p.id IS NULL THEN 'none' ELSE coalesce(p.outcome, 'waiting') END AS appeal
      FROM moderation_decision d JOIN moderation_case c ON c.id = d.case_id JOIN moderation_rule_version r ON r.rule_id = d.rule_id AND r.version = d.rule_version LEFT JOIN moderation_appeal p ON p.decision_id = d.id JOIN account a ON a.id = $3
      WHERE d.author_person_id = $1 AND d.undone_at IS NULL AND d.case_id <> $2 AND ${visibleCase('c', 'a')} AND ${NAMED_CASE} ORDER BY d.at DESC LIMIT 10) past), '[]') AS past
  FROM (SELECT 1) one LEFT JOIN LATERAL (
    SELECT m.function, o.name, o.country, m.valid_to FROM mandate m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = $1 ORDER BY m.valid_to DESC NULLS FIRST, m.id LIMIT 1) m ON true`;

/** $1 thread, $2 position that was reported, or null for the first, $3 how many around it. Names where the thread shows them. */
export const CONTEXT = `
  SELECT p.id, p.position, p.body, p.created_at AS at, p.position = coalesce($2::int, 1) AS "isTarget",
    CASE WHEN t.naming = 'shown' THEN jsonb_build_object('function', p.author_function, 'organisation', o.name, 'country', o.country) ELSE jsonb_build_object('function', '', 'organisation', '', 'country', '') END AS by
  FROM post p JOIN thread t ON t.id = p.thread_id JOIN organisation o ON o.id = p.author_organisation_id
  WHERE p.thread_id = $1 AND p.state <> 'event' AND (p.position = coalesce($2::int, 1) OR p.state = 'visible') AND p.position BETWEEN coalesce($2::int, 1) - $3 AND coalesce($2::int, 1) + $3 ORDER BY p.position`;

const decisions = (where: string, shown: string) => `
  SELECT d.id, ${NUMBER}, c.target_kind, c.target_id, ${shown}, r.rule_id, r.name_fr, r.name_en, d.facts, d.measure, d.duration_days, d.definitive, d.ends_at, d.remedy, d.replacement, d.at, d.appeal_until, d.at + interval '${UNDO_MINUTES} minutes' AS undo_until, d.undone_at,
    CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('id', p.id, 'body', p.body, 'at', p.at, 'outcome', p.outcome, 'answer', p.answer, 'answeredAt', p.answered_at) END AS appeal
  FROM moderation_decision d JOIN moderation_case c ON c.id = d.case_id JOIN moderation_rule_version r ON r.rule_id = d.rule_id AND r.version = d.rule_version LEFT JOIN moderation_appeal p ON p.decision_id = d.id ${TARGET_FROM}
  WHERE ${where} ORDER BY d.at DESC LIMIT 50`;
/** $1 case, $2 person: its own decisions, or for an appeal the one that is contested. */
export const DECISIONS_OF_CASE = decisions('d.case_id = $1 OR p.case_id = $1', target(readsThread('$2'), true));
/** $1 person, $2 and $3 what they may read. What was kept is no letter to the author; what was taken back is told as such. */
export const DECISIONS_ON = decisions(`d.author_person_id = $1 AND d.measure <> 'keep'`, target(readableThread('t', '$2', '$3')));

/** $1 account, $2 and $3 what it may read. */
export const MY_REPORTS = `
  SELECT rp.id, rp.created_at AS at, rp.reason, c.target_kind, c.target_id, ${target(readableThread('t', '$2', '$3'))}, coalesce((SELECT d.measure FROM moderation_decision d WHERE d.case_id = c.id AND d.undone_at IS NULL ORDER BY d.at DESC LIMIT 1), 'waiting') AS outcome
  FROM report rp JOIN moderation_case c ON c.id = rp.case_id ${TARGET_FROM} WHERE rp.reporter_account_id = $1 ORDER BY rp.created_at DESC LIMIT 50`;

/** That something happened in a confidential space is told to nobody outside of it, not even by a number. SQL; `c` is the case. */
const OUTSIDE_CONFIDENTIAL = `NOT EXISTS (SELECT 1 FROM space s WHERE s.id = c.space_id AND s.access = 'confidential')`;
/** $1, $2 the place after the last row, $3 limit. */
export const REGISTER = `
  SELECT d.id, ${NUMBER}, d.at, c.target_kind AS target, r.rule_id, r.name_fr, r.name_en, d.measure, d.duration_days, d.definitive, CASE WHEN p.id IS NULL THEN 'none' ELSE coalesce(p.outcome, 'waiting') END AS appeal
  FROM moderation_decision d JOIN moderation_case c ON c.id = d.case_id JOIN moderation_rule_version r ON r.rule_id = d.rule_id AND r.version = d.rule_version LEFT JOIN moderation_appeal p ON p.decision_id = d.id
  WHERE d.undone_at IS NULL AND ${OUTSIDE_CONFIDENTIAL} AND ($1::timestamptz IS NULL OR (d.at, d.id) < ($1, $2::uuid)) ORDER BY d.at DESC, d.id DESC LIMIT $3`;
/** How many messages a rule held in a month, or moderation let through. SQL; `m` is the month. */
const heldIn = (at: string, which: string) =>
  `(SELECT count(*) FROM held_post h JOIN moderation_case c ON c.id = h.case_id WHERE ${at} >= m.month AND ${at} < m.month + interval '1 month' AND ${which} AND ${OUTSIDE_CONFIDENTIAL})`;
/** The last twelve months, the oldest first. */
export const REGISTER_MONTHS = `
  SELECT to_char(m.month, 'YYYY-MM') AS month, (SELECT count(*) FROM report r JOIN moderation_case c ON c.id = r.case_id WHERE r.created_at >= m.month AND r.created_at < m.month + interval '1 month' AND ${OUTSIDE_CONFIDENTIAL}) AS reports,
    count(d.id) FILTER (WHERE d.measure = 'keep') AS kept, count(d.id) FILTER (WHERE d.measure <> 'keep') AS measures, count(p.id) FILTER (WHERE p.outcome IN ('reversed', 'conditions')) AS reversed,
    ${heldIn('h.created_at', 'true')} AS held, ${heldIn('h.settled_at', `h.state = 'published'`)} AS released
  FROM generate_series(date_trunc('month', now()) - interval '11 months', date_trunc('month', now()), interval '1 month') AS m(month)
  LEFT JOIN (SELECT d.* FROM moderation_decision d JOIN moderation_case c ON c.id = d.case_id WHERE d.undone_at IS NULL AND ${OUTSIDE_CONFIDENTIAL}) d ON d.at >= m.month AND d.at < m.month + interval '1 month' LEFT JOIN moderation_appeal p ON p.decision_id = d.id GROUP BY m.month ORDER BY m.month`;
