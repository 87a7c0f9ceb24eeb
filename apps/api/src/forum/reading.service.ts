import { Injectable } from '@nestjs/common';
import type { FollowLevel, ReadBody, ReadView, UnreadBody } from '@passerelle/contract';
import { type Actor, Database, NotFound, readableThread, type Sql } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { THREAD_UNREAD, threadVisible } from './thread.sql.js';

interface Position { position: number; generation: number }

/** What somebody has read and follows. Personal: the facts go to the person's own devices only. */
@Injectable()
export class ReadingService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly database: Database,
  ) {}

  /**
   * Moves the read position forward; devices merge by maximum, so a late or repeated request changes nothing. A request
   * of an older generation comes from before "mark unread from here" and is ignored.
   */
  async read(actor: Actor, thread: string, body: ReadBody): Promise<ReadView> {
    return this.write.run(actor, async ({ tx, record }) => {
      const last = await this.lastPosition(tx, actor, thread);
      const moved = await tx.row<Position & Record<string, unknown>>(
        `INSERT INTO read_position AS r (account_id, thread_id, position, generation) VALUES ($1, $2, least($3::int, $4::int), 0)
         ON CONFLICT (account_id, thread_id) DO UPDATE SET position = least($3::int, $4::int), read_at = now()
           WHERE r.generation <= $5 AND r.position < least($3::int, $4::int)
         RETURNING position, generation`, [actor.accountId, thread, body.position, last, body.generation]);
      if (!moved) return { thread, ...(await this.stored(tx, actor, thread)) };
      record({ type: 'read.moved', audience: 'account', account: actor.accountId, subject: thread });
      return { thread, position: moved.position, generation: moved.generation };
    });
  }

  /** "Mark unread from here": the one way back, with a new generation that outranks reads already under way. */
  async unread(actor: Actor, thread: string, body: UnreadBody): Promise<ReadView> {
    return this.write.run(actor, async ({ tx, record }) => {
      await this.lastPosition(tx, actor, thread);
      const moved = await tx.row<Position & Record<string, unknown>>(
        `INSERT INTO read_position AS r (account_id, thread_id, position, generation) VALUES ($1, $2, $3::int - 1, 1)
         ON CONFLICT (account_id, thread_id) DO UPDATE SET position = $3::int - 1, generation = r.generation + 1 WHERE r.generation = $4
         RETURNING position, generation`, [actor.accountId, thread, body.from, body.generation]);
      if (!moved) return { thread, ...(await this.stored(tx, actor, thread)) };
      record({ type: 'read.moved', audience: 'account', account: actor.accountId, subject: thread });
      return { thread, position: moved.position, generation: moved.generation };
    });
  }

  /** Marks every thread of a space as read up to now. @returns how many had something unread. */
  async readSpace(actor: Actor, slug: string): Promise<{ threads: number }> {
    return this.write.run(actor, async ({ tx, record }) => {
      const rows = await tx.rows<{ thread_id: string }>(
        `INSERT INTO read_position AS r (account_id, thread_id, position)
         SELECT $1::uuid, t.id, t.last_position FROM thread t JOIN space s ON s.id = t.space_id LEFT JOIN read_position rp ON rp.thread_id = t.id AND rp.account_id = $1
         WHERE $2::text IS NOT NULL AND ${threadVisible('$6')} AND s.slug = $5 AND ${THREAD_UNREAD}
         ON CONFLICT (account_id, thread_id) DO UPDATE SET position = greatest(r.position, excluded.position), read_at = now() RETURNING thread_id`,
        [actor.accountId, actor.personId, actor.spaceIds, actor.unreadSince, slug, actor.threadIds]);
      for (const row of rows) record({ type: 'read.moved', audience: 'account', account: actor.accountId, subject: row.thread_id });
      return { threads: rows.length };
    });
  }

  async follow(actor: Actor, thread: string, level: FollowLevel): Promise<{ level: FollowLevel }> {
    return this.write.run(actor, async ({ tx, record }) => {
      await this.lastPosition(tx, actor, thread);
      await tx.run('INSERT INTO follow (account_id, thread_id, level) VALUES ($1, $2, $3) ON CONFLICT (account_id, thread_id) DO UPDATE SET level = $3', [actor.accountId, thread, level]);
      record({ type: 'follow.changed', audience: 'account', account: actor.accountId, subject: thread, detail: { level } });
      return { level };
    });
  }

  /** Read positions for facts, in the order of `threads`. */
  async positions(account: string, threads: string[]): Promise<(ReadView | undefined)[]> {
    const rows = await this.database.rows<Position & { thread_id: string }>('SELECT thread_id, position, generation FROM read_position WHERE account_id = $1 AND thread_id = ANY($2::uuid[])', [account, threads]);
    const views = new Map(rows.map((row) => [row.thread_id, { thread: row.thread_id, position: row.position, generation: row.generation }]));
    return threads.map((thread) => views.get(thread));
  }

  private async lastPosition(tx: Sql, actor: Actor, thread: string): Promise<number> {
    const row = await tx.row<{ last_position: number }>(`SELECT t.last_position FROM thread t WHERE t.id = $1 AND ${readableThread('t', '$2', '$3')}`, [thread, actor.spaceIds, actor.threadIds]);
    if (!row) throw new NotFound();
    return row.last_position;
  }

  private async stored(tx: Sql, actor: Actor, thread: string): Promise<Position> {
    return (await tx.row<Position & Record<string, unknown>>('SELECT position, generation FROM read_position WHERE account_id = $1 AND thread_id = $2', [actor.accountId, thread])) ?? { position: 0, generation: 0 };
  }
}
