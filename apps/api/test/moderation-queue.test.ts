import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NewcomerView, QueueItem, QueuePage } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { MailQueue, SessionStore } from '../src/platform/index.js';
import { aPostBody, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { buildModerators, Desk } from './builders/moderation.js';
import { act, buildCast, buildDraft, type Cast, go } from './builders/practices.js';
import { slugOf } from './builders/projects.js';
import { buildRule } from './builders/watch.js';
import { TestApp, until } from './support/app.js';
import { countStatements } from './support/statements.js';

let app: TestApp;
let desk: Desk;
let cast: Cast;
let first: Member, second: Member, author: Member, reporter: Member, space: Space, thread: string;

beforeAll(async () => {
  app = await TestApp.start();
  desk = new Desk(app);
  cast = await buildCast(app);
  [first, second] = await buildModerators(app);
  [author, reporter] = [await buildMember(app), await buildMember(app)];
  space = await buildSpace(app, { members: [author, reporter, first] });
  thread = (await buildThread(app, author, space)).id;
  await buildRule(app, first, space, { definition: { kind: 'words', terms: ['quetzal'] } });
});
beforeEach(async () => {
  // What came before is of no account here.
  await app.database.run(`UPDATE account SET created_at = now() - interval '30 days'`);
  await app.database.run(`UPDATE moderation_case SET state = 'decided', decided_at = now() WHERE state = 'open'`);
  await app.database.run(`UPDATE practice SET state = 'draft' WHERE state IN ('submitted', 'in-review')`);
});
afterAll(() => app.stop());

const queue = (who: Member, query = '') => desk.read<QueuePage>(who, `/api/moderation/queue${query}`);
const kinds = ({ items }: QueuePage) => items.map((item) => (item.type === 'case' ? (item.case.kind === 'appeal' ? 'appeal' : item.case.target.kind) : item.type));
const newcomers = (page: QueuePage) => page.items.flatMap((item: QueueItem) => (item.type === 'newcomer' ? [item.newcomer] : []));
const newcomer = (who: Member, id: string) => desk.read<NewcomerView>(who, `/api/moderation/newcomers/${id}`);
const report = async () => desk.report(reporter, 'post', (await buildPost(app, author, thread)).id);
const hold = async () => {
  const body = aPostBody({ body: 'Un quetzal' });
  expect((await desk.ask(author, 'POST', `/api/threads/${thread}/posts`, body)).status).toBe(202);
  return body.id;
};
const submit = async () => go(app, await buildDraft(app, cast.mayor), [cast.mayor, 'submit']);

/** Somebody whom a member has invited, and who has come. */
async function arrive(inviter: Member, changes: Record<string, unknown> = {}): Promise<string> {
  const email = `${uuid()}@exemple.test`;
  const answer = await desk.ask(inviter, 'POST', '/api/invitations', { id: uuid(), email, language: 'fr', role: 'member', organisation: await slugOf(app, inviter.organisationId), function: 'Adjointe aux marchés', ...changes });
  expect(answer.status).toBe(201);
  await app.app.get(MailQueue).work();
  const outbox = join(app.dataDir, 'outbox');
  const mail = readdirSync(outbox).map((file) => readFileSync(join(outbox, file), 'utf8')).find((text) => text.includes(email)) ?? '';
  const token = /token=([\w-]+)/.exec(mail.replace(/=\r?\n/g, '').replaceAll('=3D', '='))?.[1] ?? '';
  expect((await app.call('POST', '/api/invitations/accept', { body: { token, name: 'A. Diop', password: 'un long mot de passe', language: 'fr', consentToData: true, consentToMail: false } })).status).toBe(200);
  return (await app.database.row<{ id: string }>('SELECT id FROM account WHERE email = $1', [email]))?.id ?? '';
}

describe('the queue', () => {
  it('is one list of reports, held messages, incoming practices and newcomers, the oldest first', async () => {
    await report();
    await hold();
    await submit();
    const mayor = await buildMember(app, { function: 'Maire' });
    await app.database.run(`UPDATE account SET created_at = now() - interval '30 days' WHERE id = $1`, [mayor.accountId]);
    await arrive(mayor);
    const page = await queue(first);
    expect(kinds(page)).toEqual(['post', 'held', 'practice', 'newcomer']);
    expect([page.counts, page.kinds]).toEqual([{ all: 4, mine: 0, free: 4 }, { report: 1, appeal: 0, held: 1, practice: 1, newcomer: 1 }]);
    expect(page.items[2]).toMatchObject({ practice: { city: expect.any(String), claimedBy: null, dueAt: expect.any(String) } });
  });

  it('is filtered by kind, state, space and age, with counts for each', async () => {
    await report();
    await hold();
    await submit();
    const { items } = await queue(first, '?kind=report');
    const [item] = items;
    if (item?.type !== 'case') throw new Error('No case');
    await desk.ask(first, 'PUT', `/api/moderation/cases/${item.case.id}/claim`);
    expect(kinds(await queue(first, '?kind=held'))).toEqual(['held']);
    expect(kinds(await queue(first, '?which=mine'))).toEqual(['post']);
    expect(kinds(await queue(first, '?which=free'))).toEqual(['held', 'practice']);
    expect(kinds(await queue(first, `?space=${space.slug}`))).toEqual(['post', 'held']);
    expect(kinds(await queue(first, '?days=1'))).toEqual([]);
    await app.database.run(`UPDATE moderation_case SET opened_at = now() - interval '3 days' WHERE target_kind = 'held' AND state = 'open'`);
    expect(kinds(await queue(first, '?days=1'))).toEqual(['held']);
    const mine = await queue(first, '?which=mine');
    expect([mine.kinds, mine.counts, mine.late]).toEqual([{ report: 1, appeal: 0, held: 0, practice: 0, newcomer: 0 }, { all: 3, mine: 1, free: 2 }, 1]);
    expect((await queue(second, '?kind=held')).counts).toEqual({ all: 1, mine: 0, free: 1 });
  });

  it('comes by pages, each item once, whatever its kind', async () => {
    for (let count = 0; count < 3; count += 1) await report();
    await hold();
    await submit();
    const seen: string[] = [];
    let cursor: string | null = '';
    let pages = 0;
    while (cursor !== null) {
      const page: QueuePage = await queue(first, `?limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      seen.push(...page.items.map((item) => (item.type === 'case' ? item.case.id : item.type === 'practice' ? item.practice.ref : item.newcomer.id)));
      cursor = page.nextCursor;
      pages += 1;
    }
    expect([seen.length, new Set(seen).size, pages]).toEqual([5, 5, 3]);
  });

  it('costs two statements, however much there is in it', async () => {
    await report();
    await submit();
    await queue(first);
    const few = await countStatements(app, () => queue(first));
    for (let count = 0; count < 4; count += 1) await report();
    await hold();
    expect([few, await countStatements(app, () => queue(first))]).toEqual([2, 2]);
  });

  it('shows each kind to those alone who may see it', async () => {
    const hidden = await buildSpace(app, { access: 'confidential', members: [author], animators: [reporter] });
    await buildRule(app, reporter, hidden, { definition: { kind: 'words', terms: ['quetzal'] } });
    const inside = await buildThread(app, author, hidden);
    await desk.ask(author, 'POST', `/api/threads/${inside.id}/posts`, aPostBody({ body: 'Un quetzal' }));
    await submit();
    await report();
    expect([kinds(await queue(reporter)), kinds(await queue(first))]).toEqual([['held'], ['practice', 'post']]);
    expect((await desk.ask(author, 'GET', '/api/moderation/queue')).status).toBe(403);
    expect(JSON.stringify(await queue(first))).not.toContain(hidden.id);
  });
});

describe('an incoming practice', () => {
  it('comes to the queue live, is taken there by its review, and leaves it when it is published', async () => {
    const { events } = await app.socket(second.cookie);
    const draft = await submit();
    await until(() => events.some(({ type }) => type === 'practice.advanced'), 'the submission at the moderator');
    const before = events.length;
    const taken = await act(app, first, draft, 'take');
    expect(taken.status).toBe(200);
    await until(() => events.length > before, 'the review at the other moderator');
    const [item] = (await queue(second)).items;
    expect(item).toMatchObject({ type: 'practice', practice: { ref: draft.ref, claimedBy: { mine: false } } });
    expect([kinds(await queue(first, '?which=mine')), kinds(await queue(second, '?which=free'))]).toEqual([['practice'], []]);
  });

  it('of one’s own city is read by others', async () => {
    const own = await buildMember(app, { role: 'moderator', organisationId: cast.mayor.organisationId });
    await submit();
    expect([kinds(await queue(own, '?kind=practice')), kinds(await queue(first, '?kind=practice'))]).toEqual([[], ['practice']]);
  });
});

describe('a newcomer', () => {
  it('comes to the queue live, with whoever invited them and the first that they wrote', async () => {
    const { events } = await app.socket(first.cookie);
    const mayor = await buildMember(app, { function: 'Maire' });
    const id = await arrive(mayor);
    await until(() => events.some(({ type, data }) => type === 'case.moved' && (data as { subject: string }).subject === id), 'the newcomer at the moderator');
    const person = await app.database.row<{ person_id: string }>('SELECT person_id FROM account WHERE id = $1', [id]);
    const closed = await buildThread(app, author, await buildSpace(app, { access: 'confidential', members: [author] }));
    for (const [into, body] of [[thread, 'Bonjour à **toutes**'], [closed.id, 'Un secret']] as const)
      await app.database.run(
        `INSERT INTO post (id, thread_id, position, body, html, language, author_person_id, author_organisation_id, author_name, author_function, request_hash) SELECT gen_random_uuid(), $1, 90, $2, '', 'fr', $3, $4, 'A. Diop', 'Adjointe', '' `, [into, body, person?.person_id, mayor.organisationId]);
    expect(await newcomer(first, id)).toMatchObject({ function: 'Adjointe aux marchés', invitedBy: { function: 'Maire' }, messages: [{ text: 'Bonjour à toutes', url: `/fils/${thread}#m90` }], claimedBy: null, seen: false });
  });

  it('is looked after by one moderator, and leaves the queue when they have been seen', async () => {
    const mayor = await buildMember(app, { function: 'Maire' });
    const id = await arrive(mayor);
    const { events } = await app.socket(second.cookie);
    const path = `/api/moderation/newcomers/${id}`;
    expect([(await desk.ask(first, 'PUT', `${path}/claim`)).status, (await desk.ask(first, 'PUT', `${path}/claim`)).status, (await desk.ask(second, 'PUT', `${path}/claim`)).json.code, (await desk.ask(second, 'POST', `${path}/seen`)).json.code])
      .toEqual([200, 200, 'not-possible-now', 'not-possible-now']);
    await until(() => events.some(({ type }) => type === 'case.moved'), 'the claim at the other moderator');
    expect((await newcomer(second, id)).claimedBy).toMatchObject({ mine: false });
    expect([(await desk.ask(first, 'POST', `${path}/seen`)).status, (await desk.ask(second, 'POST', `${path}/seen`)).status]).toEqual([200, 200]);
    expect(newcomers(await queue(second)).map((one) => one.id)).not.toContain(id);
    expect(newcomers(await queue(second, '?which=decided')).map((one) => one.id)).toContain(id);
    expect((await desk.ask(mayor, 'POST', `${path}/seen`)).status).toBe(403);
  });

  it('who was invited into a confidential space is told of to nobody outside of it', async () => {
    const keeper = await buildMember(app, { function: 'Maire' });
    const hidden = await buildSpace(app, { access: 'confidential', members: [second], animators: [keeper] });
    app.app.get(SessionStore).forgetAccount(keeper.accountId);
    const id = await arrive(keeper, { space: hidden.slug });
    expect([newcomers(await queue(first)).some((one) => one.id === id), newcomers(await queue(second)).some((one) => one.id === id)]).toEqual([false, true]);
    expect([(await desk.ask(first, 'GET', `/api/moderation/newcomers/${id}`)).status, (await desk.ask(first, 'PUT', `/api/moderation/newcomers/${id}/claim`)).status]).toEqual([404, 404]);
  });

  it('is new for fourteen days', async () => {
    const id = await arrive(await buildMember(app, { function: 'Maire' }));
    await app.database.run(`UPDATE account SET created_at = now() - interval '15 days' WHERE id = $1`, [id]);
    expect([newcomers(await queue(first)).some((one) => one.id === id), (await desk.ask(first, 'GET', `/api/moderation/newcomers/${id}`)).status]).toEqual([false, 404]);
  });
});
