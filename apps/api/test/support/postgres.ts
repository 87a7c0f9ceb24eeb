import { randomBytes } from 'node:crypto';
import pg from 'pg';

const server = () => {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) throw new Error('The tests run through Jest, which starts PostgreSQL');
  return url;
};

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A database of its own, cloned from the migrated template, or empty. */
export async function createTestDatabase({ empty = false } = {}): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name} ${empty ? '' : 'TEMPLATE template_passerelle STRATEGY FILE_COPY'}`);
  return { url: server().replace(/\/passerelle$/, `/${name}`), drop: () => asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
