import { Injectable } from '@nestjs/common';
import { type MergeThreadBody, type MoveThreadBody, type SplitThreadBody, type ThreadActView, UNDO_MINUTES } from '@passerelle/contract';
import { type Actor, canModerate, Database, DomainError, Forbidden, IdReused, InvalidInput, NotFound, type Sql, StaleVersion } from '../platform/index.js';
import { type NewEvent, WriteTransaction } from '../realtime/index.js';
import { addEventLine } from './event-line.js';
import { PostQueries } from './post.queries.js';
import { requestHash } from './request-hash.js';
import { type LockedThread, lockReadableThread } from './thread.service.js';

interface ActRow {
  id: string; type: ThreadActView['type']; thread_id: string; target_thread_id: string | null; from_space_id: string | null; to_space_id: string | null;
  detail: { lines?: string[]; moved?: { id: string; position: number }[]; status?: string }; reason: string; at: string; undone_at: string | null;
}
type RecordEvent = (event: NewEvent) => void;

const ACT_COLUMNS = 'id, type, thread_id, target_thread_id, from_space_id, to_space_id, detail, reason, at, undone_at';

/** What moderation does to whole threads: move, split, merge; each leaves a line in the thread and can be undone for ten minutes. */
@Injectable()
export class ThreadActService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly database: Database,
    private readonly posts: PostQueries,
  ) {}

  async list(actor: Actor, threadId: string): Promise<{ items: ThreadActView[] }> {
    if (!canModerate(actor)) throw new Forbidden();
    await this.posts.assertReadable(actor, threadId);
    const rows = await this.database.rows<ActRow & Record<string, unknown>>(`SELECT ${ACT_COLUMNS} FROM thread_act WHERE thread_id = $1 OR target_thread_id = $1 ORDER BY at DESC LIMIT 20`, [threadId]);
    return { items: rows.map(presentAct) };
  }

  move(actor: Actor, threadId: string, body: MoveThreadBody): Promise<ThreadActView> {
    return this.act(actor, body.id, async (tx, record) => {
      const thread = await lockReadableThread(tx, actor, threadId);
      if (thread.version !== body.version) throw new StaleVersion(thread.version);
      const target = await tx.row<{ id: string }>('SELECT id FROM space WHERE slug = $1 AND archived_at IS NULL AND id = ANY($2::uuid[])', [body.space, actor.spaceIds]);
      if (!target || target.id === thread.space_id) throw new InvalidInput('space', 'not_found');
      const line = await this.relocate(tx, actor, record, thread, target.id, 'moved', body.reason);
      return this.store(tx, actor, { id: body.id, type: 'moved', thread: threadId, target: null, from: thread.space_id, to: target.id, detail: { lines: [line] }, reason: body.reason });
    });
  }

  split(actor: Actor, threadId: string, body: SplitThreadBody): Promise<ThreadActView> {
    return this.act(actor, body.id, async (tx, record) => {
      const thread = await lockReadableThread(tx, actor, threadId);
      const moved = await tx.rows<{ id: string; position: number; author_person_id: string; author_organisation_id: string; author_name: string; author_function: string; language: string }>(
        `SELECT id, position, author_person_id, author_organisation_id, author_name, author_function, language FROM post
         WHERE thread_id = $1 AND state <> 'event' AND position > 1 AND (id = ANY($2::uuid[]) OR reply_to_id = ANY($2::uuid[])) ORDER BY position`, [threadId, body.posts]);
      const [first] = moved;
      if (!first || !body.posts.every((id) => moved.some((post) => post.id === id))) throw new InvalidInput('posts', 'not_found');
      await tx.run(
        `INSERT INTO thread (id, space_id, kind, title, language, theme_id, concepts, author_person_id, author_organisation_id, author_name, author_function, request_hash, naming)
         SELECT $2, space_id, CASE WHEN kind = 'announcement' THEN 'discussion' ELSE kind END, $3, $4, theme_id, concepts, $5, $6, $7, $8, $9, naming FROM thread WHERE id = $1`,
        [threadId, body.newThread, body.title, first.language, first.author_person_id, first.author_organisation_id, first.author_name, first.author_function, requestHash(body.newThread)]);
      await this.transplant(tx, moved, body.newThread, 0);
      // A reply left behind loses its parent from view, not its place.
      await tx.run('UPDATE post SET reply_to_id = NULL WHERE thread_id = $1 AND reply_to_id IN (SELECT id FROM post WHERE thread_id <> $1)', [body.newThread]);
      const lines = [
        await addEventLine(tx, actor, threadId, { type: 'split', params: { to: body.newThread, title: body.title, reason: body.reason } }),
        await addEventLine(tx, actor, body.newThread, { type: 'split', params: { from: threadId, title: thread.title, reason: body.reason } }),
      ];
      await this.recount(tx, [threadId, body.newThread]);
      record({ type: 'thread.created', audience: 'thread', space: thread.space_id, thread: body.newThread });
      record({ type: 'thread.split', audience: 'thread', space: thread.space_id, thread: threadId, subject: body.newThread });
      const detail = { lines, moved: moved.map(({ id, position }) => ({ id, position })) };
      return this.store(tx, actor, { id: body.id, type: 'split', thread: threadId, target: body.newThread, from: null, to: null, detail, reason: body.reason });
    });
  }

  merge(actor: Actor, threadId: string, body: MergeThreadBody): Promise<ThreadActView> {
    return this.act(actor, body.id, async (tx, record) => {
      if (threadId === body.into) throw new InvalidInput('into', 'same');
      // Both in one order, so that two opposite merges can't wait for each other.
      const locked = new Map<string, LockedThread>();
      for (const id of [threadId, body.into].sort()) locked.set(id, await lockReadableThread(tx, actor, id));
      const thread = locked.get(threadId);
      const target = locked.get(body.into);
      if (!thread || !target || thread.merged_into_id || target.merged_into_id) throw new InvalidInput('into', 'merged');
      if (thread.space_id !== target.space_id) throw new InvalidInput('into', 'other_space');
      // Names that one of them withholds would stand beside those of the other.
      if (thread.naming !== target.naming) throw new InvalidInput('into', 'other_naming');
      const moved = await tx.rows<{ id: string; position: number }>(`SELECT id, position FROM post WHERE thread_id = $1 AND state <> 'event' ORDER BY position`, [threadId]);
      const line = await addEventLine(tx, actor, body.into, { type: 'merged', params: { from: threadId, title: thread.title, reason: body.reason } });
      await this.transplant(tx, moved, body.into, target.last_position + 1);
      await tx.run(`UPDATE thread SET merged_into_id = $2, status = 'closed', version = version + 1 WHERE id = $1`, [threadId, body.into]);
      await this.recount(tx, [threadId, body.into]);
      record({ type: 'thread.merged', audience: 'thread', space: thread.space_id, thread: threadId, subject: body.into });
      record({ type: 'thread.edited', audience: 'thread', space: target.space_id, thread: body.into });
      return this.store(tx, actor, { id: body.id, type: 'merged', thread: threadId, target: body.into, from: null, to: null, detail: { lines: [line], moved, status: thread.status }, reason: body.reason });
    });
  }

  /** Puts things back as they were. @throws DomainError `undo-expired` after ten minutes. */
  async undo(actor: Actor, actId: string): Promise<ThreadActView> {
    if (!canModerate(actor)) throw new Forbidden();
    return this.write.run(actor, async ({ tx, record }) => {
      const act = await tx.row<ActRow & Record<string, unknown>>(`SELECT ${ACT_COLUMNS} FROM thread_act WHERE id = $1 FOR UPDATE`, [actId]);
      if (!act) throw new NotFound();
      const thread = await lockReadableThread(tx, actor, act.thread_id);
      if (act.undone_at) return presentAct(act);
      if (Date.now() - Date.parse(act.at) > UNDO_MINUTES * 60_000) throw new DomainError('undo-expired', 'conflict');
      await tx.run('DELETE FROM post WHERE id = ANY($1::uuid[])', [act.detail.lines ?? []]);
      if (act.type === 'moved' && act.from_space_id) await this.relocate(tx, actor, record, thread, act.from_space_id, 'undone', '');
      else await this.replant(tx, record, thread, act);
      const undone = await tx.row<ActRow & Record<string, unknown>>(`UPDATE thread_act SET undone_at = now() WHERE id = $1 RETURNING ${ACT_COLUMNS}`, [actId]);
      if (!undone) throw new NotFound();
      return presentAct(undone);
    });
  }

  /** Runs an act once: a repeat of its id answers with what was done. */
  private async act(actor: Actor, id: string, work: (tx: Sql, record: RecordEvent) => Promise<ActRow>): Promise<ThreadActView> {
    if (!canModerate(actor)) throw new Forbidden();
    const row = await this.write.run(actor, async ({ tx, record }) => {
      const existing = await tx.row<ActRow & { actor_person_id: string }>(`SELECT ${ACT_COLUMNS}, actor_person_id FROM thread_act WHERE id = $1`, [id]);
      if (existing && existing.actor_person_id !== actor.personId) throw new IdReused();
      return existing ?? work(tx, record);
    });
    return presentAct(row);
  }

  private async relocate(tx: Sql, actor: Actor, record: RecordEvent, thread: LockedThread, to: string, type: 'moved' | 'undone', reason: string): Promise<string> {
    const from = await tx.row<{ name_fr: string; name_en: string; access: string }>('SELECT name_fr, name_en, access FROM space WHERE id = $1', [thread.space_id]);
    const into = await tx.row<{ name_fr: string; name_en: string }>('SELECT name_fr, name_en FROM space WHERE id = $1', [to]);
    await tx.run('UPDATE thread SET space_id = $2, version = version + 1 WHERE id = $1', [thread.id, to]);
    // The name of a confidential space must not travel with the thread to readers who can't see that space.
    const origin = from && from.access !== 'confidential' ? { fromFr: from.name_fr, fromEn: from.name_en } : { fromFr: '', fromEn: '' };
    const line = await addEventLine(tx, actor, thread.id, { type, params: { ...origin, toFr: into?.name_fr ?? '', toEn: into?.name_en ?? '', reason } });
    record({ type: 'thread.left', audience: 'space', space: thread.space_id, subject: thread.id });
    record({ type: 'thread.moved', audience: 'thread', space: to, thread: thread.id });
    record({ type: 'post.created', audience: 'thread', space: to, thread: thread.id, post: line });
    return line;
  }

  private async transplant(tx: Sql, posts: { id: string }[], into: string, after: number): Promise<void> {
    await tx.run('SET CONSTRAINTS post_position DEFERRED');
    await tx.run('UPDATE post SET thread_id = $2, position = m.place + $3 FROM unnest($1::uuid[]) WITH ORDINALITY AS m(id, place) WHERE post.id = m.id', [posts.map((post) => post.id), into, after]);
    await tx.run('UPDATE thread SET last_position = greatest(last_position, $2) WHERE id = $1', [into, after + posts.length]);
  }

  private async replant(tx: Sql, record: RecordEvent, thread: LockedThread, act: ActRow): Promise<void> {
    const moved = act.detail.moved ?? [];
    await tx.run('SET CONSTRAINTS post_position DEFERRED');
    await tx.run('UPDATE post SET thread_id = $3, position = m.place FROM unnest($1::uuid[], $2::int[]) AS m(id, place) WHERE post.id = m.id', [moved.map((m) => m.id), moved.map((m) => m.position), thread.id]);
    if (act.type === 'merged') await tx.run('UPDATE thread SET merged_into_id = NULL, status = $2, version = version + 1 WHERE id = $1', [thread.id, act.detail.status ?? 'open']);
    else await tx.run(`UPDATE thread SET merged_into_id = $2, status = 'closed' WHERE id = $1`, [act.target_thread_id, thread.id]);
    await this.recount(tx, [thread.id, ...(act.target_thread_id ? [act.target_thread_id] : [])]);
    record({ type: 'thread.edited', audience: 'thread', space: thread.space_id, thread: thread.id });
    if (act.target_thread_id) record({ type: act.type === 'merged' ? 'thread.edited' : 'thread.merged', audience: 'thread', space: thread.space_id, thread: act.target_thread_id, subject: thread.id });
  }

  private async recount(tx: Sql, threads: string[]): Promise<void> {
    await tx.run(
      `UPDATE thread SET post_count = c.visible, last_activity_at = coalesce(c.last, last_activity_at)
       FROM (SELECT t.id, count(p.id) FILTER (WHERE p.state = 'visible') AS visible, max(p.created_at) FILTER (WHERE p.state = 'visible') AS last
             FROM thread t LEFT JOIN post p ON p.thread_id = t.id WHERE t.id = ANY($1::uuid[]) GROUP BY t.id) c WHERE thread.id = c.id`, [threads]);
  }

  private async store(tx: Sql, actor: Actor, act: { id: string; type: string; thread: string; target: string | null; from: string | null; to: string | null; detail: ActRow['detail']; reason: string }): Promise<ActRow> {
    const row = await tx.row<ActRow & Record<string, unknown>>(
      `INSERT INTO thread_act (id, type, thread_id, target_thread_id, from_space_id, to_space_id, detail, reason, actor_person_id) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) RETURNING ${ACT_COLUMNS}`,
      [act.id, act.type, act.thread, act.target, act.from, act.to, JSON.stringify(act.detail), act.reason, actor.personId]);
    if (!row) throw new NotFound();
    return row;
  }
}

const presentAct = (row: ActRow): ThreadActView => ({
  id: row.id, type: row.type, thread: row.thread_id, target: row.target_thread_id, undoUntil: new Date(Date.parse(row.at) + UNDO_MINUTES * 60_000).toISOString(), undone: row.undone_at !== null,
});
