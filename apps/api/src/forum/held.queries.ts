import { Injectable } from '@nestjs/common';
import type { HeldView, PostView, SpaceRef, WatchFinding } from '@passerelle/contract';
import { type Actor, Database, IdReused, NotFound, onBehalf } from '../platform/index.js';
import type { Finding } from '../watch/index.js';
import { type AttachmentRow, presentAttachment } from './attachment.presenter.js';
import type { HeldPost } from './held-store.js';
import { type PostRow, presentPost } from './post.presenter.js';

interface HeldRow extends PostRow, Record<string, unknown> {
  held_state: HeldPost['state']; kind: HeldView['kind']; post_id: string | null; post_position: number | null; title: string; rules: Finding[]; attachments: string[]; request_hash: Buffer; space: SpaceRef;
}
const LISTED_MAX = 50;

/** What one has written and moderation has not read yet: for its author alone. */
@Injectable()
export class HeldQueries {
  constructor(private readonly database: Database) {}

  async mine(actor: Actor): Promise<{ items: HeldView[] }> {
    const rows = await this.database.rows<HeldRow>(`${HELD} WHERE h.author_person_id = $1 AND h.state = 'waiting' AND (s.id = ANY($2::uuid[]) OR t.id = ANY($3::uuid[])) AND ${STANDS} ORDER BY h.created_at LIMIT ${LISTED_MAX}`, [actor.personId, actor.spaceIds, actor.threadIds]);
    const files = await this.files(actor, rows.flatMap((row) => row.attachments));
    return { items: rows.map((row) => presentHeld(row, files)) };
  }

  /** What a repeat of a request is answered with; undefined for an id that is not held. @throws IdReused for other content or another author. */
  async repeated(actor: Actor, id: string, hash: Buffer): Promise<HeldRow | undefined> {
    const row = await this.database.row<HeldRow>(`${HELD} WHERE h.id = $1`, [id]);
    if (row && (row.author_person_id !== actor.personId || !row.request_hash.equals(hash))) throw new IdReused();
    return row;
  }

  /** @throws NotFound */
  async get(actor: Actor, id: string): Promise<HeldView> {
    const row = await this.own(actor, id);
    return presentHeld(row, await this.files(actor, row.attachments));
  }

  /** A held reply in the shape of a message: it has no position yet. @throws NotFound */
  async asPost(actor: Actor, id: string): Promise<PostView> {
    const row = await this.own(actor, id);
    const files = await this.files(actor, row.attachments);
    const view = presentPost(row, row.attachments.flatMap((file) => files.get(file) ?? []), actor);
    return { ...view, state: row.held_state === 'withdrawn' ? 'removed' : 'held', waiting: waitingOf(row), abilities: { edit: false, remove: false, restore: false } };
  }

  /** A new text of a message waits; undefined when none does. */
  async ofEdit(actor: Actor, postId: string): Promise<PostView['waiting']> {
    const row = await this.database.row<HeldRow>(`${HELD} WHERE h.author_person_id = $1 AND h.post_id = $2 AND h.state = 'waiting' AND ${STANDS}`, [actor.personId, postId]);
    return row && waitingOf(row);
  }

  private async own(actor: Actor, id: string): Promise<HeldRow> {
    const row = await this.database.row<HeldRow>(`${HELD} WHERE h.author_person_id = $1 AND h.id = $2`, [actor.personId, id]);
    if (!row) throw new NotFound();
    return row;
  }

  private async files(actor: Actor, ids: string[]) {
    if (ids.length === 0) return new Map<string, HeldView['attachments'][number]>();
    const rows = await this.database.rows<AttachmentRow & Record<string, unknown>>('SELECT id, name, type, bytes, width, height, thumbnail_key FROM attachment WHERE id = ANY($1::uuid[]) AND owner_account_id = $2', [ids, actor.accountId]);
    return new Map(rows.map((row) => [row.id, presentAttachment(row)]));
  }
}

/** The rules by their names and what they found: no id of a rule is told. */
export const findingsOf = (rules: Finding[]): WatchFinding[] => rules.map(({ name, words }) => ({ name, words }));
const waitingOf = (row: HeldRow): NonNullable<PostView['waiting']> => ({ rules: findingsOf(row.rules), at: row.created_at });

const presentHeld = (row: HeldRow, files: Map<string, HeldView['attachments'][number]>): HeldView => ({
  id: row.id, state: 'held', kind: row.kind, space: row.space, thread: row.kind === 'thread' ? null : row.thread_id, post: row.post_id, position: row.post_position, title: row.title, body: row.body, html: row.html, language: row.language,
  attachments: row.attachments.flatMap((file) => files.get(file) ?? []), rules: findingsOf(row.rules), at: row.created_at,
});

/** An edit of what has changed or gone since has nothing to replace. */
const STANDS = `(h.kind <> 'edit' OR (p.state = 'visible' AND p.version = (h.proposal ->> 'version')::int))`;
const HELD = `
  SELECT h.id, coalesce(h.thread_id, h.id) AS thread_id, 0 AS position, 'visible' AS state, h.state AS held_state, h.kind, h.post_id, p.position AS post_position, coalesce(t.title, h.title) AS title, h.body, h.html, h.language, 1 AS version,
    h.author_person_id, coalesce(t.naming, h.proposal -> 'thread' ->> 'naming', 'shown') AS naming, h.author_name, h.author_function, ${onBehalf('h.delegation_id')} AS on_behalf, o.name AS organisation, o.slug AS organisation_slug, o.country,
    '{0,0,0,0}'::smallint[] AS reaction_counts, NULL AS my_reactions, cardinality(h.attachments) AS attachment_count, NULL AS event, rp.id AS reply_to_id, rp.position AS reply_position, ro.name AS reply_organisation,
    NULL AS removed_by, NULL AS removed_at, NULL AS held, NULL AS moderated_at, h.created_at, NULL AS edited_at, true AS thread_writable, s.id AS space_id, h.rules, h.attachments, h.request_hash,
    jsonb_build_object('id', s.id, 'slug', s.slug, 'nameFr', s.name_fr, 'nameEn', s.name_en, 'access', s.access) AS space
  FROM held_post h JOIN organisation o ON o.id = h.author_organisation_id LEFT JOIN thread t ON t.id = h.thread_id JOIN space s ON s.id = coalesce(t.space_id, h.space_id) LEFT JOIN post p ON p.id = h.post_id
    LEFT JOIN post rp ON rp.id = (h.proposal ->> 'replyTo')::uuid LEFT JOIN organisation ro ON ro.id = rp.author_organisation_id`;
