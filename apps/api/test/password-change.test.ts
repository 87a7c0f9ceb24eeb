import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assertHardToGuess, hashPassword } from '../src/accounts/index.js';
import { buildMember, type Member } from './builders/forum.js';
import { buildCookie } from './builders/sessions.js';
import { TestApp } from './support/app.js';

const [OLD, NEW] = ['le canard et la brouette', 'trois poules sous un parasol'];

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start({ RATE_LIMITS: 'on' })));
afterAll(() => app.stop());

async function somebody(): Promise<Member & { email: string }> {
  const member = await buildMember(app);
  await app.database.run('UPDATE account SET password_hash = $2 WHERE id = $1', [member.accountId, await hashPassword(OLD)]);
  return { ...member, email: (await app.database.row<{ email: string }>('SELECT email FROM account WHERE id = $1', [member.accountId]))?.email ?? '' };
}
const change = (who: Member, current: string | null, password: string) => app.call('PUT', '/api/me/password', { cookie: who.cookie, body: { current, password } });
const signsIn = async (email: string, password: string) => (await app.call('POST', '/api/auth/login', { body: { email, password } })).status === 200;
const isIn = async (cookie: string) => (await app.call('GET', '/api/me', { cookie })).status === 200;

describe('another password', () => {
  it('takes the one before, ends all other sessions, is recorded and told by mail', async () => {
    const who = await somebody();
    const other = await buildCookie(app, who);
    expect([await isIn(who.cookie), await isIn(other)]).toEqual([true, true]);
    expect((await change(who, OLD, NEW)).status).toBe(204);
    expect([await isIn(who.cookie), await isIn(other), await signsIn(who.email, OLD), await signsIn(who.email, NEW)]).toEqual([true, false, false, true]);
    expect(await app.database.rows('SELECT act FROM audit_entry WHERE subject_id = $1', [who.accountId])).toEqual([{ act: 'password.changed' }]);
    expect(await app.database.rows('SELECT subject FROM mail_waiting WHERE recipient = $1', [who.email])).toEqual([{ subject: 'Votre mot de passe a été changé' }]);
    // A repeat whose answer was lost.
    expect((await change(who, OLD, NEW)).status).toBe(204);
    expect(await app.database.rows('SELECT 1 FROM mail_waiting WHERE recipient = $1', [who.email])).toHaveLength(1);
  });

  it('is refused with a wrong one, as often as a code may be tried', async () => {
    const who = await somebody();
    expect((await change(who, 'autre chose', NEW)).json.errors).toEqual([{ path: 'current', message: 'wrong' }]);
    expect((await change(who, null, NEW)).json.errors).toEqual([{ path: 'current', message: 'wrong' }]);
    for (let n = 0; n < 8; n++) await change(who, 'autre chose', NEW);
    expect((await change(who, OLD, NEW)).json.code).toBe('rate-limited');
    expect(await signsIn(who.email, OLD)).toBe(true);
  });

  it('is the first one for somebody who came by links, who shows again who they are', async () => {
    const who = await buildMember(app);
    await app.database.run(`UPDATE session SET authenticated_at = now() - interval '11 minutes' WHERE id = $1`, [who.sessionId]);
    expect((await change(who, null, NEW)).json.code).toBe('fresh-sign-in-required');
    await app.database.run('UPDATE session SET authenticated_at = now() WHERE id = $1', [who.sessionId]);
    expect((await change(who, null, NEW)).status).toBe(204);
  });

  it('is taken once by two who come at the same moment', async () => {
    const who = await somebody();
    const answers = await Promise.all([change(who, OLD, NEW), change(who, OLD, 'un piano dans le marais')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });
});

describe('a password that somebody would try first', () => {
  const own = ['Awa Diop', 'awa.diop', 'Ouahigouya'];
  it.each(['Passerelle2026!', 'motdepasse1234', 'AzertyUiop123456', 'Ouahigouya2026!!', 'awadiop-maire-2026', 'aaaaaaaaaaaaaaaa', '123456789012', 'Bienvenue-Mairie-1', 'abababababab'])('is refused: %s', (password) => {
    expect(() => assertHardToGuess(password, own)).toThrow();
  });
  it.each([OLD, NEW, 'un long mot de passe', 'Xk9#mQ2$vL7!pR4w', 'кошка и тёплая печь', 'la ville dort quand il pleut'])('is not one of many others: %s', (password) => {
    expect(() => assertHardToGuess(password, own)).not.toThrow();
  });

  it('is refused where it is chosen, at its field', async () => {
    const who = await somebody();
    expect((await change(who, OLD, 'Passerelle2026!')).json.errors).toEqual([{ path: 'password', message: 'too_guessable' }]);
    expect((await change(who, OLD, 'court')).json.errors).toEqual([{ path: 'password', message: 'too_small' }]);
  });
});
