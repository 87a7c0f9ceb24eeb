import { createDataSource } from './data-source.js';

/** Brings the database at `url` to the newest schema; safe to run from several processes at once. */
export async function migrateDatabase(url: string): Promise<void> {
  const dataSource = createDataSource(url);
  await dataSource.initialize();
  try {
    const runner = dataSource.createQueryRunner();
    await runner.connect();
    try {
      // One process migrates, the others wait here and then find nothing to do.
      await runner.query(`SELECT pg_advisory_lock(hashtext('passerelle-migrations'))`);
      await dataSource.runMigrations();
    } finally {
      await runner.query(`SELECT pg_advisory_unlock(hashtext('passerelle-migrations'))`);
      await runner.release();
    }
  } finally {
    await dataSource.destroy();
  }
}
