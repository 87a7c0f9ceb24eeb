import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FactorsView, PasskeyAddedView } from '@passerelle/contract';
import { Secret, TOTP } from 'otpauth';
import { v7 as uuid } from 'uuid';
import { hashPassword } from '../src/accounts/index.js';
import { passkeySite } from '../src/accounts/passkey-site.js';
import { buildMember, type Member } from './builders/forum.js';
import { type Answer, TestApp } from './support/app.js';
import { Authenticator } from './support/authenticator.js';

const ORIGIN = 'https://passerelle.exemple.test';
const PASSWORD = 'un mot de passe';
let app: TestApp;
beforeAll(async () => (app = await TestApp.start({ PUBLIC_URL: ORIGIN })));
afterAll(() => app.stop());

const read = <T>(answer: { json: unknown }) => answer.json as T;
type Options = Parameters<Authenticator['show']>[0];
type Person = Member & { email: string };

async function withPassword(): Promise<Person> {
  const member = await buildMember(app);
  await app.database.run('UPDATE account SET password_hash = $2 WHERE id = $1', [member.accountId, await hashPassword(PASSWORD)]);
  const row = await app.database.row<{ email: string }>('SELECT email FROM account WHERE id = $1', [member.accountId]);
  return { ...member, email: row?.email ?? '' };
}
async function enrol({ cookie }: Member, device: Authenticator, body: object = {}): Promise<Answer> {
  const options = read<Options>(await app.call('POST', '/api/me/passkeys/options', { cookie, body: {} }));
  return app.call('POST', '/api/me/passkeys', { cookie, body: { id: uuid(), name: 'Téléphone', passkey: device.make(options), ...body } });
}
async function withPasskey() {
  const [person, device] = [await withPassword(), new Authenticator(ORIGIN)];
  const { passkey, codes } = read<PasskeyAddedView>(await enrol(person, device));
  return { ...person, device, passkey, codes };
}
const askEntry = async () => read<Options>(await app.call('POST', '/api/auth/passkey/options', { body: {} }));
const enter = (passkey: object, more: object = {}) => app.call('POST', '/api/auth/passkey', { body: { passkey, ...more } });
const login = async (email: string) => read<{ challenge: string; secondFactor: string[] }>(await app.call('POST', '/api/auth/login', { body: { email, password: PASSWORD } }));
const refused = (answer: Answer) => [answer.status, answer.json.code];
const factors = async ({ cookie }: Member) => read<FactorsView>(await app.call('GET', '/api/me/second-factor', { cookie }));

describe('a passkey', () => {
  it('signs in alone, by whoever it was made for', async () => {
    const { email, device } = await withPasskey();
    const answer = await enter(device.show(await askEntry()));
    expect([answer.status, answer.headers.get('set-cookie'), answer.json]).toMatchObject([200, expect.stringContaining('passerelle_session='), { account: { email } }]);
  });

  it('is listed with its name and its last use, several side by side', async () => {
    const { device, ...person } = await withPasskey();
    await enrol(person, new Authenticator(ORIGIN), { name: 'Clé du bureau' });
    await enter(device.show(await askEntry()));
    expect((await factors(person)).passkeys).toEqual([
      { id: expect.any(String), name: 'Téléphone', createdAt: expect.any(String), lastUsedAt: expect.any(String) },
      { id: expect.any(String), name: 'Clé du bureau', createdAt: expect.any(String), lastUsedAt: null },
    ]);
  });

  it('comes with recovery codes when it is the first factor, and only then', async () => {
    const { codes, ...person } = await withPasskey();
    expect(codes).toHaveLength(10);
    expect(read<PasskeyAddedView>(await enrol(person, new Authenticator(ORIGIN))).codes).toEqual([]);
    expect((await factors(person)).recoveryCodes).toBe(10);
  });

  it('answers a repeated request with what is stored, and refuses the same id for another', async () => {
    const [person, device, id] = [await withPassword(), new Authenticator(ORIGIN), uuid()];
    const body = { id, name: 'Téléphone', passkey: device.make(read<Options>(await app.call('POST', '/api/me/passkeys/options', { cookie: person.cookie, body: {} }))) };
    const [first, again] = [await app.call('POST', '/api/me/passkeys', { cookie: person.cookie, body }), await app.call('POST', '/api/me/passkeys', { cookie: person.cookie, body })];
    expect([first.status, again.status, again.json]).toEqual([200, 200, { passkey: read<PasskeyAddedView>(first).passkey, codes: [] }]);
    expect(refused(await enrol(person, new Authenticator(ORIGIN), { id }))).toEqual([409, 'id-reused']);
  });

  it('is told by mail and recorded when it is added and removed', async () => {
    const { passkey, email, ...person } = await withPasskey();
    expect((await app.call('DELETE', `/api/me/passkeys/${passkey.id}`, { cookie: person.cookie })).status).toBe(204);
    expect(await app.database.rows('SELECT subject FROM mail_waiting WHERE recipient = $1 ORDER BY id', [email])).toHaveLength(2);
    expect(await app.database.rows('SELECT act FROM audit_entry WHERE subject_id = $1 ORDER BY at', [person.accountId])).toEqual([{ act: 'passkey.added' }, { act: 'passkey.removed' }]);
    expect(await factors(person)).toMatchObject({ passkeys: [], recoveryCodes: 0 });
  });
});

describe('as the second factor', () => {
  it('a passkey is asked for after the password, which alone opens no session', async () => {
    const { email, device } = await withPasskey();
    const { challenge, secondFactor } = await login(email);
    expect(secondFactor).toEqual(['passkey', 'recovery']);
    const options = read<Options>(await app.call('POST', '/api/auth/second-factor/passkey', { body: { challenge } }));
    const answer = await app.call('POST', '/api/auth/second-factor', { body: { challenge, passkey: device.show(options) } });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, expect.stringContaining('passerelle_session=')]);
    expect((await app.call('POST', '/api/auth/second-factor/passkey', { body: { challenge } })).json.code).toBe('challenge-expired');
  });

  it('a recovery code stands in for it, and an authenticator stays when the passkey goes', async () => {
    const { email, codes, passkey, cookie, ...person } = await withPasskey();
    const { secret } = read<{ secret: string }>(await app.call('POST', '/api/me/second-factor/totp', { cookie, body: {} }));
    await app.call('POST', '/api/me/second-factor/totp/confirm', { cookie, body: { code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() } });
    const { challenge, secondFactor } = await login(email);
    expect(secondFactor).toEqual(['passkey', 'totp', 'recovery']);
    // Those of the passkey are void: the authenticator came with new ones.
    expect((await app.call('POST', '/api/auth/second-factor', { body: { challenge, code: codes[0] } })).json.code).toBe('wrong-code');
    await app.call('DELETE', `/api/me/passkeys/${passkey.id}`, { cookie });
    expect((await login(email)).secondFactor).toEqual(['totp', 'recovery']);
    expect(await factors({ ...person, cookie })).toMatchObject({ recoveryCodes: 10 });
  });

  it('somebody else’s passkey opens nothing', async () => {
    const [{ email }, other] = [await withPasskey(), await withPasskey()];
    const { challenge } = await login(email);
    const options = read<Options>(await app.call('POST', '/api/auth/second-factor/passkey', { body: { challenge } }));
    expect(refused(await app.call('POST', '/api/auth/second-factor', { body: { challenge, passkey: other.device.show(options) } }))).toEqual([401, 'passkey-refused']);
  });
});

describe('a fresh proof', () => {
  it('is a passkey of the own account, and of no other', async () => {
    const [{ cookie, sessionId, device }, other] = [await withPasskey(), await withPasskey()];
    await app.database.run(`UPDATE session SET authenticated_at = now() - interval '11 minutes' WHERE id = $1`, [sessionId]);
    const options = async () => read<Options>(await app.call('POST', '/api/auth/fresh/passkey', { cookie, body: {} }));
    const show = async (with_: Authenticator) => app.call('POST', '/api/auth/fresh', { cookie, body: { passkey: with_.show(await options()) } });
    expect((await app.call('POST', '/api/me/passkeys/options', { cookie, body: {} })).json.code).toBe('fresh-sign-in-required');
    expect(refused(await show(other.device))).toEqual([403, 'passkey-refused']);
    expect((await show(device)).status).toBe(204);
    expect((await app.call('POST', '/api/me/passkeys/options', { cookie, body: {} })).status).toBe(200);
  });
});

describe('a passkey is refused', () => {
  const refusal = [401, 'passkey-refused'];

  it('when it answers a challenge a second time', async () => {
    const { device } = await withPasskey();
    const proof = device.show(await askEntry());
    expect((await enter(proof)).status).toBe(200);
    expect(refused(await enter(proof))).toEqual(refusal);
  });

  it('when two answers to one challenge come at the same moment: one of them', async () => {
    const { device } = await withPasskey();
    const options = await askEntry();
    const statuses = await Promise.all([enter(device.show(options)), enter(device.show(options))]);
    expect(statuses.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('when the page was of another site', async () => {
    const person = await withPassword();
    expect(refused(await enrol(person, new Authenticator('https://passerelle.exemple.attack')))).toEqual([403, 'passkey-refused']);
    const device = new Authenticator(ORIGIN);
    await enrol(person, device);
    Object.assign(device, { origin: 'https://passerelle.exemple.attack' });
    expect(refused(await enter(device.show(await askEntry())))).toEqual(refusal);
  });

  it('when it was made for another site', async () => {
    const { device } = await withPasskey();
    const { options } = await askEntry();
    expect(refused(await enter(device.show({ options: { ...options, rpId: 'exemple.test' } })))).toEqual(refusal);
  });

  it('when the device has not been shown who holds it', async () => {
    expect(refused(await enrol(await withPassword(), new Authenticator(ORIGIN, false)))).toEqual([403, 'passkey-refused']);
  });

  it('when the challenge was for something else, was made up, or is too old', async () => {
    const { device, cookie } = await withPasskey();
    const fresh = read<Options>(await app.call('POST', '/api/auth/fresh/passkey', { cookie, body: {} }));
    expect(refused(await enter(device.show(fresh)))).toEqual(refusal);
    expect(refused(await enter(device.show({ options: { ...fresh.options, challenge: 'AAAA' } })))).toEqual(refusal);
    const old = await askEntry();
    await app.database.run(`UPDATE passkey_challenge SET expires_at = now() - interval '1 second' WHERE purpose = 'sign-in'`);
    expect(refused(await enter(device.show(old)))).toEqual(refusal);
  });

  it('when its counter does not grow: it is a copy', async () => {
    const [person, device] = [await withPassword(), new Authenticator(ORIGIN)];
    device.counter = 5;
    await enrol(person, device);
    expect((await enter(device.show(await askEntry()))).status).toBe(200);
    device.counter = 3;
    expect(refused(await enter(device.show(await askEntry())))).toEqual(refusal);
    expect((await factors(person)).passkeys[0]?.lastUsedAt).not.toBeNull();
  });

  it('when it names another account as its owner', async () => {
    const [{ device }, other] = [await withPasskey(), await withPasskey()];
    const proof = device.show(await askEntry());
    expect(refused(await enter({ ...proof, response: { ...proof.response, userHandle: Buffer.from(other.accountId).toString('base64url') } }))).toEqual(refusal);
  });

  it('when it was removed, or its account is closed', async () => {
    const [{ passkey, cookie, device }, closed] = [await withPasskey(), await withPasskey()];
    await app.call('DELETE', `/api/me/passkeys/${passkey.id}`, { cookie });
    await app.database.run('UPDATE account SET disabled_at = now() WHERE id = $1', [closed.accountId]);
    expect(refused(await enter(device.show(await askEntry())))).toEqual(refusal);
    expect(refused(await enter(closed.device.show(await askEntry())))).toEqual(refusal);
  });

  it('when somebody else wants to remove it', async () => {
    const [{ passkey }, other] = [await withPasskey(), await withPasskey()];
    expect((await app.call('DELETE', `/api/me/passkeys/${passkey.id}`, { cookie: other.cookie })).status).toBe(404);
  });
});

it.each([
  ['https://passerelle.exemple.test', { id: 'passerelle.exemple.test', origin: 'https://passerelle.exemple.test' }],
  ['http://127.0.0.1:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
  ['http://localhost:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
  ['http://192.168.1.20:3000', null],
])('at %s passkeys are bound to the name of the platform, if it has one', (url, site) => {
  expect(passkeySite(url)).toEqual(site);
});
