import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashPassword } from '../src/accounts/index.js';
import { buildMember } from './builders/forum.js';
import { buildAttachment } from './builders/uploads.js';
import { type Answer, TestApp, until } from './support/app.js';

let app: TestApp;
beforeAll(async () => (app = await TestApp.start()));
afterAll(() => app.stop());

const PASSWORD = 'un mot de passe';
async function buildPerson() {
  const member = await buildMember(app);
  const row = await app.database.row<{ email: string }>('UPDATE account SET password_hash = $2 WHERE id = $1 RETURNING email', [member.accountId, await hashPassword(PASSWORD)]);
  return { ...member, email: row?.email ?? '' };
}
const login = (email: string, sharedDevice: boolean) => app.call('POST', '/api/auth/login', { body: { email, password: PASSWORD, sharedDevice } });
const cookies = (answer: Answer) => answer.headers.getSetCookie().map((one) => one.split('=')[0]);
const session = (answer: Answer) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';

describe('on a shared device', () => {
  it('all cookies end with the browser, and go with the sign-out', async () => {
    const { email } = await buildPerson();
    const entered = await login(email, true);
    expect(cookies(entered)).toEqual(['passerelle_session', 'passerelle_visit']);
    expect(entered.headers.getSetCookie().filter((one) => /max-age|expires/i.test(one))).toEqual([]);
    const left = await app.call('POST', '/api/auth/logout', { cookie: session(entered) });
    expect(left.headers.getSetCookie().filter((one) => /Expires=Thu, 01 Jan 1970/.test(one)).map((one) => one.split('=')[0])).toEqual(['passerelle_session', 'passerelle_visit']);
  });

  it('the browser keeps no copy of a file', async () => {
    const person = await buildPerson();
    const { id } = await buildAttachment(app, person);
    const kept = async (shared: boolean) => (await app.call('GET', `/api/attachments/${id}`, { cookie: session(await login(person.email, shared)) })).headers.get('cache-control');
    expect([await kept(true), await kept(false)]).toEqual(['no-store', 'private, max-age=86400']);
  });

  it('a sign-in by a mailed link is one of a shared device as well', async () => {
    const { email } = await buildPerson();
    await app.call('POST', '/api/auth/link', { body: { email, language: 'fr' } });
    const outbox = join(app.dataDir, 'outbox');
    mkdirSync(outbox, { recursive: true });
    const mail = await until(() => readdirSync(outbox).filter((name) => name.endsWith('.eml')).map((name) => readFileSync(join(outbox, name), 'utf8')).find((text) => text.includes(email)), 'the mail');
    // Lines of a mail are broken by "=" at their ends, and "=" itself is written as =3D.
    const token = /token=3D([\w-]+)/.exec(mail.replace(/=\r?\n/g, ''))?.[1];
    expect(cookies(await app.call('POST', '/api/auth/link/confirm', { body: { token, sharedDevice: true } }))).toEqual(['passerelle_session', 'passerelle_visit']);
  });
});
