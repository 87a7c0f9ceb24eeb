import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import type { FactorsView, PasskeyAddedView } from '@passerelle/contract';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { v7 as uuid } from 'uuid';
import { hashPassword } from '../src/accounts/index.js';
import { MailQueue } from '../src/platform/index.js';
import { buildMember, type Member } from './builders/forum.js';
import { type Answer, TestApp, until } from './support/app.js';
import { Authenticator } from './support/authenticator.js';

const ORIGIN = 'https://passerelle.exemple.test';
const PASSWORD = 'une phrase facile à retenir';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const CHROME = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
let app: TestApp;
let smtp: SMTPServer;
const mails: { to: string; subject: string; text: string }[] = [];

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      simpleParser(stream).then((mail) => (mails.push({ to: session.envelope.rcptTo[0]?.address ?? '', subject: mail.subject ?? '', text: mail.text ?? '' }), done()), done);
    },
  });
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready));
  app = await TestApp.start({ SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`, PUBLIC_URL: ORIGIN });
});
afterAll(async () => {
  await app.stop();
  await new Promise<void>((closed) => smtp.close(closed));
});

type Person = Member & { email: string };
async function withPassword({ language = 'fr', timeZone = 'UTC' } = {}): Promise<Person> {
  const member = await buildMember(app);
  const row = await app.database.row<{ email: string }>('UPDATE account SET password_hash = $2, interface_language = $3, time_zone = $4 WHERE id = $1 RETURNING email', [member.accountId, await hashPassword(PASSWORD), language, timeZone]);
  return { ...member, email: row?.email ?? '' };
}
const login = ({ email }: Person, { agent = FIREFOX, cookie = '', shared = false } = {}) =>
  app.call('POST', '/api/auth/login', { body: { email, password: PASSWORD, sharedDevice: shared }, headers: { 'user-agent': agent }, ...(cookie && { cookie }) });
const cookieOf = (answer: Answer, name: string) => answer.headers.getSetCookie().find((one) => one.startsWith(`${name}=`));
const deviceOf = (answer: Answer) => cookieOf(answer, 'passerelle_device')?.split(';')[0] ?? '';
async function mailsTo({ email }: Person) {
  await app.app.get(MailQueue).work();
  return mails.filter(({ to }) => to === email);
}
const tokenIn = (text = '') => /alerte=([\w-]+)/.exec(text)?.[1];
const deny = (token?: string) => app.call('POST', '/api/auth/not-me', { body: { token } });

describe('a sign-in', () => {
  it('from a browser that was not seen before is told by mail; the next one from there is not', async () => {
    const person = await withPassword();
    const first = await login(person);
    expect(cookieOf(first, 'passerelle_device')).toMatch(/Max-Age=34560000; Path=\/; HttpOnly; Secure; SameSite=Lax/);
    expect((await login(person, { cookie: deviceOf(first) })).status).toBe(200);
    expect((await mailsTo(person)).map(({ subject }) => subject)).toEqual(['Une connexion depuis un nouvel appareil']);
  });

  it('is told in the language and the time zone of its person, with the device in words', async () => {
    const [diop, smith] = [await withPassword({ timeZone: 'America/Montreal' }), await withPassword({ language: 'en', timeZone: 'Africa/Dakar' })];
    await Promise.all([login(diop, { agent: CHROME }), login(smith)]);
    const [[french], [english]] = [await mailsTo(diop), await mailsTo(smith)];
    const year = new Date().getUTCFullYear();
    expect(french?.text).toMatch(new RegExp(`Date\\s: \\w+ \\d+ \\S+ ${year} à \\d+:\\d\\d .*(Est|Montréal)`));
    expect(french?.text).toContain('Chrome sur Android');
    expect(english?.subject).toBe('A sign-in from a new device');
    expect(english?.text).toMatch(/Device: Firefox on Linux\n/);
    expect(english?.text).toMatch(/Greenwich Mean Time/);
  });

  it('with the cookie of another kind of browser is new, and so is a cookie that is known for another account', async () => {
    const [one, other] = [await withPassword(), await withPassword()];
    const cookie = deviceOf(await login(one));
    await login(one, { cookie, agent: CHROME });
    await login(other, { cookie });
    expect([(await mailsTo(one)).length, (await mailsTo(other)).length]).toEqual([2, 1]);
    // One browser, two accounts: known for both from now on.
    await login(other, { cookie });
    expect(await mailsTo(other)).toHaveLength(1);
  });

  it('on a shared device leaves no cookie there, so that it is told each time', async () => {
    const person = await withPassword();
    const answers = [await login(person, { shared: true }), await login(person, { shared: true })];
    expect(answers.map((answer) => cookieOf(answer, 'passerelle_device'))).toEqual([undefined, undefined]);
    const told = await mailsTo(person);
    expect(told).toHaveLength(2);
    expect(told[0]?.text).toContain('déclaré comme partagé');
  });

  it('by an invitation, the first of a new account, is not told, and its browser is known', async () => {
    const secretariat = await buildMember(app, { role: 'administrator' });
    const organisation = await app.database.row<{ slug: string }>('SELECT slug FROM organisation WHERE id = $1', [secretariat.organisationId]);
    const email = `invitee-${uuid()}@exemple.test`;
    const sent = await app.call('POST', '/api/invitations', { cookie: secretariat.cookie, body: { id: uuid(), email, role: 'member', organisation: organisation?.slug, function: 'Adjointe au maire', language: 'fr', note: '' } });
    expect(sent.status).toBe(201);
    const invitee = { ...secretariat, email };
    const token = /token=([\w-]+)/.exec((await mailsTo(invitee))[0]?.text ?? '')?.[1];
    const accepted = await app.call('POST', '/api/invitations/accept', { body: { token, name: 'Adjointe', password: PASSWORD, language: 'fr', consentToData: true, consentToMail: false }, headers: { 'user-agent': FIREFOX } });
    expect(accepted.status).toBe(200);
    await login(invitee, { cookie: deviceOf(accepted) });
    expect((await mailsTo(invitee)).map(({ subject }) => subject)).not.toContain('Une connexion depuis un nouvel appareil');
  });

  it('again and again from nowhere fills no mailbox', async () => {
    const person = await withPassword();
    for (let n = 0; n < 12; n++) await login(person);
    expect(await mailsTo(person)).toHaveLength(10);
  });
});

describe('"it was not me"', () => {
  it('ends all sessions and their sockets, voids the password and open links, and tells what was done', async () => {
    const person = await withPassword();
    const { socket } = await app.socket(person.cookie);
    const session = cookieOf(await login(person), 'passerelle_session')?.split(';')[0] ?? '';
    const answer = await deny(tokenIn((await mailsTo(person))[0]?.text));
    expect([answer.status, answer.json]).toEqual([200, { sessions: 2, password: true, factors: 0, erasures: 0 }]);
    const me = async (cookie: string) => (await app.call('GET', '/api/me', { cookie })).status;
    expect([await me(session), await me(person.cookie)]).toEqual([401, 401]);
    await until(() => socket.disconnected, 'the end of the socket');
    expect((await login(person)).json.code).toBe('wrong-credentials');
    expect((await mailsTo(person)).map(({ subject }) => subject)).toEqual(['Une connexion depuis un nouvel appareil', 'Votre compte est refermé']);
    expect(await app.database.row(`SELECT detail FROM audit_entry WHERE act = 'sign-in.denied' AND subject_id = $1`, [person.accountId])).toEqual({ detail: { sessions: 2, password: true, factors: 0, erasures: 0 } });
  });

  it('takes off the factors that were added since, calls off an erasure, and leaves factors of before', async () => {
    const person = await withPassword();
    const add = async (cookie: string, device: Authenticator) => {
      const options = (await app.call('POST', '/api/me/passkeys/options', { cookie, body: {} })).json as unknown as Parameters<Authenticator['make']>[0];
      return (await app.call('POST', '/api/me/passkeys', { cookie, body: { id: uuid(), name: 'Clé', passkey: device.make(options) } })).json as unknown as PasskeyAddedView;
    };
    const [own, strange] = [new Authenticator(ORIGIN), new Authenticator(ORIGIN)];
    await add(person.cookie, own);
    const options = (await app.call('POST', '/api/auth/passkey/options', { body: {} })).json as unknown as Parameters<Authenticator['show']>[0];
    const entered = await app.call('POST', '/api/auth/passkey', { body: { passkey: own.show(options) }, headers: { 'user-agent': CHROME } });
    const session = cookieOf(entered, 'passerelle_session')?.split(';')[0] ?? '';
    await add(session, strange);
    await app.call('POST', '/api/me/erasures', { cookie: session, body: { id: uuid(), kind: 'account' } });
    const mail = (await mailsTo(person)).find(({ text }) => tokenIn(text));
    expect((await deny(tokenIn(mail?.text))).json).toMatchObject({ factors: 1, erasures: 1 });
    expect(await app.database.rows('SELECT credential_id FROM passkey WHERE account_id = $1', [person.accountId])).toEqual([{ credential_id: own.id }]);
  });

  it('works once, for seven days, and a link that never was is refused', async () => {
    const [person, late] = [await withPassword(), await withPassword()];
    await Promise.all([login(person), login(late)]);
    const [token, old] = [tokenIn((await mailsTo(person))[0]?.text), tokenIn((await mailsTo(late))[0]?.text)];
    await app.database.run(`UPDATE sign_in_alert SET expires_at = now() - interval '1 second' WHERE account_id = $1`, [late.accountId]);
    const answers = await Promise.all([deny(token), deny(token), deny(old), deny('x'.repeat(43))]);
    expect(answers.map(({ json }) => json.code ?? 'done').sort()).toEqual(['done', 'link-invalid', 'link-invalid', 'link-invalid']);
  });

  it('leaves the way in by a mailed link, where a new password is chosen', async () => {
    const person = await withPassword();
    await login(person);
    await deny(tokenIn((await mailsTo(person))[0]?.text));
    await app.call('POST', '/api/auth/link', { body: { email: person.email, language: 'fr' } });
    const link = await until(async () => (await mailsTo(person)).find(({ text }) => text.includes('/connexion/lien?token=')), 'the link');
    const entered = await app.call('POST', '/api/auth/link/confirm', { body: { token: /token=([\w-]+)/.exec(link.text)?.[1] } });
    const cookie = cookieOf(entered, 'passerelle_session')?.split(';')[0] ?? '';
    expect((await app.call('GET', '/api/me/second-factor', { cookie })).json as unknown as FactorsView).toMatchObject({ hasPassword: false });
  });
});
