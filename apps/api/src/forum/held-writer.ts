import { Injectable } from '@nestjs/common';
import { HELD_MAX } from '@passerelle/contract';
import { type Actor, Database, DomainError, NotFound, readableThread, writableSpace } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { type Caught, Watch, WatchDesk } from '../watch/index.js';
import { lockPlace } from './caught-place.js';
import { type HeldContent, insertHeld, lockHeld, settleHeld } from './held-store.js';

/** Somebody else has stored the same id meanwhile: what they stored counts. */
class AlreadyHeld extends Error {}

/** Keeps what a rule has caught until moderation has read it, with the case that tells moderation. */
@Injectable()
export class HeldWriter {
  constructor(
    private readonly write: WriteTransaction,
    private readonly desk: WatchDesk,
    private readonly watch: Watch,
    private readonly database: Database,
  ) {}

  /** @returns whether the thread takes it: the same conditions as for a reply that appears at once. */
  async takesReply(actor: Actor, thread: string, replyTo: string | null): Promise<boolean> {
    return (await this.database.row(TAKES_REPLY, [thread, actor.spaceIds, actor.threadIds, actor.personId, replyTo])) !== undefined;
  }

  /** @throws DomainError `too-many-held` */
  async hold(actor: Actor, held: HeldContent, { space }: Caught): Promise<void> {
    await this.write
      .run(actor, async (write) => {
        // The thread, then the case: the order of all writes of moderation.
        if (held.thread_id) await lockPlace(write, held.thread_id, space);
        await this.keep(write, actor, held, space);
      })
      .catch((error: unknown) => {
        if (!(error instanceof AlreadyHeld)) throw error;
      });
    this.watch.note(actor.personId, held.id, space, held);
  }

  /** A new text for a message: it waits in the place of one that waits already, and the message stands as it was. */
  async holdEdit(actor: Actor, held: HeldContent & { thread_id: string }, { space }: Caught): Promise<void> {
    await this.write.run(actor, async (write) => {
      await lockPlace(write, held.thread_id, space);
      const waiting = await write.tx.row<{ id: string; case_id: string; isThis: boolean }>(
        `SELECT id, case_id, request_hash = $2 AND proposal = $3::jsonb AS "isThis" FROM held_post WHERE post_id = $1 AND kind = 'edit' AND state = 'waiting'`, [held.post_id, held.request_hash, JSON.stringify(held.proposal)]);
      if (!waiting) return this.keep(write, actor, held, space);
      // The same once more: whoever is about to decide has read it already.
      if (waiting.isThis) return;
      await this.desk.touch(write, waiting.case_id, held.rules);
      const stored = await lockHeld(write.tx, waiting.id);
      if (stored?.state !== 'waiting') throw new DomainError('not-possible-now', 'conflict');
      await write.tx.run('UPDATE held_post SET body = $2, html = $3, mentions = $4, proposal = $5, rules = $6, request_hash = $7 WHERE id = $1', [
        waiting.id, held.body, held.html, JSON.stringify(held.mentions), JSON.stringify(held.proposal), JSON.stringify(held.rules), held.request_hash]);
      tell(write, actor, waiting.id);
    });
  }

  /** Takes back what one wrote, while nobody has decided. What is gone already is answered as done. @throws NotFound */
  async withdraw(actor: Actor, id: string): Promise<void> {
    await this.write.run(actor, async (write) => {
      const { tx } = write;
      const own = await tx.row<{ case_id: string }>('SELECT case_id FROM held_post WHERE id = $1 AND author_person_id = $2', [id, actor.personId]);
      if (!own) throw new NotFound();
      await this.desk.close(write, own.case_id);
      const held = await lockHeld(tx, id);
      if (held?.state === 'withdrawn') return;
      if (held?.state !== 'waiting') throw new DomainError('not-possible-now', 'conflict');
      await settleHeld(tx, id, 'withdrawn', actor.personId);
      tell(write, actor, id);
    });
  }

  private async keep(write: Write, actor: Actor, held: HeldContent, space: string): Promise<void> {
    await this.assertRoom(write, actor);
    const caseId = await this.desk.open(write, { kind: 'held', id: held.id, space, person: actor.personId, organisation: held.author_organisation_id, rules: held.rules });
    if (!(await insertHeld(write.tx, held, caseId))) throw new AlreadyHeld();
    tell(write, actor, held.id);
  }

  private async assertRoom({ tx }: Write, actor: Actor): Promise<void> {
    const { count } = (await tx.row<{ count: number }>(`SELECT count(*) AS count FROM held_post WHERE author_person_id = $1 AND state = 'waiting'`, [actor.personId])) ?? { count: 0 };
    if (count >= HELD_MAX) throw new DomainError('too-many-held', 'conflict', { max: HELD_MAX });
  }
}

const tell = ({ record }: Write, actor: Actor, id: string) => record({ type: 'held.moved', audience: 'account', account: actor.accountId, subject: id });

// $1 thread, $2 and $3 what may be read, $4 person, $5 what it answers or null: as INSERT_REPLIES accepts.
const TAKES_REPLY = `
  SELECT 1 FROM thread t WHERE t.id = $1 AND ${readableThread('t', '$2', '$3')} AND t.status <> 'closed' AND t.merged_into_id IS NULL AND ${writableSpace('t.space_id', '$4')}
    AND ($5::uuid IS NULL OR EXISTS (SELECT 1 FROM post parent WHERE parent.id = $5 AND parent.thread_id = t.id AND parent.state <> 'event'))
    AND (t.slow_seconds IS NULL OR NOT EXISTS (SELECT 1 FROM post q WHERE q.thread_id = t.id AND q.author_person_id = $4 AND q.created_at > now() - make_interval(secs => t.slow_seconds)))`;
