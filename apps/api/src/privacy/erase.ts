import { join } from 'node:path';
import type { Sql } from '../platform/index.js';
import type { Write } from '../realtime/index.js';
import { passOnAnimation } from '../spaces/index.js';

/** Tables with nothing in them but habits of the account. */
const HABITS = ['session', 'login_link', 'totp', 'recovery_code', 'passkey', 'passkey_challenge', 'known_device', 'sign_in_alert', 'sign_in_challenge', 'linked_identity', 'oidc_attempt', 'read_position', 'follow', 'draft', 'saved_search', 'project_follow', 'practice_folder'] as const;
/** What ties the person to spaces. */
const BELONGING = ['space_member', 'space_request', 'space_invitation', 'thread_guest'] as const;
/** Where a name stands beside the function in which somebody acted; the function and the city stay. */
const NAMED: readonly [table: string, person: string, name: string, office: string][] = [
  ['thread', 'author_person_id', 'author_name', 'author_function'], ['post', 'author_person_id', 'author_name', 'author_function'], ['held_post', 'author_person_id', 'author_name', 'author_function'], ['relay', 'asker_person_id', 'asker_name', 'asker_function'],
  ['relay_message', 'author_person_id', 'author_name', 'author_function'], ['introduction_message', 'author_person_id', 'author_name', 'author_function'], ['practice_revision', 'author_person_id', 'author_name', 'author_function'], ['practice_transition', 'actor_person_id', 'actor_name', 'actor_function'],
  ['project', 'owner_person_id', 'owner_name', 'owner_function'], ['project_transition', 'actor_person_id', 'actor_name', 'actor_function'], ['project_update', 'author_person_id', 'author_name', 'author_function'],
  ['need', 'owner_person_id', 'owner_name', 'owner_function'], ['offer', 'owner_person_id', 'owner_name', 'owner_function'], ['transfer', 'owner_person_id', 'owner_name', 'owner_function'],
];
/** Stands where a letter or a title was: who reads it sees that there was one. */
const ERASED = '…';

/**
 * Closes the account for good: what identifies the person goes, what the person did in office stays with the function and the city.
 * @returns files that belong to nothing any more, as paths in the folder of data.
 */
export async function eraseAccount(write: Write, accountId: string, personId: string): Promise<string[]> {
  const { tx, record } = write;
  await takeBackHeld(tx, personId);
  await passOnAnimation(write, personId);
  const sessions = await tx.rows<{ id: string }>('SELECT id FROM session WHERE account_id = $1', [accountId]);
  for (const table of HABITS) await tx.run(`DELETE FROM ${table} WHERE account_id = $1`, [accountId]);
  for (const table of BELONGING) await tx.run(`DELETE FROM ${table} WHERE person_id = $1`, [personId]);
  await tx.run('DELETE FROM expertise WHERE person_id = $1', [personId]);
  for (const table of ['invitation_batch', 'invitation_link'] as const) await tx.run(`DELETE FROM ${table} WHERE inviter_person_id = $1`, [personId]);
  const files = [...(await looseFiles(tx, accountId)), ...(await takeBackExports(tx, accountId))];
  await forgetNotes(tx, personId);
  await forgetAddress(tx, accountId);
  await tx.run(`UPDATE mandate SET valid_to = greatest(current_date - 1, valid_from) WHERE person_id = $1 AND (valid_to IS NULL OR valid_to >= current_date)`, [personId]);
  // How one wanted to be named, and what the secretariat noted of it, give way to the function.
  await tx.run(`UPDATE delegation SET styled = NULL, authority = CASE WHEN authority IS NOT NULL THEN '${ERASED}' END WHERE from_mandate_id IN (SELECT id FROM mandate WHERE person_id = $1)`, [personId]);
  // A consent to publication stays: it is the proof.
  for (const column of ['prepared_by', 'approved_by'] as const) await tx.run(`UPDATE practice SET ${column} = jsonb_set(${column}, '{name}', ${column} -> 'function') WHERE ${column} ->> 'person' = ($1::uuid)::text`, [personId]);
  for (const [table, person, name, office] of NAMED) await tx.run(`UPDATE ${table} SET ${name} = ${office} WHERE ${person} = $1 AND ${name} <> ${office}`, [personId]);
  await tx.run(
    `UPDATE person SET name = coalesce((SELECT m.function FROM mandate m WHERE m.person_id = $1 ORDER BY m.valid_to DESC NULLS FIRST LIMIT 1), '—') WHERE id = $1`, [personId]);
  await tx.run(
    `UPDATE account SET email = 'erased-' || id || '@invalid', password_hash = NULL, disabled_at = coalesce(disabled_at, now()), erased_at = now(), languages = '{fr}', time_zone = 'UTC', show_presence = false, demonstration_order = NULL,
       previous_visit_at = NULL, last_visit_at = NULL WHERE id = $1`, [accountId]);
  for (const { id } of sessions) record({ type: 'session.ended', audience: 'account', account: accountId, subject: id });
  record({ type: 'access.changed', audience: 'account', account: accountId });
  // The search index of every process holds the name beside what was signed with it.
  record({ type: 'person.erased', audience: 'none', subject: personId });
  return files;
}

/** Copies that wait to be made or fetched. One that is being made meanwhile finds that nobody waits for it. */
async function takeBackExports(tx: Sql, accountId: string): Promise<string[]> {
  const exports = await tx.rows<{ storage_key: string | null }>(`UPDATE data_export SET state = 'expired' WHERE account_id = $1 AND state IN ('waiting', 'ready') RETURNING storage_key`, [accountId]);
  return exports.flatMap(({ storage_key }) => (storage_key ? [join('exports', storage_key)] : []));
}

/** Words from one person to another, beside an invitation or a hand-over: more often than not they are signed. */
async function forgetNotes(tx: Sql, personId: string): Promise<void> {
  await tx.run(`UPDATE hand_over SET note = '', version = version + 1 WHERE note <> '' AND from_mandate_id IN (SELECT id FROM mandate WHERE person_id = $1)`, [personId]);
  await tx.run(`UPDATE invitation SET note = '' WHERE inviter_person_id = $1`, [personId]);
}

/** Also from invitations that were taken back or came too late, and from mail that has not left. */
async function forgetAddress(tx: Sql, accountId: string): Promise<void> {
  const address = '(SELECT email FROM account WHERE id = $1)';
  await tx.run(
    `UPDATE invitation SET email = 'erased-' || id || '@invalid', note = '', revoked_at = CASE WHEN redeemed_at IS NULL THEN coalesce(revoked_at, now()) END WHERE redeemed_by = $1 OR email = ${address}`, [accountId]);
  await tx.run(`DELETE FROM mail_waiting WHERE recipient = ${address}`, [accountId]);
}

/**
 * Takes away the words that somebody wrote in exchanges, with their histories and files; the places stay, so that answers of others make
 * sense. Practices, projects, needs and offers belong to the city and stay. @returns files that belong to nothing any more, as paths in the folder of data.
 */
export async function eraseContent({ tx, record }: Write, accountId: string, personId: string): Promise<string[]> {
  await takeBackHeld(tx, personId);
  await tx.run(`UPDATE held_post SET title = '', body = '', html = '', mentions = '[]', rules = '[]' WHERE author_person_id = $1`, [personId]);
  // Threads first, then messages, as every write locks them.
  await tx.rows('SELECT t.id FROM thread t WHERE t.author_person_id = $1 OR t.id IN (SELECT thread_id FROM post WHERE author_person_id = $1) ORDER BY t.id FOR UPDATE', [personId]);
  const posts = await tx.rows<{ id: string; thread_id: string; space_id: string; was: string }>(
    `UPDATE post p SET body = '', html = '', state = CASE WHEN p.state = 'event' THEN 'event' ELSE 'removed' END, removed_by = $1, removed_at = coalesce(p.removed_at, now()), attachment_count = 0, version = p.version + 1
     FROM thread t, post old WHERE old.id = p.id AND t.id = p.thread_id AND p.author_person_id = $1 AND p.state <> 'event' AND p.body <> '' RETURNING p.id, p.thread_id, t.space_id, old.state AS was`, [personId]);
  const ids = posts.map((post) => post.id);
  await tx.run('DELETE FROM post_revision WHERE post_id = ANY($1::uuid[])', [ids]);
  await tx.run('DELETE FROM post_mention WHERE post_id = ANY($1::uuid[])', [ids]);
  await tx.run(
    `UPDATE thread t SET post_count = (SELECT count(*) FROM post p WHERE p.thread_id = t.id AND p.state = 'visible') WHERE t.id = ANY($1::uuid[])`, [[...new Set(posts.map((post) => post.thread_id))]]);
  await takeBackTitles({ tx, record }, personId);
  await forgetNotes(tx, personId);
  await takeBackReactions({ tx, record }, personId);
  const files = await tx.rows<{ storage_key: string; thumbnail_key: string | null }>(
    'DELETE FROM attachment WHERE owner_account_id = $1 AND post_id = ANY($2::uuid[]) RETURNING storage_key, thumbnail_key', [accountId, ids]);
  await tx.run('UPDATE relay_message SET body = $2 WHERE author_person_id = $1', [personId, ERASED]);
  await tx.run('UPDATE introduction_message SET body = $2, html = $2 WHERE author_person_id = $1', [personId, ERASED]);
  await tx.run('DELETE FROM draft WHERE account_id = $1', [accountId]);
  for (const post of posts) if (post.was === 'visible') record({ type: 'post.removed', audience: 'thread', space: post.space_id, thread: post.thread_id, post: post.id });
  return [...pathsOf(files), ...(await looseFiles(tx, accountId))];
}

/** Titles that their author gave, also where a line of another thread names them. One that moderation gave stays. */
async function takeBackTitles({ tx, record }: Write, personId: string): Promise<void> {
  const own = 't.author_person_id = $1 AND t.own_title IS NOT NULL';
  await tx.run(
    `UPDATE post p SET event = jsonb_set(p.event, '{params,title}', to_jsonb($2::text)) FROM thread t
     WHERE ${own} AND p.state = 'event' AND p.event -> 'params' ->> 'title' = t.own_title AND t.id::text IN (p.event -> 'params' ->> 'from', p.event -> 'params' ->> 'to')`, [personId, ERASED]);
  const threads = await tx.rows<{ id: string; space_id: string }>(
    `UPDATE thread t SET title = CASE t.title WHEN t.own_title THEN $2 ELSE t.title END, title_before = CASE t.title_before WHEN t.own_title THEN $2 ELSE t.title_before END, own_title = NULL, version = t.version + 1
     WHERE ${own} RETURNING t.id, t.space_id`, [personId, ERASED]);
  for (const thread of threads) record({ type: 'thread.edited', audience: 'thread', space: thread.space_id, thread: thread.id });
}

async function takeBackReactions({ tx, record }: Write, personId: string): Promise<void> {
  const posts = await tx.rows<{ id: string; thread_id: string; space_id: string }>(
    `WITH gone AS (DELETE FROM reaction WHERE person_id = $1 RETURNING post_id)
     SELECT p.id, p.thread_id, t.space_id FROM post p JOIN thread t ON t.id = p.thread_id WHERE p.id IN (SELECT post_id FROM gone)`, [personId]);
  await tx.run(
    `UPDATE post p SET reaction_counts = ARRAY(SELECT (SELECT count(*)::smallint FROM reaction r WHERE r.post_id = p.id AND r.kind = k.kind) FROM unnest(ARRAY['useful','thanks','agree','same-here']) WITH ORDINALITY AS k(kind, place) ORDER BY k.place)
     WHERE p.id = ANY($1::uuid[])`, [posts.map((post) => post.id)]);
  for (const post of posts) record({ type: 'post.reacted', audience: 'thread', space: post.space_id, thread: post.thread_id, post: post.id });
}

/** What moderation has not read yet appears no more; the case first, as every write locks them. */
async function takeBackHeld(tx: Sql, personId: string): Promise<void> {
  await tx.run(
    `UPDATE moderation_case SET state = 'decided', decided_at = now(), version = version + 1, claimed_by = NULL, claimed_at = NULL WHERE state = 'open' AND target_kind = 'held' AND kind = 'report' AND author_person_id = $1`, [personId]);
  await tx.run(
    `UPDATE held_post SET state = 'withdrawn', settled_at = now(), settled_by = $1, title = '', body = '', html = '', mentions = '[]', attachments = '{}', rules = '[]' WHERE author_person_id = $1 AND state = 'waiting'`, [personId]);
}

/** Files that stand in nothing. */
async function looseFiles(tx: Sql, accountId: string): Promise<string[]> {
  return pathsOf(
    await tx.rows<{ storage_key: string; thumbnail_key: string | null }>(
      'DELETE FROM attachment WHERE owner_account_id = $1 AND post_id IS NULL AND practice_id IS NULL AND project_id IS NULL AND accession_document_id IS NULL RETURNING storage_key, thumbnail_key', [accountId]),
  );
}

const pathsOf = (rows: readonly { storage_key: string; thumbnail_key: string | null }[]) => rows.flatMap(({ storage_key, thumbnail_key }) => [storage_key, ...(thumbnail_key ? [thumbnail_key] : [])].map((key) => join('attachments', key)));
