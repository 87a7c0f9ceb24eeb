import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseView, Presence, ThreadView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { LiveIndex } from '../src/search/index.js';
import { aPostBody, buildCity, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { heard } from './builders/spaces.js';
import { buildPicture } from './builders/practices.js';
import { TestApp, until } from './support/app.js';

const FUNCTION = 'Trésorière adjointe';
const CITY = 'Quetzaltenango-sur-Mer';
const NAMES = new RegExp(`${FUNCTION}|${CITY}|quetzaltenango`, 'i');

let app: TestApp;
let author: Member;
let colleague: Member;
let reader: Member;
let moderator: Member;
let space: Space;
let thread: ThreadView;
let replyId: string;
let slug: string;

beforeAll(async () => {
  app = await TestApp.start();
  const organisationId = await buildCity(app, { name: CITY, country: 'CM' });
  slug = (await app.database.row<{ slug: string }>('SELECT slug FROM organisation WHERE id = $1', [organisationId]))?.slug ?? '';
  [author, colleague] = [await buildMember(app, { organisationId, function: FUNCTION }), await buildMember(app, { organisationId, function: `${FUNCTION} (seconde)` })];
  [reader, moderator] = [await buildMember(app), await buildMember(app, { role: 'moderator' })];
  space = await buildSpace(app, { access: 'closed', animators: [reader], members: [author, colleague] });
  thread = await buildThread(app, author, space, { title: 'Les pots de vin, parlons-en sans noms', naming: 'region' });
  const picture = await buildPicture(app, author);
  replyId = (await buildPost(app, author, thread.id, { body: 'Chez nous un chacal demande dix pour cent.', attachments: [picture] })).id;
  await buildPost(app, colleague, thread.id, { body: 'Chez nous aussi, le même chacal.', replyTo: replyId });
  await call(author, 'PATCH', `/api/posts/${replyId}`, { version: 1, body: 'Chez nous un chacal demande cinq pour cent.' });
  await call(author, 'PUT', `/api/threads/${thread.id}/summary`, { version: 0, points: ['Un chacal par ville.'], whatChanged: 'Le chacal est apparu.' });
  await app.app.get(LiveIndex).settled();
});
afterAll(() => app.stop());

const call = (who: Member, method: string, path: string, body?: unknown) => app.call(method, path, { cookie: who.cookie, ...(body !== undefined && { body }) });
/** What the city itself is said to be elsewhere is no secret. */
const tells = async (who: Member, path: string) => NAMES.test((await call(who, 'GET', path)).text);

describe('a thread that withholds names', () => {
  it.each([
    ['the thread', () => `/api/threads/${thread.id}`],
    ['its messages', () => `/api/threads/${thread.id}/posts`],
    ['one message', () => `/api/posts/${replyId}`],
    ['its revisions', () => `/api/posts/${replyId}/revisions`],
    ['the list of threads', () => '/api/threads?limit=100'],
    ['threads that look alike', () => `/api/threads/similar?title=${encodeURIComponent(thread.title)}`],
    ['the facts since the beginning', () => '/api/events?since=0&limit=500'],
    ['the search', () => '/api/search?q=chacal'],
    ['the suggestions', () => '/api/search/suggest?q=chacal'],
  ])('tells no name in %s, not even to moderation or to the author', async (_name, path) => {
    for (const who of [reader, moderator, author, colleague]) {
      const { status } = await call(who, 'GET', path());
      expect(status).toBe(200);
      expect(await tells(who, path())).toBe(false);
    }
  });

  it('tells no name on the home page of others', async () => {
    const city = await app.database.row<{ name: string }>('SELECT name FROM organisation WHERE id = $1', [reader.organisationId]);
    await buildPost(app, author, thread.id, { body: `Qu’en dit @${city?.name ?? ''} ?` });
    const { items } = (await call(reader, 'GET', '/api/home')).json as unknown as { items: { kind: string; author: object | null }[] };
    expect(items).toMatchObject([{ kind: 'mention', author: null }]);
    expect(await tells(reader, '/api/home')).toBe(false);
  });

  it('says the region where that was chosen, and "mine" to the author alone', async () => {
    const posts = async (who: Member) => ((await call(who, 'GET', `/api/threads/${thread.id}/posts`)).json as unknown as { items: { mine: boolean; author: object; replyTo: object | null }[] }).items;
    expect((await posts(reader))[1]).toMatchObject({ mine: false, author: { name: 'Un membre du réseau', organisation: '', country: '', withheld: { region: 'central-africa' } } });
    expect((await posts(author)).slice(0, 3).map(({ mine }) => mine)).toEqual([true, true, false]);
    expect((await posts(reader))[2]?.replyTo).toMatchObject({ id: replyId, organisation: '' });
  });

  it('is found by its words, not by author, city, country or size', async () => {
    const total = async (q: string) => ((await call(reader, 'GET', `/api/search?q=${encodeURIComponent(q)}`)).json as unknown as { total: number }).total;
    expect(await total('chacal')).toBe(3);
    for (const operator of [`ville:"${CITY}"`, `auteur:"${FUNCTION}"`, 'pays:Cameroun', 'pays:CM']) expect([operator, await total(`chacal ${operator}`)]).toEqual([operator, 0]);
    const { facets } = (await call(reader, 'GET', '/api/search?q=chacal')).json as unknown as { facets: Record<string, unknown[]> };
    expect([facets['country'], facets['size']]).toEqual([[], []]);
  });

  it('stands neither on the page of the city nor among its threads', async () => {
    expect((await call(reader, 'GET', `/api/organisations/${slug}`)).text).not.toContain(thread.id);
    expect((await call(reader, 'GET', `/api/threads?organisation=${slug}`)).text).not.toContain(thread.id);
  });

  it('tells no name live: in facts, presence or typing', async () => {
    const [watching, writing] = [await app.socket(reader.cookie), await app.socket(author.cookie)];
    const presences: Presence[] = [];
    watching.socket.on('presence', (presence) => presences.push(presence));
    for (const { socket } of [watching, writing]) await socket.emitWithAck('watch', { thread: thread.id });
    writing.socket.emit('typing', { thread: thread.id });
    await buildPost(app, author, thread.id);
    await call(author, 'PUT', `/api/posts/${replyId}/reactions/useful`);
    await heard(watching.events, 'post.reacted');
    await until(() => presences.length > 0, 'presence');
    expect(presences.every(({ readers, typing }) => readers.length + typing.length === 0)).toBe(true);
    expect(JSON.stringify([...watching.events, ...writing.events])).not.toMatch(NAMES);
    expect(watching.events.map(({ actor }) => actor?.withheld)).not.toContain(undefined);
  });

  it('stays editable by its author', async () => {
    expect((await call(author, 'PATCH', `/api/posts/${replyId}`, { version: 2, body: 'Chez nous un chacal ne demande plus rien.' })).json).toMatchObject({ version: 3, mine: true });
  });
});

describe('withholding names', () => {
  const withhold = (who: Member, of: ThreadView, naming = 'withheld') => call(who, 'PATCH', `/api/threads/${of.id}`, { version: 1, naming });

  it('is for animators and moderation, before the first reply, and for good', async () => {
    const one = await buildThread(app, author, space);
    expect([(await withhold(author, one)).status, (await withhold(reader, one, 'shown')).status]).toEqual([403, 400]);
    expect((await withhold(reader, one)).json).toMatchObject({ naming: 'withheld', version: 2, author: { withheld: { region: null } }, abilities: { withhold: false } });
    expect((await call(moderator, 'PATCH', `/api/threads/${one.id}`, { version: 2, naming: 'region' })).json.code).toBe('names-settled');
    const answered = await buildThread(app, author, space);
    await call(colleague, 'POST', `/api/threads/${answered.id}/posts`, aPostBody());
    expect((await withhold(moderator, answered)).json.code).toBe('names-settled');
  });

  it('keeps presence silent from the moment it is chosen', async () => {
    const one = await buildThread(app, author, space);
    const { socket, events } = await app.socket(colleague.cookie);
    const presences: Presence[] = [];
    socket.on('presence', (presence) => presences.push(presence));
    await socket.emitWithAck('watch', { thread: one.id });
    await until(() => presences.at(-1)?.readers.length, 'a reader');
    await withhold(reader, one);
    await heard(events, 'thread.edited');
    const other = await app.socket(author.cookie);
    await other.socket.emitWithAck('watch', { thread: one.id });
    await until(() => presences.at(-1)?.readers.length === 0, 'silence');
  });

  it('holds in what is split off, and is not undone by a merge', async () => {
    const [newThread, plain] = [uuid(), await buildThread(app, author, space)];
    const split = await call(moderator, 'POST', `/api/threads/${thread.id}/split`, { id: uuid(), newThread, title: 'Ce que demande le chacal', posts: [replyId] });
    expect(split.status).toBe(200);
    expect((await call(reader, 'GET', `/api/threads/${newThread}`)).json).toMatchObject({ naming: 'region', author: { organisation: '' } });
    expect((await call(moderator, 'POST', `/api/threads/${newThread}/merge`, { id: uuid(), into: plain.id })).json.errors).toMatchObject([{ path: 'into' }]);
  });
});

describe('a case about a nameless message', () => {
  const reportIt = async (targetKind: string, targetId: string) => {
    await call(reader, 'POST', '/api/reports', { id: uuid(), targetKind, targetId, reason: 'other', text: '' });
    return `/api/moderation/cases/${(await app.database.row<{ id: string }>('SELECT id FROM moderation_case WHERE target_id = $1', [targetId]))?.id ?? ''}`;
  };

  it.each([
    ['message', 'post', () => replyId],
    ['thread', 'thread', () => thread.id],
  ])('tells moderation no name of a %s, but to whoever has taken it and asks; each look is recorded', async (_name, kind, target) => {
    const place = await reportIt(kind, target());
    for (const path of ['/api/moderation/cases', place]) expect([(await call(moderator, 'GET', path)).status, await tells(moderator, path)]).toEqual([200, false]);
    expect([(await call(reader, 'POST', `${place}/name`)).status, (await call(moderator, 'POST', `${place}/name`)).json.code]).toEqual([403, 'not-possible-now']);
    await call(moderator, 'PUT', `${place}/claim`);
    expect((await call(moderator, 'POST', `${place}/name`)).json).toMatchObject({ function: FUNCTION, organisation: CITY });
    const acts = await app.database.rows<{ detail: { case: string }; actor_person_id: string }>(`SELECT actor_person_id, detail FROM audit_entry WHERE act = 'post.name-lifted' AND detail ->> 'case' = $1`, [place.split('/').at(-1)]);
    expect(acts).toMatchObject([{ actor_person_id: moderator.personId }]);
  });

  it('tells nothing outside of a confidential space when a name is looked up there; the case keeps it', async () => {
    const inside = await buildMember(app, { role: 'moderator' });
    const confidential = await buildSpace(app, { access: 'confidential', animators: [reader], members: [author, inside] });
    const place = await reportIt('thread', (await buildThread(app, author, confidential, { naming: 'withheld' })).id);
    await call(inside, 'PUT', `${place}/claim`);
    const lines = async () => (await app.database.row<{ count: number }>('SELECT count(*)::int AS count FROM audit_entry'))?.count;
    const before = await lines();
    expect((await call(inside, 'POST', `${place}/name`)).status).toBe(200);
    expect([await lines(), ((await call(inside, 'GET', place)).json as unknown as CaseView).notes.map(({ body }) => body)]).toEqual([before, ['Le nom de l’auteur a été consulté.']]);
  });

  it('tells a moderator of the author’s country or city only that they are close', async () => {
    const neighbour = await buildMember(app, { role: 'moderator', organisationId: author.organisationId });
    const place = await reportIt('post', (await buildPost(app, author, thread.id, { body: 'Encore un chacal.' })).id);
    expect([(await call(neighbour, 'GET', place)).json['barred'], (await call(neighbour, 'PUT', `${place}/claim`)).json]).toMatchObject(['near', { code: 'recused', params: { bar: 'near' } }]);
  });

  it('gives no name where names are shown anyway', async () => {
    const plain = await buildThread(app, author, space);
    const place = await reportIt('thread', plain.id);
    await call(moderator, 'PUT', `${place}/claim`);
    expect((await call(moderator, 'POST', `${place}/name`)).status).toBe(404);
  });
});
