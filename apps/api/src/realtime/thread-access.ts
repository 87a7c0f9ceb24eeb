import { Injectable } from '@nestjs/common';
import { type Actor, Database } from '../platform/index.js';

/** Whether a thread may be read: the rule of its space, the same for pages, lists, facts and rooms. */
@Injectable()
export class ThreadAccess {
  constructor(private readonly database: Database) {}

  async canRead(actor: Actor, thread: string): Promise<boolean> {
    const row = await this.database.row('SELECT 1 FROM thread WHERE id = $1 AND space_id = ANY($2::uuid[])', [thread, actor.spaceIds]);
    return row !== undefined;
  }
}
