import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { MandateClock } from '../src/accounts/index.js';
import { SessionStore } from '../src/platform/index.js';
import { WriteTransaction } from '../src/realtime/index.js';
import { aPostBody, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { buildSanction } from './builders/moderation.js';
import { slugOf } from './builders/projects.js';
import { endMandate } from './builders/relay.js';
import { aSpaceBody } from './builders/spaces.js';
import { TestApp, until } from './support/app.js';

let app: TestApp, official: Member, colleague: Member, space: Space, thread: string;

beforeAll(async () => {
  app = await TestApp.start();
  [official, colleague] = [await buildMember(app, { function: 'Adjointe' }), await buildMember(app)];
  space = await buildSpace(app);
  thread = (await buildThread(app, official, space)).id;
});
afterAll(() => app.stop());

const statusOf = async (who: Member, path = `/api/threads/${thread}`) => (await app.call('GET', path, { cookie: who.cookie })).status;

describe('the end of a mandate', () => {
  it('closes the rights with the day, live, and keeps what was written under the function of that time', async () => {
    const { socket, events } = await app.socket(official.cookie);
    await new Promise((done) => socket.emit('watch', { thread }, done));
    await app.database.run('UPDATE mandate SET valid_to = current_date - 1 WHERE person_id = $1', [official.personId]);
    await app.app.get(MandateClock).work();
    await until(async () => (await statusOf(official)) === 404, 'the end of access');
    const heard = events.length;
    await buildPost(app, colleague, thread, {});
    expect((await app.call('POST', `/api/threads/${thread}/posts`, { cookie: official.cookie, body: aPostBody() })).status).toBe(403);
    expect(events.slice(heard).filter(({ type }) => type === 'post.created')).toEqual([]);
    const { items } = (await app.call('GET', `/api/threads/${thread}/posts`, { cookie: colleague.cookie })).json as unknown as { items: { author: { function: string } }[] };
    expect(items[0]?.author.function).toBe('Adjointe');
  });

  it('leaves the way to the own data', async () => {
    expect([await statusOf(official, '/api/me'), await statusOf(official, '/api/me/data')]).toEqual([200, 200]);
  });

  it('is told once a day', async () => {
    const told = async () => (await app.database.row<{ count: number }>(`SELECT count(*) AS count FROM event WHERE type = 'access.changed' AND account_id = $1`, [official.accountId]))?.count;
    const before = await told();
    await app.app.get(MandateClock).work();
    expect(await told()).toBe(before);
  });
});

describe('an open page', () => {
  /** A fact for all members, then one for the account alone, which is heard last. */
  const tell = (accountId: string) =>
    app.app.get(WriteTransaction).run(null, async ({ record }) => {
      record({ type: 'need.edited', audience: 'members', subject: uuid() });
      record({ type: 'profile.edited', audience: 'account', account: accountId });
    });
  const hears = async (who: Member) => {
    const { socket, events } = await app.socket(who.cookie);
    return { socket, types: async () => (events.splice(0), await tell(who.accountId), await until(() => events.some(({ type }) => type === 'profile.edited'), 'the last fact'), events.map(({ type }) => type)) };
  };

  it('hears what all members hear no longer when the mandate ends, and again with the next one', async () => {
    const who = await buildMember(app);
    const page = await hears(who);
    expect(await page.types()).toEqual(['need.edited', 'profile.edited']);
    const told = async () => {
      await app.app.get(WriteTransaction).run(null, async ({ record }) => record({ type: 'access.changed', audience: 'account', account: who.accountId }));
      return page.types();
    };
    await endMandate(app, who);
    expect((await told()).filter((type) => type !== 'access.changed')).toEqual(['profile.edited']);
    const missed = (await app.call('GET', '/api/events?since=0&limit=500', { cookie: who.cookie })).json as unknown as { items: { type: string }[] };
    expect(missed.items.filter(({ type }) => type === 'need.edited')).toEqual([]);
    await app.database.run('UPDATE mandate SET valid_to = NULL WHERE person_id = $1', [who.personId]);
    expect((await told()).filter((type) => type !== 'access.changed')).toEqual(['need.edited', 'profile.edited']);
  });

  it('hears it no longer either when its account becomes a guest', async () => {
    const [who, administrator] = [await buildMember(app), await buildMember(app, { role: 'administrator' })];
    const page = await hears(who);
    await app.call('PUT', `/api/people/${who.personId}/role`, { cookie: administrator.cookie, body: { was: 'member', role: 'guest' } });
    expect((await page.types()).filter((type) => type !== 'access.changed')).toEqual(['profile.edited']);
  });
});

describe('the end of the mandate of somebody who moderates or administers', () => {
  const call = async (who: Member, method: string, path: string, body?: unknown) => (await app.call(method, path, { cookie: who.cookie, ...(body !== undefined && { body }) })).status;

  it('takes the role away with the day, live, and gives it back with a new mandate', async () => {
    const [administrator, moderator] = [await buildMember(app, { role: 'administrator' }), await buildMember(app, { role: 'moderator' })];
    const own = () => Promise.all([call(administrator, 'GET', '/api/people'), call(moderator, 'GET', '/api/moderation/queue'), call(moderator, 'GET', '/api/moderation/cases')]);
    expect(await own()).toEqual([200, 200, 200]);
    const ended = [administrator.personId, moderator.personId];
    await app.database.run('UPDATE mandate SET valid_to = current_date - 1 WHERE person_id = ANY($1::uuid[])', [ended]);
    await app.app.get(MandateClock).work();
    await until(async () => (await own()).every((status) => status === 403), 'the end of the roles');
    const mandate = { id: uuid(), organisation: await slugOf(app, administrator.organisationId), function: 'Maire', from: '2026-01-01' };
    expect([
      await call(administrator, 'PUT', `/api/people/${colleague.personId}/role`, { was: 'member', role: 'moderator' }),
      await call(administrator, 'POST', `/api/people/${administrator.personId}/mandates`, mandate),
      await call(moderator, 'POST', '/api/spaces', aSpaceBody()),
    ]).toEqual([403, 403, 403]);
    for (const who of [administrator, moderator]) expect((await app.call('GET', '/api/me', { cookie: who.cookie })).json).toMatchObject({ permissions: [], account: { role: 'guest' } });
    await app.database.run('UPDATE mandate SET valid_to = NULL, valid_from = current_date WHERE person_id = ANY($1::uuid[])', [ended]);
    app.app.get(SessionStore).forgetAll();
    expect(await own()).toEqual([200, 200, 200]);
  });

  it('holds at once where the session still remembers the role', async () => {
    const administrator = await buildMember(app, { role: 'administrator' });
    expect(await call(administrator, 'GET', '/api/people')).toBe(200);
    await endMandate(app, administrator);
    expect(await call(administrator, 'GET', '/api/people')).toBe(403);
  });

  it('is the same when moderation suspends them', async () => {
    const moderator = await buildMember(app, { role: 'moderator' });
    await buildSanction(app, moderator, 'suspend');
    await until(async () => (await call(moderator, 'GET', '/api/moderation/queue')) === 403, 'the end of the role');
    expect([await call(moderator, 'POST', '/api/spaces', aSpaceBody()), await call(moderator, 'GET', '/api/me/data')]).toEqual([403, 200]);
  });
});
