import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventsPage, EventView, PostView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { EVENT_LOCK, EventRetention, EventTail, WriteTransaction } from '../src/realtime/index.js';
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

describe('the cursor', () => {
  it('grows in commit order, also when a slow transaction began first', async () => {
    const write = app.app.get(WriteTransaction);
    const order: string[] = [];
    let finishSlow: () => void = () => undefined;
    const slowMayEnd = new Promise<void>((resolve) => (finishSlow = resolve));
    const fact = (subject: string) => ({ type: 'practice.published' as const, audience: 'members' as const, subject });
    const { cursor } = await since(reader);
    const slow = write
      .run(author, async ({ tx, record }) => {
        record(fact('slow'));
        await tx.run('UPDATE person SET name = name WHERE id = $1', [author.personId]);
        await slowMayEnd;
      })
      .then(() => order.push('slow'));
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        write.run(reader, async ({ record }) => record(fact(`quick-${n}`))).then(() => order.push(`quick-${n}`)),
      ),
    );
    // A reader who asks now misses nothing later: the slow fact gets a cursor behind all that it has seen.
    const seen = await since(reader, cursor);
    finishSlow();
    await slow;
    const rest = await since(reader, seen.cursor);
    expect(seen.items).toHaveLength(10);
    expect(rest.items).toHaveLength(1);
    expect(Number(rest.items[0]?.cursor)).toBeGreaterThan(Math.max(...seen.items.map((event) => Number(event.cursor))));
    expect(order.at(-1)).toBe('slow');
  });

  it('is never visible out of order: a reader who polls under concurrent writers meets every fact once', async () => {
    const thread = await buildThread(app, author, open);
    let { cursor } = await since(reader);
    const met: string[] = [];
    let writing = true;
    const polling = (async () => {
      for (;;) {
        const last = !writing;
        const page = await since(reader, cursor, 7);
        cursor = page.cursor;
        met.push(...page.items.filter((event) => event.type === 'post.created').map((event) => event.post ?? ''));
        if (last && !page.more) return;
      }
    })();
    const written = await Promise.all(Array.from({ length: 40 }, (_, n) => buildPost(app, n % 2 ? author : reader, thread.id)));
    writing = false;
    await polling;
    expect([...met].sort()).toEqual(written.map((post) => post.id).sort());
  });

  it('waits for the lock of the log, not for slow work', async () => {
    const holder = await app.database.pool.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT pg_advisory_xact_lock($1)', [EVENT_LOCK]);
    const thread = buildThread(app, author, open);
    const early = await Promise.race([
      thread.then(() => 'committed'),
      until(
        async () => (await app.database.row(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)) && 'waiting',
        'a writer at the lock',
      ),
    ]);
    await holder.query('COMMIT');
    holder.release();
    expect(early).toBe('waiting');
    expect((await thread).id).toBeTruthy();
  });

  it.each([
    ['abc', 400, 'cursor-invalid'],
    ['999999999', 400, 'cursor-invalid'],
    ['-1', 400, 'cursor-invalid'],
  ])('%s is answered clearly', async (cursor, status, code) => {
    const answer = await app.call('GET', `/api/events?since=${cursor}`, { cookie: reader.cookie });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  it('older than the log is answered with 410, so that the client reloads', async () => {
    await buildThread(app, author, open);
    await app.database.run(`UPDATE event SET at = now() - interval '401 days' WHERE cursor < (SELECT max(cursor) FROM event)`);
    expect(await app.app.get(EventRetention).sweep()).toBeGreaterThan(0);
    const answer = await app.call('GET', '/api/events?since=0', { cookie: reader.cookie });
    expect([answer.status, answer.json.code]).toEqual([410, 'cursor-expired']);
  });
});

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

describe('several processes', () => {
  it('deliver each other’s facts to their own sockets', async () => {
    const second = await TestApp.start({}, app.databaseUrl);
    try {
      const thread = await buildThread(app, author, open);
      const { socket, events } = await second.socket(reader.cookie);
      await socket.emitWithAck('watch', { thread: thread.id });
      const posts = await Promise.all([
        buildPost(app, author, thread.id),
        buildPost(second, reader, thread.id),
        buildPost(app, author, thread.id),
      ]);
      await until(() => posts.every((post) => events.some((event) => event.post === post.id)), 'messages of both processes');
      const cursors = events.map((event) => Number(event.cursor));
      expect(cursors).toEqual([...cursors].sort((a, b) => a - b));
    } finally {
      await second.stop();
    }
  });

  it('store a message once when its retry reaches another process at the same moment', async () => {
    const second = await TestApp.start({}, app.databaseUrl);
    try {
      const thread = await buildThread(app, author, open);
      const bodies = Array.from({ length: 40 }, () => ({ id: uuid(), body: 'Le même message, envoyé deux fois.' }));
      const send = (target: TestApp, body: object) => target.call('POST', `/api/threads/${thread.id}/posts`, { cookie: author.cookie, body });
      const answers = await Promise.all(bodies.flatMap((body) => [send(app, body), send(second, body)]));
      expect(answers.map((answer) => answer.status).sort()).toEqual([...bodies.map(() => 200), ...bodies.map(() => 201)]);
      const stored = await app.database.rows('SELECT 1 FROM post WHERE thread_id = $1', [thread.id]);
      expect(stored).toHaveLength(bodies.length + 1);
    } finally {
      await second.stop();
    }
  });

  it('go on after the listening connection broke', async () => {
    const thread = await buildThread(app, author, open);
    const { events } = await watch(reader, thread.id);
    await app.database.run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()`);
    const post = await buildPost(app, author, thread.id);
    await until(() => events.some((event) => event.post === post.id), 'the message after the break');
  });
});
