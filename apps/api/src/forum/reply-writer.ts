import { Injectable } from '@nestjs/common';
import type { Naming, OnBehalf } from '@passerelle/contract';
import type { Mentioned } from '../organisations/index.js';
import { Database, isDatabaseUnavailable, type Sql } from '../platform/index.js';
import { type AppendingWrite, type LogRow, WriteTransaction } from '../realtime/index.js';
import { INSERT_REPLIES } from './post.statement.js';

/** One reply, rendered and checked as far as it can be without the database. */
export interface Reply {
  id: string;
  thread: string;
  /** What the author may read: spaces and single threads. */
  spaces: string[];
  threads: string[];
  body: string;
  html: string;
  language: 'fr' | 'en';
  reply_to: string | null;
  person: string;
  organisation: string;
  name: string;
  function: string;
  /** By which the author speaks for another, and the own mandate. */
  delegation?: string | undefined;
  mandate?: string;
  hash: string;
  attachments: string[];
  account: string;
  mentions: Mentioned[];
  /** Moderation lets it through. */
  released?: boolean;
}

export interface WrittenReply {
  id: string; position: number; created_at: string; reply_to_id: string | null; reply_position: number | null; reply_organisation: string | null;
  space_id: string; naming: Naming; on_behalf: OnBehalf | null; cursor: number; at: string;
}

interface Waiting {
  reply: Reply;
  done: (row: WrittenReply | undefined) => void;
  failed: (error: unknown) => void;
}

const BATCH_MAX = 64;

/**
 * Writes replies in groups: what arrives while one statement is under way leaves together with the next, and shares
 * its commit. A lone reply leaves at once. Each still succeeds or fails by itself.
 */
@Injectable()
export class ReplyWriter {
  private waiting: Waiting[] = [];
  private underWay = false;

  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
  ) {}

  /** @returns the stored row, or undefined when a condition did not hold (see INSERT_REPLIES). */
  add(reply: Reply): Promise<WrittenReply | undefined> {
    return new Promise((done, failed) => {
      this.waiting.push({ reply, done, failed });
      this.flush();
    });
  }

  /** Writes one as the last part of a greater write: it takes the lock of the log. @returns as add(). */
  async addIn(write: AppendingWrite, reply: Reply): Promise<WrittenReply | undefined> {
    const row = (await insert(write.tx, [reply])).get(reply.id);
    write.appended(factOf(reply, row) ?? []);
    return row;
  }

  private flush(): void {
    if (this.underWay) return;
    const batch = this.take();
    if (batch.length === 0) return;
    this.underWay = true;
    void this.send(batch).finally(() => {
      this.underWay = false;
      this.flush();
    });
  }

  /** The next group; a repeat of an id waits for the group after, so that the database decides between them in turn. */
  private take(): Waiting[] {
    const batch = new Map<string, Waiting>();
    const left: Waiting[] = [];
    for (const item of this.waiting) {
      if (batch.size < BATCH_MAX && !batch.has(item.reply.id)) batch.set(item.reply.id, item);
      else left.push(item);
    }
    this.waiting = left;
    return [...batch.values()];
  }

  private async send(batch: Waiting[]): Promise<void> {
    try {
      const written = await insert(this.database, batch.map(({ reply }) => reply));
      this.write.handOver(batch.flatMap(({ reply }) => factOf(reply, written.get(reply.id)) ?? []));
      for (const { reply, done } of batch) done(written.get(reply.id));
    } catch (error) {
      await this.sendApart(batch, error);
    }
  }

  /**
   * One bad reply must not fail its neighbours: after an error each goes by itself. An id that another process has just
   * stored is seen by the next attempt, which then gives no row.
   */
  private async sendApart(batch: Waiting[], error: unknown): Promise<void> {
    if (isDatabaseUnavailable(error) || (batch.length === 1 && !isIdTaken(error))) {
      for (const { failed } of batch) failed(error);
      return;
    }
    for (const item of batch) await this.send([item]);
  }
}

const isIdTaken = (error: unknown) => (error as { constraint?: string }).constraint === 'post_pkey';

async function insert(sql: Sql, batch: Reply[]): Promise<Map<string, WrittenReply>> {
  const replies = batch.map(({ spaces: _, threads: __, ...reply }, place) => ({ place, ...reply, mentions: reply.mentions.map((m) => ({ organisation: m.organisationId, function: m.function })) }));
  const readers = [...new Map(batch.map((reply) => [reply.account, reply]))].map(([account, { spaces, threads }]) => ({ account, spaces, threads }));
  const rows = await sql.rows<WrittenReply & Record<string, unknown>>(INSERT_REPLIES, [JSON.stringify(replies), JSON.stringify(readers)]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The fact that the statement has appended, as the log has it. */
function factOf(reply: Reply, row: WrittenReply | undefined): LogRow[] | null {
  if (!row) return null;
  return [{
    cursor: row.cursor, type: 'post.created', at: row.at, audience: 'thread', actor_person_id: reply.person, space_id: row.space_id,
    thread_id: reply.thread, post_id: reply.id, account_id: null, subject_id: null, detail: { position: row.position },
  }];
}
