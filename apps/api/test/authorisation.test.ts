import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ThreadView, WatchResult } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { LiveGateway } from '../src/realtime/index.js';
import { LiveIndex } from '../src/search/index.js';
import { buildFormer, LEFT } from './authorisation/former.js';
import { TABLE } from './authorisation/index.js';
import { SOCKET_TABLE, UNANSWERED } from './authorisation/socket-messages.js';
import { ofPeople, ofThreads } from './authorisation/telling.js';
import { buildWorld, everybody, world } from './authorisation/world.js';
import { buildMember, type Member } from './builders/forum.js';
import { uploadHeaders } from './builders/uploads.js';
import type { Answer } from './support/app.js';
import { routesOf, untried } from './support/routes.js';

/** The only routes that answer without a session. */
const PUBLIC = [
  'GET /api/health',
  'GET /api/ready',
  'GET /api/openapi.json',
  'GET /api/auth/welcome',
  'POST /api/auth/login',
  'POST /api/auth/not-me',
  'POST /api/auth/link',
  'POST /api/auth/link/confirm',
  'POST /api/auth/second-factor',
  // Send the browser on; what opens a session there is in single-sign-on.test.ts.
  'GET /api/auth/oidc/start',
  'GET /api/auth/oidc/callback',
  'POST /api/auth/second-factor/passkey',
  'POST /api/auth/passkey',
  'POST /api/auth/passkey/options',
  'POST /api/invitations/open',
  'POST /api/invitations/accept',
  'POST /api/invitation-links/open',
  'POST /api/invitation-links/ask',
  // Pages for visitors and robots (public.test.ts says what they show); the router prints `/public/*` without its last slash.
  'GET /public',
  'GET /public*',
  'GET /public/boite', 'GET /public/carte',
  'GET /public/merci',
  'POST /public/boite', 'POST /public/signaler',
  'GET /public/fichiers/:id',
  'GET /public/fichiers/:id/:size',
  'GET /public/pratiques',
  'GET /public/pratiques.atom',
  'GET /public/pratiques/:ref',
  'GET /public/securite',
  'GET /public/style.css',
  'GET /public/terre.svg',
  'GET /public/villes',
  'GET /public/villes/:slug',
  'GET /robots.txt',
  'GET /.well-known/security.txt',
  'GET /sitemap.xml',
];
/** Tried on accounts of their own below: they end the session that asks. */
const ENDING = ['POST /api/auth/logout', 'POST /api/auth/logout-everywhere'];

beforeAll(buildWorld);
afterAll(() => world.app.stop());

/** What each of the six gets; who is not signed in gets nothing. */
async function ask(method: string, path: () => string | Promise<string>, body?: () => unknown): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const cookie of [undefined, ...everybody().map((who) => who.cookie)]) {
    const place = await path();
    const headers = place.startsWith('/api/uploads') ? uploadHeaders() : {};
    answers.push(await world.app.call(method, place, { headers, ...(cookie && { cookie }), ...(body && { body: await body() }) }));
  }
  expect(answers.shift()?.status).toBe(401);
  return answers;
}
/** The secretariat gets what a moderator gets, unless a sixth value says otherwise. */
const ofSix = <T>(expected: T[]): T[] => (expected.length === 5 ? [...expected, ...expected.slice(-1)] : expected);

describe.each(TABLE)('who may do what %s', (_where, lines) => {
  it.each(lines)('%s', async (_name, method, path, body, expected) => {
    expect((await ask(method, path, body)).map((answer) => answer.status)).toEqual(ofSix(expected));
  });
});

describe('who is told', () => {
  beforeAll(() => world.app.app.get(LiveIndex).settled());
  it.each(ofThreads)('of threads by %s', async (_name, path, mark) => {
    const told = async (one: ThreadView) => (await ask('GET', () => path(one))).map(({ text }) => text.includes(mark(one)));
    expect(await told(world.closedThread)).toEqual([true, true, true, false, true, true]);
    expect(await told(world.confidentialThread)).toEqual([true, true, false, false, false, false]);
  });
  it.each(ofPeople)('%s', async (_name, path, mark, expected) => {
    expect((await ask('GET', path)).map(({ text }) => text.includes(mark()))).toEqual(ofSix(expected));
  });
});

describe('who may send which message over a socket', () => {
  it.each(SOCKET_TABLE)('%s', async (_name, message, thread, expected) => {
    const answers: boolean[] = [];
    for (const { cookie } of everybody()) {
      const { socket } = await world.app.socket(cookie);
      answers.push(await new Promise<boolean>((done) => socket.emit(message, { thread: thread() }, ({ ok }: WatchResult) => done(ok))));
      socket.disconnect();
    }
    expect(answers).toEqual(expected);
  });

  it('has a line for each message that the gateway knows', () => {
    const methods = Object.values(Object.getOwnPropertyDescriptors(LiveGateway.prototype)).map((property) => property.value as unknown);
    const known = methods.flatMap((method) => (typeof method === 'function' ? ((Reflect.getMetadata('message', method) as string | undefined) ?? []) : []));
    expect(known.sort()).toEqual([...new Set([...SOCKET_TABLE.map(([, message]) => message), ...UNANSWERED])].sort());
  });

  it('lets nobody in without a session', async () => {
    await expect(world.app.socket()).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
  });
});

describe('who is no longer in office, a member and one of the secretariat', () => {
  let former: Member[];
  beforeAll(async () => {
    former = await buildFormer();
  });
  const asked = async (who: Member, method: string, path: string, body?: () => unknown) =>
    world.app.call(method, path, { cookie: who.cookie, headers: path.startsWith('/api/uploads') ? uploadHeaders() : {}, ...(body && { body: await body() }) });

  it('may do what is left to an account, and reads what is public, of all lines of the table', async () => {
    const granted: string[] = [];
    for (const [, lines] of TABLE)
      for (const [name, method, path, body] of lines)
        for (const who of former) if ((await asked(who, method, await path(), body)).status < 300) granted.push(name);
    expect([...new Set(granted)].filter((name) => !LEFT.includes(name))).toEqual([]);
  });

  it.each(ofThreads)('are not told of threads by %s', async (_name, path, mark) => {
    const told = await Promise.all(former.flatMap((who) => [world.closedThread, world.confidentialThread].map(async (one) => (await asked(who, 'GET', path(one))).text.includes(mark(one)))));
    expect(new Set(told)).toEqual(new Set([false]));
  });

  it.each(ofPeople)('are not told %s', async (_name, path, mark) => {
    expect(await Promise.all(former.map(async (who) => (await asked(who, 'GET', path())).text.includes(mark())))).toEqual([false, false]);
  });

  it.each(SOCKET_TABLE.filter(([, message]) => message === 'watch'))('do not watch: %s', async (_name, message, thread) => {
    for (const { cookie } of former) {
      const { socket } = await world.app.socket(cookie);
      expect(await new Promise<boolean>((done) => socket.emit(message, { thread: thread() }, ({ ok }: WatchResult) => done(ok)))).toBe(false);
      socket.disconnect();
    }
  });
});

describe('signing out', () => {
  it.each(ENDING)('by %s ends sessions of the own account only', async (route) => {
    const { app, member } = world;
    const [leaving, staying] = [await buildMember(app), await buildMember(app)];
    const [method = '', path = ''] = route.split(' ');
    expect([(await app.call(method, path)).status, (await app.call(method, path, { cookie: leaving.cookie })).status]).toEqual([401, 204]);
    const after = async (who: Member) => (await app.call('GET', '/api/me', { cookie: who.cookie })).status;
    expect([await after(leaving), await after(staying), await after(member)]).toEqual([401, 200, 200]);
  });
});

describe('every route of the application', () => {
  it('refuses who is not signed in, unless it is on the short list of public ones', async () => {
    const open: string[] = [];
    for (const route of routesOf(world.app)) {
      const [method = '', path = ''] = route.split(' ');
      for (const one of method === 'ALL' ? ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] : [method]) {
        const { status } = await world.app.call(one, path.replace(/:\w+/g, uuid()), one === 'GET' || one === 'DELETE' ? {} : { body: {} });
        if (status !== 401) open.push(route);
      }
    }
    // A sign-in without credentials is refused as invalid input, hence not 401.
    expect(open.sort()).toEqual([...PUBLIC].sort());
  });

  it('has a line in the table: a new one says who may use it', async () => {
    const lines = [
      ...TABLE.flatMap(([, group]) => group.map(([, method, path]) => [method, path] as const)),
      ...ofThreads.map(([, path]) => ['GET', () => path(world.closedThread)] as const),
      ...ofPeople.map(([, path]) => ['GET', path] as const),
    ];
    const asked = await Promise.all(lines.map(async ([method, path]) => `${method} ${(await path()).replace(/\?.*/, '')}`));
    const routes = routesOf(world.app);
    expect(routes.length).toBeGreaterThan(40);
    expect(untried(routes, [...PUBLIC, ...ENDING, ...asked])).toEqual([]);
  });
});
