import { Injectable } from '@nestjs/common';
import { type Actor, Database, readableThread } from '../platform/index.js';

/** Whether a thread may be read, and whether who reads it may be told: the same rule for pages, lists, facts and rooms. */
@Injectable()
export class ThreadAccess {
  constructor(private readonly database: Database) {}

  /** @returns null for a thread that is absent or hidden. */
  async find(actor: Actor, thread: string): Promise<{ namesShown: boolean } | null> {
    const row = await this.database.row<{ namesShown: boolean }>(`SELECT t.naming = 'shown' AS "namesShown" FROM thread t WHERE t.id = $1 AND ${readableThread('t', '$2', '$3')}`, [thread, actor.spaceIds, actor.threadIds]);
    return row ?? null;
  }
}
