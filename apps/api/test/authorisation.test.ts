import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { aPostBody, aThreadBody, buildMember, buildPost, buildSpace, buildThread, type Member } from './builders/forum.js';
import { TestApp } from './support/app.js';

let app: TestApp;
beforeAll(async () => (app = await TestApp.start()));
afterAll(() => app.stop());

/** The only routes that answer without a session. */
const PUBLIC = [
  'GET /api/health',
  'GET /api/ready',
  'GET /api/auth/welcome',
  'POST /api/auth/login',
  'POST /api/auth/link',
  'POST /api/auth/link/confirm',
];

describe('every route of the OpenAPI document', () => {
  it('refuses who is not signed in, unless it is on the short list of public ones', async () => {
    const { paths } = (await app.call('GET', '/api/openapi.json')).json as unknown as { paths: Record<string, Record<string, unknown>> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const open: string[] = [];
    for (const route of routes) {
      const [method = '', path = ''] = route.split(' ');
      const { status } = await app.call(
        method,
        path.replace(/\{\w+\}/g, uuid()),
        method === 'GET' || method === 'DELETE' ? {} : { body: {} },
      );
      if (status !== 401) open.push(route);
    }
    expect(routes.length).toBeGreaterThan(40);
    // A sign-in without credentials is refused as invalid input, hence not 401.
    expect(open.sort()).toEqual([...PUBLIC].sort());
  });
});

describe('who may do what in a closed space', () => {
  let member: Member, colleague: Member, outsider: Member, guest: Member, moderator: Member;
  let thread: string, post: string, otherSpace: string;
  beforeAll(async () => {
    [member, colleague, outsider, guest, moderator] = [
      await buildMember(app),
      await buildMember(app),
      await buildMember(app),
      await buildMember(app, { role: 'guest' }),
      await buildMember(app, { role: 'moderator' }),
    ];
    const space = await buildSpace(app, { access: 'closed', members: [member, colleague, guest] });
    otherSpace = (await buildSpace(app)).slug;
    thread = (await buildThread(app, member, space)).id;
    post = (await buildPost(app, member, thread)).id;
  });

  // member (author), colleague, guest of the space, outsider, moderator
  const table: [string, string, () => string, (() => unknown) | undefined, number[]][] = [
    ['reads the thread', 'GET', () => `/api/threads/${thread}`, undefined, [200, 200, 200, 404, 200]],
    ['reads the messages', 'GET', () => `/api/threads/${thread}/posts`, undefined, [200, 200, 200, 404, 200]],
    ['reads one message', 'GET', () => `/api/posts/${post}`, undefined, [200, 200, 200, 404, 200]],
    ['reads its history', 'GET', () => `/api/posts/${post}/revisions`, undefined, [200, 200, 200, 404, 200]],
    ['replies', 'POST', () => `/api/threads/${thread}/posts`, () => aPostBody(), [201, 201, 201, 404, 201]],
    ['reacts', 'PUT', () => `/api/posts/${post}/reactions/useful`, undefined, [200, 200, 200, 404, 200]],
    ['marks as read', 'PUT', () => `/api/threads/${thread}/read`, () => ({ position: 1 }), [200, 200, 200, 404, 200]],
    ['follows', 'PUT', () => `/api/threads/${thread}/follow`, () => ({ level: 'all' }), [200, 200, 200, 404, 200]],
    [
      'edits the message of the author',
      'PATCH',
      () => `/api/posts/${post}`,
      () => ({ body: 'Même texte', version: 99 }),
      [409, 403, 403, 404, 403],
    ],
    ['removes the message of the author', 'DELETE', () => `/api/posts/${post}?version=99`, undefined, [409, 403, 403, 404, 409]],
    ['restores what is not removed', 'POST', () => `/api/posts/${post}/restore`, () => ({ version: 99 }), [200, 200, 200, 404, 200]],
    [
      'renames the thread',
      'PATCH',
      () => `/api/threads/${thread}`,
      () => ({ version: 99, title: 'Un autre titre de fil' }),
      [409, 403, 403, 404, 409],
    ],
    ['closes the thread', 'PATCH', () => `/api/threads/${thread}`, () => ({ version: 99, status: 'closed' }), [403, 403, 403, 404, 409]],
    [
      'pins the thread',
      'PATCH',
      () => `/api/threads/${thread}`,
      () => ({ version: 99, pinnedUntil: '2030-01-01T00:00:00Z' }),
      [403, 403, 403, 404, 409],
    ],
    [
      'summarises the thread',
      'PUT',
      () => `/api/threads/${thread}/summary`,
      () => ({ version: 99, points: ['Un point'], whatChanged: '' }),
      [409, 403, 403, 404, 409],
    ],
    [
      'moves the thread',
      'POST',
      () => `/api/threads/${thread}/move`,
      () => ({ id: uuid(), space: otherSpace, version: 99 }),
      [403, 403, 403, 403, 409],
    ],
    [
      'splits the thread',
      'POST',
      () => `/api/threads/${thread}/split`,
      () => ({ id: uuid(), newThread: uuid(), title: 'Un fil détaché ici', posts: [uuid()] }),
      [403, 403, 403, 403, 400],
    ],
    ['merges the thread', 'POST', () => `/api/threads/${thread}/merge`, () => ({ id: uuid(), into: uuid() }), [403, 403, 403, 403, 404]],
    ['sees the acts of moderation', 'GET', () => `/api/threads/${thread}/acts`, undefined, [403, 403, 403, 403, 200]],
    [
      'reports the message',
      'POST',
      () => '/api/reports',
      () => ({ id: uuid(), targetKind: 'post', targetId: post, reason: 'other', text: '' }),
      [201, 201, 201, 404, 201],
    ],
    [
      'opens a thread in an open space',
      'POST',
      () => '/api/threads',
      () => aThreadBody({ id: '', slug: otherSpace }),
      [201, 201, 400, 201, 201],
    ],
    [
      'opens an announcement',
      'POST',
      () => '/api/threads',
      () => aThreadBody({ id: '', slug: otherSpace }, { kind: 'announcement' }),
      [403, 403, 400, 403, 201],
    ],
    ['lists the directory of mentions', 'GET', () => '/api/mention-targets', undefined, [200, 200, 200, 200, 200]],
  ];
  it.each(table)('%s', async (_name, method, path, body, expected) => {
    const statuses: number[] = [];
    for (const who of [member, colleague, guest, outsider, moderator])
      statuses.push((await app.call(method, path(), { cookie: who.cookie, ...(body && { body: body() }) })).status);
    expect(statuses).toEqual(expected);
  });
});
