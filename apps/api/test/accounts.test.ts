import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { hashPassword } from '../src/accounts/index.js';
import { SessionStore } from '../src/platform/index.js';
import { buildMember, type Member } from './builders/forum.js';
import { TestApp, until } from './support/app.js';

let app: TestApp;
let smtp: SMTPServer;
const mails: string[] = [];

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      simpleParser(stream).then((mail) => (mails.push(mail.text ?? ''), done()), done);
    },
  });
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready));
  const { port } = smtp.server.address() as AddressInfo;
  app = await TestApp.start({ SMTP_URL: `smtp://127.0.0.1:${port}`, RATE_LIMITS: 'on' });
});
afterAll(async () => {
  await app.stop();
  await new Promise<void>((closed) => smtp.close(closed));
});

async function withPassword(): Promise<Member & { email: string }> {
  const member = await buildMember(app);
  await app.database.run('UPDATE account SET password_hash = $2 WHERE id = $1', [member.accountId, await hashPassword('un mot de passe')]);
  const row = await app.database.row<{ email: string }>('SELECT email FROM account WHERE id = $1', [member.accountId]);
  return { ...member, email: row?.email ?? '' };
}
const login = (email: string, password: string) => app.call('POST', '/api/auth/login', { body: { email, password } });

describe('signing in', () => {
  it('gives an HttpOnly cookie and stores the password as argon2id', async () => {
    const { email, accountId } = await withPassword();
    const answer = await login(email.toUpperCase(), 'un mot de passe');
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([
      200,
      expect.stringMatching(/^passerelle_session=.+; Path=\/; HttpOnly; SameSite=Lax$|HttpOnly/),
    ]);
    expect(await app.database.row('SELECT left(password_hash, 9) AS kind FROM account WHERE id = $1', [accountId])).toEqual({
      kind: '$argon2id',
    });
  });

  it('answers the same for a wrong password and an unknown address', async () => {
    const { email } = await withPassword();
    const [wrong, unknown] = [await login(email, 'non'), await login('personne@exemple.test', 'non')];
    expect([wrong.status, wrong.text]).toEqual([unknown.status, unknown.text]);
    expect(wrong.json.code).toBe('wrong-credentials');
  });

  it('is limited per account, with the time to wait', async () => {
    const { email } = await withPassword();
    for (let n = 0; n < 10; n++) await login(email, 'non');
    const answer = await login(email, 'un mot de passe');
    expect([answer.status, answer.json.code]).toEqual([429, 'rate-limited']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('works by a mailed link, once', async () => {
    const { email } = await withPassword();
    const asked = await app.call('POST', '/api/auth/link', { body: { email, language: 'fr' } });
    const unknown = await app.call('POST', '/api/auth/link', { body: { email: 'personne@exemple.test', language: 'fr' } });
    expect([asked.status, asked.text]).toEqual([unknown.status, unknown.text]);
    const mail = await until(() => mails.find((text) => text.includes('/connexion/lien?token=')), 'the mail');
    const token = /token=([\w-]+)/.exec(mail)?.[1];
    const [first, second] = [
      await app.call('POST', '/api/auth/link/confirm', { body: { token } }),
      await app.call('POST', '/api/auth/link/confirm', { body: { token } }),
    ];
    expect([first.status, second.status, second.json.code]).toEqual([200, 401, 'link-invalid']);
    expect(mails).toHaveLength(1);
  });
});

describe('sessions', () => {
  it('are listed, revoked one by one and all at once', async () => {
    const { email } = await withPassword();
    const cookies: string[] = [];
    for (let n = 0; n < 3; n++) cookies.push((await login(email, 'un mot de passe')).headers.get('set-cookie')?.split(';')[0] ?? '');
    const [first = '', second = '', third = ''] = cookies;
    const { items } = (await app.call('GET', '/api/me/sessions', { cookie: first })).json as unknown as {
      items: { id: string; current: boolean }[];
    };
    expect(items.filter((session) => session.current)).toHaveLength(1);
    const me = async (cookie: string) => (await app.call('GET', '/api/me', { cookie })).status;
    const mine = (await app.call('GET', '/api/me/sessions', { cookie: second })).json as unknown as {
      items: { id: string; current: boolean }[];
    };
    await app.call('DELETE', `/api/me/sessions/${mine.items.find((session) => session.current)?.id ?? ''}`, { cookie: first });
    expect([await me(first), await me(second), await me(third)]).toEqual([200, 401, 200]);
    await app.call('POST', '/api/auth/logout-everywhere', { cookie: first });
    expect([await me(first), await me(third)]).toEqual([401, 401]);
  });

  it('end after sixty days, on a shared device after eight hours, however often they are used', async () => {
    const { email } = await withPassword();
    const days = async (sharedDevice: boolean) => {
      const { headers } = await app.call('POST', '/api/auth/login', { body: { email, password: 'un mot de passe', sharedDevice } });
      const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
      const { id = '', hours } = (await app.database.row<{ id: string; hours: number }>('SELECT id, extract(epoch FROM expires_at - created_at)::int / 3600 AS hours FROM session ORDER BY created_at DESC LIMIT 1')) ?? { hours: 0 };
      await app.database.run(`UPDATE session SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]);
      app.app.get(SessionStore).forgetAll();
      return [hours, (await app.call('GET', '/api/me', { cookie })).status, /max-age/i.test(headers.get('set-cookie') ?? '')];
    };
    expect([await days(false), await days(true)]).toEqual([[60 * 24, 401, true], [8, 401, false]]);
  });

  it('of somebody else cannot be revoked', async () => {
    const [one, other] = [await buildMember(app), await buildMember(app)];
    expect((await app.call('DELETE', `/api/me/sessions/${other.sessionId}`, { cookie: one.cookie })).status).toBe(404);
  });
});

describe('the profile', () => {
  it('changes the title of office from now on', async () => {
    const member = await buildMember(app);
    const answer = await app.call('PATCH', '/api/me', {
      cookie: member.cookie,
      body: { function: 'Mairesse', timeZone: 'Africa/Dakar', interfaceLanguage: 'en' },
    });
    expect(answer.json).toMatchObject({
      account: { timeZone: 'Africa/Dakar', interfaceLanguage: 'en' },
      mandates: [{ function: 'Mairesse' }],
    });
  });

  it('refuses a time zone that is none', async () => {
    const member = await buildMember(app);
    const answer = await app.call('PATCH', '/api/me', { cookie: member.cookie, body: { timeZone: 'Mars/Olympus' } });
    expect([answer.status, answer.json.errors?.[0]?.path]).toEqual([400, 'timeZone']);
  });
});

describe('a request of another site', () => {
  it('is refused when it changes something, and allowed without Origin', async () => {
    const member = await buildMember(app);
    const patch = (headers: Record<string, string>) =>
      app.call('PATCH', '/api/me', { cookie: member.cookie, body: { showPresence: false }, headers });
    const [foreign, own, none] = [await patch({ origin: 'https://elsewhere.example' }), await patch({ origin: app.url }), await patch({})];
    expect([foreign.status, foreign.json.code, own.status, none.status]).toEqual([403, 'foreign-origin', 200, 200]);
  });
});
