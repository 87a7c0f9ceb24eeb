import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PostView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { ModerationClock } from '../src/moderation/index.js';
import { SessionStore } from '../src/platform/index.js';
import { buildCity, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { aDecision, buildModerators, Desk } from './builders/moderation.js';
import { TestApp, until } from './support/app.js';

let app: TestApp, desk: Desk;
let author: Member, reporter: Member, first: Member, second: Member, secretariat: Member, space: Space, post: PostView;

beforeAll(async () => {
  app = await TestApp.start();
  desk = new Desk(app);
  [first, second] = await buildModerators(app);
  secretariat = await buildMember(app, { role: 'administrator', organisationId: first.organisationId });
  reporter = await buildMember(app);
  space = await buildSpace(app);
});
beforeEach(async () => {
  author = await buildMember(app);
  post = await buildPost(app, author, (await buildThread(app, author, space)).id);
});
// Those who moderate for one test only are given nothing in the next.
afterEach(() => app.database.run(`UPDATE account SET role = CASE WHEN id = ANY($1::uuid[]) THEN 'moderator' ELSE 'member' END WHERE role = 'moderator' OR id = ANY($1::uuid[])`, [[first.accountId, second.accountId]]));
afterAll(() => app.stop());

const colleague = (organisationId = first.organisationId) => buildMember(app, { role: 'moderator', organisationId });
const barOf = async (who: Member) => (await desk.caseOf(who, post.id)).barred;
const dismiss = async (column: 'id' | 'person_id', who: string) => {
  await app.database.run(`UPDATE account SET role = 'member' WHERE ${column} = $1`, [who]);
  app.app.get(SessionStore).forgetAll();
};
const givenTo = async () => (await app.database.row<{ given_to: string | null }>(`SELECT given_to FROM moderation_case WHERE kind = 'appeal' AND target_id = $1`, [post.id]))?.given_to;
const hide = { measure: 'hide', duration: 'definitive' };
async function aRegion(country: string): Promise<string> {
  const id = uuid();
  await app.database.run(`INSERT INTO organisation (id, slug, kind, name, country, country_name) VALUES ($1, $2, 'region', 'Région', $3, 'Pays')`, [id, `region-${id.slice(-8)}`, country]);
  return id;
}
async function sanction(who: Member, kind: 'mute' | 'suspend'): Promise<void> {
  const own = await buildPost(app, who, post.thread);
  await desk.report(reporter, 'post', own.id);
  expect((await desk.decide(first, own.id, { measure: kind, duration: 30 })).answer.status).toBe(201);
}

describe('a case', () => {
  it('is left by a moderator of another city of the author, of a region of their country, and by whoever reported it', async () => {
    const [home, elsewhere] = [await buildCity(app, { country: 'BJ' }), await buildCity(app, { country: 'BE' })];
    author = await buildMember(app, { organisationId: home });
    await app.database.run(`INSERT INTO mandate (id, person_id, organisation_id, function, valid_from) VALUES ($1, $2, $3, 'Maire', '2001-01-01')`, [uuid(), author.personId, elsewhere]);
    post = await buildPost(app, author, post.thread);
    const moderators = [await colleague(elsewhere), await colleague(await aRegion('BJ')), await colleague(await aRegion('CA')), second, first];
    await desk.report(reporter, 'post', post.id);
    await desk.report(second, 'post', post.id);
    const barred = [];
    for (const who of moderators) barred.push(await barOf(who));
    expect(barred).toEqual(['city', 'country', null, 'reporter', null]);
    expect((await desk.decide(second, post.id, hide)).answer.json).toMatchObject({ code: 'recused', params: { bar: 'reporter' } });
  });

  it('is decided by the secretariat where all moderators stand aside', async () => {
    await dismiss('id', first.accountId);
    await desk.report(second, 'post', post.id);
    await desk.report(secretariat, 'post', post.id);
    expect([await barOf(second), await barOf(secretariat), (await desk.decide(secretariat, post.id, hide)).answer.status]).toEqual(['reporter', null, 201]);
  });

  it.each([
    ['whose mandate has ended', 403, (who: Member) => app.database.run('UPDATE mandate SET valid_to = current_date - 10 WHERE person_id = $1', [who.personId])],
    ['whom moderation has silenced', 404, (who: Member) => sanction(who, 'mute')],
    ['whom moderation has suspended', 403, (who: Member) => sanction(who, 'suspend')],
  ])('is neither read nor decided by a moderator %s, nor is an appeal given to them', async (_who, refused, end) => {
    const former = await colleague();
    await desk.report(reporter, 'post', post.id);
    const one = await desk.caseOf(former, post.id);
    await end(former);
    app.app.get(SessionStore).forgetAccount(former.accountId);
    const answers = [];
    for (const [method, path, body] of [
      ['GET', '/api/moderation/cases'], ['GET', '/api/moderation/queue'], ['GET', `/api/moderation/cases/${one.id}`], ['PUT', `/api/moderation/cases/${one.id}/claim`],
      ['POST', `/api/moderation/cases/${one.id}/decision`, aDecision({ version: one.version, ...hide })],
    ] as const) answers.push((await desk.ask(former, method, path, body)).status);
    expect([answers, (await desk.read<PostView>(reporter, `/api/posts/${post.id}`)).state]).toEqual([[403, 403, refused, refused, refused], 'visible']);
    const { id } = await desk.decide(first, post.id, hide);
    await desk.contest(author, id);
    expect(await givenTo()).toBe(second.personId);
  });

  it('is free again when whoever has it moderates no more', async () => {
    const former = await colleague();
    await desk.report(reporter, 'post', post.id);
    const one = await desk.caseOf(first, post.id);
    await desk.ask(former, 'PUT', `/api/moderation/cases/${one.id}/claim`);
    await dismiss('id', former.accountId);
    const { events } = await app.socket(first.cookie);
    await app.app.get(ModerationClock).work();
    await until(() => events.some(({ type, data }) => type === 'case.moved' && (data as { subject: string }).subject === one.id), 'the case');
    expect([(await desk.caseOf(first, post.id)).claimedBy, (await desk.decide(first, post.id, hide)).answer.status]).toEqual([null, 201]);
  });
});

describe('an appeal', () => {
  it('goes to somebody else when whoever it was given to moderates no more, and is free where nobody is left', async () => {
    const third = await colleague();
    await desk.report(reporter, 'post', post.id);
    const { id } = await desk.decide(first, post.id, hide);
    await desk.contest(author, id);
    const given = [await givenTo()];
    for (let turn = 0; turn < 2; turn += 1) {
      await dismiss('person_id', given.at(-1) ?? '');
      await app.app.get(ModerationClock).work();
      given.push(await givenTo());
    }
    expect([new Set(given.slice(0, 2)), given[2]]).toEqual([new Set([second.personId, third.personId]), null]);
    expect((await desk.caseOf(secretariat, post.id, 'appeal')).barred).toBeNull();
  });
});
