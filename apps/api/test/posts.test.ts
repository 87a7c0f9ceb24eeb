import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PostView, ThreadView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { aPostBody, aThreadBody, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { TestApp } from './support/app.js';
import { countStatements } from './support/statements.js';

let app: TestApp;
let author: Member;
let reader: Member;
let moderator: Member;
let space: Space;

beforeAll(async () => {
  app = await TestApp.start();
  space = await buildSpace(app);
  [author, reader, moderator] = [
    await buildMember(app),
    await buildMember(app),
    await buildMember(app, { role: 'moderator', function: 'Modération' }),
  ];
});
afterAll(() => app.stop());

const post = (path: string, who: Member, body: unknown) => app.call('POST', path, { cookie: who.cookie, body });
const posts = async (thread: string, who = reader) =>
  (await app.call('GET', `/api/threads/${thread}/posts?limit=100`, { cookie: who.cookie })).json as unknown as {
    items: PostView[];
    nextAfter: number | null;
  };

describe('a reply', () => {
  it('takes the next position and shows the function held when it was written', async () => {
    const thread = await buildThread(app, author, space);
    const reply = await buildPost(app, reader, thread.id);
    await app.database.run(`UPDATE mandate SET function = 'Nouvelle fonction' WHERE person_id = $1`, [reader.personId]);
    const [, second] = (await posts(thread.id)).items;
    expect(second).toMatchObject({
      id: reply.id,
      position: 2,
      state: 'visible',
      author: { function: 'Services techniques', country: 'SN' },
    });
  });

  it('may be sent again: the second answer is the stored message', async () => {
    const thread = await buildThread(app, author, space);
    const body = aPostBody();
    const answers = [
      await post(`/api/threads/${thread.id}/posts`, reader, body),
      await post(`/api/threads/${thread.id}/posts`, reader, body),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([201, 200]);
    expect((await posts(thread.id)).items).toHaveLength(2);
  });

  it('is answered with id-reused when the id comes with other words or from somebody else', async () => {
    const thread = await buildThread(app, author, space);
    const body = aPostBody();
    await post(`/api/threads/${thread.id}/posts`, reader, body);
    const other = await post(`/api/threads/${thread.id}/posts`, reader, { ...body, body: 'Autre chose' });
    const thief = await post(`/api/threads/${thread.id}/posts`, author, body);
    expect([other.status, other.json.code, thief.status, thief.json.code]).toEqual([409, 'id-reused', 409, 'id-reused']);
  });

  it('still counts as a retry after its text was edited', async () => {
    const thread = await buildThread(app, author, space);
    const body = aPostBody();
    await post(`/api/threads/${thread.id}/posts`, reader, body);
    await app.call('PATCH', `/api/posts/${body.id}`, { cookie: reader.cookie, body: { body: 'Corrigé', version: 1 } });
    const again = await post(`/api/threads/${thread.id}/posts`, reader, body);
    expect([again.status, (again.json as unknown as PostView).body]).toEqual([200, 'Corrigé']);
  });

  it('is stored once when the same request arrives many times at once', async () => {
    const thread = await buildThread(app, author, space);
    const body = aPostBody();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(`/api/threads/${thread.id}/posts`, reader, body)));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.every((answer) => answer.status < 300)).toBe(true);
    expect((await posts(thread.id)).items).toHaveLength(2);
  });

  it('gets positions without gap or double from concurrent writers', async () => {
    const thread = await buildThread(app, author, space);
    await Promise.all(Array.from({ length: 20 }, (_, n) => post(`/api/threads/${thread.id}/posts`, n % 2 ? author : reader, aPostBody())));
    expect((await posts(thread.id)).items.map((item) => item.position)).toEqual(Array.from({ length: 21 }, (_, n) => n + 1));
  });

  it('is refused with its reason when the thread is closed', async () => {
    const thread = await buildThread(app, author, space);
    await app.call('PATCH', `/api/threads/${thread.id}`, { cookie: moderator.cookie, body: { version: 1, status: 'closed' } });
    const answer = await post(`/api/threads/${thread.id}/posts`, reader, aPostBody());
    expect([answer.status, answer.json.code]).toEqual([409, 'thread-closed']);
  });

  it('goes one level deep: a reply to a reply belongs to the same message', async () => {
    const thread = await buildThread(app, author, space);
    const parent = await buildPost(app, reader, thread.id);
    const child = await buildPost(app, author, thread.id, { replyTo: parent.id });
    const grandchild = await buildPost(app, reader, thread.id, { replyTo: child.id });
    expect([child.replyTo?.id, grandchild.replyTo?.id]).toEqual([parent.id, parent.id]);
  });

  it('cannot answer a message of another thread', async () => {
    const [one, other] = [await buildThread(app, author, space), await buildThread(app, author, space)];
    const foreign = await buildPost(app, reader, other.id);
    const answer = await post(`/api/threads/${one.id}/posts`, reader, aPostBody({ replyTo: foreign.id }));
    expect([answer.status, answer.json.errors?.[0]?.path]).toEqual([400, 'replyTo']);
  });
});

describe('an edit', () => {
  it('keeps the earlier text and refuses a version that is not the stored one', async () => {
    const thread = await buildThread(app, author, space);
    const reply = await buildPost(app, reader, thread.id, { body: 'Un' });
    const edit = (body: string, version: number) =>
      app.call('PATCH', `/api/posts/${reply.id}`, { cookie: reader.cookie, body: { body, version } });
    const answers = [await edit('Deux', 1), await edit('Trois', 1), await edit('Deux', 1)];
    expect(answers.map((answer) => [answer.status, answer.json.code])).toEqual([
      [200, undefined],
      [409, 'stale-version'],
      [200, undefined],
    ]);
    const history = await app.call('GET', `/api/posts/${reply.id}/revisions`, { cookie: author.cookie });
    expect((history.json as unknown as { items: { body: string }[] }).items.map((item) => item.body)).toEqual(['Un']);
  });

  it('belongs to the author', async () => {
    const thread = await buildThread(app, author, space);
    const reply = await buildPost(app, reader, thread.id);
    for (const who of [author, moderator]) {
      const answer = await app.call('PATCH', `/api/posts/${reply.id}`, { cookie: who.cookie, body: { body: 'Autre', version: 1 } });
      expect([answer.status, answer.json.code]).toEqual([403, 'forbidden']);
    }
  });
});

describe('a removed message', () => {
  it('of somebody else is neither removed nor restored by moderation without a decision, whoever moderates', async () => {
    const reply = await buildPost(app, author, (await buildThread(app, author, space)).id);
    const remove = (who: Member) => app.call('DELETE', `/api/posts/${reply.id}?version=1`, { cookie: who.cookie });
    expect([(await remove(moderator)).json.code, (await remove(reader)).json.code]).toEqual(['decision-required', 'forbidden']);
    expect((await app.call('GET', `/api/posts/${reply.id}`, { cookie: moderator.cookie })).json).toMatchObject({ state: 'visible', abilities: { remove: false } });
    await remove(author);
    expect([(await post(`/api/posts/${reply.id}/restore`, moderator, { version: 2 })).json.code, (await post(`/api/posts/${reply.id}/restore`, reader, { version: 2 })).json.code]).toEqual(['decision-required', 'forbidden']);
    expect((await app.call('GET', `/api/posts/${reply.id}`, { cookie: moderator.cookie })).json).toMatchObject({ state: 'removed', abilities: { restore: false } });
    expect((await post(`/api/posts/${reply.id}/restore`, author, { version: 2 })).status).toBe(200);
  });

  it('keeps its place and loses its words until it is restored', async () => {
    const thread = await buildThread(app, author, space);
    const reply = await buildPost(app, reader, thread.id, { body: 'À retirer' });
    await app.call('DELETE', `/api/posts/${reply.id}?version=1`, { cookie: reader.cookie });
    const hidden = (await posts(thread.id, author)).items[1];
    expect(hidden).toMatchObject({ state: 'removed', body: '', html: '' });
    const restored = await post(`/api/posts/${reply.id}/restore`, reader, { version: 2 });
    expect([restored.status, (restored.json as unknown as PostView).body]).toEqual([200, 'À retirer']);
  });
});

describe('a reaction', () => {
  it('counts once however often it is sent, and can be taken back', async () => {
    const thread = await buildThread(app, author, space);
    const reply = await buildPost(app, reader, thread.id);
    const react = (method: string) => app.call(method, `/api/posts/${reply.id}/reactions/useful`, { cookie: author.cookie });
    await Promise.all([react('PUT'), react('PUT'), react('PUT')]);
    const shown = (await posts(thread.id, author)).items[1];
    expect(shown?.reactions).toEqual([{ kind: 'useful', count: 1, mine: true }]);
    await react('DELETE');
    expect((await posts(thread.id, author)).items[1]?.reactions).toEqual([]);
  });
});

describe('bad input', () => {
  const cases: [string, Record<string, unknown>, string][] = [
    ['a body of spaces', { body: '   \n\t ' }, 'body'],
    ['a body of invisible signs', { body: '\u200b\u202e\ufeff' }, 'body'],
    ['a body over 20 000 characters', { body: 'a'.repeat(20_001) }, 'body'],
    ['a body that is no text', { body: 12 }, 'body'],
    ['an id that is none', { id: 'abc' }, 'id'],
    ['more mentions than allowed', { body: '@'.repeat(10_000) }, 'body'],
  ];
  it.each(cases)('%s is refused at its field', async (_name, changes, path) => {
    const thread = await buildThread(app, author, space);
    const answer = await post(`/api/threads/${thread.id}/posts`, reader, aPostBody(changes));
    expect([answer.status, answer.json.errors?.[0]?.path]).toEqual([400, path]);
    expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
  });

  it('titles keep between 10 and 160 characters', async () => {
    for (const title of ['Court', 'x'.repeat(161)]) {
      const answer = await post('/api/threads', author, aThreadBody(space, { title }));
      expect([answer.status, answer.json.errors?.[0]?.path]).toEqual([400, 'title']);
    }
  });

  it('shows HTML and scripts as text', async () => {
    const thread = await buildThread(app, author, space, { title: '<script>alert(1)</script> dans un titre' });
    const reply = await buildPost(app, reader, thread.id, {
      body: '<img src=x onerror=alert(1)> <script>alert(1)</script> [x](javascript:alert(1))',
    });
    expect(reply.html).not.toMatch(/<img|<script|href="javascript/);
  });

  it('answers 404 for what does not exist and 400 for what is no id, the same for page and messages', async () => {
    for (const path of [`/api/threads/${uuid()}`, `/api/threads/${uuid()}/posts`, `/api/posts/${uuid()}`])
      expect((await app.call('GET', path, { cookie: reader.cookie })).status).toBe(404);
    expect((await app.call('GET', '/api/threads/abc', { cookie: reader.cookie })).status).toBe(400);
  });

  it('refuses a body of 20 MB and broken JSON with stable codes', async () => {
    const huge = await app.call('POST', '/api/threads', { cookie: author.cookie, body: JSON.stringify({ body: 'x'.repeat(20_000_000) }) });
    const broken = await app.call('POST', '/api/threads', { cookie: author.cookie, body: '{"id":' });
    expect([huge.status, huge.json.code, broken.status, broken.json.code]).toEqual([413, 'too-large', 400, 'malformed-json']);
  });
});

describe('queries of hot routes', () => {
  const statementsOf = (run: () => Promise<unknown>) => countStatements(app, run);

  it('stay constant in the number of rows', async () => {
    const thread: ThreadView = await buildThread(app, author, space);
    const page = () => app.call('GET', `/api/threads/${thread.id}/posts?limit=50`, { cookie: reader.cookie });
    const list = () => app.call('GET', `/api/threads?limit=50&space=${space.slug}`, { cookie: reader.cookie });
    await page();
    expect([await statementsOf(page), await statementsOf(list)]).toEqual([1, 1]);
    for (let n = 0; n < 15; n++) await buildPost(app, author, thread.id);
    for (let n = 0; n < 5; n++) await buildThread(app, author, space);
    expect([await statementsOf(page), await statementsOf(list)]).toEqual([1, 1]);
  });

  it('a reply is one statement when nobody watches', async () => {
    const thread = await buildThread(app, author, space);
    expect(await statementsOf(() => buildPost(app, reader, thread.id))).toBe(1);
  });
});
