import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres/index.js';

const HOLDER = join(process.cwd(), 'apps/api/test/support/hold-postgres.mjs');
// "nobody": initdb wants a user that exists.
const ORDINARY_ID = 65_534;
const asRoot = process.getuid?.() === 0;

let dataDir: string;
const holders: ChildProcess[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'passerelle-launcher-'));
});

afterEach(async () => {
  for (const holder of holders.splice(0)) if (holder.exitCode === null) holder.kill('SIGKILL');
  const lock = join(dataDir, 'postgres/postmaster.pid');
  if (existsSync(lock)) await (await startEmbeddedPostgres({ dataDir })).stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  // The server is killed on purpose while this may be open.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** A process of its own that starts the database and can be killed. */
async function hold(uid?: number): Promise<{ process: ChildProcess; url: string; pid: number }> {
  const child = spawn(process.execPath, [HOLDER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'], ...(uid ? { uid, gid: uid } : {}) });
  holders.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { process: child, ...(JSON.parse(line) as { url: string; pid: number }) };
}

describe('embedded PostgreSQL', () => {
  it('keeps its password to itself and asks for it', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir });
    expect(statSync(join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
    await expect(query(postgres.url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    await postgres.stop();
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
  });

  it('starts at once after a kill of everything, on the same address, with every committed row', async () => {
    const before = await startEmbeddedPostgres({ dataDir });
    await query(before.url, 'CREATE TABLE notes (id int)');
    await query(before.url, 'INSERT INTO notes SELECT generate_series(1, 1000)');
    process.kill(before.pid, 'SIGKILL');
    const after = await startEmbeddedPostgres({ dataDir });
    expect(after.url).toBe(before.url);
    expect(after.pid).not.toBe(before.pid);
    expect(await query(after.url, 'SELECT count(*)::int AS count FROM notes')).toEqual([{ count: 1000 }]);
    await after.stop();
  });

  it('adopts the server whose parent was killed, and stops it in the end', async () => {
    const orphan = await hold();
    await query(orphan.url, 'CREATE TABLE notes (id int)');
    orphan.process.kill('SIGKILL');
    await once(orphan.process, 'exit');
    const adopted = await startEmbeddedPostgres({ dataDir });
    expect(adopted).toMatchObject({ pid: orphan.pid, url: orphan.url });
    await adopted.stop();
    await expect(query(orphan.url, 'SELECT 1')).rejects.toThrow();
  });

  (asRoot ? it : it.skip)('runs as an ordinary user, and past a lock file whose number now belongs to another program', async () => {
    chmodSync(dataDir, 0o755);
    chownSync(dataDir, ORDINARY_ID, ORDINARY_ID);
    const first = await hold(ORDINARY_ID);
    const lock = join(dataDir, 'postgres/postmaster.pid');
    const content = readFileSync(lock, 'utf8');
    first.process.kill('SIGTERM');
    await once(first.process, 'exit');
    const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { uid: ORDINARY_ID, gid: ORDINARY_ID });
    holders.push(other);
    writeFileSync(lock, content.replace(/^\d+/, String(other.pid)));
    chownSync(lock, ORDINARY_ID, ORDINARY_ID);
    const second = await hold(ORDINARY_ID);
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    second.process.kill('SIGTERM');
    await once(second.process, 'exit');
  });
});
