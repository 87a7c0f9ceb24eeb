import { type CaseTarget, REPLACEMENT_MAX, TITLE_MIN } from '@passerelle/contract';
import { addEventLine, renderPostHtml } from '../forum/index.js';
import type { MentionIndex } from '../organisations/index.js';
import { type Actor, InvalidInput, type Sql } from '../platform/index.js';
import type { Write } from '../realtime/index.js';
import type { StoredCase } from './case-store.js';
import { ON_TARGET, STANDS, type Target } from './standing.js';

/** A number that changes with a thread and with its first message, which stands for it. SQL; `t` is the thread. */
export const SEEN_THREAD = (t: string) => `${t}.version + coalesce((SELECT fp.version FROM post fp WHERE fp.thread_id = ${t}.id AND fp.position = 1), 0)`;

/** What of a thing an edit replaces, and a number that changes with it. SQL; $1 is its id. Profiles have no version: their words stand for it. */
const WORDS: Partial<Record<CaseTarget, string>> = {
  post: 'SELECT body AS words, version AS seen FROM post WHERE id = $1::uuid',
  thread: `SELECT t.title AS words, ${SEEN_THREAD('t')} AS seen FROM thread t WHERE t.id = $1::uuid`,
  practice: 'SELECT NULL AS words, version AS seen FROM practice WHERE id = $1::uuid',
  profile: `SELECT function AS words, ('x' || substr(md5(function), 1, 7))::bit(28)::int AS seen FROM mandate WHERE id = $1::uuid`,
};

/** The words that may be replaced, with their version; nulls where there are none. */
export async function wordsOf(sql: Sql, { target_kind: kind, target_id: id }: Target): Promise<{ words: string | null; seen: number | null }> {
  const select = WORDS[kind];
  const found = select ? await sql.row<{ words: string | null; seen: number }>(select, [id]) : undefined;
  return found ?? { words: null, seen: null };
}
/** What the author had written where an edit stands; null where none does. */
export async function originalOf(sql: Sql, { target_kind: kind, target_id: id }: Target): Promise<string | null> {
  const select = ORIGINAL[kind];
  return (select ? await sql.row<{ words: string | null }>(select, [id]) : undefined)?.words ?? null;
}
const ORIGINAL: typeof WORDS = {
  post: 'SELECT r.body AS words FROM post p JOIN post_revision r ON r.post_id = p.id AND r.version = p.moderated_version - 1 WHERE p.id = $1::uuid',
  thread: 'SELECT title_before AS words FROM thread WHERE id = $1::uuid', profile: 'SELECT function_before AS words FROM mandate WHERE id = $1::uuid',
};

export const seenOf = async (sql: Sql, target: Target) => (await wordsOf(sql, target)).seen;

/** Puts the words of a moderator in the place of the author's. @throws InvalidInput when they are too long, or nothing is left to replace. */
export async function replaceWords(write: Write, mentions: MentionIndex, one: StoredCase, { id, words }: { id: string; words: string }): Promise<void> {
  const { tx } = write;
  const now = await wordsOf(tx, one);
  if (!now.words) throw new InvalidInput('measure', 'not_found');
  if (words.length > (REPLACEMENT_MAX[one.target_kind] ?? 0)) throw new InvalidInput('replacement', 'too_big');
  if (one.target_kind === 'thread' && words.length < TITLE_MIN) throw new InvalidInput('replacement', 'too_small');
  if (words === now.words) throw new InvalidInput('replacement', 'same');
  await tx.run('UPDATE moderation_decision SET replacement = $2 WHERE id = $1', [id, words]);
  await settleWords(write, mentions, one);
}

/** Shows the words of the newest edit that stands, or the author's own where none does. */
export async function settleWords(write: Write, mentions: MentionIndex, one: Target): Promise<void> {
  const latest = await write.tx.row<{ replacement: string; at: string }>(
    `SELECT d.replacement, d.at FROM moderation_decision d WHERE d.measure = 'edit' AND d.replacement IS NOT NULL AND ${STANDS('d')} AND ${ON_TARGET('d')} ORDER BY d.at DESC, d.id DESC LIMIT 1`, [one.target_kind, one.target_id]);
  if (one.target_kind === 'post') await settlePost(write, mentions, one.target_id, latest);
  if (one.target_kind === 'thread') await settleTitle(write, one.target_id, latest?.replacement ?? null);
  if (one.target_kind === 'profile') await settleFunction(write, mentions, one.target_id, latest?.replacement ?? null);
}

interface EditedPost extends Record<string, unknown> {
  thread_id: string; space_id: string; body: string; language: 'fr' | 'en'; version: number; moderated_version: number | null;
}

async function settlePost(write: Write, mentions: MentionIndex, id: string, latest: { replacement: string; at: string } | undefined): Promise<void> {
  const { tx, record } = write;
  const post = await tx.row<EditedPost>('SELECT p.thread_id, t.space_id, p.body, p.language, p.version, p.moderated_version FROM post p JOIN thread t ON t.id = p.thread_id WHERE p.id = $1 FOR UPDATE OF p', [id]);
  // Erased meanwhile: nothing comes back.
  if (!post || post.body === '') return;
  if (latest && post.moderated_version === null) await tx.run(KEEP_OWN, [id]);
  const own = latest || post.moderated_version === null ? undefined : await tx.row<{ body: string; edited_at: string | null }>(OWN, [id, post.moderated_version]);
  const body = latest?.replacement ?? own?.body;
  if (body === undefined || (latest && body === post.body)) return;
  const { html, mentioned } = await renderPostHtml(body, post.language, mentions);
  await tx.run(
    'UPDATE post SET body = $2, html = $3, version = version + 1, moderated_version = CASE WHEN $4::timestamptz IS NOT NULL THEN coalesce(moderated_version, version + 1) END, moderated_at = $4, edited_at = CASE WHEN $4::timestamptz IS NULL THEN $5 ELSE edited_at END WHERE id = $1',
    [id, body, html, latest?.at ?? null, own?.edited_at ?? null]);
  if (own) await tx.run('DELETE FROM post_revision WHERE post_id = $1 AND version = $2 - 1', [id, post.moderated_version]);
  await tx.run('DELETE FROM post_mention WHERE post_id = $1', [id]);
  await tx.run('INSERT INTO post_mention (post_id, organisation_id, function) SELECT $1, * FROM unnest($2::uuid[], $3::text[])', [id, mentioned.map((m) => m.organisationId), mentioned.map((m) => m.function)]);
  record({ type: 'post.edited', audience: 'thread', space: post.space_id, thread: post.thread_id, post: id, detail: { version: post.version + 1 } });
}

// The author's words stay as the version before moderation's.
const KEEP_OWN = `
  INSERT INTO post_revision (post_id, version, body, edited_by, edited_function, edited_organisation_id, edited_at)
  SELECT id, version, body, author_person_id, author_function, author_organisation_id, coalesce(edited_at, created_at) FROM post WHERE id = $1`;
const OWN = 'SELECT r.body, CASE WHEN r.edited_at <> p.created_at THEN r.edited_at END AS edited_at FROM post_revision r JOIN post p ON p.id = r.post_id WHERE r.post_id = $1 AND r.version = $2 - 1';

async function settleTitle({ tx, record }: Write, id: string, replacement: string | null): Promise<void> {
  const thread = await tx.row<{ space_id: string; title: string; title_before: string | null }>('SELECT space_id, title, title_before FROM thread WHERE id = $1 FOR UPDATE', [id]);
  const title = replacement ?? thread?.title_before;
  if (!thread || title === undefined || title === null || (title === thread.title && replacement !== null)) return;
  await tx.run('UPDATE thread SET title = $2, title_before = CASE WHEN $3::boolean THEN coalesce(title_before, title) END, version = version + 1 WHERE id = $1', [id, title, replacement !== null]);
  record({ type: 'thread.edited', audience: 'thread', space: thread.space_id, thread: id });
}

async function settleFunction({ tx, record }: Write, mentions: MentionIndex, id: string, replacement: string | null): Promise<void> {
  const mandate = await tx.row<{ function: string; function_before: string | null; ours: boolean; account: string | null }>(
    `SELECT m.function, m.function_before, (SELECT a.id FROM account a WHERE a.person_id = m.person_id) AS account,
       EXISTS (SELECT 1 FROM moderation_decision d WHERE d.replacement = m.function AND d.case_id IN (SELECT c.id FROM moderation_case c WHERE c.target_kind = 'profile' AND c.target_id = $1::text)) AS ours
     FROM mandate m WHERE m.id = $1::uuid FOR UPDATE`, [id]);
  // Renamed meanwhile by whoever keeps the mandates: that name stays.
  const office = replacement ?? (mandate?.ours ? mandate.function_before : mandate?.function_before && mandate.function);
  if (!mandate || office === undefined || office === null) return;
  await tx.run('UPDATE mandate SET function = $2, version = version + 1, function_before = CASE WHEN $3::boolean THEN coalesce(function_before, function) END WHERE id = $1', [id, office, replacement !== null]);
  mentions.forget();
  // What one's sessions know of the function is old now.
  if (mandate.account) record({ type: 'access.changed', audience: 'account', account: mandate.account });
}

/** Says in the thread that moderation gave it another title. */
export async function tellRetitled({ tx, record }: Write, actor: Actor, { target_kind, target_id, space_id }: StoredCase): Promise<void> {
  if (target_kind !== 'thread' || !space_id) return;
  const post = await addEventLine(tx, actor, target_id, { type: 'retitled', params: {} });
  record({ type: 'post.created', audience: 'thread', space: space_id, thread: target_id, post });
}
