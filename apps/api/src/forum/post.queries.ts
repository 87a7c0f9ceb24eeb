import { Injectable } from '@nestjs/common';
import type { AttachmentView, PostsPage, PostsQuery, PostView, RevisionView } from '@passerelle/contract';
import { type Actor, canModerate, Database, NotFound, onBehalf, readableThread, type Sql } from '../platform/index.js';
import { type AttachmentRow, presentAttachment } from './attachment.presenter.js';
import { type AuthorColumns, type PostRow, presentAuthor, presentPost } from './post.presenter.js';

// $1 of every statement below is the person whose own reactions are marked.
const COLUMNS = `
  p.id, p.thread_id, p.position, p.state, p.body, p.html, p.language, p.version, p.author_person_id, t.naming, p.author_name, p.author_function, ${onBehalf('p.delegation_id')} AS on_behalf,
  o.name AS organisation, o.slug AS organisation_slug, o.country, p.reaction_counts, p.attachment_count, p.event, p.reply_to_id,
  rp.position AS reply_position, ro.name AS reply_organisation, p.removed_by, p.removed_at, p.held, p.moderated_at, p.created_at, p.edited_at,
  (t.status <> 'closed' AND t.merged_into_id IS NULL) AS thread_writable, t.space_id,
  CASE WHEN p.reaction_counts = '{0,0,0,0}' THEN NULL
    ELSE (SELECT array_agg(r.kind) FROM reaction r WHERE r.post_id = p.id AND r.person_id = $1) END AS my_reactions`;
const FROM = `
  FROM post p JOIN thread t ON t.id = p.thread_id JOIN organisation o ON o.id = p.author_organisation_id
  LEFT JOIN post rp ON rp.id = p.reply_to_id LEFT JOIN organisation ro ON ro.id = rp.author_organisation_id`;
/** A page of a thread under its rule of visibility. $1 person, $2 thread, $3 position before it, $4 and $6 what may be read, $5 limit. */
export const PAGE = `SELECT ${COLUMNS} ${FROM} WHERE p.thread_id = $2 AND p.position > $3 AND ${readableThread('t', '$4', '$6')} ORDER BY p.position LIMIT $5`;
const BY_IDS = `SELECT ${COLUMNS} ${FROM} WHERE p.id = ANY($2::uuid[])`;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Reads of messages. The posts page costs one statement, two when a message has attachments. */
@Injectable()
export class PostQueries {
  constructor(private readonly database: Database) {}

  async page(actor: Actor, threadId: string, query: PostsQuery): Promise<PostsPage> {
    const rows = await this.database.rows<PostRow>(PAGE, [actor.personId, threadId, query.after, actor.spaceIds, query.limit + 1, actor.threadIds]);
    if (rows.length === 0) await this.assertReadable(actor, threadId);
    const page = rows.slice(0, query.limit);
    const items = await this.present(this.database, page, actor);
    return { items, nextAfter: rows.length > query.limit ? (page.at(-1)?.position ?? null) : null };
  }

  /** One message under the rule of its thread; absent and hidden are the same. */
  async get(actor: Actor, postId: string): Promise<PostView> {
    const [row] = await this.database.rows<PostRow>(`${BY_IDS} AND ${readableThread('t', '$3', '$4')}`, [actor.personId, [postId], actor.spaceIds, actor.threadIds]);
    const [view] = row ? await this.present(this.database, [row], actor) : [];
    if (!view) throw new NotFound();
    return view;
  }

  /** Messages by id for facts already filtered by the rule; in the order of `ids`, undefined for an absent one. */
  async byIds(ids: string[], viewer: Actor | null, sql: Sql = this.database): Promise<(PostView | undefined)[]> {
    const rows = await sql.rows<PostRow>(BY_IDS, [viewer?.personId ?? NOBODY, ids]);
    const views = new Map((await this.present(sql, rows, viewer)).map((view) => [view.id, view]));
    return ids.map((id) => views.get(id));
  }

  /** Earlier texts of a message, newest first. A removed one shows its history to moderation only; what moderation replaced is for it and the author. */
  async revisions(actor: Actor, postId: string): Promise<{ items: RevisionView[] }> {
    const post = await this.get(actor, postId);
    // What a decision took away is read in its case alone.
    if (post.state === 'removed' && (!canModerate(actor) || post.moderated?.act === 'removed')) throw new NotFound();
    const rows = await this.database.rows<AuthorColumns & { version: number; body: string; edited_at: string }>(REVISIONS, [postId, post.mine || canModerate(actor)]);
    return { items: rows.map((row) => ({ version: row.version, body: row.body, editedAt: row.edited_at, editedBy: presentAuthor(row) })) };
  }

  async assertReadable(actor: Actor, threadId: string): Promise<void> {
    const thread = await this.database.row(`SELECT 1 FROM thread t WHERE t.id = $1 AND ${readableThread('t', '$2', '$3')}`, [threadId, actor.spaceIds, actor.threadIds]);
    if (!thread) throw new NotFound();
  }

  private async present(sql: Sql, rows: PostRow[], viewer: Actor | null): Promise<PostView[]> {
    const attachments = await this.attachmentsOf(sql, rows);
    return rows.map((row) => presentPost(row, attachments.get(row.id) ?? [], viewer));
  }

  private async attachmentsOf(sql: Sql, posts: PostRow[]): Promise<Map<string, AttachmentView[]>> {
    const ids = posts.filter((post) => post.attachment_count > 0 && post.state === 'visible').map((post) => post.id);
    if (ids.length === 0) return new Map();
    const rows = await sql.rows<AttachmentRow & { post_id: string }>(
      'SELECT id, post_id, name, type, bytes, width, height, thumbnail_key FROM attachment WHERE post_id = ANY($1::uuid[]) ORDER BY position',
      [ids],
    );
    const byPost = new Map<string, AttachmentView[]>();
    for (const row of rows) byPost.set(row.post_id, [...(byPost.get(row.post_id) ?? []), presentAttachment(row)]);
    return byPost;
  }
}

const REVISIONS = `
  SELECT r.version, r.body, r.edited_at, t.naming, pe.name AS author_name, r.edited_function AS author_function, o.name AS organisation, o.slug AS organisation_slug, o.country
  FROM post_revision r JOIN post p ON p.id = r.post_id JOIN thread t ON t.id = p.thread_id JOIN person pe ON pe.id = r.edited_by JOIN organisation o ON o.id = r.edited_organisation_id
  WHERE r.post_id = $1 AND ($2::boolean OR p.moderated_version IS NULL OR r.version >= p.moderated_version) ORDER BY r.version DESC LIMIT 100`;
