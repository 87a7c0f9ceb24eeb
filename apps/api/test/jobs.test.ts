import { describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { Jobs } from '../src/platform/index.js';
import { TestApp, until } from './support/app.js';

describe('work by the clock', () => {
  it('is planned once in the database, however many processes start it', async () => {
    const first = await TestApp.start();
    const second = await TestApp.start({}, first.databaseUrl);
    try {
      await first.app.get(Jobs).start();
      await second.app.get(Jobs).start();
      const planned = await first.database.rows<{ name: string; cron: string }>('SELECT name, cron FROM pgboss.schedule ORDER BY name');
      expect(planned).toContainEqual({ name: 'practice-clock', cron: '7 * * * *' });
      expect(planned.map(({ name }) => name)).toEqual([...new Set(planned.map(({ name }) => name))]);
    } finally {
      await second.stop();
      await first.stop();
    }
  });

  it('begins later when the database is away as the server starts, and ends nothing', async () => {
    const app = await TestApp.start();
    const name = new URL(app.databaseUrl).pathname.slice(1);
    const admin = new pg.Client({ connectionString: process.env['TEST_DATABASE_URL'] });
    await admin.connect();
    const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    try {
      await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
      const started = app.app.get(Jobs).start();
      await until(() => warned.mock.calls.some(([text]) => String(text).startsWith('Work by the clock begins later')), 'the first try');
      await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      await started;
      expect(await app.database.rows(`SELECT name FROM pgboss.schedule WHERE name = 'practice-clock'`)).toHaveLength(1);
    } finally {
      warned.mockRestore();
      await admin.end();
      await app.stop();
    }
  });
});
