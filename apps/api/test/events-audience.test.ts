import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventsPage, EventView, PostView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { EventTail, WriteTransaction } from '../src/realtime/index.js';
import { aPostBody, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { TestApp, until } from './support/app.js';

let app: TestApp;
let author: Member;
let reader: Member;
let outsider: Member;
let guest: Member;
let moderator: Member;
let open: Space;
let closed: Space;
let confidential: Space;

beforeAll(async () => {
  app = await TestApp.start();
  [author, reader, outsider, guest, moderator] = [
    await buildMember(app),
    await buildMember(app),
    await buildMember(app),
    await buildMember(app, { role: 'guest' }),
    await buildMember(app, { role: 'moderator' }),
  ];
  open = await buildSpace(app);
  closed = await buildSpace(app, { access: 'closed', members: [author, reader, guest] });
  confidential = await buildSpace(app, { access: 'confidential', members: [author, reader] });
});
afterAll(() => app.stop());

const since = async (who: Member, cursor?: string, limit = 500) =>
  (await app.call('GET', `/api/events?limit=${limit}${cursor === undefined ? '' : `&since=${cursor}`}`, { cookie: who.cookie }))
    .json as unknown as EventsPage;
const watch = async (who: Member, thread: string) => {
  const { socket, events } = await app.socket(who.cookie);
  return { socket, events, ack: await socket.emitWithAck('watch', { thread }) };
};

describe('the audience', () => {
  const everybody = () => ({ author, reader, outsider, guest, moderator });

  async function audienceOf(
    space: Space,
    act: (thread: string, post: PostView) => Promise<unknown>,
    type: string,
  ): Promise<{ live: string[]; later: string[]; readers: string[] }> {
    const thread = await buildThread(app, author, space);
    const post = await buildPost(app, author, thread.id);
    const sockets = new Map<string, Awaited<ReturnType<typeof watch>>>();
    const cursors = new Map<string, string>();
    const readers: string[] = [];
    for (const [name, who] of Object.entries(everybody())) {
      cursors.set(name, (await since(who)).cursor);
      sockets.set(name, await watch(who, thread.id));
      if ((await app.call('GET', `/api/threads/${thread.id}`, { cookie: who.cookie })).status === 200) readers.push(name);
    }
    await act(thread.id, post);
    await until(() => sockets.get('reader')?.events.some((event) => event.type === type), `${type} at the reader`);
    await app.app.get(EventTail).settled();
    // An answer on the same connection comes after all that was sent before it: what is not there now was not sent.
    for (const { socket } of sockets.values()) await socket.emitWithAck('unwatch', { thread: thread.id });
    const has = (events: EventView[]) => events.some((event) => event.type === type && event.thread === thread.id);
    const live = [...sockets].filter(([, { events }]) => has(events)).map(([name]) => name);
    const later: string[] = [];
    for (const [name, who] of Object.entries(everybody())) if (has((await since(who, cursors.get(name))).items)) later.push(name);
    return { live, later, readers };
  }

  const as =
    (who: () => Member, method: string, path: (thread: string, post: PostView) => string, body?: (post: PostView) => unknown) =>
    (thread: string, post: PostView) =>
      app.call(method, path(thread, post), { cookie: who().cookie, ...(body && { body: body(post) }) });
  const acts: [string, (thread: string, post: PostView) => Promise<unknown>][] = [
    [
      'post.created',
      as(
        () => author,
        'POST',
        (thread) => `/api/threads/${thread}/posts`,
        () => aPostBody(),
      ),
    ],
    [
      'post.edited',
      as(
        () => author,
        'PATCH',
        (_, post) => `/api/posts/${post.id}`,
        () => ({ body: 'Corrigé', version: 1 }),
      ),
    ],
    [
      'post.reacted',
      as(
        () => author,
        'PUT',
        (_, post) => `/api/posts/${post.id}/reactions/thanks`,
      ),
    ],
    [
      'post.removed',
      as(
        () => author,
        'DELETE',
        (_, post) => `/api/posts/${post.id}?version=1`,
      ),
    ],
    [
      'thread.edited',
      as(
        () => author,
        'PATCH',
        (thread) => `/api/threads/${thread}`,
        () => ({ version: 1, title: 'Un autre titre pour ce fil' }),
      ),
    ],
    [
      'thread.summarised',
      as(
        () => author,
        'PUT',
        (thread) => `/api/threads/${thread}/summary`,
        () => ({ version: 0, points: ['Un point'], whatChanged: '' }),
      ),
    ],
  ];
  const spaces: [string, () => Space, string[]][] = [
    ['open', () => open, ['author', 'reader', 'outsider', 'moderator']],
    ['closed', () => closed, ['author', 'reader', 'guest', 'moderator']],
    ['confidential', () => confidential, ['author', 'reader']],
  ];
  for (const [type, act] of acts) {
    it.each(spaces)(`of ${type} in a space that is %s is exactly those who can read it`, async (_name, space, expected) => {
      const { live, later, readers } = await audienceOf(space(), act, type);
      expect(readers).toEqual(expected);
      expect(live).toEqual(expected);
      expect(later).toEqual(expected);
    });
  }

  it('of a new thread is those who may see its space', async () => {
    const sockets = new Map<string, Awaited<ReturnType<TestApp['socket']>>>();
    for (const [name, who] of Object.entries(everybody())) sockets.set(name, await app.socket(who.cookie));
    const thread = await buildThread(app, author, confidential);
    await until(() => sockets.get('reader')?.events.some((event) => event.thread === thread.id), 'the new thread');
    await app.app.get(EventTail).settled();
    for (const { socket } of sockets.values()) await socket.emitWithAck('unwatch', { thread: thread.id });
    expect([...sockets].filter(([, { events }]) => events.some((event) => event.thread === thread.id)).map(([name]) => name)).toEqual([
      'author',
      'reader',
    ]);
  });

  it('of a personal fact is its account only', async () => {
    const thread = await buildThread(app, author, open);
    const mine = await app.socket(reader.cookie);
    const other = await app.socket(author.cookie);
    await app.call('PUT', `/api/threads/${thread.id}/read`, { cookie: reader.cookie, body: { position: 1 } });
    await until(() => mine.events.some((event) => event.type === 'read.moved'), 'my own read position');
    expect(other.events.some((event) => event.type === 'read.moved')).toBe(false);
  });
});

describe('rights that change', () => {
  it('a person taken out of a closed space stops receiving at once', async () => {
    const member = await buildMember(app);
    const room = await buildSpace(app, { access: 'closed', members: [author, member] });
    const thread = await buildThread(app, author, room);
    const before = await watch(member, thread.id);
    const witness = await watch(author, thread.id);
    await app.app.get(WriteTransaction).run(moderator, async ({ tx, record }) => {
      await tx.run('DELETE FROM space_member WHERE space_id = $1 AND person_id = $2', [room.id, member.personId]);
      record({ type: 'access.changed', audience: 'account', account: member.accountId });
    });
    const post = await buildPost(app, author, thread.id);
    await until(() => witness.events.some((event) => event.post === post.id), 'the message at the witness');
    expect(before.ack.ok).toBe(true);
    expect(before.events.some((event) => event.post === post.id)).toBe(false);
    expect((await app.call('GET', `/api/threads/${thread.id}`, { cookie: member.cookie })).status).toBe(404);
    expect((await before.socket.emitWithAck('watch', { thread: thread.id })).ok).toBe(false);
  });

  it('a session that is signed out loses its sockets at once', async () => {
    const member = await buildMember(app);
    const { socket } = await app.socket(member.cookie);
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    await app.call('POST', '/api/auth/logout', { cookie: member.cookie });
    expect(await gone).toBe('io server disconnect');
    expect((await app.call('GET', '/api/me', { cookie: member.cookie })).status).toBe(401);
  });

  it('a thread moved into a closed space leaves those who may not follow', async () => {
    const thread = await buildThread(app, author, open);
    const stays = await watch(reader, thread.id);
    const leaves = await watch(outsider, thread.id);
    await app.call('POST', `/api/threads/${thread.id}/move`, {
      cookie: moderator.cookie,
      body: { id: uuid(), space: closed.slug, version: 1 },
    });
    const post = await buildPost(app, author, thread.id);
    await until(() => stays.events.some((event) => event.post === post.id), 'the message in its new place');
    expect(leaves.events.map((event) => event.type)).toContain('thread.left');
    expect(leaves.events.some((event) => event.post === post.id || event.type === 'thread.moved')).toBe(false);
  });
});

describe('what travels', () => {
  it('is the message as it is now: an edited or removed text does not come back from the log', async () => {
    const thread = await buildThread(app, author, open);
    const { cursor } = await since(reader);
    const edited = await buildPost(app, author, thread.id, { body: 'Premier état' });
    const removed = await buildPost(app, author, thread.id, { body: 'Un secret' });
    await app.call('PATCH', `/api/posts/${edited.id}`, { cookie: author.cookie, body: { body: 'Second état', version: 1 } });
    await app.call('DELETE', `/api/posts/${removed.id}?version=1`, { cookie: author.cookie });
    const text = JSON.stringify((await since(reader, cursor)).items);
    expect(text).not.toMatch(/Premier état|Un secret/);
    expect(text).toMatch(/Second état/);
  });

  it('reaches a watcher once, the same as by catch-up', async () => {
    const thread = await buildThread(app, author, open);
    const { cursor } = await since(reader);
    const { events } = await watch(reader, thread.id);
    const post = await buildPost(app, author, thread.id);
    await until(() => events.length > 0, 'the message');
    const [caught] = (await since(reader, cursor)).items.filter((event) => event.post === post.id);
    expect(events.filter((event) => event.post === post.id)).toEqual([caught]);
  });
});
