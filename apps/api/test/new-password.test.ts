import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assertHardToGuess, hashPassword } from '../src/accounts/index.js';
import { buildMember, type Member } from './builders/forum.js';
import { TestApp, until } from './support/app.js';

let app: TestApp;
beforeAll(async () => (app = await TestApp.start()));
afterAll(() => app.stop());

const [OLD, NEW] = ['un mot de passe', 'une phrase entière, facile à retenir'];
type Person = Member & { email: string };
async function buildPerson({ password = OLD as string | null } = {}): Promise<Person> {
  const member = await buildMember(app);
  const row = await app.database.row<{ email: string }>('UPDATE account SET password_hash = $2 WHERE id = $1 RETURNING email', [member.accountId, password && (await hashPassword(password))]);
  return { ...member, email: row?.email ?? '' };
}
const login = async ({ email }: Person, password: string) => app.call('POST', '/api/auth/login', { body: { email, password } });
const put = ({ cookie }: Person, password: string) => app.call('PUT', '/api/me/password', { cookie, body: { password } });
const me = async (cookie: string) => (await app.call('GET', '/api/me', { cookie })).status;
const age = ({ sessionId }: Person) => app.database.run(`UPDATE session SET authenticated_at = now() - interval '11 minutes' WHERE id = $1`, [sessionId]);

describe('a new password', () => {
  it('holds from now on, ends the other sessions and their sockets, and is told by mail', async () => {
    const person = await buildPerson();
    const other = (await login(person, OLD)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const { socket } = await app.socket(other);
    expect((await put(person, NEW)).status).toBe(204);
    expect([await me(person.cookie), await me(other)]).toEqual([200, 401]);
    await until(() => socket.disconnected, 'the end of the socket');
    expect([(await login(person, OLD)).status, (await login(person, NEW)).status]).toEqual([401, 200]);
    const mails = await app.database.rows('SELECT subject FROM mail_waiting WHERE recipient = $1', [person.email]);
    expect(mails).toContainEqual({ subject: 'Votre mot de passe est changé' });
    expect(await app.database.rows('SELECT act FROM audit_entry WHERE subject_id = $1', [person.accountId])).toEqual([{ act: 'password.changed' }]);
  });

  it('is set by whoever has none', async () => {
    const person = await buildPerson({ password: null });
    expect((await put(person, NEW)).status).toBe(204);
    expect((await login(person, NEW)).status).toBe(200);
  });

  it('makes links useless that were asked for before', async () => {
    const person = await buildPerson();
    await app.call('POST', '/api/auth/link', { body: { email: person.email, language: 'fr' } });
    await put(person, NEW);
    expect(await app.database.rows('SELECT 1 FROM login_link WHERE account_id = $1', [person.accountId])).toEqual([]);
  });

  it('has at least twelve characters, as with an invitation, and wants a fresh proof', async () => {
    const person = await buildPerson();
    const short = await put(person, 'onze lettre');
    expect([short.status, short.json.errors?.[0]?.path]).toEqual([400, 'password']);
    await age(person);
    expect((await put(person, NEW)).json.code).toBe('fresh-sign-in-required');
  });
});

it('ending sessions wants no fresh proof: it is what one does in an emergency', async () => {
  const person = await buildPerson();
  await login(person, OLD);
  await age(person);
  const { items } = (await app.call('GET', '/api/me/sessions', { cookie: person.cookie })).json as unknown as { items: { id: string; current: boolean }[] };
  expect((await app.call('DELETE', `/api/me/sessions/${items.find(({ current }) => !current)?.id}`, { cookie: person.cookie })).status).toBe(204);
  expect((await app.call('POST', '/api/auth/logout-everywhere', { cookie: person.cookie })).status).toBe(204);
});

describe('a password that somebody would try first', () => {
  const own = ['Awa Diop', 'awa.diop', 'Ouahigouya'];
  it.each(['Passerelle2026!', 'motdepasse1234', 'AzertyUiop123456', 'Ouahigouya2026!!', 'awadiop-maire-2026', 'aaaaaaaaaaaaaaaa', '123456789012', 'Bienvenue-Mairie-1', 'abababababab'])('is refused: %s', (password) => {
    expect(() => assertHardToGuess(password, own)).toThrow();
  });
  it.each([NEW, 'un long mot de passe', 'Xk9#mQ2$vL7!pR4w', 'кошка и тёплая печь', 'la ville dort quand il pleut'])('is not one of many others: %s', (password) => {
    expect(() => assertHardToGuess(password, own)).not.toThrow();
  });

  it('is refused where it is chosen, at its field', async () => {
    const person = await buildPerson();
    expect((await put(person, 'Passerelle2026!')).json.errors).toEqual([{ path: 'password', message: 'too_guessable' }]);
    expect((await login(person, OLD)).status).toBe(200);
  });
});
