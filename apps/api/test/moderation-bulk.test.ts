import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BulkAnswer, CaseRow, CasesPage, MyModerationView, PostView, RegisterPage } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { buildModerators, Desk } from './builders/moderation.js';
import { TestApp } from './support/app.js';

let app: TestApp, desk: Desk;
let author: Member, english: Member, reporter: Member, first: Member, second: Member, space: Space, other: Space, posts: PostView[];

beforeAll(async () => {
  app = await TestApp.start();
  desk = new Desk(app);
  [first, second] = await buildModerators(app);
  reporter = await buildMember(app);
  [space, other] = [await buildSpace(app), await buildSpace(app)];
});
beforeEach(async () => {
  [author, english] = [await buildMember(app), await buildMember(app)];
  await app.database.run(`UPDATE account SET interface_language = 'en' WHERE id = $1`, [english.accountId]);
  const thread = (await buildThread(app, author, space)).id;
  posts = [await buildPost(app, author, thread), await buildPost(app, english, thread), await buildPost(app, author, thread)];
  for (const { id } of posts) await desk.report(reporter, 'post', id);
});
afterAll(() => app.stop());

const casesOf = (who = first) => Promise.all(posts.map(({ id }) => desk.caseOf(who, id)));
const aBulk = (cases: Pick<CaseRow, 'id' | 'version' | 'seen'>[], changes: Record<string, unknown> = {}) => ({
  items: cases.map(({ id, version, seen }) => ({ case: id, id: uuid(), version, seen })), rule: 'sujet', measure: 'hide', duration: 3,
  french: { facts: 'Le message sort du sujet du fil.', remedy: 'Vous pouvez ouvrir un autre fil.' }, english: { facts: 'The message is off the subject.', remedy: 'You may open another thread.' }, ...changes,
});
const decide = async (body: unknown, who = first) => ((await desk.ask(who, 'POST', '/api/moderation/decisions', body)).json as unknown as BulkAnswer).items;
const statesOf = () => Promise.all(posts.map(async ({ id }) => (await desk.read<PostView>(reporter, `/api/posts/${id}`)).state));

describe('a decision on several cases', () => {
  it('is one for each of them: its letter in the language of its author, its line in the register, its undo', async () => {
    const items = await decide(aBulk(await casesOf()));
    expect([items.map(({ done }) => done), await statesOf()]).toEqual([[true, true, true], ['removed', 'removed', 'removed']]);
    const letters = await Promise.all([author, english].map(async (who) => (await desk.read<MyModerationView>(who, '/api/me/moderation')).decisions.map(({ facts }) => facts)));
    expect(letters).toEqual([['Le message sort du sujet du fil.', 'Le message sort du sujet du fil.'], ['The message is off the subject.']]);
    const register = await desk.read<RegisterPage>(reporter, '/api/register?limit=3');
    expect(register.items.map(({ id }) => id).sort()).toEqual(items.map(({ id }) => id).sort());
    expect((await desk.undo(first, items[1]?.id ?? '')).status).toBe(201);
    expect(await statesOf()).toEqual(['removed', 'visible', 'removed']);
  });

  it('is refused where the case or the message has changed, or somebody else has it, and done where not', async () => {
    const cases = await casesOf();
    await desk.report(await buildMember(app), 'post', posts[0]?.id ?? '');
    await desk.ask(english, 'PATCH', `/api/posts/${posts[1]?.id}`, { version: 1, body: 'Un autre texte' });
    expect((await decide(aBulk(cases))).map(({ code }) => code)).toEqual(['stale-version', 'case-changed', null]);
    expect(await statesOf()).toEqual(['visible', 'visible', 'removed']);
    const again = await casesOf().catch(() => []);
    expect(again).toEqual([]);
  });

  it('leaves out cases of which the moderator stands aside, and those that there are not', async () => {
    const colleague = await buildMember(app, { role: 'moderator', organisationId: author.organisationId });
    await app.database.run(`UPDATE organisation SET country = 'VN' WHERE id = $1`, [author.organisationId]);
    const cases = await casesOf();
    const items = await decide(aBulk([...cases, { id: uuid(), version: 1, seen: null }]), colleague);
    expect(items.map(({ code }) => code)).toEqual(['recused', null, 'recused', 'not-found']);
    await app.database.run(`UPDATE account SET role = 'member' WHERE id = $1`, [colleague.accountId]);
  });

  it('may be sent again: what is done is told as done', async () => {
    const body = aBulk(await casesOf());
    await decide({ ...body, items: body.items.slice(0, 1) });
    expect((await decide(body)).map(({ done }) => done)).toEqual([true, true, true]);
    expect((await desk.read<MyModerationView>(author, '/api/me/moderation')).decisions).toHaveLength(2);
  });

  it('is taken once for each case, whoever decides at the same moment', async () => {
    const cases = await casesOf();
    const [one, two] = await Promise.all([decide(aBulk(cases)), decide(aBulk(cases.toReversed()), second)]);
    const winners = posts.map((_, place) => [one[place]?.done, two.toReversed()[place]?.done].filter((done) => done === true).length);
    expect(winners).toEqual([1, 1, 1]);
  });

  it.each([
    ['more than fifty', (cases: CaseRow[]) => aBulk(Array.from({ length: 51 }, () => ({ id: uuid(), version: 1, seen: null, ...cases[9] })))],
    ['one case twice', (cases: CaseRow[]) => aBulk([...cases.slice(0, 1), ...cases.slice(0, 1)])],
    ['an edit', (cases: CaseRow[]) => aBulk(cases, { measure: 'edit', duration: 'definitive' })],
    ['a removal for a time', (cases: CaseRow[]) => aBulk(cases, { measure: 'remove', duration: 3 })],
    ['no reasons', (cases: CaseRow[]) => aBulk(cases, { french: { facts: '', remedy: '' } })],
  ])('is refused as a whole with %s', async (_what, body) => {
    expect((await desk.ask(first, 'POST', '/api/moderation/decisions', body(await casesOf()))).status).toBe(400);
    expect(await statesOf()).toEqual(['visible', 'visible', 'visible']);
  });
});

describe('the queue', () => {
  const found = async (query: string, who = first) => (await desk.read<CasesPage>(who, `/api/moderation/cases?${query}`)).items.map(({ target }) => target.id);

  it('is filtered by kind, space, age, measure and whose it is', async () => {
    const thread = (await buildThread(app, author, other)).id;
    await desk.report(reporter, 'thread', thread);
    const one = await desk.caseOf(first, posts[0]?.id ?? '');
    await desk.ask(first, 'PUT', `/api/moderation/cases/${one.id}/claim`);
    await app.database.run(`UPDATE moderation_case SET opened_at = now() - interval '5 days' WHERE id = $1`, [one.id]);
    expect([await found(`target=thread&space=${other.slug}`), await found(`space=${other.slug}`), await found(`moderator=${first.personId}`)]).toEqual([[thread], [thread], [posts[0]?.id]]);
    expect(await found('days=4')).toEqual([posts[0]?.id]);
    await decide(aBulk(await Promise.all([desk.caseOf(first, posts[2]?.id ?? '')])));
    const decided = await found(`which=decided&measure=hide&space=${space.slug}&moderator=${first.personId}`);
    expect([decided[0], (await found('which=decided&measure=warn')).length]).toEqual([posts[2]?.id, 0]);
    expect((await desk.ask(first, 'GET', '/api/moderation/cases?target=nothing')).status).toBe(400);
  });
});

describe('the past of an author', () => {
  it('is told in the case: messages, reports and decisions, as far as the moderator reads', async () => {
    await decide(aBulk([await desk.caseOf(first, posts[0]?.id ?? '')], { measure: 'warn', duration: null }));
    const hidden = await buildSpace(app, { access: 'confidential', members: [author, reporter], animators: [english] });
    const secret = await buildPost(app, author, (await buildThread(app, author, hidden)).id);
    await desk.report(reporter, 'post', secret.id);
    const { author: past } = await desk.view(first, (await desk.caseOf(first, posts[2]?.id ?? '')).id);
    expect(past).toMatchObject({ messages: 3, reports: 1, cases: 1 });
    expect(past?.past.map(({ measure, rule, appeal }) => [measure, rule.id, appeal])).toEqual([['warn', 'sujet', 'none']]);
  });
});
