import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { APPLICATION_ROLE } from '../../src/platform/database/application-role.js';

const server = () => {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) throw new Error('The tests run through Jest, which starts PostgreSQL');
  return url;
};

const asAdmin = (statement: string) => asOwner(server(), statement);

/** Runs what the application's own role may not. @returns how many rows it touched. */
export async function asOwner(url: string, statement: string): Promise<number | null> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rowCount;
  } finally {
    await client.end();
  }
}

/** A database of its own, cloned from the migrated template, or empty. */
export async function createTestDatabase({ empty = false } = {}): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name} ${empty ? '' : 'TEMPLATE template_passerelle STRATEGY FILE_COPY'}`);
  // Rights on a database are not cloned with it.
  await asAdmin(`GRANT CREATE ON DATABASE ${name} TO ${APPLICATION_ROLE}`);
  return { url: server().replace(/\/passerelle$/, `/${name}`), drop: async () => void (await asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)) };
}
