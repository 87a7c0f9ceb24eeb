import type { PoolClient } from 'pg';
import { type TestApp, until } from './app.js';

/** Runs `meanwhile` while `act` waits for what another connection has locked, then lets it go on. */
export async function whileLocked<T>(app: TestApp, lock: [text: string, values: unknown[]], act: () => Promise<T>, meanwhile: (holder: PoolClient) => Promise<unknown>): Promise<T> {
  const holder = await app.database.pool.connect();
  try {
    await holder.query('BEGIN');
    await holder.query(...lock);
    const acting = act();
    await until(async () => (await app.database.row('SELECT 1 FROM pg_locks WHERE NOT granted')) !== undefined, 'a writer at the lock');
    await meanwhile(holder);
    await holder.query('COMMIT');
    return await acting;
  } finally {
    holder.release();
  }
}
