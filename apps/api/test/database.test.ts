import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDataSource } from '../src/platform/database/data-source.js';
import { migrateDatabase } from '../src/platform/database/migrate.js';
import { buildMember, buildPost, buildSpace, buildThread } from './builders/forum.js';
import { TestApp, until } from './support/app.js';
import { createTestDatabase } from './support/postgres.js';

async function tablesOf(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'migration'`,
  );
  await client.end();
  return rows.map((row) => row.name);
}

async function revert(url: string): Promise<void> {
  const dataSource = await createDataSource(url).initialize();
  for (const _ of dataSource.migrations) await dataSource.undoLastMigration();
  await dataSource.destroy();
}

describe('migrations', () => {
  it('go up, down and up again on an empty database, also from two processes at once', async () => {
    const database = await createTestDatabase({ empty: true });
    await Promise.all([migrateDatabase(database.url), migrateDatabase(database.url)]);
    expect(await tablesOf(database.url)).toContain('event');
    await revert(database.url);
    expect(await tablesOf(database.url)).toEqual([]);
    await migrateDatabase(database.url);
    expect(await tablesOf(database.url)).toContain('post');
    await database.drop();
  });

  it('go down and up again on a filled database', async () => {
    const app = await TestApp.start();
    const author = await buildMember(app);
    const thread = await buildThread(app, author, await buildSpace(app));
    await buildPost(app, author, thread.id);
    await app.app.close();
    await revert(app.databaseUrl);
    expect(await tablesOf(app.databaseUrl)).toEqual([]);
    await migrateDatabase(app.databaseUrl);
    expect(await tablesOf(app.databaseUrl)).toContain('post');
  });
});

describe('a database that goes away', () => {
  it('is answered with 503 and Retry-After, and served again without a restart', async () => {
    const app = await TestApp.start();
    try {
      await loseAndRegain(app);
    } finally {
      await app.stop();
    }
  });
});

async function loseAndRegain(app: TestApp): Promise<void> {
  const author = await buildMember(app);
  const thread = await buildThread(app, author, await buildSpace(app));
  const name = new URL(app.databaseUrl).pathname.slice(1);
  const admin = new pg.Client({ connectionString: process.env['TEST_DATABASE_URL'] });
  await admin.connect();
  await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [name]);
  const page = () => app.call('GET', `/api/threads/${thread.id}/posts`, { cookie: author.cookie });
  const away = await until(async () => {
    const answer = await page();
    return answer.status !== 200 && answer;
  }, 'the refusal');
  expect([away.status, away.json.code, away.headers.get('retry-after')]).toEqual([503, 'unavailable', '5']);
  expect((await app.call('GET', '/api/health')).status).toBe(200);
  await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  await admin.end();
  expect(await until(async () => (await page()).status === 200 && 'back', 'the return')).toBe('back');
}
