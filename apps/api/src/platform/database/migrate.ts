import { prepareApplicationRole } from './application-role.js';
import { createDataSource } from './data-source.js';

/**
 * Brings the database at `url` to the newest schema; safe to run from several processes at once.
 * @returns the address under which the server works: that of a role which owns nothing.
 */
export async function migrateDatabase(url: string): Promise<string> {
  const dataSource = createDataSource(url);
  await dataSource.initialize();
  try {
    const runner = dataSource.createQueryRunner();
    await runner.connect();
    try {
      // One process migrates, the others wait here and then find nothing to do.
      await runner.query(`SELECT pg_advisory_lock(hashtext('passerelle-migrations'))`);
      await dataSource.runMigrations();
      return await prepareApplicationRole(url);
    } finally {
      await runner.query(`SELECT pg_advisory_unlock(hashtext('passerelle-migrations'))`);
      await runner.release();
    }
  } finally {
    await dataSource.destroy();
  }
}
