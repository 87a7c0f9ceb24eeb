import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CasesPage, CaseView, PostsPage, WatchDefinition } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { EventTail } from '../src/realtime/index.js';
import { aPostBody, aThreadBody, buildMember, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { buildRule, deactivate, heldCase, heldOf } from './builders/watch.js';
import { TestApp, until } from './support/app.js';
import { countStatements } from './support/statements.js';

let app: TestApp;
let moderator: Member;

beforeAll(async () => {
  app = await TestApp.start();
  const staff = uuid();
  await app.database.run(`INSERT INTO organisation (id, slug, kind, name, country, country_name) VALUES ($1, 'association', 'association', 'Association', 'FR', 'France')`, [staff]);
  moderator = await buildMember(app, { role: 'moderator', organisationId: staff });
});
afterAll(() => app.stop());

const ask = (who: Member, method: string, path: string, body?: unknown) => app.call(method, path, { cookie: who.cookie, ...(body !== undefined && { body }) });
const reply = (who: Member, thread: string, body: string, more = {}) => ask(who, 'POST', `/api/threads/${thread}/posts`, aPostBody({ body, ...more }));
const texts = async (who: Member, thread: string) => ((await ask(who, 'GET', `/api/threads/${thread}/posts`)).json as unknown as PostsPage).items.map(({ body }) => body);
const LINK = 'Voyez https://boutique.example/offre';

/** An author with a thread in a space that has one rule. */
async function aRoom(definition: WatchDefinition, action = 'hold'): Promise<{ author: Member; space: Space; thread: string; rule: Awaited<ReturnType<typeof buildRule>> }> {
  const author = await buildMember(app);
  await app.database.run(`UPDATE account SET created_at = now() - interval '30 days' WHERE id = $1`, [author.accountId]);
  const space = await buildSpace(app, { members: [author, moderator] });
  const thread = await buildThread(app, author, space);
  return { author, space, thread: thread.id, rule: await buildRule(app, moderator, space, { definition, action }) };
}

describe('a rule that asks', () => {
  it('names itself before anything is stored, and has it held when the author insists', async () => {
    const { author, space, thread } = await aRoom({ kind: 'words', terms: ['remise'] }, 'ask');
    const body = aPostBody({ body: 'Une remise' });
    const asked = await ask(author, 'POST', `/api/threads/${thread}/posts`, body);
    expect([asked.status, asked.json]).toMatchObject([409, { code: 'reconsider', params: { rules: [{ name: 'Offres commerciales', words: ['remise'] }] } }]);
    expect(await heldOf(app, author)).toEqual([]);
    expect((await ask(author, 'POST', `/api/threads/${thread}/posts`, { ...body, insist: true })).status).toBe(202);
    expect((await ask(author, 'POST', '/api/threads', aThreadBody(space, { title: 'Une remise pour tous' }))).json.code).toBe('reconsider');
    expect((await heldOf(app, author)).map(({ id }) => id)).toEqual([body.id]);
  });
});

describe('a rule that queues', () => {
  it('lets the message appear and puts it before moderation, with reports that come later', async () => {
    const { author, space, thread } = await aRoom({ kind: 'words', terms: ['remise'] }, 'queue');
    const { events } = await app.socket(moderator.cookie);
    const answer = await reply(author, thread, 'Une remise');
    expect(answer.status).toBe(201);
    const post = (answer.json as unknown as { id: string }).id;
    await until(() => events.some(({ type }) => type === 'case.moved'), 'the case at the moderator');
    expect(await heldCase(app, moderator, post)).toMatchObject({ target: { kind: 'post' }, reports: 0, found: [{ words: ['remise'] }], held: null });
    const reporter = await buildMember(app);
    expect((await ask(reporter, 'POST', '/api/reports', { id: uuid(), targetKind: 'post', targetId: post, reason: 'advertising', text: '' })).status).toBe(201);
    expect(await heldCase(app, moderator, post)).toMatchObject({ reports: 1, found: [{ words: ['remise'] }] });
    const opened = await ask(author, 'POST', '/api/threads', aThreadBody(space, { title: 'Une remise pour tous' }));
    expect(opened.status).toBe(201);
    await ask(author, 'PATCH', `/api/posts/${post}`, { body: 'Une remise, une remise', version: 1 });
    const { items } = (await ask(moderator, 'GET', '/api/moderation/cases')).json as unknown as CasesPage;
    expect(items.filter(({ target }) => target.title === 'Une remise pour tous')).toHaveLength(1);
  });

  it('has one message and one case when the same request comes several times at once', async () => {
    const { author, thread } = await aRoom({ kind: 'words', terms: ['remise'] }, 'queue');
    const body = aPostBody({ body: 'Une remise' });
    const answers = await Promise.all([1, 2, 3].map(() => ask(author, 'POST', `/api/threads/${thread}/posts`, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect([(await texts(author, thread)).filter((text) => text === 'Une remise').length, (await heldCase(app, moderator, body.id)).version]).toEqual([1, 1]);
  });
});

describe('what can not wait', () => {
  it('a title or a summary that a rule catches, is not written: its author finds other words', async () => {
    const { author, thread } = await aRoom({ kind: 'words', terms: ['remise'] });
    const rename = (title: string, version = 1, reason?: string) => ask(author, 'PATCH', `/api/threads/${thread}`, { version, title, ...(reason && { status: 'answered', reason }) });
    const summarise = (...points: string[]) => ask(author, 'PUT', `/api/threads/${thread}/summary`, { version: 0, points, whatChanged: '' });
    expect((await rename('Une remise de moitié')).json).toMatchObject({ code: 'reconsider', params: { rules: [{ name: 'Offres commerciales', words: ['remise'] }] } });
    expect((await rename('Un titre plus long', 1, 'Une remise')).json.code).toBe('reconsider');
    expect([(await summarise('Un point', 'Une **remise**')).json.code, (await summarise('Un point')).status, (await rename('Un autre titre du fil')).status]).toEqual(['reconsider', 200, 200]);
    expect((await ask(author, 'GET', `/api/threads/${thread}`)).json).toMatchObject({ title: 'Un autre titre du fil', version: 2, summary: { points: [{ text: 'Un point' }] } });
  });

  it('appears, and moderation is told, where a rule only queues', async () => {
    const { author, thread } = await aRoom({ kind: 'words', terms: ['remise'] }, 'queue');
    const rename = (title: string, version: number) => ask(author, 'PATCH', `/api/threads/${thread}`, { version, title });
    expect((await rename('Une remise pour tous', 1)).status).toBe(200);
    expect(await heldCase(app, moderator, thread)).toMatchObject({ target: { kind: 'thread' }, version: 1, found: [{ words: ['remise'] }] });
    // What stood there already is nothing new.
    await rename('Une remise encore', 2);
    expect((await heldCase(app, moderator, thread)).version).toBe(1);
  });
});

describe('rules about links', () => {
  it('hold what newcomers link to, and what others do not', async () => {
    const { author, thread } = await aRoom({ kind: 'links', mode: 'any', domains: [], newcomers: true });
    const newcomer = await buildMember(app);
    expect([(await reply(author, thread, LINK)).status, (await reply(newcomer, thread, LINK)).status, (await reply(newcomer, thread, 'Sans lien')).status]).toEqual([201, 202, 201]);
  });

  it('let pass the domains that are allowed, and no others', async () => {
    const { author, thread } = await aRoom({ kind: 'links', mode: 'allowed', domains: ['example.org'], newcomers: false });
    expect([(await reply(author, thread, 'https://www.example.org/a https://docs.example.org')).status, (await reply(author, thread, LINK)).status]).toEqual([201, 202]);
    const [held] = await heldOf(app, author);
    const view: CaseView = await heldCase(app, moderator, held?.id ?? '');
    expect([view.found[0]?.words, view.held?.text.marks.map(([from, to]) => view.held?.text.text.slice(from, to))]).toEqual([['boutique.example'], ['boutique.example']]);
  });
});

describe('rules about pace', () => {
  it('hold what is too much in their space, and forget no message of another process', async () => {
    const { author, thread } = await aRoom({ kind: 'rate', mode: 'count', count: 4, minutes: 60 });
    const elsewhere = await buildThread(app, author, await buildSpace(app, { members: [author] }));
    await reply(author, elsewhere.id, 'Ailleurs');
    expect([(await reply(author, thread, 'Un')).status, (await reply(author, thread, 'Deux')).status, (await reply(author, thread, 'Trois')).status]).toEqual([201, 201, 202]);
    const peer = await TestApp.start({}, app.databaseUrl);
    expect((await peer.call('POST', `/api/threads/${thread}/posts`, { cookie: author.cookie, body: aPostBody() })).status).toBe(202);
    await peer.stop();
  });

  it('know the same words again, whatever their case and accents', async () => {
    const { author, thread, rule } = await aRoom({ kind: 'rate', mode: 'repeat', count: 2, minutes: 10 });
    expect([(await reply(author, thread, 'Achetez déjà !')).status, (await reply(author, thread, 'Merci')).status, (await reply(author, thread, 'ACHETEZ, deja')).status]).toEqual([201, 201, 202]);
    const peer = await TestApp.start({}, app.databaseUrl);
    const other = await buildMember(app);
    const body = aPostBody({ body: 'Dit ailleurs' });
    expect((await peer.call('POST', `/api/threads/${thread}/posts`, { cookie: other.cookie, body })).status).toBe(201);
    await app.app.get(EventTail).settled();
    await until(async () => (await reply(other, thread, 'dit ailleurs')).status === 202, 'the words of the other process');
    await peer.stop();
    await deactivate(app, moderator, rule);
  });

  it('are passed by nobody who sends at once, here and through another process', async () => {
    const { author, space, thread } = await aRoom({ kind: 'rate', mode: 'count', count: 4, minutes: 10 });
    const peer = await TestApp.start({}, app.databaseUrl);
    const into = await buildThread(app, author, await buildSpace(app, { members: [author] }));
    const sent = await Promise.all(Array.from({ length: 12 }, (_, turn) => (turn % 2 ? app : peer).call('POST', `/api/threads/${thread}/posts`, { cookie: author.cookie, body: aPostBody() })));
    // The thread itself is the first message.
    expect(sent.map(({ status }) => status).sort()).toEqual([201, 201, ...Array.from({ length: 10 }, () => 202)]);
    expect((await ask(author, 'POST', '/api/threads', aThreadBody(space))).status).toBe(202);
    expect((await reply(author, into.id, 'Ailleurs')).status).toBe(201);
    await peer.stop();
  });

  it('count threads that are opened at once', async () => {
    const { author, space } = await aRoom({ kind: 'rate', mode: 'count', count: 3, minutes: 10 });
    const opened = await Promise.all(Array.from({ length: 5 }, () => ask(author, 'POST', '/api/threads', aThreadBody(space))));
    expect(opened.map(({ status }) => status).sort()).toEqual([201, 202, 202, 202, 202]);
  });

  it('know the same words that are sent at once', async () => {
    const { author, thread } = await aRoom({ kind: 'rate', mode: 'repeat', count: 2, minutes: 10 });
    const sent = await Promise.all(Array.from({ length: 4 }, () => reply(author, thread, 'Achetez maintenant')));
    expect(sent.map(({ status }) => status).sort()).toEqual([201, 202, 202, 202]);
  });

  it('take no retry for a message more', async () => {
    const { author, thread } = await aRoom({ kind: 'rate', mode: 'count', count: 3, minutes: 60 });
    const body = aPostBody({ body: 'Une fois' });
    const send = () => ask(author, 'POST', `/api/threads/${thread}/posts`, body);
    expect([(await send()).status, (await send()).status, (await send()).status]).toEqual([201, 200, 200]);
  });
});

describe('rules', () => {
  it('cost a message that none of them catches no statement more', async () => {
    const author = await buildMember(app);
    const { thread } = await aRoom({ kind: 'words', terms: ['remise'] });
    await reply(author, thread, 'Pour que la session soit connue');
    expect(await countStatements(app, () => reply(author, thread, 'Rien de cela'))).toBe(1);
    // A rule about pace elsewhere: where this thread stands is asked once.
    const { rule } = await aRoom({ kind: 'rate', mode: 'count', count: 50, minutes: 10 });
    await reply(author, thread, 'Rien de cela non plus');
    expect(await countStatements(app, () => reply(author, thread, 'Toujours rien'))).toBe(1);
    await deactivate(app, moderator, rule);
  });

  it('are known to every process as soon as the log has told of them', async () => {
    const peer = await TestApp.start({}, app.databaseUrl);
    const { author, thread, rule } = await aRoom({ kind: 'words', terms: ['zibeline'] });
    const send = (body: string) => peer.call('POST', `/api/threads/${thread}/posts`, { cookie: author.cookie, body: aPostBody({ body }) });
    await peer.app.get(EventTail).settled();
    await until(async () => (await send('Une zibeline')).status === 202, 'the rule at the other process');
    await deactivate(app, moderator, rule);
    await until(async () => (await send('Une zibeline')).status === 201, 'the end of the rule at the other process');
    await peer.stop();
  });

  it('of all spaces hold in none that is confidential', async () => {
    const rule = await buildRule(app, moderator, null, { definition: { kind: 'words', terms: ['quetzal'] } });
    const author = await buildMember(app);
    const hidden = await buildSpace(app, { access: 'confidential', members: [author] });
    const [inside, outside] = [await buildThread(app, author, hidden), await buildThread(app, author, await buildSpace(app, { members: [author] }))];
    expect([(await reply(author, inside.id, 'Un quetzal')).status, (await reply(author, outside.id, 'Un quetzal')).status]).toEqual([201, 202]);
    await deactivate(app, moderator, rule);
    expect(await texts(author, inside.id)).toContain('Un quetzal');
  });
});
