import { EVENT_CHANNEL, EVENT_LOCK } from '../realtime/index.js';

/**
 * One reply as one statement, hence one round trip and one implicit transaction: lock the thread, insert the message,
 * move the thread, take the attachments, follow, read, and append the fact. The lock of the log is taken after every
 * other part (their counts are read first), as in WriteTransaction. No row comes back when a condition does not hold;
 * the service then finds out which one.
 *
 * Values: thread, spaces, id, body, html, language, reply to (or null), person, organisation, name, function, request
 * hash, attachments, account, mentioned organisations, mentioned functions, origin.
 */
export const INSERT_REPLY = `
  WITH t AS (
    SELECT id, space_id, last_position FROM thread
    WHERE id = $1 AND space_id = ANY($2::uuid[]) AND status <> 'closed' AND merged_into_id IS NULL
      AND ($7::uuid IS NULL OR EXISTS (SELECT 1 FROM post WHERE id = $7 AND thread_id = $1 AND state <> 'event'))
    FOR UPDATE),
  p AS (
    INSERT INTO post (id, thread_id, position, body, html, language, reply_to_id, author_person_id, author_organisation_id, author_name, author_function, request_hash, attachment_count, created_at)
    SELECT $3, t.id, t.last_position + 1, $4, $5, $6, (SELECT coalesce(reply_to_id, id) FROM post WHERE id = $7), $8, $9, $10, $11, $12, cardinality($13::uuid[]), clock_timestamp() FROM t
    ON CONFLICT (id) DO NOTHING RETURNING id, position, created_at, reply_to_id),
  moved AS (
    UPDATE thread SET last_position = p.position, post_count = thread.post_count + 1, last_activity_at = p.created_at FROM p WHERE thread.id = $1 RETURNING 1),
  attached AS (
    UPDATE attachment SET post_id = p.id, position = array_position($13::uuid[], attachment.id) FROM p
    WHERE attachment.id = ANY($13::uuid[]) AND attachment.owner_account_id = $14 AND attachment.post_id IS NULL RETURNING 1),
  mentioned AS (
    INSERT INTO post_mention (post_id, organisation_id, function) SELECT p.id, m.organisation, m.function FROM p, unnest($15::uuid[], $16::text[]) AS m(organisation, function) RETURNING 1),
  followed AS (INSERT INTO follow (account_id, thread_id, level) SELECT $14, $1, 'all' FROM p ON CONFLICT DO NOTHING RETURNING 1),
  seen AS (
    UPDATE read_position SET position = p.position, read_at = now() FROM p
    WHERE read_position.account_id = $14 AND read_position.thread_id = $1 AND read_position.position = p.position - 1 RETURNING 1),
  log AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(${EVENT_LOCK}) FROM p
    WHERE (SELECT count(*) FROM moved) + (SELECT count(*) FROM attached) + (SELECT count(*) FROM mentioned) + (SELECT count(*) FROM followed) + (SELECT count(*) FROM seen) >= 0),
  fact AS (
    INSERT INTO event (type, audience, actor_person_id, space_id, thread_id, post_id, detail)
    SELECT 'post.created', 'thread', $8, t.space_id, t.id, p.id, jsonb_build_object('position', p.position) FROM p, t, log RETURNING cursor, at)
  SELECT p.position, p.created_at, p.reply_to_id, rp.position AS reply_position, ro.name AS reply_organisation, t.space_id, fact.cursor, fact.at,
    pg_notify('${EVENT_CHANNEL}', $17) IS NULL AS told
  FROM p CROSS JOIN t CROSS JOIN fact LEFT JOIN post rp ON rp.id = p.reply_to_id LEFT JOIN organisation ro ON ro.id = rp.author_organisation_id`;
