import { createHmac } from 'node:crypto';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { faultWords } from '../log/fault.js';

/** The role under which the server works: it reads and writes rows, but owns nothing and can't change the record of administration. */
export const APPLICATION_ROLE = 'passerelle_app';
/** Tables whose lines are added and read, no more. */
const APPEND_ONLY = ['audit_entry', 'consent'];
const INSUFFICIENT_PRIVILEGE = '42501';
const DUPLICATE_OBJECT = '42710';
const UNIQUE_VIOLATION = '23505';

/** Address of the same database for the application's role. Its password follows from the owner's, so all processes know it and none stores it. */
export function applicationUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.password = createHmac('sha256', decodeURIComponent(url.password)).update(APPLICATION_ROLE).digest('base64url');
  url.username = APPLICATION_ROLE;
  return url.href;
}

/**
 * Makes the application's role and grants it what it needs, after the migrations.
 * @returns the address to work with: the owner's, when the owner may not make roles (a managed database) or has no password.
 */
export async function prepareApplicationRole(ownerUrl: string): Promise<string> {
  const url = applicationUrl(ownerUrl);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    if (new URL(ownerUrl).password === '') throw new NoRole('the address of the database has no password');
    await makeRole(owner, url);
    await grant(owner);
    return url;
  } catch (error) {
    if (!(error instanceof NoRole) && codeOf(error) !== INSUFFICIENT_PRIVILEGE) throw error;
    new Logger('Database').warn(`The server works as the owner of the database, as it can't have a role of its own: ${error instanceof NoRole ? error.message : faultWords(error)}`);
    return ownerUrl;
  } finally {
    await owner.end();
  }
}

class NoRole extends Error {}

async function makeRole(owner: pg.Client, url: string): Promise<void> {
  const password = owner.escapeLiteral(new URL(url).password);
  const { rowCount } = await owner.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APPLICATION_ROLE]);
  if (rowCount === 0)
    await owner.query(`CREATE ROLE ${APPLICATION_ROLE} LOGIN PASSWORD ${password}`).catch((error: unknown) => {
      // Another process was first; roles belong to all databases of a server.
      if (codeOf(error) !== DUPLICATE_OBJECT && codeOf(error) !== UNIQUE_VIOLATION) throw error;
    });
  else if (!(await mayEnter(url))) await owner.query(`ALTER ROLE ${APPLICATION_ROLE} LOGIN PASSWORD ${password}`);
}

async function mayEnter(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch {
    // A wrong password, of an owner's that has changed: the caller sets it anew.
    return false;
  } finally {
    await client.end();
  }
}

async function grant(owner: pg.Client): Promise<void> {
  const database = owner.escapeIdentifier(String((await owner.query<{ name: string }>('SELECT current_database() AS name')).rows[0]?.name));
  await owner.query(`
    GRANT CONNECT, TEMPORARY, CREATE ON DATABASE ${database} TO ${APPLICATION_ROLE};
    GRANT USAGE ON SCHEMA public TO ${APPLICATION_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${APPLICATION_ROLE};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${APPLICATION_ROLE};
    REVOKE UPDATE, DELETE ON ${APPEND_ONLY.join(', ')} FROM ${APPLICATION_ROLE};
    REVOKE INSERT, UPDATE, DELETE ON migration FROM ${APPLICATION_ROLE};
    DO $$ BEGIN
      -- Work by the clock keeps its queues in a schema that it makes itself; one that the owner made before is made anew, with nothing lost but turns.
      IF EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'pgboss' AND pg_get_userbyid(nspowner) <> '${APPLICATION_ROLE}') THEN DROP SCHEMA pgboss CASCADE; END IF;
    END $$;`);
}

const codeOf = (error: unknown) => (error instanceof pg.DatabaseError ? error.code : undefined);
