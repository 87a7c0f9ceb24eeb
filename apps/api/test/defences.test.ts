import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { v7 as uuid } from 'uuid';
import { EventTail } from '../src/realtime/index.js';
import { aPostBody, aThreadBody, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { aProject, buildProject } from './builders/projects.js';
import { buildFile } from './builders/uploads.js';
import { TestApp } from './support/app.js';
import { routesOf } from './support/routes.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
let app: TestApp, member: Member, space: Space;
beforeAll(async () => {
  app = await TestApp.start();
  member = await buildMember(app);
  space = await buildSpace(app);
  await app.database.run(`INSERT INTO theme (id, name_fr, name_en, position) VALUES ('essai', 'Essai', 'Trial', 99)`);
  await app.database.run(`INSERT INTO concept (id, theme_id, name_fr, name_en) VALUES ('essai', 'essai', 'Essai', 'Trial')`);
});
afterAll(() => app.stop());

describe('the headers', () => {
  it('of every answer forbid to sniff it and to frame it, and tell no other site where one comes from', async () => {
    const paths = ['/api/health', '/api/me', '/api/nowhere', '/api/openapi.json', '/public', '/public/carte', '/public/nulle-part', '/public/style.css', '/robots.txt', '/nowhere.js'];
    for (const path of paths) {
      const { headers } = await app.call('GET', path, { cookie: member.cookie });
      const policy = headers.get('content-security-policy') ?? '';
      expect({ path, policy: [/frame-ancestors 'none'/.test(policy), /base-uri 'none'/.test(policy), /default-src 'none'/.test(policy)], sniff: headers.get('x-content-type-options'), referrer: /^(no-referrer|same-origin)$/.test(headers.get('referrer-policy') ?? '') })
        .toEqual({ path, policy: [true, true, true], sniff: 'nosniff', referrer: true });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('of the API keep its answers out of every cache', async () => {
    for (const path of ['/api/me', '/api/threads', '/api/search?q=eau', '/api/nowhere']) expect((await app.call('GET', path, { cookie: member.cookie })).headers.get('cache-control')).toBe('no-store');
  });

  it('of the application let it run its own code only, and with https bind the browser to it', async () => {
    const server = spawn(process.execPath, [MAIN], { env: { ...process.env, PORT: '0', DATA_DIR: app.dataDir, DEMO: '0', LOG_LEVEL: 'silent', DATABASE_URL: app.databaseUrl, PUBLIC_URL: 'https://passerelle.exemple.test' }, stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [line] = (await once(server.stdout, 'data')) as [Buffer];
      const url = /http:\S+/.exec(line.toString())?.[0] ?? '';
      for (const path of ['/', '/fils/abc', '/administration/journal']) {
        const { headers } = await fetch(url + path);
        const policy = headers.get('content-security-policy') ?? '';
        for (const directive of [`script-src 'self'`, `style-src 'self'`, `connect-src 'self'`, `object-src 'none'`, `base-uri 'none'`, `frame-ancestors 'none'`, `form-action 'self'`]) expect(policy.split(/; ?/)).toContain(directive);
        expect(policy).not.toMatch(/unsafe|\*|https?:/);
        expect(headers.get('strict-transport-security')).toMatch(/^max-age=31536000; includeSubDomains/);
      }
      expect((await fetch(`${url}/api/health`)).headers.get('strict-transport-security')).toMatch(/^max-age=31536000; includeSubDomains/);
    } finally {
      if (server.exitCode === null && server.kill('SIGTERM')) await once(server, 'exit');
    }
  });

  it('of a file keep it from running in our name, whatever is in it', async () => {
    const file = await buildFile(app, member, Buffer.from('<script>alert(1)</script>'), 'note.txt');
    const { headers } = await app.call('GET', file.url, { cookie: member.cookie });
    expect(['content-type', 'content-security-policy', 'x-content-type-options'].map((name) => headers.get(name))).toEqual(['text/plain; charset=utf-8', `default-src 'none'; sandbox`, 'nosniff']);
    expect(headers.get('content-disposition')).toMatch(/^attachment;/);
  });
});

describe('what runs in a browser when it is opened', () => {
  it.each([
    ['an HTML page', 'page.html', '<!doctype html><script>alert(1)</script>'],
    ['an HTML page called a picture', 'photo.png', '<!doctype html><script>alert(1)</script>'],
    ['a drawing with a script', 'plan.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['a drawing in XML', 'plan.xml', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a program', 'outil.exe', 'MZ\u0090\0\u0003\0\0\0\u0004\0\0\0'],
  ])('is not taken in: %s', async (_, name, text) => {
    await expect(buildFile(app, member, Buffer.from(text, 'latin1'), name)).rejects.toThrow(/415.*(unsupported-type|image-unreadable)/);
  });
});

describe('a method that nothing here needs', () => {
  it.each(['TRACE', 'TRACK', 'PROPFIND', 'CONNECT'])('is not answered: %s', async (method) => {
    const answer = await new Promise<string>((resolve) => {
      const connection = new Socket().connect(Number(new URL(app.url).port), '127.0.0.1', () => connection.write(`${method} /api/me HTTP/1.1\r\nHost: here\r\nCookie: ${member.cookie}\r\nConnection: close\r\n\r\n`));
      let text = '';
      connection.on('data', (chunk: Buffer) => (text += chunk.toString())).on('close', () => resolve(text)).on('error', () => resolve(text));
    });
    expect(answer).not.toMatch(/^HTTP\/1\.1 2/);
    expect(answer).not.toContain(member.cookie);
  });
});

describe('another site', () => {
  const foreign = { origin: 'https://elsewhere.exemple.test' };

  it('changes nothing by any route, with the cookie of a member', async () => {
    const writes = routesOf(app).filter((route) => /^(POST|PUT|PATCH|DELETE) \/api\//.test(route));
    expect(writes.length).toBeGreaterThan(80);
    for (const route of writes) {
      const [method = '', path = ''] = route.split(' ');
      const { status, json } = await app.call(method, path.replaceAll(/:\w+/g, () => uuid()), { cookie: member.cookie, headers: foreign, ...(method !== 'DELETE' && { body: {} }) });
      expect({ route, status, code: json.code }).toEqual({ route, status: 403, code: 'foreign-origin' });
    }
    for (const method of ['POST', 'PATCH', 'DELETE']) expect((await app.call(method, `/api/uploads/${uuid()}`, { cookie: member.cookie, headers: foreign })).json.code).toBe('foreign-origin');
  });

  it.each(['websocket', 'polling'] as const)('opens no socket with the cookie of a member, by %s', async (transport) => {
    const connect = (origin: string) =>
      new Promise<string>((resolve) => {
        const socket = io(app.url, { extraHeaders: { cookie: member.cookie, origin }, transports: [transport], reconnection: false, forceNew: true });
        socket.once('welcome', () => (resolve('open'), socket.disconnect()));
        socket.once('connect_error', (error: Error & { data?: { code: string } }) => (resolve(error.data?.code ?? error.message), socket.disconnect()));
      });
    expect([await connect(foreign.origin), await connect('null'), await connect(app.url)]).toEqual(['unauthenticated', 'unauthenticated', 'open']);
  });
});

describe('a link that somebody posts', () => {
  let elsewhere: Server, address: string;
  const asked: string[] = [];
  const connected: number[] = [];
  const { connect } = Socket.prototype;

  beforeAll(async () => {
    elsewhere = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('<title>Elsewhere</title>');
    });
    await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done));
    address = `http://127.0.0.1:${(elsewhere.address() as { port: number }).port}`;
    // All that leaves this process goes through here.
    Socket.prototype.connect = function (this: Socket, ...parts: unknown[]) {
      const [options] = parts.flat() as { port?: number | string }[];
      connected.push(Number(options?.port ?? 0));
      return Reflect.apply(connect, this, parts) as Socket;
    } as typeof connect;
  });
  afterAll(async () => {
    Socket.prototype.connect = connect;
    await new Promise((done) => elsewhere.close(done));
  });

  it('is not followed by the server, wherever it is written', async () => {
    const text = (path: string) => `Voir ${address}/${path}, ![](${address}/${path}.png) et [le rapport](${address}/${path}.html).`;
    const thread = await buildThread(app, member, space, { body: text('fil') });
    await buildPost(app, member, thread.id, { body: text('message') });
    expect((await app.call('POST', '/api/threads', { cookie: member.cookie, body: aThreadBody(space, { title: `${address}/titre`, body: text('autre') }) })).status).toBe(201);
    expect((await app.call('POST', `/api/threads/${thread.id}/posts`, { cookie: member.cookie, body: aPostBody({ body: `> ${text('citation')}` }) })).status).toBe(201);
    await buildProject(app, member, aProject({ theme: 'essai', concepts: ['essai'], problem: text('projet') }));
    await app.app.get(EventTail).settled();
    await app.call('GET', `/api/search?q=${encodeURIComponent(`${address}/fil`)}`, { cookie: member.cookie });
    await app.call('GET', `/api/threads/${thread.id}/posts`, { cookie: member.cookie });
    expect(asked).toEqual([]);
    const allowed = [new URL(app.url).port, new URL(app.databaseUrl).port].map(Number);
    expect(connected.filter((port) => port !== 0 && !allowed.includes(port))).toEqual([]);
    // The watch itself works.
    await fetch(`${address}/moi`);
    expect([asked, connected.includes(Number(new URL(address).port))]).toEqual([['/moi'], true]);
  });
});

describe('a body that unpacks to much more than was sent', () => {
  it.each(['gzip', 'br', 'deflate'])('is refused: %s', async (encoding) => {
    const bomb = gzipSync(Buffer.from(JSON.stringify({ email: 'a'.repeat(50_000_000), password: 'x' })));
    const response = await fetch(`${app.url}/api/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json', 'content-encoding': encoding }, body: new Uint8Array(bomb) });
    expect([400, 413, 415]).toContain(response.status);
    expect(response.headers.get('content-type')).toMatch(/problem\+json/);
  });
});
