import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CasesPage, MyModerationView, PostView, RegisterPage } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { ModerationClock } from '../src/moderation/index.js';
import { aPostBody, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { TestApp } from './support/app.js';

let app: TestApp;
let author: Member, reporter: Member, first: Member, space: Space, thread: string, post: PostView;

beforeAll(async () => {
  app = await TestApp.start();
  const staff = uuid();
  await app.database.run(`INSERT INTO organisation (id, slug, kind, name, country, country_name) VALUES ($1, $2, 'association', 'Association', 'FR', 'France')`, [staff, `association-${staff.slice(-8)}`]);
  first = await buildMember(app, { role: 'moderator', organisationId: staff });
  reporter = await buildMember(app);
  space = await buildSpace(app);
});
beforeEach(async () => {
  author = await buildMember(app);
  thread = (await buildThread(app, author, space)).id;
  post = await buildPost(app, author, thread);
});
afterAll(() => app.stop());

const ask = (who: Member, method: string, path: string, body?: unknown) => app.call(method, path, { cookie: who.cookie, ...(body !== undefined && { body }) });
const read = async <T>(who: Member, path: string) => (await ask(who, 'GET', path)).json as unknown as T;
const report = (targetKind: 'post' | 'thread', targetId: string, who = reporter) => ask(who, 'POST', '/api/reports', { id: uuid(), targetKind, targetId, reason: 'other', text: '' });
const openCase = async (target: string) => {
  const found = (await read<CasesPage>(first, '/api/moderation/cases')).items.find((one) => one.target.id === target && one.kind === 'report');
  if (!found) throw new Error('No such case');
  return found;
};
async function decide(target: string, measure: string, duration: number | 'definitive' | null): Promise<string> {
  const one = await openCase(target);
  const id = uuid();
  const answer = await ask(first, 'POST', `/api/moderation/cases/${one.id}/decision`, { id, version: one.version, rule: 'sujet', facts: 'Le message sort du sujet du fil.', measure, duration, remedy: 'Vous pouvez ouvrir un autre fil.' });
  expect(answer.status).toBe(201);
  return id;
}
/** Reports it and decides on it. @returns the decision. */
async function decided(kind: 'post' | 'thread', target: string, measure: string, duration: number | 'definitive' | null): Promise<string> {
  await report(kind, target);
  return decide(target, measure, duration);
}
const undo = (id: string) => ask(first, 'POST', `/api/moderation/decisions/${id}/undo`);
const end = async (id: string) => {
  await app.database.run('UPDATE moderation_decision SET ends_at = now() WHERE id = $1', [id]);
  await app.app.get(ModerationClock).work();
};
const statusOf = async () => (await app.database.row<{ status: string }>('SELECT status FROM thread WHERE id = $1', [thread]))?.status;
const isSlow = async () => (await app.database.row<{ slow: boolean }>('SELECT slow_seconds IS NOT NULL AS slow FROM thread WHERE id = $1', [thread]))?.slow;
const stateOf = async () => (await app.database.row<{ state: string }>('SELECT state FROM post WHERE id = $1', [post.id]))?.state;

describe('a measure that is taken back', () => {
  it('leaves closed a thread that was closed before it', async () => {
    await app.database.run(`UPDATE thread SET status = 'closed' WHERE id = $1`, [thread]);
    await undo(await decided('thread', thread, 'close', 3));
    expect(await statusOf()).toBe('closed');
  });

  it('gives an answered thread its answer back', async () => {
    await app.database.run(`UPDATE thread SET status = 'answered' WHERE id = $1`, [thread]);
    const id = await decided('thread', thread, 'close', 3);
    expect(await statusOf()).toBe('closed');
    await undo(id);
    expect(await statusOf()).toBe('answered');
  });

  it('leaves closed a thread that another decision closes for longer, until that one ends', async () => {
    const short = await decided('thread', thread, 'close', 1);
    const long = await decided('thread', thread, 'close', 30);
    await end(short);
    expect(await statusOf()).toBe('closed');
    await end(long);
    expect(await statusOf()).toBe('open');
  });

  it('leaves slow a thread that a decision on another of its messages slows', async () => {
    const other = await buildPost(app, author, thread);
    const short = await decided('post', post.id, 'slow', 1);
    const long = await decided('post', other.id, 'slow', 7);
    await end(short);
    expect(await isSlow()).toBe(true);
    await end(long);
    expect(await isSlow()).toBe(false);
  });

  it('leaves away a message that its author had taken away before', async () => {
    await report('post', post.id);
    await ask(author, 'DELETE', `/api/posts/${post.id}?version=${post.version}`);
    expect(await stateOf()).toBe('removed');
    await undo(await decide(post.id, 'hide', 7));
    expect(await stateOf()).toBe('removed');
  });
});

describe('a decision that is undone after another report', () => {
  it('joins what was reported to the new case, and takes its measure back', async () => {
    const id = await decided('post', post.id, 'warn', null);
    await report('post', post.id, await buildMember(app));
    const open = await openCase(post.id);
    expect((await undo(id)).status).toBe(201);
    expect(await openCase(post.id)).toMatchObject({ id: open.id, reports: 2, version: open.version + 1 });
    const { reports } = await read<MyModerationView>(reporter, '/api/me/moderation');
    expect(reports[0]?.outcome).toBe('waiting');
    expect((await undo(id)).status).toBe(201);
    expect((await openCase(post.id)).version).toBe(open.version + 1);
  });
});

describe('two decisions on one thing', () => {
  it('have an appeal each, open at the same time', async () => {
    const decisions = [await decided('post', post.id, 'warn', null), await decided('post', post.id, 'mute', 1)];
    const answers = [];
    for (const id of decisions) answers.push((await ask(author, 'POST', `/api/me/decisions/${id}/appeal`, { id: uuid(), body: 'Je conteste cette décision.' })).status);
    expect(answers).toEqual([201, 201]);
    const register = await read<RegisterPage>(reporter, '/api/register?limit=2');
    expect(register.items.map(({ appeal }) => appeal)).toEqual(['waiting', 'waiting']);
  });
});

describe('a thread that a decision closed', () => {
  it('takes no message, and its author may not open it again', async () => {
    await decided('thread', thread, 'close', 'definitive');
    const view = await read<{ version: number }>(author, `/api/threads/${thread}`);
    expect((await ask(author, 'PATCH', `/api/threads/${thread}`, { version: view.version, status: 'open' })).status).toBe(403);
    expect((await ask(reporter, 'POST', `/api/threads/${thread}/posts`, aPostBody())).status).toBe(409);
  });
});
