import { Injectable } from '@nestjs/common';
import { addedLines, readersOf } from '../audit/index.js';
import { type Actor, Database, type Sql } from '../platform/index.js';
import { appendEvents, type LogRow, type NewEvent } from './event-log.js';
import { EventTail } from './event-tail.js';

export interface Write {
  tx: Sql;
  /** Notes a fact; it is appended to the log as the last statement of the transaction. */
  record(event: NewEvent): void;
}

/** A write with statements that append facts themselves. */
export interface AppendingWrite extends Write {
  /** Notes what such a statement has appended, to be delivered with the others. */
  appended(events: LogRow[]): void;
}

/** The one way to change something: rows and the facts about them commit together, then the tail learns of them. */
@Injectable()
export class WriteTransaction {
  constructor(
    private readonly database: Database,
    private readonly tail: EventTail,
  ) {}

  async run<T>(actor: Pick<Actor, 'personId'> | null, work: (write: AppendingWrite) => Promise<T>): Promise<T> {
    let committed: LogRow[] = [];
    const result = await this.database.transaction(async (tx) => {
      const events: NewEvent[] = [];
      const own: LogRow[] = [];
      const value = await work({ tx, record: (event) => void events.push(event), appended: (rows) => void own.push(...rows) });
      // Whatever wrote into the record of administration, the journal on the screens of those who may read it follows.
      const lines = addedLines(tx);
      if (lines.length > 0) for (const account of await readersOf(tx, lines)) events.push({ type: 'audit.added', audience: 'account', account });
      committed = [...own, ...(events.length > 0 ? await appendEvents(tx, actor, events) : [])];
      return value;
    });
    if (committed.length > 0) this.tail.handOver(committed);
    return result;
  }

  /** Facts that a statement has appended and committed by itself (replies, a hot path). */
  handOver(events: LogRow[]): void {
    if (events.length > 0) this.tail.handOver(events);
  }
}
