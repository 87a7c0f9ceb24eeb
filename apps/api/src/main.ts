import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DEMO_PASSWORD, hashPassword } from './accounts/index.js';
import { createApp } from './create-app.js';
import { loadDemonstration, loadReference } from './demo/index.js';
import { migrateDatabase } from './platform/database/migrate.js';
import { startEmbeddedPostgres } from './platform/embedded-postgres/index.js';
import { parseEnv } from './platform/env.js';
import { Database, Jobs, JsonLogger } from './platform/index.js';
import { serveWeb } from './web.js';

/** Starts everything in order: database, migrations, data, server. Ctrl-C stops it in the reverse order. */
async function main(): Promise<void> {
  const env = parseEnv(process.env);
  const embedded = env.databaseUrl ? null : await startEmbeddedPostgres({ dataDir: env.dataDir });
  let app: NestFastifyApplication | undefined;
  let stopping = false;
  const stop = async (status: number) => {
    if (stopping) return;
    stopping = true;
    await app?.close();
    // A start that failed may have met a database that serves another process: that one is left to it.
    if (status === 0 || embedded?.started) await embedded?.stop();
    process.exit(status);
  };
  // Left alone, Node would print the error with all it carries: a refused statement quotes what somebody wrote.
  process.on('uncaughtException', (error) => {
    new JsonLogger(env.logLevel).fatal(error, 'Process');
    void stop(1);
  });
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  try {
    const url = await migrateDatabase(env.databaseUrl ?? embedded?.url ?? '');
    app = await createApp(env, url);
    await loadReference(app.get(Database));
    if (env.demo) await loadDemonstration(app.get(Database), () => hashPassword(DEMO_PASSWORD));
    await serveWeb(app.getHttpAdapter().getInstance());
    await app.listen(env.port, env.host);
    console.log(`Passerelle: ${await app.getUrl()}`);
    await app.get(Jobs).start();
  } catch (error) {
    console.error(messageOf(error));
    await stop(1);
  }
}

main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exit(1);
});

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
