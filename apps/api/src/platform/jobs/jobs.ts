import { setTimeout } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import PgBoss from 'pg-boss';
import { Database } from '../database/database.js';
import { isDatabaseUnavailable } from '../http/problem.filter.js';
import { faultWords } from '../log/fault.js';

/** Nothing here is awaited by anybody: asking seldom costs an idle server nothing to speak of. */
const POLL_S = 30;
/** A turn lasts less; one of a process that went away is taken again after it. */
const TURN_MAX_S = 300;
const RETRY_MS = 2_000;

/**
 * Work by the clock, in PostgreSQL: each turn is taken by one process only, and again when it failed. Features register
 * in their constructor; the server starts it once it listens.
 */
@Injectable()
export class Jobs implements OnApplicationShutdown {
  private readonly logger = new Logger(Jobs.name);
  private readonly registered: { name: string; cron: string; work: () => Promise<void> }[] = [];
  private readonly workers = new Map<string, string>();
  private boss: PgBoss | null = null;
  private ended = false;

  constructor(private readonly database: Database) {}

  /** @param cron in UTC, five fields. `work` ends within four minutes and may run again at any time. */
  every(cron: string, name: string, work: () => Promise<void>): void {
    this.registered.push({ name, cron, work });
  }

  /** Waits for a database that is away for a moment: the server listens by now, and goes on without. */
  async start(): Promise<void> {
    while (!this.ended) {
      try {
        return await this.begin();
      } catch (error) {
        await this.boss?.stop({ graceful: false, wait: false });
        if (!isDatabaseUnavailable(error)) throw error;
        this.logger.warn(`Work by the clock begins later: ${faultWords(error)}`);
        await setTimeout(RETRY_MS);
      }
    }
  }

  private async begin(): Promise<void> {
    const { pool } = this.database;
    const boss = new PgBoss({ db: { executeSql: (text, values) => pool.query(text, values) }, cronWorkerIntervalSeconds: POLL_S });
    boss.on('error', (error) => this.logger.warn(`Work by the clock: ${faultWords(error)}`));
    this.boss = boss;
    await boss.start();
    for (const { name, cron, work } of this.registered) {
      // One turn at work and one that waits: however often it is asked for, no more pile up.
      await boss.createQueue(name, { name, retryLimit: 3, retryDelay: 60, expireInSeconds: TURN_MAX_S, policy: 'stately' });
      await boss.schedule(name, cron);
      this.workers.set(name, await boss.work(name, { pollingIntervalSeconds: POLL_S }, work));
    }
  }

  /** Asks for a turn now, besides those by the clock; another process takes it over when this one ends. */
  async soon(name: string): Promise<void> {
    const worker = this.workers.get(name);
    if (!this.boss || worker === undefined) return;
    try {
      await this.boss.send(name, {});
      this.boss.notifyWorker(worker);
    } catch (error) {
      this.logger.warn(`Work by the clock: ${name} waits for its hour: ${faultWords(error)}`);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.ended = true;
    await this.boss?.stop({ graceful: false, wait: false });
  }
}
