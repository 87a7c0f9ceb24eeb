import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

// The built launcher and migrations: `npm test` builds before it tests.
const built = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href);

/** One PostgreSQL for the run and a migrated template from which each test file clones its database. */
export default async function globalSetup() {
  const { startEmbeddedPostgres } = await built('platform/embedded-postgres/index.js');
  const { migrateDatabase } = await built('platform/database/migrate.js');
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query('CREATE DATABASE template_passerelle');
  await admin.end();
  const template = postgres.url.replace(/\/passerelle$/, '/template_passerelle');
  await migrateDatabase(template);
  process.env.TEST_DATABASE_URL = postgres.url;
  globalThis.__PASSERELLE_TEST__ = { postgres, folder };
}
