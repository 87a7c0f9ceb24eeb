import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CasesPage, MyModerationView, PostView, RegisterPage } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { SessionStore } from '../src/platform/index.js';
import { ErasureService } from '../src/privacy/index.js';
import { buildCity, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { buildModerators, Desk } from './builders/moderation.js';
import { type Answer, TestApp, until } from './support/app.js';
import { whileLocked } from './support/locks.js';

let app: TestApp, desk: Desk;
let author: Member, reporter: Member, animator: Member, outside: Member, second: Member, secretariat: Member, space: Space, open: Space, post: PostView;

beforeAll(async () => {
  app = await TestApp.start();
  desk = new Desk(app);
  [outside, second] = await buildModerators(app);
  open = await buildSpace(app);
  secretariat = await buildMember(app, { role: 'administrator', organisationId: outside.organisationId });
});
beforeEach(async () => {
  [author, reporter, animator] = [await buildMember(app), await buildMember(app), await buildMember(app)];
  space = await buildSpace(app, { access: 'confidential', members: [author, reporter], animators: [animator] });
  post = await buildPost(app, author, (await buildThread(app, author, space)).id, { body: 'Ce qui a été dit à huis clos' });
});
afterAll(() => app.stop());

const queueOf = async (who: Member) => ((await desk.ask(who, 'GET', '/api/moderation/cases')).json as unknown as CasesPage).items?.map(({ target }) => target.id);
const stateOf = async () => (await desk.read<PostView>(reporter, `/api/posts/${post.id}`)).state;
const decide = (who: Member, changes: Record<string, unknown> = { measure: 'remove', duration: 'definitive' }) => desk.decide(who, post.id, changes);
const auditLines = async () => (await app.database.row<{ count: number }>('SELECT count(*)::int AS count FROM audit_entry'))?.count;

describe('a report in a confidential space that no moderator belongs to', () => {
  it('waits for its animators, who hear of it live, and for nobody outside', async () => {
    const { events } = await app.socket(animator.cookie);
    const others = await Promise.all([outside, secretariat].map(async (who) => (await app.socket(who.cookie)).events));
    expect((await desk.report(reporter, 'post', post.id)).status).toBe(201);
    expect([await queueOf(animator), await queueOf(outside), await queueOf(secretariat), await queueOf(reporter)]).toEqual([[post.id], [], [], undefined]);
    expect(events.some(({ type }) => type === 'case.moved')).toBe(true);
    expect(others.flat().filter(({ type }) => type === 'case.moved')).toEqual([]);
    const mails = async () => app.database.rows<{ body: string }>('SELECT w.body FROM mail_waiting w JOIN account a ON a.email = w.recipient WHERE a.id = $1', [animator.accountId]);
    await desk.report(reporter, 'post', post.id);
    expect([(await mails()).length, JSON.stringify(await mails()).includes(space.slug)]).toEqual([1, false]);
  });

  it('is decided there with reasons, by measures that stay within, and leaves no trace outside', async () => {
    const [register, audit] = [await desk.read<RegisterPage>(secretariat, '/api/register'), await auditLines()];
    await desk.report(reporter, 'post', post.id);
    const { measures } = await desk.view(animator, (await desk.caseOf(animator, post.id)).id);
    expect(measures).toEqual(['keep', 'hide', 'remove']);
    expect((await decide(animator, { measure: 'mute', duration: 3 })).answer.status).toBe(400);
    expect([(await decide(animator)).answer.status, await stateOf()]).toEqual([201, 'removed']);
    expect((await desk.read<MyModerationView>(author, '/api/me/moderation')).decisions).toHaveLength(1);
    expect((await desk.read<MyModerationView>(reporter, '/api/me/moderation')).reports[0]?.outcome).toBe('remove');
    expect([await desk.read<RegisterPage>(secretariat, '/api/register'), await auditLines()]).toEqual([register, audit]);
  });

  it('is contested before another animator', async () => {
    const other = await buildMember(app);
    await app.database.run(`INSERT INTO space_member (space_id, person_id, role) VALUES ($1, $2, 'animator')`, [space.id, other.personId]);
    await desk.report(reporter, 'post', post.id);
    const { id } = await decide(animator);
    expect((await desk.appeal(author, other, { decision: id, target: post.id, outcome: 'reversed' })).status).toBe(201);
    expect(await stateOf()).toBe('visible');
  });

  it('is contested before a moderator outside where nobody else may answer, if the author lets them read it, and they read that alone', async () => {
    await buildPost(app, reporter, post.thread, { body: 'Une autre parole à huis clos' });
    await desk.report(reporter, 'post', post.id);
    const { id } = await decide(animator);
    expect([(await desk.contest(author, id)).json.code, await queueOf(outside)]).toEqual(['no-other-judge', []]);
    expect((await desk.contest(author, id, { tellModerator: true })).status).toBe(201);
    // The one with the least to answer.
    const judge = (await queueOf(outside))?.includes(post.id) ? outside : second;
    const view = await desk.view(judge, (await desk.caseOf(judge, post.id, 'appeal')).id);
    expect(JSON.stringify(view)).not.toContain(space.slug);
    expect(view).toMatchObject({ target: { title: '', url: null }, space: null });
    expect([view.context.map(({ text }) => text), await queueOf(secretariat), (await desk.ask(judge, 'GET', `/api/posts/${post.id}`)).status]).toEqual([[post.body], [], 404]);
    expect((await desk.ask(judge, 'POST', `/api/moderation/cases/${view.id}/answer`, { version: view.version, outcome: 'reversed', answer: 'Le message était dans le sujet.' })).status).toBe(201);
    expect(await stateOf()).toBe('visible');
  });

  it('on its only animator goes outside if the reporter allows it, and never to the animator', async () => {
    const own = await buildPost(app, animator, post.thread, { body: 'Les mots de l’animateur' });
    expect((await desk.report(reporter, 'post', own.id)).json.code).toBe('no-other-judge');
    expect((await desk.report(reporter, 'post', own.id, { tellModerator: true })).status).toBe(201);
    expect(await queueOf(animator)).toEqual([]);
  });
});

describe('a report on what leaves for a confidential space at that moment', () => {
  it('goes along: nobody outside reads the case', async () => {
    await app.database.run(`INSERT INTO space_member (space_id, person_id, role) VALUES ($1, $2, 'member')`, [space.id, second.personId]);
    app.app.get(SessionStore).forgetAccount(second.accountId);
    const moving = await buildPost(app, author, (await buildThread(app, author, open)).id, { body: 'Des mots confidentiels' });
    let move: Promise<Answer> | undefined;
    const waiting = async () => ((await app.database.row<{ count: number }>('SELECT count(*)::int AS count FROM pg_locks WHERE NOT granted'))?.count ?? 0) > 1;
    // The lock under which cases get their numbers.
    const answer = await whileLocked(app, ['SELECT pg_advisory_xact_lock(726402)', []], () => desk.report(reporter, 'post', moving.id), async () => {
      move = desk.ask(second, 'POST', `/api/threads/${moving.thread}/move`, { id: uuid(), space: space.slug, version: 1 });
      await Promise.race([move, until(waiting, 'the move')]);
    });
    expect([answer.status, (await move)?.status]).toEqual([201, 200]);
    expect([(await queueOf(outside))?.includes(moving.id), (await queueOf(animator))?.includes(moving.id)]).toEqual([false, true]);
  });
});

describe('a case whose thread leaves for a confidential space', () => {
  it('is told to go to those who see it no more, and to come to those who see it now', async () => {
    await app.database.run(`INSERT INTO space_member (space_id, person_id, role) VALUES ($1, $2, 'member')`, [space.id, second.personId]);
    app.app.get(SessionStore).forgetAccount(second.accountId);
    const leaving = await buildPost(app, author, (await buildThread(app, author, open)).id);
    await desk.report(reporter, 'post', leaving.id);
    const heard = await Promise.all([outside, animator, author].map(async (who) => (await app.socket(who.cookie)).events));
    expect((await desk.ask(second, 'POST', `/api/threads/${leaving.thread}/move`, { id: uuid(), space: space.slug, version: 1 })).status).toBe(200);
    for (const events of heard.slice(0, 2)) await until(() => events.some(({ type }) => type === 'case.moved'), 'the news of the case');
    expect([(await queueOf(outside))?.includes(leaving.id), (await queueOf(animator))?.includes(leaving.id)]).toEqual([false, true]);
    expect(heard[2]?.some(({ type }) => type === 'case.moved')).toBe(false);
  });
});

describe('who stands aside', () => {
  it('is no moderator of a French city where the author is of the association itself, in Paris', async () => {
    const colleague = await buildMember(app, { organisationId: outside.organisationId });
    const french = await buildMember(app, { role: 'moderator', organisationId: await buildCity(app, { country: 'FR' }) });
    const [staff, city] = [await buildPost(app, colleague, (await buildThread(app, colleague, open)).id), await buildMember(app, { organisationId: await buildCity(app, { country: 'FR' }) })];
    const compatriot = await buildPost(app, city, staff.thread);
    for (const { id } of [staff, compatriot]) await desk.report(reporter, 'post', id);
    expect([(await desk.caseOf(french, staff.id)).barred, (await desk.caseOf(french, compatriot.id)).barred]).toEqual([null, 'country']);
    await app.database.run(`UPDATE account SET role = 'member' WHERE id = $1`, [french.accountId]);
  });

  it('is whoever the report is on: they see no case on themselves, nor who reported', async () => {
    const own = await buildPost(app, outside, (await buildThread(app, outside, open)).id);
    await desk.report(reporter, 'post', own.id);
    expect([(await queueOf(outside))?.includes(own.id), (await queueOf(secretariat))?.includes(own.id)]).toEqual([false, true]);
  });
});

describe('the erasure of the only animator of a confidential space', () => {
  const erase = async (who: Member) => {
    await desk.ask(who, 'POST', '/api/me/erasures', { id: uuid(), kind: 'account' });
    await app.database.run(`UPDATE erasure SET due_at = now() WHERE account_id = $1`, [who.accountId]);
    await app.app.get(ErasureService).work();
  };
  const roles = async () => (await app.database.rows<{ person_id: string; role: string }>('SELECT person_id, role FROM space_member WHERE space_id = $1', [space.id])).filter(({ role }) => role === 'animator').map(({ person_id }) => person_id);

  it('makes whoever has belonged to it longest animate it, who is told without its name', async () => {
    await app.database.run(`UPDATE space_member SET joined_at = now() - interval '1 year' WHERE space_id = $1 AND person_id = $2`, [space.id, reporter.personId]);
    await erase(animator);
    expect(await roles()).toEqual([reporter.personId]);
    const mail = await app.database.row<{ body: string }>('SELECT w.body FROM mail_waiting w JOIN account a ON a.email = w.recipient WHERE a.id = $1', [reporter.accountId]);
    expect(mail?.body).toContain('vous l');
    expect(mail?.body).not.toContain(space.slug);
  });

  it('changes nothing where another animates it too', async () => {
    await app.database.run(`UPDATE space_member SET role = 'animator' WHERE space_id = $1 AND person_id = $2`, [space.id, author.personId]);
    await erase(animator);
    expect(await roles()).toEqual([author.personId]);
  });
});
