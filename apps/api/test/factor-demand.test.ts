import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FactorDemandView, MeView, RecoveryCodesView, Role } from '@passerelle/contract';
import { Secret, TOTP } from 'otpauth';
import { v7 as uuid } from 'uuid';
import { FactorDemandService } from '../src/accounts/index.js';
import { SessionStore } from '../src/platform/index.js';
import { buildMember, buildSpace, type Member } from './builders/forum.js';
import { TestApp, until } from './support/app.js';
import { routesOf } from './support/routes.js';

let app: TestApp;
let secretariat: Member;
beforeAll(async () => {
  app = await TestApp.start();
  secretariat = await buildMember(app, { role: 'administrator' });
});
afterEach(() => demandFrom('moderator', null));
afterAll(() => app.stop());

const read = <T>(answer: { json: unknown }) => answer.json as T;
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const demands = async () => read<{ items: FactorDemandView[] }>(await app.call('GET', '/api/factor-demands', { cookie: secretariat.cookie })).items;
const of = async (role: Role) => (await demands()).find((one) => one.role === role);
async function demandFrom(role: Role, from: string | null) {
  return app.call('PUT', `/api/factor-demands/${role}`, { cookie: secretariat.cookie, body: { from, version: (await of(role))?.version } });
}
const me = async ({ cookie }: Member) => read<MeView>(await app.call('GET', '/api/me', { cookie }));
async function enrol({ cookie }: Member): Promise<void> {
  const { secret } = read<{ secret: string }>(await app.call('POST', '/api/me/second-factor/totp', { cookie, body: {} }));
  const { codes } = read<RecoveryCodesView>(await app.call('POST', '/api/me/second-factor/totp/confirm', { cookie, body: { code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() } }));
  expect(codes).toHaveLength(10);
}
/** What remains open to set a factor up and to leave. */
const BEFORE = ['GET /api/me', 'POST /api/auth/logout', 'POST /api/auth/logout-everywhere', 'POST /api/auth/fresh', 'POST /api/auth/fresh/passkey', 'GET /api/me/second-factor',
  'POST /api/me/second-factor/totp', 'POST /api/me/second-factor/totp/confirm', 'POST /api/me/passkeys', 'POST /api/me/passkeys/options'];

describe('a role', () => {
  it('demands no second factor unless the secretariat says so', async () => {
    expect((await demands()).map(({ role, from }) => [role, from])).toEqual([['administrator', null], ['moderator', null], ['member', null], ['guest', null]]);
  });

  it('tells its people from when on it demands one, and shuts nothing before that day', async () => {
    const moderator = await buildMember(app, { role: 'moderator' });
    expect((await demandFrom('moderator', day(30))).status).toBe(200);
    expect((await me(moderator)).factorDemand).toEqual({ from: day(30), due: false });
    expect((await app.call('GET', '/api/spaces', { cookie: moderator.cookie })).status).toBe(200);
    await enrol(moderator);
    expect((await me(moderator)).factorDemand).toBeNull();
  });

  it('counts for the secretariat who has none yet, and records who changed what', async () => {
    const [, moderator] = [await buildMember(app, { role: 'moderator' }), await buildMember(app, { role: 'moderator' })];
    const before = await of('moderator');
    await enrol(moderator);
    expect(await of('moderator')).toEqual({ ...before, without: (before?.without ?? 0) - 1 });
    await demandFrom('moderator', day(10));
    const lines = await app.database.rows<{ detail: object }>(`SELECT detail FROM audit_entry WHERE act = 'factor-demand.set' AND actor_person_id = $1 ORDER BY at`, [secretariat.personId]);
    expect(lines.at(-1)?.detail).toEqual({ was: null, from: day(10) });
  });

  it('is changed by whoever saw how it stands, with a fresh proof, and by the secretariat alone', async () => {
    const [{ cookie }, { version = 0 } = {}] = [await buildMember(app, { role: 'moderator' }), await of('moderator')];
    const put = (who: string, body: object) => app.call('PUT', '/api/factor-demands/moderator', { cookie: who, body });
    expect((await put(cookie, { from: day(1), version })).status).toBe(403);
    expect((await put(secretariat.cookie, { from: day(1), version: version + 1 })).json.code).toBe('stale-version');
    const tired = await buildMember(app, { role: 'administrator' });
    await app.database.run(`UPDATE session SET authenticated_at = now() - interval '11 minutes' WHERE id = $1`, [tired.sessionId]);
    expect((await put(tired.cookie, { from: day(1), version })).json.code).toBe('fresh-sign-in-required');
  });
});

describe('once the day has come', () => {
  it('every route but those to set one up refuses, until it is done', async () => {
    const moderator = await buildMember(app, { role: 'moderator' });
    await demandFrom('moderator', day(0));
    expect((await me(moderator)).factorDemand).toEqual({ from: day(0), due: true });
    const ask = async (method: string, path: string, cookie?: string) =>
      (await app.call(method === 'ALL' ? 'POST' : method, path.replace(/:\w+/g, uuid()), { ...(cookie && { cookie }), ...(method !== 'GET' && method !== 'DELETE' && { body: {} }) })).json.code;
    const open: string[] = [];
    for (const route of routesOf(app)) {
      const [method = '', path = ''] = route.split(' ');
      // What answers without a session is not asked who has one.
      if ((await ask(method, path)) !== 'unauthenticated') continue;
      if (!BEFORE.includes(route) && (await ask(method, path, moderator.cookie)) !== 'second-factor-demanded') open.push(route);
    }
    expect(open).toEqual([]);
    await enrol(moderator);
    expect((await app.call('GET', '/api/spaces', { cookie: moderator.cookie })).status).toBe(200);
  });

  it('an open socket is closed, a new one is refused, and one opens again afterwards', async () => {
    const moderator = await buildMember(app, { role: 'moderator' });
    const { socket } = await app.socket(moderator.cookie);
    await demandFrom('moderator', day(-1));
    await until(() => socket.disconnected, 'the end of the socket');
    await expect(app.socket(moderator.cookie)).rejects.toMatchObject({ data: { code: 'second-factor-demanded' } });
    await enrol(moderator);
    expect((await app.socket(moderator.cookie)).socket.connected).toBe(true);
  });

  it('midnight closes what is open, once', async () => {
    const moderator = await buildMember(app, { role: 'moderator' });
    const { socket } = await app.socket(moderator.cookie);
    await app.database.run(`UPDATE factor_demand SET demanded_from = current_date WHERE role = 'moderator'`);
    app.app.get(SessionStore).forgetAll();
    const clock = app.app.get(FactorDemandService);
    await clock.work();
    await until(() => socket.disconnected, 'the end of the socket');
    await clock.work();
    expect(await app.database.row(`SELECT count(*) AS n FROM event WHERE type = 'access.changed' AND account_id = $1`, [moderator.accountId])).toEqual({ n: 1 });
  });

  it('whoever has one goes on, other roles too, and the last factor can’t be removed', async () => {
    const [moderator, member] = [await buildMember(app, { role: 'moderator' }), await buildMember(app)];
    await enrol(moderator);
    await buildSpace(app);
    await demandFrom('moderator', day(0));
    const spaces = async ({ cookie }: Member) => (await app.call('GET', '/api/spaces', { cookie })).status;
    expect([await spaces(moderator), await spaces(member)]).toEqual([200, 200]);
    const refused = await app.call('DELETE', '/api/me/second-factor/totp', { cookie: moderator.cookie });
    expect([refused.status, refused.json.code]).toEqual([409, 'second-factor-demanded']);
    expect(read<{ totp: object }>(await app.call('GET', '/api/me/second-factor', { cookie: moderator.cookie })).totp).not.toBeNull();
    await demandFrom('moderator', null);
    expect((await app.call('DELETE', '/api/me/second-factor/totp', { cookie: moderator.cookie })).status).toBe(204);
  });

  it('whoever gets the role is led to set one up', async () => {
    const member = await buildMember(app);
    await demandFrom('moderator', day(0));
    await app.call('PUT', `/api/people/${member.personId}/role`, { cookie: secretariat.cookie, body: { was: 'member', role: 'moderator' } });
    expect((await app.call('GET', '/api/spaces', { cookie: member.cookie })).json.code).toBe('second-factor-demanded');
  });
});
