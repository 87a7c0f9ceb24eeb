import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MandateClock } from '../src/accounts/index.js';
import { aPostBody, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
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
