import { Injectable } from '@nestjs/common';
import type { CreateThreadBody, EditThreadBody, HeldView, Naming, SummaryBody, ThreadView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { recordAudit } from '../audit/index.js';
import { type Mentioned, MentionIndex } from '../organisations/index.js';
import { type Actor, assertSpeaks, assertStillSpeaks, canModerate, canWrite, type Capacity, Database, DomainError, Forbidden, IdReused, inForce, InvalidInput, isGuest, NotFound, readableSpace, readableThread, type Sql, StaleVersion, writableSpace } from '../platform/index.js';
import { inLibrary } from '../practices/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { type Caught, Watch, WatchDesk } from '../watch/index.js';
import { assertAppears, assertSpaceWritable, HeldByDecision, Reconsider } from './forum.errors.js';
import { addEventLine, type EventLine } from './event-line.js';
import { canArrange, canEditThread, canOpenThread, canSetStatus, canSummarise, type ThreadState } from './forum.policy.js';
import { HeldQueries } from './held.queries.js';
import type { HeldPost } from './held-store.js';
import { HeldWriter } from './held-writer.js';
import { renderPostHtml } from './post-html.js';
import type { Stored } from './post.service.js';
import { requestHash } from './request-hash.js';
import { animates, unanswered } from './thread.sql.js';
import { ThreadQueries } from './thread.queries.js';

export interface LockedThread extends ThreadState {
  id: string; version: number; title: string; theme_id: string | null; pinned_until: string | null; summary_version: number; language: 'fr' | 'en'; last_position: number; naming: Naming; title_before: string | null; delegation_id: string | null;
}

/** Loads and locks a thread that the actor may read. @throws NotFound when absent or hidden. */
export async function lockReadableThread(tx: Sql, actor: Actor, id: string): Promise<LockedThread> {
  const thread = await tx.row<LockedThread & Record<string, unknown>>(
    `SELECT t.id, t.space_id, t.status, t.merged_into_id, t.author_person_id, t.kind, t.version, t.title, t.theme_id, t.pinned_until, t.summary_version, t.language, t.last_position, t.naming, t.title_before, t.delegation_id,
       ${writableSpace('t.space_id', '$4')} AS space_writable, ${animates('t.space_id', '$4')} AS animates
     FROM thread t WHERE t.id = $1 AND ${readableThread('t', '$2', '$3')} FOR UPDATE`, [id, actor.spaceIds, actor.threadIds, actor.personId]);
  if (!thread) throw new NotFound();
  assertSpaceWritable(thread);
  return thread;
}

/** The theme of a new thread: the one named, or that of its space. SQL; places of the theme, the space and its slug. */
const THEME_OF_NEW = (theme: string, space: string, slug: string) => `coalesce(${theme}, (SELECT theme_id FROM space WHERE id = ${space}), (SELECT id FROM theme WHERE id = ${slug}))`;

export interface NewThread {
  id: string; spaceId: string; spaceSlug: string; kind: string; title: string; body: string; html: string; mentioned: Mentioned[]; language: 'fr' | 'en'; theme: string | null; hash: Buffer; attachmentCount?: number;
  projectId?: string; practiceId?: string | null; naming?: Naming; delegation?: string | null;
}

/** Who opens a thread, in which function. */
export interface ThreadAuthor {
  personId: string; accountId: string; name: string; capacity: Pick<Capacity, 'organisationId' | 'function'>;
}

/** Stores a thread with its first message, as part of a write, with the facts of both. @returns the message; null when the thread is already there. */
export async function insertThread({ tx, record }: Write, actor: ThreadAuthor, thread: NewThread): Promise<string | null> {
  const post = uuid();
  const author = [actor.personId, actor.capacity.organisationId, actor.name, actor.capacity.function];
  const added = await tx.run(
    `INSERT INTO thread (id, space_id, kind, title, own_title, language, theme_id, author_person_id, author_organisation_id, author_name, author_function, request_hash, project_id, practice_id, naming, delegation_id, last_position, post_count)
     VALUES ($1, $2, $3, $4, $4, $5, ${THEME_OF_NEW('$6', '$2', '$7')}, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1, 1) ON CONFLICT (id) DO NOTHING`,
    [thread.id, thread.spaceId, thread.kind, thread.title, thread.language, thread.theme, thread.spaceSlug, ...author, thread.hash, thread.projectId ?? null, thread.practiceId ?? null, thread.naming ?? 'shown', thread.delegation ?? null]);
  if (added === 0) return null;
  await tx.run(
    `INSERT INTO post (id, thread_id, position, body, html, language, author_person_id, author_organisation_id, author_name, author_function, request_hash, attachment_count, delegation_id)
     VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, [post, thread.id, thread.body, thread.html, thread.language, ...author, thread.hash, thread.attachmentCount ?? 0, thread.delegation ?? null]);
  await tx.run('INSERT INTO post_mention (post_id, organisation_id, function) SELECT $1, * FROM unnest($2::uuid[], $3::text[])', [post, thread.mentioned.map((m) => m.organisationId), thread.mentioned.map((m) => m.function)]);
  await tx.run(`INSERT INTO follow (account_id, thread_id, level) VALUES ($1, $2, 'all')`, [actor.accountId, thread.id]);
  await tx.run('INSERT INTO read_position (account_id, thread_id, position) VALUES ($1, $2, 1)', [actor.accountId, thread.id]);
  record({ type: 'thread.created', audience: 'thread', actor: actor.personId, space: thread.spaceId, thread: thread.id });
  record({ type: 'post.created', audience: 'thread', actor: actor.personId, space: thread.spaceId, thread: thread.id, post, detail: { position: 1 } });
  return post;
}

interface PracticeOfThread extends Record<string, unknown> {
  id: string; ref: string; organisation_id: string | null;
}
interface PreparedThread {
  thread: NewThread;
  practice: PracticeOfThread | null;
  attachments: string[];
}
interface StoredThread extends Record<string, unknown> {
  request_hash: Buffer; author_person_id: string; held: boolean;
}
interface Summary {
  points: { text: string; html: string }[];
  whatChanged: string;
}
/** What is stored under an id: a thread, or one that is held. */
const STORED = `
  SELECT request_hash, author_person_id, false AS held FROM thread WHERE id = $1
  UNION ALL SELECT request_hash, author_person_id, true FROM held_post WHERE id = $1 AND state <> 'published'`;

/** Writes of threads: open, edit, status, summary. */
@Injectable()
export class ThreadService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly queries: ThreadQueries,
    private readonly mentions: MentionIndex,
    private readonly database: Database,
    private readonly watch: Watch,
    private readonly desk: WatchDesk,
    private readonly held: HeldQueries,
    private readonly holder: HeldWriter,
  ) {}

  /** Opens a thread with its first message at position 1, or keeps it until moderation has read it. A repeat gives what is stored with `created` false. */
  async open(actor: Actor, body: CreateThreadBody): Promise<Stored<ThreadView | HeldView>> {
    if (!canWrite(actor)) throw new Forbidden();
    const hash = requestHash(body.space, body.kind, body.title, body.body, body.language, body.theme ?? null, body.attachments, ...(body.practice ? [body.practice] : []), ...(body.naming === 'shown' ? [] : [body.naming]), ...(body.delegation ? [{ delegation: body.delegation }] : []));
    const existing = await this.database.row<StoredThread>(STORED, [body.id]);
    if (existing) return this.repeated(actor, body.id, existing, hash);
    const space = await this.database.row<{ id: string; space_writable: boolean }>(`SELECT id, ${writableSpace('space.id', '$3')} AS space_writable FROM space WHERE slug = $1 AND id = ANY($2::uuid[])`, [body.space, actor.spaceIds, actor.personId]);
    if (!space) throw new InvalidInput('space', 'not_found');
    assertSpaceWritable(space);
    if (!canOpenThread(actor, space.id, body.kind)) throw new Forbidden();
    if (typeof body.theme === 'string' && !(await this.database.row('SELECT 1 FROM theme WHERE id = $1', [body.theme]))) throw new InvalidInput('theme', 'not_found');
    const speaks = (sql: Sql) => assertSpeaks(sql, actor, body.delegation, `SELECT ${THEME_OF_NEW('$3::text', '$4::uuid', '$5::text')}`, [body.theme ?? null, space.id, body.space]);
    await speaks(this.database);
    const practice = body.practice === undefined ? null : await this.practice(this.database, body.practice, isGuest(actor));
    const { html, mentioned } = await renderPostHtml(body.body, body.language, this.mentions);
    const prepared: PreparedThread = { thread: { id: body.id, spaceId: space.id, spaceSlug: body.space, kind: body.kind, title: body.title, body: body.body, html, mentioned, language: body.language, theme: body.theme ?? null, hash, attachmentCount: body.attachments.length, practiceId: practice?.id ?? null, naming: body.naming, delegation: body.delegation ?? null }, practice, attachments: body.attachments };
    const written = await this.openNow(actor, prepared, speaks);
    if ('action' in written) return this.openHeld(actor, body, prepared.thread, written);
    if (written.post) {
      this.watch.note(actor.personId, written.post, space.id, { title: body.title, html });
      return { created: true, view: await this.queries.get(actor, body.id) };
    }
    // The same request came twice at once: the other one has won.
    const winner = await this.database.row<StoredThread>(STORED, [body.id]);
    if (!winner) throw new NotFound();
    return this.repeated(actor, body.id, winner, hash);
  }

  /** @returns the first message, null when the thread is already there; or what a rule has caught that does not let it appear. */
  private async openNow(actor: Actor & { capacity: Capacity }, prepared: PreparedThread, speaks: (sql: Sql) => Promise<unknown>): Promise<Caught | { post: string | null }> {
    const { spaceId: space, title, html } = prepared.thread;
    const early = await this.watch.judge(actor, { space }, { title, html });
    const inTurn = !early && (await this.watch.paces(actor, { space }));
    return this.write.run(actor, async (write) => {
      await speaks(write.tx);
      const caught = inTurn ? await this.watch.judgeInTurn(write.tx, actor, { space }, { title, html }) : early;
      if (caught && caught.action !== 'queue') return caught;
      const post = await this.insertWhole(write, actor, prepared);
      if (post && caught) await this.desk.open(write, { kind: 'post', id: post, space, person: actor.personId, organisation: actor.capacity.organisationId, rules: caught.rules });
      return { post };
    });
  }

  /** Its author is asked first, or it waits. */
  private async openHeld(actor: Actor & { capacity: Capacity }, body: CreateThreadBody, thread: NewThread, caught: Caught): Promise<Stored<HeldView>> {
    if (caught.action === 'ask' && !body.insist) throw new Reconsider(caught.rules);
    await this.holder.hold(actor, {
      id: body.id, kind: 'thread', thread_id: null, space_id: thread.spaceId, post_id: null, title: body.title, body: body.body, html: thread.html, language: body.language, mentions: thread.mentioned, attachments: body.attachments,
      proposal: { thread: { kind: body.kind, theme: body.theme ?? null, practice: body.practice ?? null, naming: body.naming } }, rules: caught.rules,
      author_person_id: actor.personId, author_organisation_id: actor.capacity.organisationId, author_name: actor.name, author_function: actor.capacity.function, delegation_id: body.delegation ?? null, request_hash: thread.hash,
    }, caught);
    return { created: true, view: await this.held.get(actor, body.id) };
  }

  /** Moderation lets through a thread that was held: its space is one that its author may write in now. */
  async release(write: Write, held: HeldPost, space: { id: string; slug: string }, { accountId, attachments }: { accountId: string; attachments: string[] }): Promise<void> {
    const { thread } = held.proposal;
    if (!thread) throw new NotFound();
    const practice = thread.practice === null ? null : await this.practice(write.tx, thread.practice, false);
    const author = { personId: held.author_person_id, accountId, name: held.author_name, capacity: { organisationId: held.author_organisation_id, function: held.author_function } };
    const post = await this.insertWhole(write, author, {
      thread: { id: held.id, spaceId: space.id, spaceSlug: space.slug, kind: thread.kind, title: held.title, body: held.body, html: held.html, mentioned: held.mentions, language: held.language, theme: thread.theme, hash: held.request_hash, attachmentCount: attachments.length, practiceId: practice?.id ?? null, naming: thread.naming, delegation: held.delegation_id },
      practice, attachments,
    });
    if (!post) throw new DomainError('not-possible-now', 'conflict');
  }

  /** @returns the first message; null when the thread is already there. */
  private async insertWhole(write: Write, author: ThreadAuthor, { thread, practice, attachments }: PreparedThread): Promise<string | null> {
    const post = await insertThread(write, author, thread);
    if (!post) return null;
    if (practice) await this.tellPracticeOwners(write, practice, { thread: thread.id, space: thread.spaceId });
    await this.attach(write.tx, author, post, attachments);
    return post;
  }

  private async practice(sql: Sql, ref: string, asGuest: boolean): Promise<PracticeOfThread> {
    const practice = await sql.row<PracticeOfThread>(`SELECT p.id, p.ref, p.organisation_id FROM practice p WHERE p.ref = $1 AND ${inLibrary('p', '$2')}`, [ref, asGuest]);
    if (!practice) throw new InvalidInput('practice', 'not_found');
    return practice;
  }

  /** The city follows what is asked about its practice, as far as its people read the space; the page of the practice shows the thread. */
  private async tellPracticeOwners({ tx, record }: Write, practice: PracticeOfThread, { thread, space }: { thread: string; space: string }): Promise<void> {
    await tx.run(
      `INSERT INTO follow (account_id, thread_id, level) SELECT DISTINCT a.id, $1::uuid, 'all' FROM account a JOIN mandate m ON m.person_id = a.person_id JOIN space s ON s.id = $2
       WHERE m.organisation_id = $3 AND a.disabled_at IS NULL AND ${inForce('m')}
         AND ${readableSpace('s', 'a')} ON CONFLICT DO NOTHING`, [thread, space, practice.organisation_id]);
    // In a space that isn't open to all, that there is a discussion is told to its readers only.
    const open = await tx.row(`SELECT 1 FROM space WHERE id = $1 AND access = 'open'`, [space]);
    record({ type: 'practice.marked', audience: open ? 'members' : 'space', space: open ? null : space, subject: practice.id, detail: { ref: practice.ref } });
  }

  private async repeated(actor: Actor, id: string, existing: StoredThread, hash: Buffer): Promise<Stored<ThreadView | HeldView>> {
    if (existing.author_person_id !== actor.personId || !existing.request_hash.equals(hash)) throw new IdReused();
    return { created: false, view: existing.held ? await this.held.get(actor, id) : await this.queries.get(actor, id) };
  }

  private async attach(tx: Sql, actor: Pick<Actor, 'accountId'>, post: string, attachments: string[]): Promise<void> {
    if (attachments.length === 0) return;
    const taken = await tx.run(
      'UPDATE attachment SET post_id = $1, position = array_position($2::uuid[], id) WHERE id = ANY($2::uuid[]) AND owner_account_id = $3 AND post_id IS NULL AND practice_id IS NULL AND project_id IS NULL AND accession_document_id IS NULL', [post, attachments, actor.accountId]);
    if (taken !== attachments.length) throw new InvalidInput('attachments', 'not_found');
  }

  /** Title, kind, theme, status, pin. The version seen must be the stored one. */
  async edit(actor: Actor, id: string, body: EditThreadBody): Promise<ThreadView> {
    return this.write.run(actor, async (write) => {
      const { tx, record } = write;
      const thread = await lockReadableThread(tx, actor, id);
      const status = body.status ?? thread.status;
      if (status !== thread.status && !canSetStatus(actor, thread, status)) throw new Forbidden();
      const changesWords = body.title !== undefined || body.kind !== undefined || body.theme !== undefined;
      if (changesWords && !canEditThread(actor, thread)) throw new Forbidden();
      if (changesWords && thread.author_person_id === actor.personId) await assertStillSpeaks(tx, actor, thread.delegation_id);
      if (body.kind === 'announcement' && !canOpenThread(actor, thread.space_id, body.kind)) throw new Forbidden();
      if (body.pinnedUntil !== undefined && !canModerate(actor)) throw new Forbidden();
      if (body.naming && !canArrange(actor, thread)) throw new Forbidden();
      if (thread.version !== body.version) throw new StaleVersion(thread.version);
      if (await isHeld(tx, thread, { status, title: body.title })) throw new HeldByDecision();
      if (body.naming) await assertNamesOpen(tx, thread);
      if (typeof body.theme === 'string' && !(await tx.row('SELECT 1 FROM theme WHERE id = $1', [body.theme]))) throw new InvalidInput('theme', 'not_found');
      await this.assertWords(write, actor, thread, [`${body.title ?? thread.title}\n${body.reason ?? ''}`], [thread.title]);
      await tx.run(
        'UPDATE thread SET title = $2, kind = $3, theme_id = $4, status = $5, pinned_until = $6, naming = $7, own_title = coalesce($8, own_title), version = version + 1 WHERE id = $1',
        [id, body.title ?? thread.title, body.kind ?? thread.kind, body.theme === undefined ? thread.theme_id : body.theme, status, body.pinnedUntil === undefined ? thread.pinned_until : body.pinnedUntil, body.naming ?? thread.naming, thread.author_person_id === actor.personId ? body.title : null]);
      if (body.naming) await recordAudit(tx, actor, { act: 'thread.names-withheld', subjectKind: 'thread', subjectId: id });
      record({ type: 'thread.edited', audience: 'thread', space: thread.space_id, thread: id, detail: { version: thread.version + 1, ...(body.naming && { names: 'withheld' }) } });
      const line = statusLine(thread.status, status, body.reason ?? '');
      if (line) {
        const post = await addEventLine(tx, actor, id, line);
        record({ type: 'post.created', audience: 'thread', space: thread.space_id, thread: id, post });
      }
      return this.queries.get(actor, id, tx);
    });
  }

  /** Replaces the living summary; points that were not there before are marked as new. */
  async summarise(actor: Actor, id: string, body: SummaryBody): Promise<ThreadView> {
    return this.write.run(actor, async (write) => {
      const { tx, record } = write;
      const thread = await lockReadableThread(tx, actor, id);
      if (!canSummarise(actor, thread)) throw new Forbidden();
      if (thread.summary_version !== body.version) throw new StaleVersion(thread.summary_version);
      const before = await tx.row<{ summary: Summary | null }>('SELECT summary FROM thread WHERE id = $1', [id]);
      const known = new Set(before?.summary?.points.map((point) => point.text));
      const points = await Promise.all(body.points.map(async (text) => ({ text, html: await this.inlineHtml(text, thread.language), isNew: known.size > 0 && !known.has(text) })));
      await this.assertWords(write, actor, thread, [body.whatChanged, ...points.map((point) => point.html)], [before?.summary?.whatChanged ?? '', ...(before?.summary?.points.map((point) => point.html) ?? [])]);
      const summary = JSON.stringify({ points, whatChanged: body.whatChanged });
      await tx.run('UPDATE thread SET summary = $2, summary_version = summary_version + 1, summary_updated_at = now() WHERE id = $1', [id, summary]);
      await tx.run('INSERT INTO thread_summary_version (thread_id, version, summary, edited_by) VALUES ($1, $2, $3, $4)', [id, body.version + 1, summary, actor.personId]);
      record({ type: 'thread.summarised', audience: 'thread', space: thread.space_id, thread: id, detail: { version: body.version + 1 } });
      return this.queries.get(actor, id, tx);
    });
  }

  /** Title, reason and summary are judged by what is new in them; they can't wait, but moderation may be told. @throws Reconsider */
  private async assertWords({ tx, record }: Write, actor: Actor, { id, space_id: space }: LockedThread, [title = '', ...html]: string[], [titleBefore = '', ...htmlBefore]: string[]): Promise<void> {
    const caught = assertAppears(await this.watch.judge(actor, { space }, { title, html: html.join('\n'), before: { title: titleBefore, html: htmlBefore.join('\n') } }, tx));
    if (caught) await this.desk.open({ tx, record }, { kind: 'thread', id, space, person: actor.personId, organisation: actor.capacity?.organisationId ?? null, rules: caught.rules });
  }

  private async inlineHtml(text: string, language: 'fr' | 'en'): Promise<string> {
    const { html } = await renderPostHtml(text, language, this.mentions);
    return html.trim().replace(/^<p>([\s\S]*)<\/p>$/, '$1');
  }
}

/** Names are withheld before anybody answers, once and for good. @throws DomainError `names-settled` */
async function assertNamesOpen(tx: Sql, { id, naming }: LockedThread): Promise<void> {
  const open = naming === 'shown' && (await tx.row(`SELECT 1 WHERE ${unanswered('$1')}`, [id]));
  if (!open) throw new DomainError('names-settled', 'conflict');
}

/** A decision that stands closed the thread, or gave it its title: neither is changed but by its case. */
async function isHeld(tx: Sql, thread: LockedThread, { status, title = thread.title }: { status: string; title?: string | undefined }): Promise<boolean> {
  if (thread.title_before !== null && title !== thread.title) return true;
  if (thread.status !== 'closed' || status === 'closed') return false;
  return (await tx.row(`SELECT 1 FROM moderation_decision d WHERE d.thread_id = $1 AND d.measure = 'close' AND d.state_before IS NOT NULL AND d.undone_at IS NULL AND d.ended_at IS NULL`, [thread.id])) !== undefined;
}

function statusLine(before: string, after: string, reason: string): EventLine | null {
  if (before === after) return null;
  const type = after === 'closed' ? 'closed' : after === 'answered' ? 'answered' : 'reopened';
  return { type, params: { reason } };
}
