import { Injectable } from '@nestjs/common';
import type { CreatePostBody, EditPostBody, PostView, ReactionKind } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { type Mentioned, MentionIndex } from '../organisations/index.js';
import { type Actor, assertSpeaksIn, assertStillSpeaks, canModerate, canWrite, type Capacity, Database, DomainError, Forbidden, IdReused, InvalidInput, NotFound, readableThread, type Sql, StaleVersion, writableSpace } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { type Caught, Watch, WatchDesk } from '../watch/index.js';
import { againIfMoved, lockPlace } from './caught-place.js';
import { assertSpaceWritable, DecisionRequired, HeldByDecision, Reconsider, ThreadClosed } from './forum.errors.js';
import { canRemovePost, canRestorePost, isWritable, type PostState } from './forum.policy.js';
import { HeldQueries } from './held.queries.js';
import { HeldWriter } from './held-writer.js';
import { replaceText } from './post-edit.js';
import { renderPostHtml } from './post-html.js';
import { presentPost, REACTIONS } from './post.presenter.js';
import { PostQueries } from './post.queries.js';
import { type Reply, ReplyWriter, type WrittenReply } from './reply-writer.js';
import { requestHash } from './request-hash.js';

interface LockedPost extends PostState {
  id: string; thread_id: string; version: number; body: string; language: 'fr' | 'en'; reaction_counts: number[]; delegation_id: string | null;
  status: string; merged_into_id: string | null; space_id: string; space_writable: boolean;
}

/** A reply was not written; what was to come with it is not either. */
class NotWritten extends Error {}

export interface Stored<T> {
  created: boolean;
  view: T;
}

/** Writes of messages: reply, edit, remove, restore, react. */
@Injectable()
export class PostService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly queries: PostQueries,
    private readonly mentions: MentionIndex,
    private readonly database: Database,
    private readonly replies: ReplyWriter,
    private readonly watch: Watch,
    private readonly desk: WatchDesk,
    private readonly held: HeldQueries,
    private readonly holder: HeldWriter,
  ) {}

  /** Adds a reply. A repeat of the same request gives the stored message with `created` false. */
  async reply(actor: Actor, threadId: string, body: CreatePostBody): Promise<Stored<PostView>> {
    if (!canWrite(actor)) throw new Forbidden();
    const { capacity } = actor;
    const language = body.language ?? actor.language;
    const hash = requestHash(threadId, body.body, body.language, body.replyTo ?? null, body.attachments, ...(body.delegation ? [body.delegation] : []));
    const { html, mentioned } = await renderPostHtml(body.body, language, this.mentions);
    if (body.attachments.length > 0) await this.assertAttachable(actor, body.id, body.attachments);
    const reply: Reply = {
      id: body.id, thread: threadId, spaces: actor.spaceIds, threads: actor.threadIds, body: body.body, html, language, reply_to: body.replyTo ?? null, person: actor.personId,
      organisation: capacity.organisationId, name: actor.name, function: capacity.function, delegation: body.delegation, mandate: capacity.mandateId, hash: hash.toString('hex'), attachments: body.attachments, account: actor.accountId, mentions: mentioned,
    };
    const caught = await this.watch.judge(actor, { thread: threadId }, { title: '', html });
    const written = caught ?? ((await this.watch.paces(actor, { thread: threadId })) ? await this.replyInTurn(actor, reply) : { row: await this.replies.add(reply) });
    if ('action' in written) return this.replyCaught(actor, body, reply, hash, written).catch(againIfMoved(() => this.reply(actor, threadId, body)));
    const { row } = written;
    if (!row) return { created: false, view: await this.explainRefusedReply(actor, threadId, body, hash) };
    return { created: true, view: await this.presentWritten(actor, reply, row) };
  }

  /** A rule has found something: it appears and moderation is told, or it waits, or its author is asked first. What was stored before the rule was there counts. */
  private async replyCaught(actor: Actor & { capacity: Capacity }, body: CreatePostBody, reply: Reply, hash: Buffer, caught: Caught): Promise<Stored<PostView>> {
    const { thread } = reply;
    const stored = await this.findStored(actor, body.id, hash);
    if (stored) return { created: false, view: stored };
    if (!(await this.holder.takesReply(actor, thread, reply.reply_to))) return { created: false, view: await this.explainRefusedReply(actor, thread, body, hash) };
    await assertSpeaksIn(this.database, actor, body.delegation, thread);
    if (caught.action === 'ask' && !body.insist) throw new Reconsider(caught.rules);
    if (caught.action === 'queue') {
      const row = await this.replyQueued(actor, reply, caught);
      if (!row) return { created: false, view: await this.explainRefusedReply(actor, thread, body, hash) };
      return { created: true, view: await this.presentWritten(actor, reply, row) };
    }
    await this.holder.hold(actor, {
      id: body.id, kind: 'reply', thread_id: thread, space_id: null, post_id: null, title: '', body: body.body, html: reply.html, language: reply.language, mentions: reply.mentions, attachments: body.attachments, proposal: { replyTo: reply.reply_to },
      rules: caught.rules, author_person_id: actor.personId, author_organisation_id: reply.organisation, author_name: reply.name, author_function: reply.function, delegation_id: body.delegation ?? null, request_hash: hash,
    }, caught);
    return { created: true, view: await this.held.asPost(actor, body.id) };
  }

  /** Where there is a rule about pace: one after the other of each person. @returns the row as ReplyWriter does, or what the rule has caught. */
  private replyInTurn(actor: Actor, reply: Reply): Promise<Caught | { row: WrittenReply | undefined }> {
    return this.write.run(actor, async (write) => (await this.watch.judgeInTurn(write.tx, actor, { thread: reply.thread }, { title: '', html: reply.html })) ?? { row: await this.replies.addIn(write, reply) });
  }

  /** It appears, with a case. @returns undefined, and opens no case, when a condition of a reply did not hold or it is there already. */
  private replyQueued(actor: Actor, reply: Reply, caught: Caught): Promise<WrittenReply | undefined> {
    return this.write
      .run(actor, async (write) => {
        // The thread, then the case, then the log: the order of all writes of moderation.
        await lockPlace(write, reply.thread, caught.space);
        await this.desk.open(write, { kind: 'post', id: reply.id, space: caught.space, person: actor.personId, organisation: reply.organisation, rules: caught.rules });
        const written = await this.replies.addIn(write, reply);
        if (!written) throw new NotWritten();
        return written;
      })
      .catch((error: unknown) => {
        if (error instanceof NotWritten) return undefined;
        throw error;
      });
  }

  private async presentWritten(actor: Actor & { capacity: Capacity }, reply: Reply, row: WrittenReply): Promise<PostView> {
    const { capacity } = actor;
    this.watch.note(actor.personId, reply.id, row.space_id, { title: '', html: reply.html });
    if (reply.attachments.length > 0) return this.queries.get(actor, reply.id);
    return presentPost(
      {
        ...row, id: reply.id, thread_id: reply.thread, state: 'visible', body: reply.body, html: reply.html, language: reply.language, version: 1, author_person_id: actor.personId, author_name: actor.name,
        author_function: capacity.function, organisation: capacity.organisation, organisation_slug: capacity.organisationSlug, country: capacity.country,
        reaction_counts: [0, 0, 0, 0], my_reactions: null, attachment_count: 0, event: null, removed_by: null, removed_at: null, held: null, moderated_at: null, edited_at: null, thread_writable: true,
      },
      [],
      actor,
    );
  }

  /** What a repeat is answered with: the message, or what waits; undefined when nothing is stored. @throws IdReused */
  private async findStored(actor: Actor, id: string, hash: Buffer): Promise<PostView | undefined> {
    const existing = await this.database.row<{ request_hash: Buffer; author_person_id: string }>('SELECT request_hash, author_person_id FROM post WHERE id = $1', [id]);
    if (existing && (existing.author_person_id !== actor.personId || !existing.request_hash.equals(hash))) throw new IdReused();
    if (existing) return this.queries.get(actor, id);
    return (await this.held.repeated(actor, id, hash)) ? this.held.asPost(actor, id) : undefined;
  }

  /** Why INSERT_REPLIES gave no row: a retry, a reused id, nothing to be seen, or a closed thread. */
  private async explainRefusedReply(actor: Actor, threadId: string, body: CreatePostBody, hash: Buffer): Promise<PostView> {
    const stored = await this.findStored(actor, body.id, hash);
    if (stored) return stored;
    const thread = await this.database.row<{ status: string; merged_into_id: string | null; space_writable: boolean; wait: number | null }>(
      `SELECT t.status, t.merged_into_id, ${writableSpace('t.space_id', '$4')} AS space_writable,
         (SELECT ceil(extract(epoch FROM max(q.created_at) + make_interval(secs => t.slow_seconds) - now()))::int FROM post q WHERE q.thread_id = t.id AND q.author_person_id = $4) AS wait FROM thread t WHERE t.id = $1 AND ${readableThread('t', '$2', '$3')}`, [threadId, actor.spaceIds, actor.threadIds, actor.personId]);
    if (!thread) throw new NotFound();
    assertSpaceWritable(thread);
    if (!isWritable(thread)) throw new ThreadClosed();
    if (thread.wait !== null && thread.wait > 0) throw new DomainError('slow-mode', 'rate-limited', { retryAfterS: thread.wait });
    await assertSpeaksIn(this.database, actor, body.delegation, threadId);
    throw new InvalidInput('replyTo', 'not_found');
  }

  private async assertAttachable(actor: Actor, postId: string, attachments: string[]): Promise<void> {
    const free = await this.database.rows('SELECT id FROM attachment WHERE id = ANY($1::uuid[]) AND owner_account_id = $2 AND (post_id IS NULL OR post_id = $3)', [attachments, actor.accountId, postId]);
    if (free.length !== new Set(attachments).size || new Set(attachments).size !== attachments.length) throw new InvalidInput('attachments', 'not_found');
  }

  /** Replaces the text. The version seen must be the stored one; a retry of an edit that already holds is answered as done. */
  async edit(actor: Actor, postId: string, body: EditPostBody): Promise<PostView> {
    return this.editHere(actor, postId, body).catch(againIfMoved(() => this.edit(actor, postId, body)));
  }

  private async editHere(actor: Actor, postId: string, body: EditPostBody): Promise<PostView> {
    const { html, mentioned, before, thread, isDone, isOwn } = await this.renderEdit(actor, postId, body.body);
    const caught = isDone || !isOwn ? null : await this.watch.judge(actor, { thread }, { title: '', html, before: { title: '', html: before } });
    if (caught?.action === 'ask' && !body.insist) throw new Reconsider(caught.rules);
    const isHeld = caught !== null && caught.action !== 'queue';
    const view = await this.write.run(actor, async (write) => {
      const { tx } = write;
      const post = await this.lock(tx, actor, postId);
      if (post.state !== 'visible') throw new NotFound();
      if (post.author_person_id !== actor.personId || !canWrite(actor)) throw new Forbidden();
      if (post.moderated_at) throw new HeldByDecision();
      if (!isWritable(post)) throw new ThreadClosed();
      if (post.version !== body.version && !(post.version === body.version + 1 && post.body === body.body)) throw new StaleVersion(post.version);
      if (post.body !== body.body) await assertStillSpeaks(tx, actor, post.delegation_id);
      if (post.body !== body.body && !isHeld) {
        if (caught) await lockPlace(write, post.thread_id, caught.space);
        if (caught) await this.desk.open(write, { kind: 'post', id: postId, space: caught.space, person: actor.personId, organisation: actor.capacity.organisationId, rules: caught.rules });
        await replaceText(write, post, { body: body.body, html, mentioned });
      }
      return this.viewIn(tx, actor, postId);
    });
    return caught && isHeld ? this.editCaught(actor, view, body, { html, mentioned }, caught) : view;
  }

  /** The message stands as it was; its new text waits. */
  private async editCaught(actor: Actor, view: PostView, body: EditPostBody, { html, mentioned }: { html: string; mentioned: Mentioned[] }, caught: Caught): Promise<PostView> {
    if (!canWrite(actor)) throw new Forbidden();
    await this.holder.holdEdit(actor, {
      id: uuid(), kind: 'edit', thread_id: view.thread, space_id: null, post_id: view.id, title: '', body: body.body, html, language: view.language, mentions: mentioned, attachments: [], proposal: { version: view.version }, rules: caught.rules,
      author_person_id: actor.personId, author_organisation_id: actor.capacity.organisationId, author_name: actor.name, author_function: actor.capacity.function, delegation_id: null, request_hash: requestHash(view.id, body.body),
    }, caught);
    const waiting = await this.held.ofEdit(actor, view.id);
    return { ...view, ...(waiting && { waiting }) };
  }

  private async renderEdit(actor: Actor, postId: string, body: string) {
    const row = await this.database.row<{ language: 'fr' | 'en'; html: string; body: string; thread_id: string; own: boolean }>(
      `SELECT p.language, p.html, p.body, p.thread_id, p.author_person_id = $4 AS own FROM post p JOIN thread t ON t.id = p.thread_id WHERE p.id = $1 AND ${readableThread('t', '$2', '$3')}`, [postId, actor.spaceIds, actor.threadIds, actor.personId]);
    if (!row) throw new NotFound();
    return { ...(await renderPostHtml(body, row.language, this.mentions)), before: row.html, thread: row.thread_id, isDone: row.body === body, isOwn: row.own };
  }

  /**
   * Takes one's own words away and keeps the place; undone by restore(). Repeating it is answered as done.
   * @throws DomainError `decision-required` for a moderator and somebody else's message: it needs a case.
   */
  async remove(actor: Actor, postId: string, version: number): Promise<PostView> {
    return this.write.run(actor, async ({ tx, record }) => {
      const post = await this.lock(tx, actor, postId);
      if (post.state === 'removed' && post.removed_by === actor.personId) return this.viewIn(tx, actor, postId);
      if (!canRemovePost(actor, post)) throw canModerate(actor) && post.state === 'visible' ? new DecisionRequired() : new Forbidden();
      if (!isWritable(post) && !canModerate(actor)) throw new ThreadClosed();
      if (post.version !== version) throw new StaleVersion(post.version);
      await tx.run(`UPDATE post SET state = 'removed', removed_by = $2, removed_at = now(), version = version + 1 WHERE id = $1`, [postId, actor.personId]);
      await tx.run('UPDATE thread SET post_count = post_count - 1 WHERE id = $1', [post.thread_id]);
      record({ type: 'post.removed', audience: 'thread', space: post.space_id, thread: post.thread_id, post: postId });
      return this.viewIn(tx, actor, postId);
    });
  }

  async restore(actor: Actor, postId: string, version: number): Promise<PostView> {
    return this.write.run(actor, async ({ tx, record }) => {
      const post = await this.lock(tx, actor, postId);
      if (post.state === 'visible') return this.viewIn(tx, actor, postId);
      if (post.held) throw canModerate(actor) || post.author_person_id === actor.personId ? new HeldByDecision() : new Forbidden();
      if (!canRestorePost(actor, post)) throw post.removed_by === actor.personId ? new DomainError('undo-expired', 'conflict') : canModerate(actor) ? new DecisionRequired() : new Forbidden();
      if (post.version !== version) throw new StaleVersion(post.version);
      await tx.run(`UPDATE post SET state = 'visible', removed_by = NULL, removed_at = NULL, version = version + 1 WHERE id = $1`, [postId]);
      await tx.run('UPDATE thread SET post_count = post_count + 1 WHERE id = $1', [post.thread_id]);
      record({ type: 'post.restored', audience: 'thread', space: post.space_id, thread: post.thread_id, post: postId });
      return this.viewIn(tx, actor, postId);
    });
  }

  /** Sets or takes back one reaction; both may be repeated. */
  async react(actor: Actor, postId: string, kind: ReactionKind, on: boolean): Promise<PostView> {
    if (!canWrite(actor)) throw new Forbidden();
    return this.write.run(actor, async ({ tx, record }) => {
      const post = await this.lock(tx, actor, postId);
      if (post.state !== 'visible') throw new NotFound();
      const changed = await tx.run(
        on ? 'INSERT INTO reaction (post_id, person_id, kind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING' : 'DELETE FROM reaction WHERE post_id = $1 AND person_id = $2 AND kind = $3',
        [postId, actor.personId, kind]);
      if (changed > 0) {
        const index = REACTIONS.indexOf(kind) + 1;
        await tx.run('UPDATE post SET reaction_counts[$2] = reaction_counts[$2] + $3 WHERE id = $1', [postId, index, on ? 1 : -1]);
        record({ type: 'post.reacted', audience: 'thread', space: post.space_id, thread: post.thread_id, post: postId });
      }
      return this.viewIn(tx, actor, postId);
    });
  }

  private async viewIn(tx: Sql, actor: Actor, postId: string): Promise<PostView> {
    const [view] = await this.queries.byIds([postId], actor, tx);
    if (!view) throw new NotFound();
    return view;
  }

  /** Thread first, then message, as every write does: two writers can't wait for each other. */
  private async lock(tx: Sql, actor: Actor, postId: string): Promise<LockedPost> {
    await tx.row('SELECT 1 FROM thread WHERE id = (SELECT thread_id FROM post WHERE id = $1) FOR UPDATE', [postId]);
    const post = await tx.row<LockedPost & Record<string, unknown>>(
      `SELECT p.id, p.thread_id, p.version, p.body, p.language, p.delegation_id, p.state, p.author_person_id, p.removed_by, p.removed_at, p.held, p.moderated_at, p.reaction_counts, t.status, t.merged_into_id, t.space_id, ${writableSpace('t.space_id', '$4')} AS space_writable
       FROM post p JOIN thread t ON t.id = p.thread_id WHERE p.id = $1 AND ${readableThread('t', '$2', '$3')} FOR UPDATE OF p`, [postId, actor.spaceIds, actor.threadIds, actor.personId]);
    if (!post || post.state === 'event') throw new NotFound();
    assertSpaceWritable(post);
    return post;
  }
}
