import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type AddresseeView, type EventsPage, type EventView, type HomeView, LETTER_MAX, RELAYS_PER_DAY } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { EventTail } from '../src/realtime/index.js';
import { read } from './builders/demonstration.js';
import { buildCity, buildMember, type Member } from './builders/forum.js';
import { slugOf, statementsOf } from './builders/projects.js';
import { buildRelay, endMandate, lettersOf, markRead, relayOf, relaysOf, relayStatus, send, write } from './builders/relay.js';
import { buildTrialLibrary } from './builders/trial-library.js';
import { TestApp, until } from './support/app.js';
import { asOwner } from './support/postgres.js';

let app: TestApp;
let asker: Member, colleague: Member, mayor: Member, cabinet: Member, stranger: Member, moderator: Member, secretariat: Member, guest: Member;
const PRACTICE = { practice: 'essai-published' };

beforeAll(async () => {
  app = await TestApp.start();
  asker = await buildMember(app, { function: 'Cheffe de cabinet' });
  colleague = await buildMember(app, { organisationId: asker.organisationId });
  mayor = await buildMember(app, { function: 'Maire' });
  cabinet = await buildMember(app, { organisationId: mayor.organisationId, function: 'Cabinet' });
  stranger = await buildMember(app);
  moderator = await buildMember(app, { role: 'moderator' });
  secretariat = await buildMember(app, { role: 'administrator' });
  guest = await buildMember(app, { role: 'guest', organisationId: mayor.organisationId });
  await buildTrialLibrary(app, { published: mayor, draft: stranger });
});
afterAll(() => app.stop());
// The bound on a day has a test of its own.
afterEach(() => app.database.run(`UPDATE relay SET created_at = created_at - interval '25 hours'`));

const everybody = () => ({ asker, colleague, mayor, cabinet, stranger, moderator, secretariat, guest });
const addressee = (who: Member, query: string) => app.call('GET', `/api/relay/addressee?${query}`, { cookie: who.cookie });

describe('a letter to a city', () => {
  it('opens a conversation about the practice, signed with the function, without an address', async () => {
    const relay = await buildRelay(app, asker, PRACTICE);
    expect(relay).toMatchObject({ side: 'asker', practice: { ref: 'essai-published', title: 'Une pratique' }, asker: { function: 'Cheffe de cabinet' }, letterCount: 1, unread: 0 });
    expect(relay.city.slug).toBe(await slugOf(app, mayor.organisationId));
    const received = await relayOf(app, cabinet, relay.id);
    expect(received).toMatchObject({ side: 'city', unread: 1, last: { side: 'asker', excerpt: 'Bonjour, comment avez-vous financé cela ?' } });
    expect(JSON.stringify([received, await lettersOf(app, cabinet, relay.id)])).not.toContain('@');
  });

  it('goes to a city without a practice, and is answered by whoever is in office there', async () => {
    const relay = await buildRelay(app, asker, mayor);
    expect((await send(app, cabinet, relay.id)).status).toBe(201);
    expect((await send(app, asker, relay.id, { body: 'Merci.' })).status).toBe(201);
    const { items } = await lettersOf(app, asker, relay.id);
    expect(items.map(({ position, side, mine, author }) => [position, side, mine, author.function])).toEqual([[1, 'asker', true, 'Cheffe de cabinet'], [2, 'city', false, 'Cabinet'], [3, 'asker', true, 'Cheffe de cabinet']]);
  });

  it('is not for the own city, nor about what one may not read or what belongs to no member', async () => {
    expect((await write(app, colleague, asker)).json.errors?.[0]).toEqual({ path: 'organisation', message: 'same_city' });
    expect((await write(app, cabinet, PRACTICE)).json.errors?.[0]).toEqual({ path: 'practice', message: 'same_city' });
    expect((await write(app, asker, { practice: 'essai-draft' })).json.errors?.[0]).toEqual({ path: 'practice', message: 'not_found' });
    const both = { id: uuid(), practice: 'essai-published', organisation: 'dakar', body: 'Bonjour' };
    for (const body of [both, { id: uuid(), body: 'Bonjour' }]) expect((await app.call('POST', '/api/relay', { cookie: asker.cookie, body })).json.code).toBe('invalid-input');
  });

  it('is bounded, and keeps its lines', async () => {
    const relay = await buildRelay(app, stranger, mayor, { body: '  Deux lignes\r\nsur le sujet.\u0000 ' });
    expect((await lettersOf(app, mayor, relay.id)).items[0]?.body).toBe('Deux lignes\nsur le sujet.');
    expect((await send(app, mayor, relay.id, { body: 'é'.repeat(LETTER_MAX) })).status).toBe(201);
    expect((await send(app, mayor, relay.id, { body: 'é'.repeat(LETTER_MAX + 1) })).json.errors?.[0]).toEqual({ path: 'body', message: 'too_big' });
    expect((await send(app, mayor, relay.id, { body: ' \n ' })).json.errors?.[0]).toEqual({ path: 'body', message: 'too_small' });
  });

  it('may be sent again, also twice at once, and its id is not given to other words', async () => {
    const words = { id: uuid(), body: 'Une seule fois.' };
    const opened = await Promise.all([write(app, stranger, mayor, words), write(app, stranger, mayor, words)]);
    expect(opened.map(({ status }) => status).sort()).toEqual([200, 201]);
    const answer = { id: uuid(), body: 'Une seule réponse.' };
    const sent = await Promise.all([send(app, mayor, words.id, answer), send(app, mayor, words.id, answer)]);
    expect(sent.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect((await lettersOf(app, stranger, words.id)).items.map(({ body }) => body)).toEqual([words.body, answer.body]);
    expect((await write(app, stranger, mayor, { ...words, body: 'Autre chose.' })).json.code).toBe('id-reused');
    expect((await write(app, asker, mayor, words)).json.code).toBe('id-reused');
    expect((await send(app, mayor, words.id, { ...answer, body: 'Autre chose.' })).json.code).toBe('id-reused');
    expect((await send(app, cabinet, words.id, answer)).json.code).toBe('id-reused');
  });

  it('opens so many conversations in a day and no more, also at once; those open go on', async () => {
    const eager = await buildMember(app);
    const answers = await Promise.all(Array.from({ length: RELAYS_PER_DAY + 3 }, () => write(app, eager, mayor)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(RELAYS_PER_DAY);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.json).toMatchObject({ code: 'relay-limit', params: { max: RELAYS_PER_DAY } });
    const [open] = (await relaysOf(app, eager)).items;
    expect((await send(app, eager, open?.id ?? '')).status).toBe(201);
    await app.database.run(`UPDATE relay SET created_at = created_at - interval '25 hours' WHERE asker_person_id = $1`, [eager.personId]);
    expect((await write(app, eager, mayor)).status).toBe(201);
  });
});

describe('who reads a conversation', () => {
  it('is who asked and those in office in the city, and no role beside them', async () => {
    const { id } = await buildRelay(app, asker, mayor);
    for (const [name, who] of Object.entries(everybody())) {
      const party = ['asker', 'mayor', 'cabinet'].includes(name);
      expect([name, await relayStatus(app, who, id), (await send(app, who, id)).status, (await markRead(app, who, id, 1)).status]).toEqual([name, ...(party ? [200, 201, 200] : [404, 404, 404])]);
      expect([name, ((await relaysOf(app, who)).items ?? []).some((relay) => relay.id === id)]).toEqual([name, party]);
      expect([name, (await app.call('GET', `/api/relay/${id}/letters`, { cookie: who.cookie })).status]).toEqual([name, party ? 200 : 404]);
    }
  });

  it('includes moderation and the secretariat where they are in office, and only there', async () => {
    const association = await buildMember(app, { role: 'administrator', function: 'Secrétariat permanent' });
    const { id } = await buildRelay(app, asker, association);
    expect([await relayStatus(app, association, id), await relayStatus(app, secretariat, id)]).toEqual([200, 404]);
  });

  it('ends with the mandate, at once and on both sides; the next in office finds it', async () => {
    const [former, former2] = [await buildMember(app), await buildMember(app)];
    const { id } = await buildRelay(app, former, former2);
    expect([await relayStatus(app, former, id), await relayStatus(app, former2, id)]).toEqual([200, 200]);
    await endMandate(app, former2);
    expect([await relayStatus(app, former2, id), (await send(app, former2, id)).status, (await relaysOf(app, former2)).items]).toEqual([404, 404, []]);
    const next = await buildMember(app, { organisationId: former2.organisationId, function: 'Nouvelle maire' });
    expect(await relayOf(app, next, id)).toMatchObject({ unread: 1 });
    await endMandate(app, former);
    expect([await relayStatus(app, former, id), (await send(app, former, id)).status, (await write(app, former, mayor)).status]).toEqual([404, 404, 403]);
  });

  it('is nobody whose account is blocked', async () => {
    const blocked = await buildMember(app, { organisationId: mayor.organisationId });
    const { id } = await buildRelay(app, asker, mayor);
    expect(await relayStatus(app, blocked, id)).toBe(200);
    await app.database.run('UPDATE account SET disabled_at = now() WHERE id = $1', [blocked.accountId]);
    // The session is still remembered; the rule is not.
    expect(await relayStatus(app, blocked, id)).toBe(404);
  });

  it('signs with the function held in that city, also when another one came later', async () => {
    const both = await buildMember(app, { organisationId: mayor.organisationId, function: 'Conseillère' });
    await app.database.run(`INSERT INTO mandate (id, person_id, organisation_id, function, valid_from) VALUES ($1, $2, $3, 'Présidente', current_date)`, [uuid(), both.personId, await buildCity(app)]);
    const { id } = await buildRelay(app, asker, mayor);
    expect((await send(app, both, id)).json).toMatchObject({ side: 'city', author: { function: 'Conseillère' } });
  });
});

describe('the addressee', () => {
  it('is told by function before one writes; a guest learns nothing', async () => {
    const view = (await addressee(asker, 'practice=essai-published')).json as unknown as AddresseeView;
    expect(view).toMatchObject({ practice: { ref: 'essai-published' }, readers: expect.arrayContaining(['Cabinet', 'Maire']), own: false });
    expect((await addressee(mayor, 'practice=essai-published')).json).toMatchObject({ own: true });
    expect((await addressee(asker, `organisation=${await slugOf(app, await buildCity(app))}`)).json).toMatchObject({ practice: null, contact: null, readers: [] });
    const statuses = await Promise.all([addressee(guest, 'practice=essai-published'), addressee(asker, 'practice=essai-draft'), addressee(asker, 'organisation=nulle-part')]);
    expect(statuses.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  it('may have no account yet: the letter waits for the first one in office', async () => {
    const organisationId = await buildCity(app);
    const { id } = await buildRelay(app, asker, { organisationId });
    const first = await buildMember(app, { organisationId });
    expect(await relayOf(app, first, id)).toMatchObject({ side: 'city', unread: 1 });
  });
});

describe('a letter that was begun', () => {
  it('is kept among the own drafts, and not offered as a thread on the home page', async () => {
    for (const key of [`relay:${uuid()}`, 'relay:practice:essai-published', 'relay:city:dakar']) {
      const saved = await app.call('PUT', `/api/drafts/${key}`, { cookie: asker.cookie, body: { sequence: 1, body: 'Une lettre commencée' } });
      expect([key, saved.status]).toEqual([key, 200]);
    }
    expect((await app.call('PUT', '/api/drafts/relay:elsewhere', { cookie: asker.cookie, body: { sequence: 1, body: 'Non' } })).status).toBe(400);
    expect((await read<HomeView>(app, asker.cookie, '/api/home')).drafts).toEqual([]);
  });
});

describe('what is unread', () => {
  it('counts the letters of the other side, and is read for the whole city by one of them', async () => {
    const city = await buildMember(app);
    const second = await buildMember(app, { organisationId: city.organisationId });
    const { id } = await buildRelay(app, asker, city);
    await send(app, asker, id);
    await send(app, second, id);
    expect([await relayOf(app, city, id), await relayOf(app, asker, id)]).toMatchObject([{ unread: 2 }, { unread: 1 }]);
    expect((await markRead(app, city, id, 2)).json).toMatchObject({ unread: 0 });
    expect((await relayOf(app, second, id)).unread).toBe(0);
    expect((await markRead(app, city, id, 1)).json).toMatchObject({ unread: 0 });
    await markRead(app, asker, id, 99);
    await send(app, city, id);
    expect((await relayOf(app, asker, id)).unread).toBe(1);
  });

  it('stands in the list and on the home page until it is read', async () => {
    const city = await buildMember(app);
    const home = () => read<HomeView>(app, city.cookie, '/api/home');
    expect((await home()).taskCount).toBe(0);
    const { id } = await buildRelay(app, asker, city);
    expect([(await home()).taskCount, (await relaysOf(app, city, '?unread=true')).items.map((relay) => relay.id), (await relaysOf(app, city)).unread]).toEqual([1, [id], 1]);
    await markRead(app, city, id, 1);
    expect([(await home()).taskCount, (await relaysOf(app, city, '?unread=true')).items, (await relaysOf(app, city)).items.length]).toEqual([0, [], 1]);
  });
});

describe('the lists', () => {
  it('page without a gap in a fixed number of statements, what moved last first', async () => {
    const city = await buildMember(app);
    const writer = await buildMember(app);
    const ids: string[] = [];
    for (let turn = 0; turn < 5; turn++) ids.push((await buildRelay(app, writer, city)).id);
    await relaysOf(app, city);
    const few = await statementsOf(app, city, '/api/relay?limit=1');
    expect(await statementsOf(app, city, '/api/relay')).toBe(few);
    await send(app, writer, ids[0] ?? '');
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await relaysOf(app, city, `?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([ids[0], ...ids.slice(1).reverse()]);
  });

  it('of letters go back from the latest', async () => {
    const { id } = await buildRelay(app, asker, mayor);
    for (let turn = 0; turn < 4; turn++) await send(app, mayor, id);
    const latest = await lettersOf(app, asker, id, '?limit=2');
    expect([latest.items.map(({ position }) => position), latest.before]).toEqual([[4, 5], 4]);
    const first = await lettersOf(app, asker, id, '?limit=5&before=4');
    expect([first.items.map(({ position }) => position), first.before]).toEqual([[1, 2, 3], null]);
  });
});

describe('the facts', () => {
  const since = (who: Member, cursor: string) => read<EventsPage>(app, who.cookie, `/api/events?limit=500&since=${cursor}`);

  it('reach exactly those who can read the conversation, live and later, without a word of it', async () => {
    const sockets = new Map<string, { socket: Awaited<ReturnType<TestApp['socket']>>['socket']; events: EventView[] }>();
    for (const [name, who] of Object.entries(everybody())) sockets.set(name, await app.socket(who.cookie));
    const { cursor } = await read<EventsPage>(app, asker.cookie, '/api/events');
    const { id } = await buildRelay(app, asker, mayor, { body: 'Un mot confidentiel' });
    await send(app, mayor, id, { body: 'Une réponse confidentielle' });
    const sent = (events: EventView[]) => events.filter((event) => event.type === 'relay.sent' && (event.data as { id?: string } | null)?.id === id);
    await until(() => sent(sockets.get('cabinet')?.events ?? []).length === 2, 'both letters at the cabinet');
    await app.app.get(EventTail).settled();
    for (const { socket } of sockets.values()) await socket.emitWithAck('unwatch', { thread: uuid() });
    const heard = [...sockets].filter(([, { events }]) => sent(events).length > 0).map(([name]) => name);
    const later: string[] = [];
    for (const [name, who] of Object.entries(everybody())) if (sent((await since(who, cursor)).items).length === 2) later.push(name);
    expect([heard, later]).toEqual([['asker', 'mayor', 'cabinet'], ['asker', 'mayor', 'cabinet']]);
    expect(JSON.stringify([...sockets.values()].map(({ events }) => events))).not.toMatch(/confidentiel/);
  });

  it('commit with the letter, or neither does', async () => {
    const { id } = await buildRelay(app, asker, mayor);
    const facts = async () => (await app.database.row<{ count: number }>(`SELECT count(*) AS count FROM event WHERE type = 'relay.sent' AND subject_id = $1`, [id]))?.count ?? 0;
    const before = await facts();
    await asOwner(app.databaseUrl, `ALTER TABLE event ADD CONSTRAINT refuse_letters CHECK (type <> 'relay.sent') NOT VALID`);
    try {
      expect((await send(app, mayor, id)).status).toBe(500);
    } finally {
      await asOwner(app.databaseUrl, 'ALTER TABLE event DROP CONSTRAINT refuse_letters');
    }
    expect([(await lettersOf(app, asker, id)).items.length, await facts()]).toEqual([1, before]);
    await send(app, mayor, id);
    expect((await lettersOf(app, asker, id)).items.length).toBe(2);
    expect(await facts()).toBeGreaterThan(before);
  });

  it('tell the own side of what was read, and say nothing to whoever has left office since', async () => {
    const city = await buildMember(app);
    const leaving = await buildMember(app, { organisationId: city.organisationId });
    const [theirs, writers] = [await app.socket(leaving.cookie), await app.socket(asker.cookie)];
    const { cursor } = await read<EventsPage>(app, leaving.cookie, '/api/events');
    const { id } = await buildRelay(app, asker, city);
    await markRead(app, city, id, 1);
    await until(() => theirs.events.some((event) => event.type === 'relay.read'), 'the reading at the colleague');
    expect(writers.events.some((event) => event.type === 'relay.read')).toBe(false);
    await endMandate(app, leaving);
    expect((await since(leaving, cursor)).items.filter((event) => event.type.startsWith('relay.')).map((event) => event.data)).toEqual([null, null]);
  });
});
