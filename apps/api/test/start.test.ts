import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = (port: number) =>
  spawn(process.execPath, [MAIN], { env: { ...process.env, PORT: String(port), DATA_DIR: folder, DEMO: '0', LOG_LEVEL: 'silent', DATABASE_URL: '' }, stdio: ['ignore', 'pipe', 'pipe'] });
/** What it said on the way, and its status. */
async function endOf(child: ReturnType<typeof start>): Promise<{ status: number | null; said: string }> {
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [status] = (await once(child, 'exit')) as [number | null];
  return { status, said };
}
const runs = () => existsSync(join(folder, 'postgres', 'postmaster.pid'));

describe('a server that cannot start', () => {
  it('says why, and leaves no database running behind', async () => {
    // Where uploads should go there is a file: the database runs by the time this is met.
    writeFileSync(join(folder, 'uploads'), '');
    expect(await endOf(start(0))).toEqual({ status: 1, said: expect.stringContaining('uploads') as unknown });
    expect([existsSync(join(folder, 'postgres', 'PG_VERSION')), runs()]).toEqual([true, false]);
  });

  it('leaves the database to the server that runs on the same folder already', async () => {
    const first = start(0);
    const [line] = (await once(first.stdout, 'data')) as [Buffer];
    const url = /http:\S+/.exec(line.toString())?.[0] ?? '';
    expect(await endOf(start(Number(new URL(url).port)))).toEqual({ status: 1, said: expect.stringContaining('EADDRINUSE') as unknown });
    expect((await fetch(`${url}/api/ready`)).status).toBe(200);
    first.kill('SIGINT');
    expect([(await endOf(first)).status, runs()]).toEqual([0, false]);
  });
});
