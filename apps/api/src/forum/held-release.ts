import { Injectable } from '@nestjs/common';
import { DomainError, type Reading, readingOf, writableSpace } from '../platform/index.js';
import type { AppendingWrite, Write } from '../realtime/index.js';
import { ThreadClosed } from './forum.errors.js';
import { isWritable } from './forum.policy.js';
import { type HeldPost, lockHeld, settleHeld } from './held-store.js';
import { replaceText } from './post-edit.js';
import { ReplyWriter } from './reply-writer.js';
import { ThreadService } from './thread.service.js';

/** `superseded`: the message that an edit was for has changed or gone since, there is nothing left to decide. */
export type Released = 'published' | 'superseded';

/**
 * Lets what was held appear: at this moment, at the next position, with all that follows from a message that is written now. Its author must still read and
 * write there; the thread may have moved or been merged.
 */
@Injectable()
export class HeldRelease {
  constructor(
    private readonly replies: ReplyWriter,
    private readonly threads: ThreadService,
  ) {}

  /**
   * The last part of a write: it takes the lock of the log. The case is locked before.
   * @throws ThreadClosed, DomainError `not-possible-now` when it does not wait any more, or its author may not write there now.
   */
  async release(write: AppendingWrite, id: string, by: string): Promise<Released> {
    const held = await lockHeld(write.tx, id);
    if (!held || (held.state !== 'waiting' && held.state !== 'refused')) throw notNow();
    const reading = await readingOf(write.tx, held.author_person_id);
    if (!reading) throw notNow();
    write.record({ type: 'held.moved', audience: 'account', account: reading.accountId, subject: id });
    if (held.kind === 'edit') return this.releaseEdit(write, held, reading, by);
    await settleHeld(write.tx, id, 'published', by);
    await (held.kind === 'thread' ? this.releaseThread(write, held, reading) : this.releaseReply(write, held, reading));
    return 'published';
  }

  private async releaseReply(write: AppendingWrite, held: HeldPost, reading: Reading): Promise<void> {
    const { tx } = write;
    // Where its thread was merged it follows; an answer to what has gone elsewhere stands for itself.
    const place = await tx.row<{ id: string; status: string; merged_into_id: string | null; reply_to: string | null }>(
      `WITH RECURSIVE way AS (SELECT id, merged_into_id FROM thread WHERE id = $1 UNION SELECT t.id, t.merged_into_id FROM way JOIN thread t ON t.id = way.merged_into_id)
       SELECT t.id, t.status, t.merged_into_id, (SELECT p.id FROM post p WHERE p.id = $2 AND p.thread_id = t.id AND p.state <> 'event') AS reply_to
       FROM way JOIN thread t ON t.id = way.id WHERE way.merged_into_id IS NULL`, [held.thread_id, held.proposal.replyTo ?? null]);
    if (!place) throw notNow();
    const written = await this.replies.addIn(write, {
      id: held.id, thread: place.id, spaces: reading.spaceIds, threads: reading.threadIds, body: held.body, html: held.html, language: held.language, reply_to: place.reply_to, person: held.author_person_id,
      organisation: held.author_organisation_id, name: held.author_name, function: held.author_function, delegation: held.delegation_id ?? undefined, hash: held.request_hash.toString('hex'), attachments: await freeFiles(write, held, reading), account: reading.accountId, mentions: held.mentions,
      released: true,
    });
    if (!written) throw isWritable(place) ? notNow() : new ThreadClosed();
  }

  private async releaseThread(write: Write, held: HeldPost, reading: Reading): Promise<void> {
    const space = await write.tx.row<{ id: string; slug: string }>(`SELECT id, slug FROM space WHERE id = $1 AND id = ANY($2::uuid[]) AND ${writableSpace('space.id', '$3')}`, [held.space_id, reading.spaceIds, held.author_person_id]);
    if (!space) throw notNow();
    await this.threads.release(write, held, space, { accountId: reading.accountId, attachments: await freeFiles(write, held, reading) });
  }

  private async releaseEdit(write: Write, held: HeldPost, reading: Reading, by: string): Promise<Released> {
    const { tx } = write;
    const place = await tx.row<{ status: string; merged_into_id: string | null }>('SELECT status, merged_into_id FROM thread WHERE id = (SELECT thread_id FROM post WHERE id = $1) FOR UPDATE', [held.post_id]);
    const post = await tx.row<{ id: string; thread_id: string; space_id: string; version: number; author_person_id: string; state: string; may: boolean }>(
      `SELECT p.id, p.thread_id, p.version, p.author_person_id, p.state, t.space_id, (t.space_id = ANY($2::uuid[]) OR t.id = ANY($3::uuid[])) AND ${writableSpace('t.space_id', 'p.author_person_id')} AS may
       FROM post p JOIN thread t ON t.id = p.thread_id WHERE p.id = $1 FOR UPDATE OF p`, [held.post_id, reading.spaceIds, reading.threadIds]);
    if (!place || post?.state !== 'visible' || post.version !== held.proposal.version) {
      await settleHeld(tx, held.id, 'withdrawn', by);
      return 'superseded';
    }
    if (!isWritable(place)) throw new ThreadClosed();
    if (!post.may) throw notNow();
    await settleHeld(tx, held.id, 'published', by);
    await replaceText(write, post, { body: held.body, html: held.html, mentioned: held.mentions });
    return 'published';
  }
}

const notNow = () => new DomainError('not-possible-now', 'conflict');

/** Files that still belong to nothing: what stands elsewhere meanwhile, or was let go, is left out. */
async function freeFiles({ tx }: Write, held: HeldPost, { accountId }: Reading): Promise<string[]> {
  if (held.attachments.length === 0) return [];
  const rows = await tx.rows<{ id: string }>(
    'SELECT id FROM attachment WHERE id = ANY($1::uuid[]) AND owner_account_id = $2 AND post_id IS NULL AND practice_id IS NULL AND project_id IS NULL AND accession_document_id IS NULL ORDER BY array_position($1::uuid[], id)', [held.attachments, accountId]);
  return rows.map(({ id }) => id);
}
