import { join } from 'node:path';
import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { Database, ENV, type Env, Jobs, type Sql } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import type { Page } from './page-text.js';
import { TextFailure } from './text-failure.js';
import { readInProcess } from './text-process.js';
import { textFormatOf } from './text-types.js';

const JOB = 'attachment-text';
/** The net under `soon`: files of a process that ended, second tries, those that an operator has put back. */
const EVERY_FIVE_MINUTES = '*/5 * * * *';
/** As long as a turn may last; then the next one goes on. */
const TURN_MS = 3 * 60_000;
/** Whoever takes a file has it for so long; then it is taken again. */
const LEASE_S = 60;
const RETRY_AFTER_S = 120;
const TRIES = 2;

interface Claim extends Record<string, unknown> {
  id: string; type: string; storage_key: string; tries: number;
}
interface Holder extends Record<string, unknown> {
  post_id: string | null; practice_id: string | null; project_id: string | null;
}

/** Reads the text of attachments in the background, each by one process only, so that search can follow. */
@Injectable()
export class AttachmentReader implements BeforeApplicationShutdown {
  private readonly logger = new Logger(AttachmentReader.name);
  private readonly folder: string;
  private readonly stopping = new AbortController();
  private readonly turns = new Set<Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly jobs: Jobs,
    @Inject(ENV) env: Env,
  ) {
    this.folder = join(env.dataDir, 'attachments');
    jobs.every(EVERY_FIVE_MINUTES, JOB, () => this.turn());
  }

  /** A file has come in. */
  soon(): void {
    void this.jobs.soon(JOB);
  }

  /** Reads all that waits and is due. */
  turn(): Promise<void> {
    const turn = this.readWaiting().finally(() => this.turns.delete(turn));
    this.turns.add(turn);
    return turn;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.turns);
  }

  private async readWaiting(): Promise<void> {
    for (const end = Date.now() + TURN_MS; Date.now() < end && !this.stopping.signal.aborted; ) {
      const claim = await this.database.row<Claim>(CLAIM);
      if (!claim) return;
      await this.read(claim);
    }
    this.soon();
  }

  private async read(claim: Claim): Promise<void> {
    const format = textFormatOf(claim.type);
    try {
      // Whoever took it before is gone without a word, as often as it may be tried.
      if (claim.tries > TRIES) throw new TextFailure('crashed');
      await this.keep(claim, format ? await readInProcess(format, join(this.folder, claim.storage_key), this.stopping.signal) : []);
    } catch (error) {
      if (this.stopping.signal.aborted) await this.database.run(GIVE_BACK, [claim.id, claim.tries]);
      else if (error instanceof TextFailure) await this.fail(claim, error);
      else throw error;
    }
  }

  /** The text and the fact that it is there commit together; a file that belongs to nothing yet is found with what it will belong to. */
  private async keep({ id, tries }: Claim, pages: Page[]): Promise<void> {
    await this.write.run(null, async (write) => {
      const holder = await write.tx.row<Holder>(`UPDATE attachment SET text_state = $3 WHERE ${CLAIMED} RETURNING post_id, practice_id, project_id`, [id, tries, pages.length > 0 ? 'read' : 'none']);
      if (!holder || pages.length === 0) return;
      await write.tx.run('INSERT INTO attachment_page (attachment_id, page, text) SELECT $1, page, text FROM jsonb_to_recordset($2) AS p(page integer, text text)', [id, JSON.stringify(pages)]);
      await recordRead(write, id, holder);
    });
  }

  private async fail({ id, tries }: Claim, { code }: TextFailure): Promise<void> {
    const isLast = tries >= TRIES;
    await this.database.run(`UPDATE attachment SET text_state = $3, text_due_at = now() + make_interval(secs => ${RETRY_AFTER_S}) WHERE ${CLAIMED}`, [id, tries, isLast ? 'failed' : 'waiting']);
    this.logger.warn(`The text of attachment ${id} could not be read (${code})${isLast ? '' : '; it is tried once more'}`);
  }
}

/** Files that could not be read are tried again. @returns how many there are. */
export const retryFailedTexts = (sql: Sql): Promise<number> => sql.run(`UPDATE attachment SET text_state = 'waiting', text_tries = 0, text_due_at = now() WHERE text_state = 'failed'`);

async function recordRead({ tx, record }: Write, attachment: string, holder: Holder): Promise<void> {
  const fact = { type: 'attachment.read', audience: 'none', detail: { attachment } } as const;
  const subject = holder.practice_id ?? holder.project_id;
  if (subject) record({ ...fact, subject });
  if (!holder.post_id) return;
  const post = await tx.row<{ thread_id: string; space_id: string }>('SELECT p.thread_id, t.space_id FROM post p JOIN thread t ON t.id = p.thread_id WHERE p.id = $1', [holder.post_id]);
  if (post) record({ ...fact, post: holder.post_id, thread: post.thread_id, space: post.space_id });
}

// The number of tries tells one claim from the next: who comes back after the lease finds that it is no longer theirs.
const CLAIMED = `id = $1 AND text_tries = $2 AND text_state = 'waiting'`;
const GIVE_BACK = `UPDATE attachment SET text_tries = text_tries - 1, text_due_at = now() WHERE ${CLAIMED}`;
// No lock is held while a file is read: its message may be sent meanwhile.
const CLAIM = `
  UPDATE attachment SET text_tries = text_tries + 1, text_due_at = now() + make_interval(secs => ${LEASE_S})
  WHERE id = (SELECT id FROM attachment WHERE text_state = 'waiting' AND text_due_at <= now() ORDER BY text_due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING id, type, storage_key, text_tries AS tries`;
