import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, PostView, ThreadActView, ThreadRow, ThreadView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { TestApp } from './support/app.js';

let app: TestApp;
let author: Member;
let moderator: Member;
let space: Space;
let other: Space;

beforeAll(async () => {
  app = await TestApp.start();
  [space, other] = [await buildSpace(app), await buildSpace(app)];
  [author, moderator] = [await buildMember(app), await buildMember(app, { role: 'moderator' })];
});
afterAll(() => app.stop());

const act = async (path: string, body: Record<string, unknown>) =>
  (await app.call('POST', path, { cookie: moderator.cookie, body: { id: uuid(), ...body } })).json as unknown as ThreadActView;
const postsOf = async (thread: string) =>
  ((await app.call('GET', `/api/threads/${thread}/posts?limit=100`, { cookie: author.cookie })).json as unknown as { items: PostView[] })
    .items;
const threadOf = async (id: string) =>
  (await app.call('GET', `/api/threads/${id}`, { cookie: author.cookie })).json as unknown as ThreadView;
const words = (posts: PostView[]) => posts.map((post) => (post.state === 'event' ? `[${post.event?.type}]` : post.body));
const listed = async () =>
  ((await app.call('GET', '/api/threads?limit=100', { cookie: author.cookie })).json as unknown as Page<ThreadRow>).items.map(
    (row) => row.id,
  );

async function threadWith(...texts: string[]): Promise<{ thread: ThreadView; posts: PostView[] }> {
  const thread = await buildThread(app, author, space, { body: 'Début' });
  const posts: PostView[] = [];
  for (const body of texts) posts.push(await buildPost(app, author, thread.id, { body }));
  return { thread, posts };
}

describe('moving a thread', () => {
  it('leaves a line, and undoing brings it back', async () => {
    const { thread } = await threadWith('Un');
    const moved = await act(`/api/threads/${thread.id}/move`, { space: other.slug, version: 1, reason: 'Plus juste ici' });
    expect([(await threadOf(thread.id)).space.slug, words(await postsOf(thread.id))]).toEqual([other.slug, ['Début', 'Un', '[moved]']]);
    await app.call('POST', `/api/thread-acts/${moved.id}/undo`, { cookie: moderator.cookie });
    expect((await threadOf(thread.id)).space.slug).toBe(space.slug);
  });

  it('is done once however often the request comes', async () => {
    const { thread } = await threadWith();
    const body = { id: uuid(), space: other.slug, version: 1 };
    const answers = [await act(`/api/threads/${thread.id}/move`, body), await act(`/api/threads/${thread.id}/move`, body)];
    expect(answers[0]).toEqual(answers[1]);
    expect(words(await postsOf(thread.id))).toEqual(['Début', '[moved]']);
  });
});

describe('splitting a thread', () => {
  it('takes the chosen messages along, and undoing puts each back at its place', async () => {
    const { thread, posts } = await threadWith('Un', 'Deux', 'Trois');
    const newThread = uuid();
    const split = await act(`/api/threads/${thread.id}/split`, { newThread, title: 'Un fil détaché du premier', posts: [posts[1]?.id] });
    expect([words(await postsOf(thread.id)), words(await postsOf(newThread))]).toEqual([
      ['Début', 'Un', 'Trois', '[split]'],
      ['Deux', '[split]'],
    ]);
    await app.call('POST', `/api/thread-acts/${split.id}/undo`, { cookie: moderator.cookie });
    expect(words(await postsOf(thread.id))).toEqual(['Début', 'Un', 'Deux', 'Trois']);
    expect(await listed()).not.toContain(newThread);
  });
});

describe('merging two threads', () => {
  it('appends the messages in order, hides the empty thread, and can be undone', async () => {
    const [one, two] = [await threadWith('Un'), await threadWith('Deux')];
    const merged = await act(`/api/threads/${two.thread.id}/merge`, { into: one.thread.id });
    expect(words(await postsOf(one.thread.id))).toEqual(['Début', 'Un', '[merged]', 'Début', 'Deux']);
    expect(await listed()).not.toContain(two.thread.id);
    const undone = await app.call('POST', `/api/thread-acts/${merged.id}/undo`, { cookie: moderator.cookie });
    expect(undone.status).toBe(200);
    expect([words(await postsOf(one.thread.id)), words(await postsOf(two.thread.id))]).toEqual([
      ['Début', 'Un'],
      ['Début', 'Deux'],
    ]);
    expect(await listed()).toContain(two.thread.id);
  });

  it('is refused after ten minutes', async () => {
    const { thread } = await threadWith();
    const moved = await act(`/api/threads/${thread.id}/move`, { space: other.slug, version: 1 });
    await app.database.run(`UPDATE thread_act SET at = now() - interval '11 minutes' WHERE id = $1`, [moved.id]);
    const answer = await app.call('POST', `/api/thread-acts/${moved.id}/undo`, { cookie: moderator.cookie });
    expect([answer.status, answer.json.code]).toEqual([409, 'undo-expired']);
  });
});

describe('reading', () => {
  const read = (who: Member, thread: string, body: unknown, path = 'read', method = 'PUT') =>
    app.call(method, `/api/threads/${thread}/${path}`, { cookie: who.cookie, body });

  it('positions merge by maximum, and "unread from here" outranks reads under way', async () => {
    const { thread } = await threadWith('Un', 'Deux', 'Trois');
    const reader = await buildMember(app);
    const answers = [
      await read(reader, thread.id, { position: 3 }),
      await read(reader, thread.id, { position: 2 }),
      await read(reader, thread.id, { from: 2, generation: 0 }, 'unread', 'POST'),
      await read(reader, thread.id, { position: 4, generation: 0 }),
      await read(reader, thread.id, { position: 4, generation: 1 }),
    ];
    expect(answers.map((answer) => [answer.json['position'], answer.json['generation']])).toEqual([
      [3, 0],
      [3, 0],
      [1, 1],
      [1, 1],
      [4, 1],
    ]);
  });

  it('a space is marked as read as a whole', async () => {
    const reader = await buildMember(app);
    const room = await buildSpace(app, { access: 'closed', members: [author, reader] });
    await buildThread(app, author, room);
    const unread = async () =>
      (
        (await app.call('GET', '/api/spaces', { cookie: reader.cookie })).json as unknown as { items: { id: string; unread: number }[] }
      ).items.find((one) => one.id === room.id)?.unread;
    expect(await unread()).toBe(1);
    await app.call('POST', `/api/spaces/${room.slug}/read`, { cookie: reader.cookie });
    expect(await unread()).toBe(0);
  });
});

describe('drafts', () => {
  it('keep the newest text: a stale tab is refused with the stored sequence', async () => {
    const writer = await buildMember(app);
    const save = (sequence: number, body: string) =>
      app.call('PUT', '/api/drafts/new-thread', { cookie: writer.cookie, body: { sequence, body } });
    expect([(await save(2, 'Plus récent')).status, (await save(2, 'Plus récent')).status]).toEqual([200, 200]);
    const stale = await save(1, 'Ancien');
    expect([stale.status, stale.json.code, (stale.json as unknown as { params: unknown }).params]).toEqual([
      409,
      'stale-draft',
      { sequence: 2 },
    ]);
    await app.call('DELETE', '/api/drafts/new-thread?sequence=3', { cookie: writer.cookie });
    expect([(await app.call('GET', '/api/drafts/new-thread', { cookie: writer.cookie })).status, (await save(3, 'Revenu')).status]).toEqual(
      [404, 409],
    );
  });
});
