import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PersonView } from '@passerelle/contract';
import { Secret, TOTP } from 'otpauth';
import { hashPassword } from '../src/accounts/index.js';
import { buildMember, type Member } from './builders/forum.js';
import { TestApp } from './support/app.js';

let app: TestApp;
beforeAll(async () => (app = await TestApp.start({ RATE_LIMITS: 'on' })));
afterAll(() => app.stop());

const ADMIN = fileURLToPath(new URL('../dist/admin.js', import.meta.url));
const PASSWORD = 'un mot de passe';
const STEP_MS = 30_000;
const codeOf = (secret: string, steps = 0) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * STEP_MS });
const read = <T>(answer: { json: unknown }) => answer.json as T;

async function withPassword(role: 'member' | 'administrator' = 'member'): Promise<Member & { email: string }> {
  const member = await buildMember(app, { role });
  await app.database.run('UPDATE account SET password_hash = $2 WHERE id = $1', [member.accountId, await hashPassword(PASSWORD)]);
  const row = await app.database.row<{ email: string }>('SELECT email FROM account WHERE id = $1', [member.accountId]);
  return { ...member, email: row?.email ?? '' };
}

/** Enrolled with the code of the step before, so that the present one is still to be used. */
async function withFactor() {
  const member = await withPassword();
  const { cookie } = member;
  const { secret } = read<{ secret: string }>(await app.call('POST', '/api/me/second-factor/totp', { cookie, body: {} }));
  const confirmed = await app.call('POST', '/api/me/second-factor/totp/confirm', { cookie, body: { code: codeOf(secret, -1) } });
  const { codes } = read<{ codes: string[] }>(confirmed);
  return { ...member, secret, codes };
}
const login = async (email: string) => {
  const answer = await app.call('POST', '/api/auth/login', { body: { email, password: PASSWORD } });
  return { answer, challenge: read<{ challenge: string }>(answer).challenge };
};
const prove = (challenge: string, code: string) => app.call('POST', '/api/auth/second-factor', { body: { challenge, code } });

describe('signing in with a second factor', () => {
  it('takes the password and a code; the password alone opens no session', async () => {
    const { email, secret } = await withFactor();
    const { answer, challenge } = await login(email);
    expect([answer.status, answer.headers.get('set-cookie'), answer.json]).toMatchObject([200, null, { secondFactor: ['totp', 'recovery'] }]);
    const entered = await prove(challenge, codeOf(secret));
    expect([entered.status, entered.headers.get('set-cookie')]).toEqual([200, expect.stringContaining('passerelle_session=')]);
    expect((await prove(challenge, codeOf(secret, 1))).json.code).toBe('challenge-expired');
  });

  it('refuses a code that was used before', async () => {
    const { email, secret } = await withFactor();
    expect((await prove((await login(email)).challenge, codeOf(secret))).status).toBe(200);
    const again = await prove((await login(email)).challenge, codeOf(secret));
    expect([again.status, again.json.code]).toEqual([401, 'wrong-code']);
  });

  it('accepts each recovery code once', async () => {
    const { email, codes } = await withFactor();
    const [first = ''] = codes;
    expect(codes).toHaveLength(10);
    expect((await prove((await login(email)).challenge, first.toLowerCase())).status).toBe(200);
    expect((await prove((await login(email)).challenge, first)).json.code).toBe('wrong-code');
  });

  it('ends a challenge after five wrong codes, also for the right one', async () => {
    const { email, codes } = await withFactor();
    const { challenge } = await login(email);
    for (let n = 0; n < 5; n++) expect((await prove(challenge, 'ABCD-EFGH')).json.code).toBe('wrong-code');
    expect((await prove(challenge, codes[0] ?? '')).json.code).toBe('challenge-expired');
  });

  it('is limited per account however often the password is given', async () => {
    const { email, codes } = await withFactor();
    for (let n = 0; n < 10; n++) await prove((await login(email)).challenge, 'ABCD-EFGH');
    expect((await prove((await login(email)).challenge, codes[0] ?? '')).status).toBe(429);
  });
});

describe('what is stored', () => {
  it('holds neither secret nor codes in clear, and the key is readable by the service alone', async () => {
    const { accountId, secret, codes } = await withFactor();
    const row = await app.database.row<{ secret: Buffer }>('SELECT secret FROM totp WHERE account_id = $1', [accountId]);
    expect(row?.secret.includes(Buffer.from(Secret.fromBase32(secret).bytes))).toBe(false);
    const stored = await app.database.rows<{ hash: string }>(`SELECT encode(code_hash, 'escape') AS hash FROM recovery_code WHERE account_id = $1`, [accountId]);
    expect(stored.some(({ hash }) => codes.includes(hash))).toBe(false);
    expect(statSync(join(app.dataDir, 'secret.key')).mode & 0o777).toBe(0o600);
  });
});

describe('a sensitive act', () => {
  it('asks who acts after ten minutes, and goes on once it is shown', async () => {
    const { cookie, sessionId } = await withPassword();
    await app.database.run(`UPDATE session SET authenticated_at = now() - interval '11 minutes' WHERE id = $1`, [sessionId]);
    const offer = () => app.call('POST', '/api/me/second-factor/totp', { cookie, body: {} });
    const stale = await offer();
    expect([stale.status, stale.json.code]).toEqual([403, 'fresh-sign-in-required']);
    expect((await app.call('POST', '/api/auth/fresh', { cookie, body: { password: 'non' } })).json.code).toBe('wrong-credentials');
    expect((await offer()).status).toBe(403);
    expect((await app.call('POST', '/api/auth/fresh', { cookie, body: { password: PASSWORD } })).status).toBe(204);
    expect((await offer()).status).toBe(200);
  });

  it('is opened by the second factor where there is one, and not by the password alone', async () => {
    const { cookie, secret } = await withFactor();
    const show = async (proof: object) => (await app.call('POST', '/api/auth/fresh', { cookie, body: proof })).status;
    expect([await show({ password: PASSWORD }), await show({ code: codeOf(secret, 1) })]).toEqual([403, 204]);
  });
});

describe('the secretariat', () => {
  it('takes a lost factor off an account: it is recorded, and told by mail', async () => {
    const [secretariat, { accountId, personId, email }] = [await withPassword('administrator'), await withFactor()];
    const reset = () => app.call('POST', `/api/accounts/${accountId}/second-factor/reset`, { cookie: secretariat.cookie, body: { reason: 'lost', note: 'Nous nous sommes parlé ce matin.' } });
    const factors = async () => (await app.call('GET', `/api/people/${personId}`, { cookie: secretariat.cookie })).json as unknown as PersonView;
    expect((await factors()).factors).toEqual({ totp: true, passkeys: 0 });
    expect([(await reset()).status, (await reset()).status]).toEqual([204, 404]);
    expect((await factors()).factors).toEqual({ totp: false, passkeys: 0 });
    expect(await app.database.rows(`SELECT act FROM audit_entry WHERE subject_id = $1 ORDER BY at`, [accountId])).toEqual([{ act: 'second-factor.enrolled' }, { act: 'second-factor.reset' }]);
    const mails = await app.database.rows('SELECT subject FROM mail_waiting WHERE recipient = $1 ORDER BY id', [email]);
    expect(mails).toEqual([{ subject: 'Un second facteur protège votre compte' }, { subject: 'Votre second facteur a été retiré' }]);
    expect((await app.database.row<{ body: string }>('SELECT body FROM mail_waiting WHERE recipient = $1 ORDER BY id DESC LIMIT 1', [email]))?.body).toMatch(/appareil perdu ou volé\n\nNous nous sommes parlé/);
    expect(await app.database.row(`SELECT detail FROM audit_entry WHERE subject_id = $1 AND act = 'second-factor.reset'`, [accountId])).toEqual({ detail: { reason: 'lost' } });
    expect((await login(email)).answer.headers.get('set-cookie')).toContain('passerelle_session=');
  });
});

it('the secretariat takes no factor off the own account: whoever can prove who they are does so on the security page', async () => {
  const { cookie, accountId } = await withPassword('administrator');
  const answer = await app.call('POST', `/api/accounts/${accountId}/second-factor/reset`, { cookie, body: { reason: 'lost' } });
  expect([answer.status, answer.json.code]).toEqual([409, 'not-possible-now']);
});

it('an operator takes a factor off when nobody of the secretariat can sign in', async () => {
  const { email, accountId } = await withFactor();
  const admin = (...words: string[]) => promisify(execFile)(process.execPath, [ADMIN, 'reset-factor', ...words], { env: { ...process.env, DATABASE_URL: app.databaseUrl } });
  await admin(email);
  expect((await login(email)).answer.headers.get('set-cookie')).toContain('passerelle_session=');
  expect(await app.database.row(`SELECT actor_function FROM audit_entry WHERE subject_id = $1 AND act = 'second-factor.reset'`, [accountId])).toEqual({ actor_function: 'system' });
  await expect(admin('personne@exemple.test')).rejects.toThrow('There is no account with this address');
});

it.each(['/api/me/exports', '/api/me/erasures'])('wants to know again who acts for %s', async (path) => {
  const { cookie, sessionId } = await withPassword();
  await app.database.run(`UPDATE session SET authenticated_at = now() - interval '11 minutes' WHERE id = $1`, [sessionId]);
  expect((await app.call('POST', path, { cookie, body: {} })).json.code).toBe('fresh-sign-in-required');
});
