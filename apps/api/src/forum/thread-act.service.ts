import { Injectable } from '@nestjs/common';
import { type DecisionBody, type MergeThreadBody, type MoveThreadBody, type SplitThreadBody, type ThreadActView, UNDO_MINUTES } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { type Actor, canModerate, Database, DomainError, Forbidden, IdReused, InvalidInput, NotFound, readableSpace, type Sql, StaleVersion } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { WatchDesk } from '../watch/index.js';
import { addEventLine } from './event-line.js';
import { HeldByDecision } from './forum.errors.js';
import { PostQueries } from './post.queries.js';
import { requestHash } from './request-hash.js';
import { type LockedThread, lockReadableThread } from './thread.service.js';

/** A message with the place and the parent that it had before. */
interface Moved extends Record<string, unknown> {
  id: string; position: number; parent: string | null;
}
interface ActRow {
  id: string; type: ThreadActView['type']; thread_id: string; target_thread_id: string | null; from_space_id: string | null; to_space_id: string | null;
  detail: { lines?: string[]; moved?: Moved[]; status?: string }; reason: string; at: string; undone_at: string | null;
}
type RecordEvent = Write['record'];
type Placed = Pick<LockedThread, 'id' | 'space_id'>;

const ACT_COLUMNS = 'id, type, thread_id, target_thread_id, from_space_id, to_space_id, detail, reason, at, undone_at';

/** What moderation does to whole threads: move, split, merge; each leaves a line in the thread and can be undone for ten minutes. */
@Injectable()
export class ThreadActService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly database: Database,
    private readonly posts: PostQueries,
    private readonly desk: WatchDesk,
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
      return this.moveTo({ tx, record }, actor, thread, body);
    });
  }

  private async moveTo({ tx, record }: Write, actor: Actor, thread: LockedThread, { id, space, reason }: Omit<MoveThreadBody, 'version'>): Promise<ActRow> {
    const target = await tx.row<{ id: string }>('SELECT id FROM space WHERE slug = $1 AND archived_at IS NULL AND id = ANY($2::uuid[])', [space, actor.spaceIds]);
    if (!target || target.id === thread.space_id) throw new InvalidInput('space', 'not_found');
    // What a session remembers may be half a minute old: whoever has left a confidential space takes nothing out of it, nor in.
    const unread = await tx.row(`SELECT 1 FROM space s JOIN account a ON a.id = $2 WHERE s.id = ANY($1::uuid[]) AND NOT ${readableSpace('s', 'a')}`, [[thread.space_id, target.id], actor.accountId]);
    if (unread) throw new NotFound();
    const line = await this.relocate(tx, actor, record, thread, target.id, 'moved', reason);
    return this.store(tx, actor, { id, type: 'moved', thread: thread.id, target: null, from: thread.space_id, to: target.id, detail: { lines: [line] }, reason });
  }

  /** Moves for a decision of moderation, as part of its write. @returns the act, which takeBack() undoes at any time. @throws InvalidInput */
  async displace(write: Write, actor: Actor, { thread: threadId, post }: { thread: string; post: string | null }, destination: NonNullable<DecisionBody['destination']>): Promise<string> {
    const { tx } = write;
    const id = uuid();
    const into = 'thread' in destination ? destination.thread : null;
    // In one order, so that two opposite moves can't wait for each other.
    const locked = new Map<string, LockedThread>();
    for (const one of [threadId, ...(into && into !== threadId ? [into] : [])].sort()) locked.set(one, await lockReadableThread(tx, actor, one));
    const thread = locked.get(threadId);
    if (!thread || ('space' in destination) === (post !== null) || (post === null && into !== null)) throw new InvalidInput('destination', 'not_for_this');
    if ('space' in destination) return (await this.moveTo(write, actor, thread, { id, space: destination.space, reason: '' })).id;
    const posts = post ? [post] : [];
    if ('title' in destination) return (await this.splitOff(write, actor, thread, { id, newThread: uuid(), title: destination.title, posts, reason: '' })).id;
    const target = locked.get(destination.thread);
    if (!target || target.id === thread.id || target.merged_into_id || target.space_id !== thread.space_id || target.naming !== thread.naming) throw new InvalidInput('destination', 'not_found');
    return (await this.carry(write, actor, thread, { id, target, posts })).id;
  }

  /** Messages with their answers to the end of another thread. */
  private async carry({ tx, record }: Write, actor: Actor, thread: LockedThread, { id, target, posts }: { id: string; target: LockedThread; posts: string[] }): Promise<ActRow> {
    const moved = await this.withAnswers(tx, thread.id, posts);
    const lines = [
      await addEventLine(tx, actor, thread.id, { type: 'split', params: { to: target.id, title: target.title, reason: '' } }),
      await addEventLine(tx, actor, target.id, { type: 'split', params: { from: thread.id, title: thread.title, reason: '' } }),
    ];
    await this.transplant(tx, moved, target.id, target.last_position + 1);
    await this.dropLostParents(tx, target.id);
    await this.recount(tx, [thread.id, target.id]);
    for (const [one, other] of [[thread, target], [target, thread]] as const) record({ type: 'thread.split', audience: 'thread', space: one.space_id, thread: one.id, subject: other.id });
    return this.store(tx, actor, { id, type: 'carried', thread: thread.id, target: target.id, from: null, to: null, detail: { lines, moved }, reason: '' });
  }

  split(actor: Actor, threadId: string, body: SplitThreadBody): Promise<ThreadActView> {
    return this.act(actor, body.id, async (tx, record) => this.splitOff({ tx, record }, actor, await lockReadableThread(tx, actor, threadId), body));
  }

  private async splitOff({ tx, record }: Write, actor: Actor, thread: LockedThread, body: SplitThreadBody): Promise<ActRow> {
    const moved = await this.withAnswers(tx, thread.id, body.posts);
    const [first] = moved;
    await tx.run(
      `INSERT INTO thread (id, space_id, kind, title, language, theme_id, concepts, author_person_id, author_organisation_id, author_name, author_function, request_hash, naming, delegation_id)
       SELECT $2, t.space_id, CASE WHEN t.kind = 'announcement' THEN 'discussion' ELSE t.kind END, $3, p.language, t.theme_id, t.concepts, p.author_person_id, p.author_organisation_id, p.author_name, p.author_function, $4, t.naming, p.delegation_id
       FROM thread t JOIN post p ON p.id = $5 WHERE t.id = $1`, [thread.id, body.newThread, body.title, requestHash(body.newThread), first?.id]);
    await this.transplant(tx, moved, body.newThread, 0);
    await this.dropLostParents(tx, body.newThread);
    const lines = [
      await addEventLine(tx, actor, thread.id, { type: 'split', params: { to: body.newThread, title: body.title, reason: body.reason } }),
      await addEventLine(tx, actor, body.newThread, { type: 'split', params: { from: thread.id, title: thread.title, reason: body.reason } }),
    ];
    await this.recount(tx, [thread.id, body.newThread]);
    record({ type: 'thread.created', audience: 'thread', space: thread.space_id, thread: body.newThread });
    record({ type: 'thread.split', audience: 'thread', space: thread.space_id, thread: thread.id, subject: body.newThread });
    return this.store(tx, actor, { id: body.id, type: 'split', thread: thread.id, target: body.newThread, from: null, to: null, detail: { lines, moved }, reason: body.reason });
  }

  /** The messages with their answers, in their order; the first of a thread stays with it. @throws InvalidInput */
  private async withAnswers(tx: Sql, thread: string, posts: string[]): Promise<Moved[]> {
    const moved = await tx.rows<Moved>(
      `SELECT id, position, reply_to_id AS parent FROM post WHERE thread_id = $1 AND state <> 'event' AND position > 1 AND (id = ANY($2::uuid[]) OR reply_to_id = ANY($2::uuid[])) ORDER BY position`, [thread, posts]);
    if (moved.length === 0 || !posts.every((id) => moved.some((post) => post.id === id))) throw new InvalidInput('posts', 'not_found');
    return moved;
  }

  /** A reply without the message that it answers loses its parent from view, not its place. */
  private async dropLostParents(tx: Sql, thread: string): Promise<void> {
    await tx.run('UPDATE post SET reply_to_id = NULL WHERE thread_id = $1 AND reply_to_id IN (SELECT id FROM post WHERE thread_id <> $1)', [thread]);
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
      const moved = await tx.rows<Moved>(`SELECT id, position, reply_to_id AS parent FROM post WHERE thread_id = $1 AND state <> 'event' ORDER BY position`, [threadId]);
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
      // Its case takes it back, with the letter that goes with it.
      if (await tx.row('SELECT 1 FROM moderation_decision WHERE act_id = $1', [actId])) throw new HeldByDecision();
      return presentAct(await this.putBack({ tx, record }, actor, thread, act));
    });
  }

  /** Undoes what displace() did, at any time: what has moved on since stays where it is now. */
  async takeBack(write: Write, actor: Actor, actId: string): Promise<void> {
    const act = await write.tx.row<ActRow & Record<string, unknown>>(`SELECT ${ACT_COLUMNS} FROM thread_act WHERE id = $1 AND undone_at IS NULL FOR UPDATE`, [actId]);
    if (!act) return;
    const threads = await write.tx.rows<Placed & Record<string, unknown>>('SELECT id, space_id FROM thread WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE', [[act.thread_id, act.target_thread_id]]);
    const thread = threads.find(({ id }) => id === act.thread_id);
    if (thread) await this.putBack(write, actor, thread, act);
  }

  private async putBack({ tx, record }: Write, actor: Actor, thread: Placed, act: ActRow): Promise<ActRow> {
    await tx.run('DELETE FROM post WHERE id = ANY($1::uuid[])', [act.detail.lines ?? []]);
    if (act.type !== 'moved') await this.replant(tx, record, thread, act);
    else if (act.from_space_id && thread.space_id === act.to_space_id) await this.relocate(tx, actor, record, thread, act.from_space_id, 'undone', '');
    // It went further meanwhile: taking that back leads to where it was before this.
    else await tx.run(`UPDATE thread_act SET from_space_id = $2 WHERE id = (SELECT id FROM thread_act WHERE thread_id = $1 AND type = 'moved' AND undone_at IS NULL AND from_space_id = $3 AND at > $4 ORDER BY at LIMIT 1)`, [act.thread_id, act.from_space_id, act.to_space_id, act.at]);
    const undone = await tx.row<ActRow & Record<string, unknown>>(`UPDATE thread_act SET undone_at = now() WHERE id = $1 RETURNING ${ACT_COLUMNS}`, [act.id]);
    if (!undone) throw new NotFound();
    return undone;
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

  private async relocate(tx: Sql, actor: Actor, record: RecordEvent, thread: Placed, to: string, type: 'moved' | 'undone', reason: string): Promise<string> {
    const from = await tx.row<{ name_fr: string; name_en: string; access: string }>('SELECT name_fr, name_en, access FROM space WHERE id = $1', [thread.space_id]);
    const into = await tx.row<{ name_fr: string; name_en: string }>('SELECT name_fr, name_en FROM space WHERE id = $1', [to]);
    await this.desk.follow({ tx, record }, thread.id, () => tx.run('UPDATE thread SET space_id = $2, version = version + 1 WHERE id = $1', [thread.id, to]));
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

  private async replant(tx: Sql, record: RecordEvent, thread: Placed, act: ActRow): Promise<void> {
    const target = act.target_thread_id;
    // Joined to another meanwhile, it takes them back there.
    const home = await tx.row<{ id: string; last_position: number }>('SELECT h.id, h.last_position FROM thread t JOIN thread h ON h.id = coalesce(CASE WHEN $2 THEN NULL ELSE t.merged_into_id END, t.id) WHERE t.id = $1', [thread.id, act.type === 'merged']);
    if (!home) throw new NotFound();
    const there = await tx.rows<{ id: string }>('SELECT id FROM post WHERE thread_id = $1', [target]);
    const moved = (act.detail.moved ?? []).filter(({ id }) => there.some((post) => post.id === id));
    await tx.run('SET CONSTRAINTS post_position DEFERRED');
    if (home.id === thread.id)
      await tx.run(
        `UPDATE post SET thread_id = $4, position = m.place, reply_to_id = (SELECT r.id FROM post r WHERE r.id = m.parent AND (r.thread_id = $4 OR r.id = ANY($1::uuid[]))) FROM unnest($1::uuid[], $2::int[], $3::uuid[]) AS m(id, place, parent) WHERE post.id = m.id`,
        [moved.map((m) => m.id), moved.map((m) => m.position), moved.map((m) => m.parent ?? null), thread.id]);
    else await this.transplant(tx, moved, home.id, home.last_position);
    if (act.type === 'merged') await tx.run('UPDATE thread SET merged_into_id = NULL, status = $2, version = version + 1 WHERE id = $1', [thread.id, act.detail.status ?? 'open']);
    if (act.type === 'split') {
      // What was written there since comes along: it would be lost from view.
      const later = await tx.rows<{ id: string }>(`SELECT id FROM post WHERE thread_id = $1 AND state <> 'event' ORDER BY position`, [target]);
      const last = await tx.row<{ last_position: number }>('SELECT last_position FROM thread WHERE id = $1', [home.id]);
      if (later.length > 0) await this.transplant(tx, later, home.id, last?.last_position ?? 0);
      await tx.run(`UPDATE thread SET merged_into_id = $2, status = 'closed' WHERE id = $1`, [target, home.id]);
    }
    // Answers that were written there since stand for themselves now.
    for (const one of [home.id, ...(target ? [target] : [])]) await this.dropLostParents(tx, one);
    await this.recount(tx, [thread.id, home.id, ...(target ? [target] : [])]);
    record({ type: 'thread.edited', audience: 'thread', space: thread.space_id, thread: thread.id });
    if (target) record({ type: act.type === 'split' ? 'thread.merged' : act.type === 'carried' ? 'thread.split' : 'thread.edited', audience: 'thread', space: thread.space_id, thread: target, subject: thread.id });
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
