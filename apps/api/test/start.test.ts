import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-start-'));
});
afterEach(async () => {
  for (const server of started.splice(0)) if (server.exitCode === null && server.kill('SIGTERM')) await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
});

const started: ChildProcess[] = [];
function start(port: number) {
  const child = spawn(process.execPath, [MAIN], { env: { ...process.env, PORT: String(port), DATA_DIR: folder, DEMO: '0', LOG_LEVEL: 'silent', DATABASE_URL: '' }, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  return child;
}
/** What it said on the way, and its status. */
async function endOf(child: ReturnType<typeof start>): Promise<{ status: number | null; said: string }> {
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [status] = (await once(child, 'exit')) as [number | null];
  return { status, said };
}
const runs = () => existsSync(join(folder, 'postgres', 'postmaster.pid'));

async function addressOf(child: ReturnType<typeof start>): Promise<string> {
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return /http:\S+/.exec(line.toString())?.[0] ?? '';
}

describe('a server that is asked to stop', () => {
  // A phone that has lost its network says no more, and would not answer that the connection closes.
  it('does not wait for those who have fallen silent', async () => {
    const server = start(0);
    const { hostname, port } = new URL(await addressOf(server));
    const saying = async (lines: string[]) => {
      const connection = connect(Number(port), hostname);
      await once(connection, 'connect');
      connection.write([...lines, 'Host: here'].map((line) => `${line}\r\n`).join(''));
      return connection;
    };
    await saying(['GET /api/ready HTTP/1.1']);
    const asleep = await saying(['GET /socket.io/?EIO=4&transport=websocket HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: c2lsZW5jZSBpcyBnb2xkLg==']);
    asleep.write('\r\n');
    expect(String(((await once(asleep, 'data')) as [Buffer])[0])).toContain('101');
    server.kill('SIGTERM');
    expect(await endOf(server)).toEqual({ status: 0, said: '' });
  }, 20_000);
});

describe('a server that cannot start', () => {
  it('says why, and leaves no database running behind', async () => {
    // Where uploads should go there is a file: the database runs by the time this is met.
    writeFileSync(join(folder, 'uploads'), '');
    expect(await endOf(start(0))).toEqual({ status: 1, said: expect.stringContaining('uploads') as unknown });
    expect([existsSync(join(folder, 'postgres', 'PG_VERSION')), runs()]).toEqual([true, false]);
  });

  it('leaves the database to the server that runs on the same folder already', async () => {
    const first = start(0);
    const url = await addressOf(first);
    expect(await endOf(start(Number(new URL(url).port)))).toEqual({ status: 1, said: expect.stringContaining('EADDRINUSE') as unknown });
    expect((await fetch(`${url}/api/ready`)).status).toBe(200);
    first.kill('SIGINT');
    expect([(await endOf(first)).status, runs()]).toEqual([0, false]);
  });
});
