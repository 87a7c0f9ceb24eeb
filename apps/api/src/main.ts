import 'reflect-metadata';
import { DEMO_PASSWORD, hashPassword } from './accounts/index.js';
import { createApp } from './create-app.js';
import { loadDemonstration, loadReference } from './demo/index.js';
import { migrateDatabase } from './platform/database/migrate.js';
import { startEmbeddedPostgres } from './platform/embedded-postgres/index.js';
import { parseEnv } from './platform/env.js';
import { Database, Jobs } from './platform/index.js';
import { serveWeb } from './web.js';

/** Starts everything in order: database, migrations, data, server. Ctrl-C stops it in the reverse order. */
async function main(): Promise<void> {
  const env = parseEnv(process.env);
  const embedded = env.databaseUrl ? null : await startEmbeddedPostgres({ dataDir: env.dataDir });
  const url = await migrateDatabase(env.databaseUrl ?? embedded?.url ?? '');
  const app = await createApp(env, url);
  await loadReference(app.get(Database));
  if (env.demo) await loadDemonstration(app.get(Database), () => hashPassword(DEMO_PASSWORD));
  await serveWeb(app.getHttpAdapter().getInstance());
  let stopping = false;
  const stop = async (status: number) => {
    if (stopping) return;
    stopping = true;
    await app.close();
    await embedded?.stop();
    process.exit(status);
  };
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  try {
    await app.listen(env.port, env.host);
  } catch (error) {
    // The port is taken: the database that we started ends with us.
    console.error(messageOf(error));
    return stop(1);
  }
  console.log(`Passerelle: ${await app.getUrl()}`);
  await app.get(Jobs).start();
}

main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exit(1);
});

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
