import { Injectable, Logger } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database, type Sql } from '../database/database.js';
import { Jobs } from '../jobs/jobs.js';
import { Mailer, type Message } from './mailer.js';
import { faultWords } from '../log/fault.js';

const JOB = 'mail';
const EACH_MINUTE = '* * * * *';
/** A server of mail that hangs must not hold a turn of the clock for longer than it may last. */
const TURN_MS = 120_000;
/** After so many tries, over about a day, an address is given up. */
const TRIES = 8;

// The newest word counts; silence is no.
const AGREES = `coalesce((SELECT c.given FROM consent c JOIN account a ON a.id = c.account_id WHERE a.email = w.recipient AND a.disabled_at IS NULL AND c.purpose = 'mail' ORDER BY c.at DESC LIMIT 1), false)`;

/**
 * Leaves a mail to be sent with the write that it tells of: both are there after the commit, or neither. It concerns the account of its receiver or
 * an act about them, and leaves in any case; all other mail is the network's.
 */
export async function enqueueMail(tx: Sql, { to, subject, text }: Message): Promise<void> {
  await tx.run('INSERT INTO mail_waiting (id, recipient, subject, body) VALUES ($1, $2, $3, $4)', [uuid(), to, subject, text]);
}

/** As `enqueueMail`, for mail of the network: what goes on there and waits for its members. It leaves to those who agree to such mail when it leaves. */
export async function enqueueNetworkMail(tx: Sql, { to, subject, text }: Message): Promise<void> {
  await tx.run('INSERT INTO mail_waiting (id, recipient, subject, body, of_network) VALUES ($1, $2, $3, $4, true)', [uuid(), to, subject, text]);
}

/** Sends what waits; a mail that can't leave is tried again later and later. */
@Injectable()
export class MailQueue {
  private readonly logger = new Logger(MailQueue.name);

  constructor(
    private readonly database: Database,
    private readonly mailer: Mailer,
    private readonly jobs: Jobs,
  ) {
    jobs.every(EACH_MINUTE, JOB, () => this.work());
  }

  /** Asks for a turn without waiting for the clock. */
  soon(): void {
    void this.jobs.soon(JOB);
  }

  async work(): Promise<void> {
    const end = Date.now() + TURN_MS;
    while (Date.now() < end) {
      const next = await this.database.row<{ id: string; recipient: string; subject: string; body: string; tries: number; wanted: boolean }>(
        `UPDATE mail_waiting w SET tries = tries + 1, next_at = now() + make_interval(mins => (5 * 2 ^ tries)::int)
         WHERE id = (SELECT id FROM mail_waiting WHERE next_at <= now() ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, recipient, subject, body, tries, NOT of_network OR ${AGREES} AS wanted`);
      if (!next) return;
      try {
        if (next.wanted) await this.mailer.send({ to: next.recipient, subject: next.subject, text: next.body });
        await this.database.run('DELETE FROM mail_waiting WHERE id = $1', [next.id]);
      } catch (error) {
        // Never the address: logs hold nothing of people.
        this.logger.warn(`A mail could not leave, try ${next.tries}: ${faultWords(error)}`);
        if (next.tries >= TRIES) await this.database.run('DELETE FROM mail_waiting WHERE id = $1', [next.id]);
      }
    }
  }
}
