import type { Mentioned } from '../organisations/index.js';
import type { Write } from '../realtime/index.js';

interface Edited {
  id: string;
  thread_id: string;
  space_id: string;
  version: number;
  author_person_id: string;
}

/** Puts the author's new text in the place of a message's, which stays in its history. The message is locked. */
export async function replaceText({ tx, record }: Write, post: Edited, text: { body: string; html: string; mentioned: Mentioned[] }): Promise<void> {
  await tx.run(
    `INSERT INTO post_revision (post_id, version, body, edited_by, edited_function, edited_organisation_id, edited_at)
     SELECT id, version, body, author_person_id, author_function, author_organisation_id, coalesce(edited_at, created_at) FROM post WHERE id = $1`, [post.id]);
  await tx.run('UPDATE post SET body = $2, html = $3, version = version + 1, edited_at = now() WHERE id = $1', [post.id, text.body, text.html]);
  await tx.run('DELETE FROM post_mention WHERE post_id = $1', [post.id]);
  await tx.run('INSERT INTO post_mention (post_id, organisation_id, function) SELECT $1, * FROM unnest($2::uuid[], $3::text[])', [post.id, text.mentioned.map((m) => m.organisationId), text.mentioned.map((m) => m.function)]);
  record({ type: 'post.edited', audience: 'thread', actor: post.author_person_id, space: post.space_id, thread: post.thread_id, post: post.id, detail: { version: post.version + 1 } });
}
