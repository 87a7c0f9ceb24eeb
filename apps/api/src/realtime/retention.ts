import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database, ENV, type Env, faultWords } from '../platform/index.js';

const EVERY_MS = 6 * 60 * 60_000;
const BATCH = 5_000;

/** Forgets facts older than EVENT_RETENTION_DAYS, in batches; a client with an older cursor is told to reload. */
@Injectable()
export class EventRetention implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private readonly logger = new Logger(EventRetention.name);

  constructor(
    private readonly database: Database,
    @Inject(ENV) private readonly env: Env,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweep().catch((error: Error) => this.logger.warn(`Old events stay for now: ${faultWords(error)}`));
    }, EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** @returns how many facts were forgotten. The newest one always stays: it marks the present. */
  async sweep(): Promise<number> {
    for (let total = 0; ; ) {
      const deleted = await this.database.run(
        `DELETE FROM event WHERE cursor IN (SELECT cursor FROM event WHERE at < now() - make_interval(days => $1) AND cursor < (SELECT max(cursor) FROM event) ORDER BY cursor LIMIT ${BATCH})`,
        [this.env.eventRetentionDays],
      );
      total += deleted;
      if (deleted < BATCH) return total;
    }
  }
}
