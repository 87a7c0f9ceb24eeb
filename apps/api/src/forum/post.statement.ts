import { onBehalf, readableThread, speaksBy, themeOf, writableSpace } from '../platform/index.js';
import { EVENT_LOCK } from '../realtime/index.js';

/**
 * Several replies as one statement, hence one round trip, one commit and one turn at the lock of the log, however many
 * writers there are: lock the threads in one order, insert the messages, move the threads, take attachments, mention,
 * follow, read, and append the facts. The lock of the log is taken after every other part (their counts are read
 * first), as in WriteTransaction. A reply whose conditions do not hold gives no row; the service then finds out why.
 *
 * An id that another process is writing at the same moment breaks the whole statement: the caller tries each again.
 *
 * $1: JSON array of {place, id, thread, body, html, language, reply_to, person, organisation, name, function,
 * delegation, mandate, hash, attachments, account, released, mentions: [{organisation, function}]}; `released` is what moderation lets through, which was written before: it waits for
 * no slow mode. $2: JSON array of {account, spaces, threads}: what each author may read, once.
 */
export const INSERT_REPLIES = `
  WITH r AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($1) AS r(place int, id uuid, thread uuid, body text, html text, language text, reply_to uuid, person uuid,
      organisation uuid, name text, function text, delegation uuid, mandate uuid, hash text, attachments uuid[], account uuid, released boolean, mentions jsonb)),
  reader AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($2) AS reader(account uuid, spaces uuid[], threads uuid[])),
  t AS MATERIALIZED (
    SELECT id, space_id, theme_id, naming, slow_seconds, last_position FROM thread
    WHERE id = ANY(ARRAY(SELECT thread FROM r)) AND status <> 'closed' AND merged_into_id IS NULL ORDER BY id FOR UPDATE),
  accepted AS MATERIALIZED (
    SELECT r.*, t.space_id, t.naming, coalesce(parent.reply_to_id, parent.id) AS parent_id, t.last_position + row_number() OVER (PARTITION BY t.id ORDER BY r.place) AS position
    FROM r JOIN reader ON reader.account = r.account JOIN t ON t.id = r.thread AND ${readableThread('t', 'reader.spaces', 'reader.threads')} LEFT JOIN post parent ON parent.id = r.reply_to AND parent.thread_id = t.id AND parent.state <> 'event'
    WHERE (r.reply_to IS NULL OR parent.id IS NOT NULL) AND ${writableSpace('t.space_id', 'r.person')} AND NOT EXISTS (SELECT 1 FROM post WHERE post.id = r.id)
      AND NOT EXISTS (SELECT 1 FROM held_post h WHERE h.id = r.id AND h.state <> 'published')
      AND CASE WHEN r.delegation IS NULL OR r.released THEN true ELSE ${speaksBy('r.delegation', 'r.mandate', themeOf('t.theme_id'))} END
      AND (t.slow_seconds IS NULL OR r.released OR NOT EXISTS (SELECT 1 FROM post q WHERE q.thread_id = t.id AND q.author_person_id = r.person AND q.created_at > clock_timestamp() - make_interval(secs => t.slow_seconds)))),
  p AS (
    INSERT INTO post (id, thread_id, position, body, html, language, reply_to_id, author_person_id, author_organisation_id, author_name, author_function, delegation_id, request_hash, attachment_count, created_at)
    SELECT id, thread, position, body, html, language, parent_id, person, organisation, name, function, delegation, decode(hash, 'hex'), cardinality(attachments), clock_timestamp() FROM accepted
    RETURNING id, thread_id, position, created_at, reply_to_id),
  moved AS (
    UPDATE thread SET last_position = m.last, post_count = thread.post_count + m.added, last_activity_at = m.at
    FROM (SELECT thread_id, max(position) AS last, count(*) AS added, max(created_at) AS at FROM p GROUP BY thread_id) m WHERE thread.id = m.thread_id RETURNING 1),
  attached AS (
    UPDATE attachment SET post_id = p.id, position = array_position(a.attachments, attachment.id) FROM p JOIN accepted a ON a.id = p.id AND cardinality(a.attachments) > 0
    WHERE attachment.id = ANY(a.attachments) AND attachment.owner_account_id = a.account AND attachment.post_id IS NULL RETURNING 1),
  mentioned AS (
    INSERT INTO post_mention (post_id, organisation_id, function)
    SELECT p.id, m.organisation, m.function FROM p JOIN accepted a ON a.id = p.id CROSS JOIN jsonb_to_recordset(a.mentions) AS m(organisation uuid, function text) RETURNING 1),
  followed AS (
    INSERT INTO follow (account_id, thread_id, level) SELECT DISTINCT a.account, a.thread, 'all' FROM p JOIN accepted a ON a.id = p.id ORDER BY 1, 2 ON CONFLICT DO NOTHING RETURNING 1),
  seen AS (
    UPDATE read_position SET position = s.first, read_at = now()
    FROM (SELECT a.account, a.thread, min(p.position) AS first FROM p JOIN accepted a ON a.id = p.id GROUP BY 1, 2) s
    WHERE read_position.account_id = s.account AND read_position.thread_id = s.thread AND read_position.position = s.first - 1 RETURNING 1),
  log AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(${EVENT_LOCK}) FROM (SELECT 1 FROM p LIMIT 1) any_post
    WHERE (SELECT count(*) FROM moved) + (SELECT count(*) FROM attached) + (SELECT count(*) FROM mentioned) + (SELECT count(*) FROM followed) + (SELECT count(*) FROM seen) >= 0),
  fact AS (
    INSERT INTO event (type, audience, actor_person_id, space_id, thread_id, post_id, detail)
    SELECT 'post.created', 'thread', person, space_id, thread, id, detail FROM (
      SELECT a.person, a.space_id, a.thread, p.id, jsonb_build_object('position', p.position) AS detail FROM log CROSS JOIN p JOIN accepted a ON a.id = p.id ORDER BY a.place) f
    RETURNING cursor, at, post_id)
  SELECT p.id, p.position, p.created_at, p.reply_to_id, rp.position AS reply_position, ro.name AS reply_organisation, a.space_id, a.naming, ${onBehalf('a.delegation')} AS on_behalf, fact.cursor, fact.at
  FROM p JOIN accepted a ON a.id = p.id JOIN fact ON fact.post_id = p.id LEFT JOIN post rp ON rp.id = p.reply_to_id LEFT JOIN organisation ro ON ro.id = rp.author_organisation_id`;
