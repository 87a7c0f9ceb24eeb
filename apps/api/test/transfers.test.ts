import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TAKEN_UP_STATES, TRANSFER_LIFE, TransferContent, TransferState, type OrganisationView, type PracticeView, type TransferView } from '@passerelle/contract';
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { loadReference } from '../src/demo/index.js';
import { buildCity, buildMember, type Member } from './builders/forum.js';
import { aFullEntry, buildDraft, buildPicture, go } from './builders/practices.js';
import { slugOf } from './builders/projects.js';
import { TestApp, until } from './support/app.js';

let app: TestApp;
let giver: Member;
let receiver: Member;
let colleague: Member;
let other: Member;
let guest: Member;
let practice: PracticeView;

beforeAll(async () => {
  app = await TestApp.start();
  await loadReference(app.database);
  giver = await buildMember(app);
  const city = await buildCity(app, { country: 'CM' });
  [receiver, colleague, other] = [await buildMember(app, { organisationId: city }), await buildMember(app, { organisationId: city }), await buildMember(app, { organisationId: await buildCity(app, { country: 'BE' }) })];
  guest = await buildMember(app, { role: 'guest' });
  const moderator = await buildMember(app, { role: 'moderator', organisationId: await buildCity(app, { country: 'FR' }) });
  const draft = await buildDraft(app, giver, aFullEntry(await buildPicture(app, giver)));
  practice = await go(app, draft, [giver, 'submit'], [moderator, 'take'], [moderator, 'publish']);
});
afterAll(() => app.stop());

const content = (changes: Record<string, unknown> = {}) => TransferContent.parse({ motive: 'Nos marchés ferment après les pluies.', ...changes });
const record = (who: Member, body: Record<string, unknown> = {}) => app.call('POST', `/api/practices/${practice.ref}/transfers`, { cookie: who.cookie, body: { id: uuid(), state: 'interest', content: content(), ...body } });
const edit = (who: Member, transfer: TransferView, body: Record<string, unknown>) => app.call('PATCH', `/api/transfers/${transfer.id}`, { cookie: who.cookie, body: { version: transfer.version, state: transfer.state, content: transfer.content, ...body } });
const shown = async () => (await app.call('GET', `/api/practices/${practice.ref}`, { cookie: other.cookie })).json as unknown as PracticeView;
const built = async (who = receiver) => {
  await app.database.run('DELETE FROM transfer');
  return (await record(who)).json as unknown as TransferView;
};

describe('a transfer', () => {
  it('is recorded by the receiving city, once, and a repeat is answered as done', async () => {
    await app.database.run('DELETE FROM transfer');
    const body = { id: uuid(), state: 'interest', content: content() };
    const answers = [await record(receiver, body), await record(receiver, body), await record(colleague), await record(giver), await record(guest), await record(other, body)];
    expect(answers.map((answer) => answer.status)).toEqual([201, 200, 409, 403, 403, 409]);
    // Whoever never heard that it was recorded, and sends it again with more, is told where it is.
    expect((await record(receiver, { ...body, state: 'contact' })).json).toMatchObject({ code: 'id-reused', params: { ref: body.id, version: 1 } });
  });

  it('counts only when it is taken up, on the practice and the cities, and the third screen hears of it', async () => {
    const transfer = await built();
    const { events } = await app.socket(other.cookie);
    expect((await shown()).takenUpCount).toBe(0);
    const tried = (await edit(receiver, transfer, { state: 'trial' })).json as unknown as TransferView;
    expect((await shown()).takenUpCount).toBe(0);
    const taken = (await edit(colleague, tried, { state: 'taken-up-in-part', content: content({ parts: [practice.content.steps[0]?.id] }) })).json as unknown as TransferView;
    expect([taken.state, (await shown()).takenUpCount]).toEqual(['taken-up-in-part', 1]);
    await until(() => events.some((event) => event.type === 'transfer.moved' && (event.data as { takenUpCount?: number } | null)?.takenUpCount === 1), 'the count on another socket');
    const slug = (await app.database.row<{ slug: string }>('SELECT slug FROM organisation WHERE id = $1', [receiver.organisationId]))?.slug ?? '';
    const city = (await app.call('GET', `/api/organisations/${slug}`, { cookie: other.cookie })).json as unknown as OrganisationView;
    expect(city.received.map((line) => line.state)).toEqual(['taken-up-in-part']);
  });

  it('counts every city when two take the practice up at the same moment', async () => {
    await app.database.run('DELETE FROM transfer');
    const first = await app.database.pool.connect();
    await first.query('BEGIN');
    await first.query(`INSERT INTO transfer (id, practice_id, to_organisation_id, to_name, note, state) VALUES ($1, $2, $3, 'Première', '', 'taken-up')`, [uuid(), practice.id, receiver.organisationId]);
    const second = record(other, { state: 'taken-up' });
    await until(async () => (await app.database.row(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)) !== undefined, 'the second to wait for the first');
    await first.query('COMMIT');
    first.release();
    expect([(await second).status, (await shown()).takenUpCount]).toEqual([201, 2]);
  });

  it('counts a city once that records itself what a public source has told already', async () => {
    await app.database.run('DELETE FROM transfer');
    const tell = (to: string | null, name: string) => app.database.run(`INSERT INTO transfer (id, practice_id, to_organisation_id, to_name, note, state) VALUES ($1, $2, $3, $4, '', 'taken-up')`, [uuid(), practice.id, to, name]);
    await tell(receiver.organisationId, 'Ville qui reçoit');
    await tell(null, 'Ville hors du réseau');
    await record(receiver, { state: 'taken-up' });
    expect((await shown()).takenUpCount).toBe(2);
  });

  it('belongs to its city, names the version it saw, and says why it was given up', async () => {
    const transfer = await built();
    expect((await edit(other, transfer, { state: 'contact' })).status).toBe(403);
    expect((await edit(receiver, transfer, { state: 'abandoned' })).json.errors?.[0]?.path).toBe('reason');
    const moved = [await edit(receiver, transfer, { state: 'contact' }), await edit(receiver, transfer, { state: 'contact' }), await edit(receiver, transfer, { state: 'trial' })];
    expect(moved.map((answer) => answer.status)).toEqual([200, 200, 409]);
    const now = moved[0]?.json as unknown as TransferView;
    expect((await edit(receiver, now, { state: 'interest' })).json.code).toBe('not-possible-now');
    expect((await edit(receiver, now, { content: content({ parts: [uuid()] }) })).json.errors?.[0]?.path).toBe('content.parts');
  });

  it('is not begun again beside another of the same city, nor recorded for a practice that was put away', async () => {
    const transfer = await built();
    const given = (await edit(receiver, transfer, { state: 'abandoned', reason: 'Le budget a été refusé par le conseil.' })).json as unknown as TransferView;
    const anew = (await record(colleague)).json as unknown as TransferView;
    expect((await edit(receiver, given, { state: 'interest' })).json).toMatchObject({ code: 'not-possible-now', params: { transfer: anew.id } });
    await app.database.run(`UPDATE practice SET state = 'archived' WHERE id = $1`, [practice.id]);
    expect((await record(other)).json.code).toBe('not-possible-now');
    await app.database.run(`UPDATE practice SET state = 'published' WHERE id = $1`, [practice.id]);
  });

  it('that was given up is not shown on the page of either city, and its reason goes when it begins again', async () => {
    const transfer = await built();
    const given = (await edit(receiver, transfer, { state: 'abandoned', reason: 'Le budget a été refusé par le conseil.' })).json as unknown as TransferView;
    const cities = async () => Promise.all([giver, receiver].map(async (one) => (await app.call('GET', `/api/organisations/${await slugOf(app, one.organisationId)}`, { cookie: other.cookie })).json as unknown as OrganisationView));
    expect((await cities()).flatMap((city) => [...city.given, ...city.received])).toEqual([]);
    await edit(receiver, given, { state: 'interest' });
    expect((await cities()).flatMap((city) => [...city.given, ...city.received]).map((line) => [line.state, line.note])).toEqual([['interest', ''], ['interest', '']]);
  });

  it('asks after 3, 6 and 18 months, in the tasks of the city, until it is answered or the practice is withdrawn', async () => {
    const transfer = await built();
    const tasks = async () => ((await app.call('GET', '/api/practice-tasks', { cookie: receiver.cookie })).json as unknown as { items: { kind: string }[] }).items.filter((task) => task.kind === 'transfer').length;
    expect(await tasks()).toBe(0);
    await app.database.run(`UPDATE transfer SET created_at = now() - interval '7 months' WHERE id = $1`, [transfer.id]);
    const asked = (await app.call('GET', `/api/transfers/${transfer.id}`, { cookie: receiver.cookie })).json as unknown as TransferView;
    expect([asked.question, await tasks()]).toEqual([6, 1]);
    await app.database.run(`UPDATE practice SET state = 'withdrawn', state_before = 'published' WHERE ref = $1`, [practice.ref]);
    expect([await tasks(), (await app.call('GET', `/api/transfers/${transfer.id}`, { cookie: receiver.cookie })).status]).toEqual([0, 404]);
    await app.database.run(`UPDATE practice SET state = 'published', state_before = NULL WHERE ref = $1`, [practice.ref]);
    const answered = (await edit(receiver, asked, { answers: 6, content: content({ after6: 'Deux allées refaites.' }) })).json as unknown as TransferView;
    expect([answered.question, await tasks()]).toEqual([null, 0]);
  });

  it('is not shown to guests, and its list draws the arcs', async () => {
    const transfer = await built();
    expect((await app.call('GET', `/api/transfers/${transfer.id}`, { cookie: guest.cookie })).status).toBe(404);
    const list = (await app.call('GET', '/api/transfers', { cookie: other.cookie })).json as unknown as { items: { ref: string }[]; years: { started: number }[] };
    expect([list.items.map((item) => item.ref), list.years.map((year) => year.started)]).toEqual([[practice.ref], [1]]);
    expect((await app.call('GET', '/api/transfers', { cookie: guest.cookie })).json).toEqual({ items: [], years: [] });
  });

  it('of which a city tells members only is a number to guests; what a public source tells they may read', async () => {
    await built();
    await app.database.run(`INSERT INTO transfer (id, practice_id, to_name, note, state) VALUES ($1, $2, 'Ville citée', 'Selon la source', 'taken-up')`, [uuid(), practice.id]);
    await app.database.run(`UPDATE practice SET source_url = 'https://exemple.test' WHERE id = $1`, [practice.id]);
    const page = async (who: Member) => ((await app.call('GET', `/api/practices/${practice.ref}`, { cookie: who.cookie })).json as unknown as PracticeView).transfers.map((line) => line.to);
    const city = async (who: Member) => ((await app.call('GET', `/api/organisations/${await slugOf(app, giver.organisationId)}`, { cookie: who.cookie })).json as unknown as OrganisationView).given.map((line) => line.to);
    const receiving = async (who: Member) => ((await app.call('GET', `/api/organisations/${await slugOf(app, receiver.organisationId)}`, { cookie: who.cookie })).json as unknown as OrganisationView).received.length;
    expect([(await page(other)).length, (await city(other)).length, await receiving(other)]).toEqual([2, 2, 1]);
    expect([await page(guest), await city(guest), await receiving(guest)]).toEqual([['Ville citée'], ['Ville citée'], 0]);
    await app.database.run(`UPDATE practice SET source_url = NULL WHERE id = $1`, [practice.id]);
  });
});

describe('the states of a transfer', () => {
  it('all have a way out and can all be reached', () => {
    const states = TransferState.options;
    fc.assert(fc.property(fc.constantFrom(...states), (state) => TRANSFER_LIFE[state].length > 0 && !TRANSFER_LIFE[state].includes(state)));
    const reached = new Set(['interest', ...Object.values(TRANSFER_LIFE).flat()]);
    expect([...reached].sort()).toEqual([...states].sort());
    expect(TAKEN_UP_STATES).toEqual(['taken-up', 'taken-up-in-part']);
  });
});
