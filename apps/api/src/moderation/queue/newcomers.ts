import { Injectable } from '@nestjs/common';
import { NEWCOMER_DAYS } from '@passerelle/contract';
import { recordAudit } from '../../audit/index.js';
import { type Actor, actsToday, DomainError, Forbidden, judgesToday, NotFound, readableSpace } from '../../platform/index.js';
import { type Write, WriteTransaction } from '../../realtime/index.js';

/**
 * Somebody who joined lately and whom moderation looks after. Who was invited into a confidential space is told of to those alone who read it. SQL; `n` is the
 * account of the newcomer, `a` the one that looks.
 */
export const visibleNewcomer = (n: string, a: string) => `(
  ${a}.role IN ('moderator', 'administrator') AND ${actsToday(`${a}.person_id`)} AND ${n}.role IN ('member', 'guest') AND ${n}.created_at > now() - interval '${NEWCOMER_DAYS} days' AND ${n}.disabled_at IS NULL AND ${n}.demonstration_order IS NULL
  AND NOT EXISTS (SELECT 1 FROM invitation ni LEFT JOIN thread nt ON nt.id = ni.thread_id JOIN space s ON s.id = coalesce(ni.space_id, nt.space_id) WHERE ni.redeemed_by = ${n}.id AND s.access = 'confidential' AND NOT ${readableSpace('s', a)}))`;

/** Tells moderation that somebody has joined, or that somebody of it looks after them. */
export async function tellOfNewcomer({ tx, record }: Write, accountId: string): Promise<void> {
  const accounts = await tx.rows<{ id: string }>(`SELECT a.id FROM account a JOIN account n ON n.id = $1 WHERE a.disabled_at IS NULL AND ${visibleNewcomer('n', 'a')} ORDER BY a.id`, [accountId]);
  for (const { id } of accounts) record({ type: 'case.moved', audience: 'account', account: id, subject: accountId });
}

interface Mark extends Record<string, unknown> {
  claimed_by: string | null; seen_at: string | null;
}

/** What moderators do with people who have just joined: take them on, give them back, have seen them. */
@Injectable()
export class NewcomerService {
  constructor(private readonly write: WriteTransaction) {}

  /** Once more changes nothing. @throws DomainError `not-possible-now` when somebody else has it, or it was seen to. */
  claim(actor: Actor, id: string): Promise<void> {
    return this.change(actor, id, async ({ tx }, mark) => {
      if (mark.claimed_by === actor.personId) return false;
      if (mark.claimed_by !== null || mark.seen_at !== null) throw new DomainError('not-possible-now', 'conflict');
      await tx.run('UPDATE newcomer_mark SET claimed_by = $2, claimed_at = now() WHERE account_id = $1', [id, actor.personId]);
      return true;
    });
  }

  /** What is not one's own stays where it is. */
  release(actor: Actor, id: string): Promise<void> {
    return this.change(actor, id, async ({ tx }, mark) => {
      if (mark.claimed_by !== actor.personId) return false;
      await tx.run('UPDATE newcomer_mark SET claimed_by = NULL, claimed_at = NULL WHERE account_id = $1', [id]);
      return true;
    });
  }

  /** Nothing is left to do. @throws DomainError `not-possible-now` while somebody else looks after it. */
  seen(actor: Actor, id: string): Promise<void> {
    return this.change(actor, id, async ({ tx }, mark) => {
      if (mark.seen_at !== null) return false;
      if (mark.claimed_by !== null && mark.claimed_by !== actor.personId) throw new DomainError('not-possible-now', 'conflict');
      await tx.run('UPDATE newcomer_mark SET seen_by = $2, seen_at = now(), claimed_by = NULL, claimed_at = NULL WHERE account_id = $1', [id, actor.personId]);
      await recordAudit(tx, actor, { act: 'newcomer.seen', subjectKind: 'account', subjectId: id });
      return true;
    });
  }

  /** One change of a locked mark; `work` says whether something has changed. */
  private async change(actor: Actor, id: string, work: (write: Write, mark: Mark) => Promise<boolean>): Promise<void> {
    if (!judgesToday(actor)) throw new Forbidden();
    await this.write.run(actor, async (write) => {
      const { tx } = write;
      if (!(await tx.row(`SELECT 1 FROM account n JOIN account a ON a.id = $2 WHERE n.id = $1 AND ${visibleNewcomer('n', 'a')}`, [id, actor.accountId]))) throw new NotFound();
      await tx.run('INSERT INTO newcomer_mark (account_id) VALUES ($1) ON CONFLICT DO NOTHING', [id]);
      const mark = await tx.row<Mark>('SELECT claimed_by, seen_at FROM newcomer_mark WHERE account_id = $1 FOR UPDATE', [id]);
      if (mark && (await work(write, mark))) await tellOfNewcomer(write, id);
    });
  }
}
