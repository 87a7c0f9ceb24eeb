import { describe, expect, it } from '@jest/globals';
import { Jobs } from '../src/platform/index.js';
import { TestApp } from './support/app.js';

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
});
