import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { SecretBox } from './auth/secret-box.js';
import { SessionStore } from './auth/session.store.js';
import { Database } from './database/database.js';
import { ENV, type Env } from './env.js';
import { Jobs } from './jobs/jobs.js';
import { JsonLogger } from './log/json-logger.js';
import { MailQueue } from './mail/mail-queue.js';
import { Mailer } from './mail/mailer.js';

/** What every feature stands on: settings, database, sessions, mail. */
@Global()
@Module({})
export class PlatformModule {
  static register(env: Env, dataSource: DataSource, logger: JsonLogger): DynamicModule {
    return {
      module: PlatformModule,
      providers: [{ provide: ENV, useValue: env }, { provide: JsonLogger, useValue: logger }, { provide: Database, useFactory: () => new Database(dataSource) }, SecretBox, SessionStore, Mailer, MailQueue, Jobs],
      exports: [ENV, JsonLogger, Database, SecretBox, SessionStore, Mailer, MailQueue, Jobs],
    };
  }
}
