import { describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PostView, SpaceView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { until } from './support/app.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const WRITERS = 6;

const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

const exited = (child: ChildProcess) => new Promise<void>((done) => child.once('exit', () => done()));

describe('a server that is killed under writes', () => {
  it('has every acknowledged message afterwards, and none twice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'passerelle-crash-'));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const start = async () => {
      const child = spawn(process.execPath, [MAIN], {
        env: { ...process.env, PORT: String(port), DATA_DIR: folder, DEMO: '1', RATE_LIMITS: 'off', LOG_LEVEL: 'silent', DATABASE_URL: '' },
        stdio: 'ignore',
      });
      await until(
        () =>
          fetch(`${url}/api/ready`).then(
            (answer) => answer.ok,
            () => false,
          ),
        'the server',
      );
      return child;
    };
    const first = await start();
    const login = await fetch(`${url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'maire@dakar.demo', password: 'demo-passerelle' }),
    });
    const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const call = (method: string, path: string, body?: unknown) =>
      fetch(url + path, {
        method,
        headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const { items: spaces } = (await (await call('GET', '/api/spaces')).json()) as { items: SpaceView[] };
    const thread = uuid();
    await call('POST', '/api/threads', {
      id: thread,
      space: spaces.find((space) => space.access === 'open')?.slug,
      kind: 'discussion',
      title: 'Un fil sous la panne',
      body: 'Début',
      language: 'fr',
    });

    const acknowledged: string[] = [];
    const unsure: string[] = [];
    const write = async () => {
      for (;;) {
        const id = uuid();
        const answer = await call('POST', `/api/threads/${thread}/posts`, { id, body: `Message ${id}` }).catch(() => null);
        if (!answer) return void unsure.push(id);
        if (answer.status === 201) acknowledged.push(id);
      }
    };
    const writing = Promise.all(Array.from({ length: WRITERS }, write));
    await until(() => acknowledged.length > 60, 'some messages');
    first.kill('SIGKILL');
    await writing;

    const second = await start();
    // What a client does that got no answer: the same request again.
    for (const id of unsure)
      expect((await call('POST', `/api/threads/${thread}/posts`, { id, body: `Message ${id}` })).status).toBeLessThan(300);
    const stored: string[] = [];
    for (let after: number | null = 0; after !== null;) {
      const page = (await (await call('GET', `/api/threads/${thread}/posts?limit=100&after=${after}`)).json()) as {
        items: PostView[];
        nextAfter: number | null;
      };
      stored.push(...page.items.map((post) => post.id));
      after = page.nextAfter;
    }
    expect(new Set(stored).size).toBe(stored.length);
    expect([...acknowledged, ...unsure].filter((id) => !stored.includes(id))).toEqual([]);
    const end = exited(second);
    second.kill('SIGINT');
    await end;
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);
});
