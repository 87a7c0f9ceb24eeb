import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { DEMO_PASSWORD } from '../src/accounts/index.js';
import { faultOf, faultWords } from '../src/platform/log/fault.js';
import { JsonLogger } from '../src/platform/log/json-logger.js';
import { until } from './support/app.js';
import { asOwner, createTestDatabase } from './support/postgres.js';

/** Stands in every text of the scenario and nowhere else. */
const MARKER = 'Zorglonde';
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

interface LogLine {
  time: string; level: string; message?: string; context?: string; requestId?: string; method?: string; route?: string; status?: number; durationMs?: number; error?: string; code?: string; at?: string[];
}

let database: Awaited<ReturnType<typeof createTestDatabase>>, folder: string, server: ChildProcess, url: string, cookie: string;
let said = '';
let complained = '';

const lines = () => said.split('\n').slice(1, -1).map((line) => JSON.parse(line) as LogLine);
const requests = (route: string) => lines().filter((line) => line.message === 'request' && line.route === route);

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return fetch(url + path, { method, headers: { ...(cookie && { cookie }), ...(text !== undefined && { 'content-type': 'application/json' }), 'user-agent': `${MARKER}/1.0`, ...headers }, ...(text !== undefined && { body: text }) });
}

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'passerelle-log-'));
  // Mail goes where nobody listens: that it could not leave is told as well.
  server = spawn(process.execPath, [MAIN], { env: { ...process.env, PORT: '0', DATA_DIR: folder, DEMO: '1', LOG_LEVEL: 'debug', DATABASE_URL: database.url, SMTP_URL: 'smtp://127.0.0.1:9' }, stdio: ['ignore', 'pipe', 'pipe'] });
  server.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  server.stderr?.on('data', (chunk: Buffer) => (complained += chunk.toString()));
  url = await new Promise<string>((resolve, reject) => {
    server.stdout?.on('data', () => {
      const address = /Passerelle: (http:\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    });
    server.once('exit', () => reject(new Error(`The server did not start: ${complained}`)));
  });
  // What was said before the address is the framework's own.
  said = said.slice(said.indexOf('Passerelle: '));
  cookie = '';
  const signedIn = await call('POST', '/api/auth/login', { email: 'secretariat@aimf.demo', password: DEMO_PASSWORD });
  cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
}, 120_000);
afterAll(async () => {
  if (server.exitCode === null && server.kill('SIGTERM')) await once(server, 'exit');
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the log', () => {
  it('holds nothing of what people wrote, are called, looked for or sent, whatever goes wrong', async () => {
    const marked = (text: string) => `${MARKER} ${text}`;
    const wrong = await call('POST', '/api/auth/login', { email: `${MARKER}@exemple.test`, password: marked('secret') });
    expect(wrong.status).toBe(401);
    expect((await call('POST', '/api/auth/link', { email: 'maire@dakar.demo', note: MARKER })).status).toBeLessThan(300);
    const thread = { id: uuid(), space: 'eau-assainissement', kind: 'discussion', title: marked('le titre'), body: marked('le texte'), language: 'fr' };
    expect((await call('POST', '/api/threads', thread)).status).toBe(201);
    expect((await call('POST', `/api/threads/${thread.id}/posts`, { id: uuid(), body: marked('la réponse') })).status).toBe(201);
    expect((await call('GET', `/api/search?q=${MARKER}`)).status).toBe(200);
    expect((await call('GET', `/api/people?q=${MARKER}`)).status).toBe(200);
    expect((await call('GET', `/api/${MARKER}?${MARKER}=${MARKER}`)).status).toBe(404);
    expect((await call('GET', `/api/practices/${MARKER}`)).status).toBe(400);
    expect((await call('POST', '/api/invitations', { id: uuid(), email: `${MARKER}@exemple.test`, language: 'fr', role: 'member', organisation: 'dakar', function: marked('Maire'), note: marked('Bonjour') })).status).toBe(201);
    const upload = await call('POST', '/api/uploads', undefined, { 'tus-resumable': '1.0.0', 'upload-length': '10', 'upload-metadata': `id ${btoa(uuid())},filename ${btoa(`${MARKER}.txt`)}` });
    expect(upload.status).toBe(201);
    expect((await call('POST', '/api/threads', { ...thread, id: MARKER })).status).toBe(400);
    expect((await call('POST', '/api/threads', `{"${MARKER}":`)).status).toBe(400);
    expect((await call('PUT', '/api/me', { [MARKER]: 1 }, { origin: `https://${MARKER}.test` })).status).toBe(403);
    // A statement that fails with the whole row in its message.
    await asOwner(database.url, `ALTER TABLE thread ADD CONSTRAINT nothing_new CHECK (position('${MARKER} neuf' IN title) = 0)`);
    const failed = await call('POST', '/api/threads', { ...thread, id: uuid(), title: marked('neuf') });
    expect(failed.status).toBe(500);
    const id = failed.headers.get('x-request-id') ?? '';
    await until(() => lines().find(({ requestId, message }) => requestId === id && message === 'request'), 'the line of the failure');
    await until(() => lines().find(({ message }) => message?.startsWith('A sign-in link could not be mailed')), 'the line of the mail');

    expect(said.toLowerCase()).not.toContain(MARKER.toLowerCase());
    expect(complained).toBe('');
    for (const secret of [DEMO_PASSWORD, cookie.split('=')[1] ?? 'none', '@', '127.0.0.1:9', new URL(database.url).password].filter(Boolean)) expect(said.split('\n').slice(1).join('\n')).not.toContain(secret);
    expect(lines().find(({ requestId, message }) => requestId === id && message === 'request failed')).toMatchObject({ level: 'error', code: '23514', error: 'error', at: expect.arrayContaining([expect.stringMatching(/:\d+:\d+$/)]) });
  });

  it('is one JSON object a line, with time, level, request, pattern of the route, status and duration', async () => {
    const answer = await call('GET', '/api/threads?limit=1');
    await until(() => requests('/api/threads').find(({ requestId }) => requestId === answer.headers.get('x-request-id')), 'the line');
    const line = requests('/api/threads').find(({ requestId }) => requestId === answer.headers.get('x-request-id'));
    expect(line).toEqual({ time: expect.stringMatching(/^\d{4}-.*Z$/), level: 'info', message: 'request', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/), method: 'GET', route: '/api/threads', status: 200, durationMs: expect.any(Number) });
    expect(requests('/api/threads/:id/posts').length).toBeGreaterThan(0);
    for (const one of lines()) expect([typeof one.time, typeof one.level]).toEqual(['string', 'string']);
  });

  it('tells of each try to sign in, by its kind and outcome', async () => {
    const told = (message: string, method?: string) => lines().filter((line) => line.message === message && (line as { method?: string }).method === method) as { account?: string; device?: string }[];
    const before = told('session opened').length;
    await call('POST', '/api/auth/login', { email: 'maire@dakar.demo', password: 'non' });
    await call('POST', '/api/auth/login', { email: 'personne@exemple.test', password: 'non' });
    await call('POST', '/api/auth/link/confirm', { token: 'x'.repeat(43) });
    await call('POST', '/api/auth/fresh', { code: '000000' });
    expect((await call('POST', '/api/auth/login', { email: 'maire@dakar.demo', password: DEMO_PASSWORD, sharedDevice: true })).status).toBe(200);
    await until(() => told('session opened').length > before, 'the line of the session');
    expect(told('sign-in refused', 'password').slice(-2).map(({ account }) => account !== undefined)).toEqual([true, false]);
    expect([told('sign-in refused', 'link').length, told('proof refused', 'code').length]).toEqual([1, 1]);
    expect(told('session opened').at(-1)).toMatchObject({ device: 'shared', account: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it('leaves what watches the health of the service to the lowest level', async () => {
    const { headers } = await call('GET', '/api/health');
    await until(() => requests('/api/health').some(({ requestId, level }) => requestId === headers.get('x-request-id') && level === 'debug'), 'the line');
  });
});

describe('a fault', () => {
  it('keeps kind, code and place of an error and drops its message', () => {
    const error = Object.assign(new TypeError(`${MARKER} is not a function\n    at ${MARKER} (/src/${MARKER}:1:1)`), { code: 'E_ODD', constraint: 'post_pkey', table: `${MARKER} and more`, detail: MARKER });
    expect(faultOf(error)).toMatchObject({ error: 'TypeError', code: 'E_ODD', constraint: 'post_pkey', at: expect.arrayContaining([expect.stringContaining('log.test')]) });
    expect(JSON.stringify(faultOf(error))).not.toContain(MARKER);
    expect(faultWords(error)).toBe('TypeError E_ODD post_pkey');
    expect(faultWords(new Error(MARKER))).toMatch(/^Error .*log\.test\.ts:\d+:\d+$/);
    expect([faultOf(MARKER), faultOf(null)]).toEqual([{ error: 'string' }, { error: 'object' }]);
  });

  it('is all that the log says of an error that the framework hands over', () => {
    const out: string[] = [];
    new JsonLogger('info', (line) => out.push(line)).error(new Error(MARKER), `Error: ${MARKER}`, 'WsExceptionsHandler');
    expect(out.join('')).not.toContain(MARKER);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ level: 'error', context: 'WsExceptionsHandler', error: 'Error' });
  });
});

describe('the level', () => {
  it('says what is left out', () => {
    const heard = (level: string) => {
      const out: string[] = [];
      const logger = new JsonLogger(level, (line) => out.push(line));
      logger.debug('d', 'X');
      logger.request({ requestId: 'r', method: 'GET', route: '/', status: 200, durationMs: 1 });
      logger.warn('w', 'X');
      logger.error('e', 'X');
      logger.fatal('f', 'X');
      return out.map((line) => (JSON.parse(line) as LogLine).level);
    };
    expect(['silent', 'error', 'info', 'debug'].map(heard)).toEqual([[], ['error', 'fatal'], ['info', 'warn', 'error', 'fatal'], ['debug', 'info', 'warn', 'error', 'fatal']]);
  });
});
