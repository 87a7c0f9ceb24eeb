import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AddresseeView, MailboxView } from '@passerelle/contract';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { loadReference } from '../src/demo/index.js';
import { PracticeClock } from '../src/practices/practice-clock.js';
import { Retention } from '../src/privacy/index.js';
import { buildMember, buildPost, buildSpace, buildThread, type Member } from './builders/forum.js';
import { sendMails } from './builders/mails.js';
import { buildDelegation, buildDraft } from './builders/practices.js';
import { aNeed, buildPublishedNeed, introduce, slugOf } from './builders/projects.js';
import { buildRelay, send } from './builders/relay.js';
import { TestApp, until } from './support/app.js';

const BOX = 'cabinet@ville.exemple';
let app: TestApp, smtp: SMTPServer, secretariat: Member, mayor: Member, cabinet: Member, stranger: Member, city: string;
const mails: { to: string; subject: string; text: string }[] = [];

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => void simpleParser(stream).then((mail) => (mails.push({ to: String((mail.to as { text: string }).text), subject: mail.subject ?? '', text: mail.text ?? '' }), done())),
  });
  const port = await new Promise<number>((done) => smtp.listen(0, '127.0.0.1', () => done((smtp.server.address() as { port: number }).port)));
  app = await TestApp.start({ SMTP_URL: `smtp://127.0.0.1:${port}` });
  await loadReference(app.database);
  secretariat = await buildMember(app, { role: 'administrator' });
  mayor = await buildMember(app, { function: 'Maire' });
  cabinet = await buildMember(app, { organisationId: mayor.organisationId, function: 'Cabinet' });
  await buildDelegation(app, mayor, cabinet);
  stranger = await buildMember(app, { function: 'Directrice de l’eau' });
  city = await slugOf(app, mayor.organisationId);
});
afterAll(async () => {
  await app.stop();
  await new Promise<void>((done) => smtp.close(() => done()));
});

const call = (who: Member, method: string, path: string, body?: unknown) => app.call(method, path, { cookie: who.cookie, ...(body !== undefined && { body }) });
const read = async (who = mayor) => (await call(who, 'GET', `/api/role-mailboxes/${city}`)).json as unknown as MailboxView;
const set = async (who: Member, changes = {}) => call(who, 'PUT', `/api/role-mailboxes/${city}`, { address: BOX, language: 'fr', version: (await read()).mailbox?.version ?? 0, ...changes });
const sent = async (to = BOX) => (await sendMails(app), mails.filter((mail) => mail.to === to));
const lastToken = async () => /token=([\w-]+)/.exec((await sent()).at(-1)?.text ?? '')?.[1] ?? '';
const press = (token: string, headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' }) =>
  app.call('POST', '/public/boite', { body: new URLSearchParams({ token, lang: 'fr' }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } });
const count = async (notices = '') => (await sent()).filter((mail) => mail.subject.includes(notices)).length;

describe('the mailbox by role of a city', () => {
  it('is set by those who sign for it or by the secretariat, and its address is told to nobody else', async () => {
    expect([(await set(stranger)).status, (await set(cabinet)).json.code, (await read(cabinet)).mailbox]).toEqual([403, 'mandate-required', undefined]);
    expect((await set(mayor)).json).toMatchObject({ mailbox: { address: BOX, confirmedAt: null, version: 1 } });
    expect((await set(mayor, { version: 0 })).json.code).toBe('stale-version');
    expect((await read(secretariat)).mailbox?.address).toBe(BOX);
    for (const path of [`/api/organisations/${city}`, `/api/relay/addressee?organisation=${city}`, `/api/search?q=${city}`]) expect((await call(stranger, 'GET', path)).text).not.toContain(BOX);
    expect((await app.database.rows<{ detail: object }>(`SELECT detail FROM audit_entry WHERE act = 'mailbox.set'`))[0]?.detail).toEqual({});
  });

  it('counts once its reader has pressed the button behind the link, which works once; before that only the link goes there', async () => {
    await buildRelay(app, stranger, { organisationId: mayor.organisationId }, { body: 'Avant la confirmation' });
    expect(await count('lettre')).toBe(0);
    const token = await lastToken();
    const page = await app.call('GET', `/public/boite?token=${token}&lang=fr`);
    expect([page.status, page.text.includes('Confirmer cette boîte'), (await read()).mailbox?.confirmedAt]).toEqual([200, true, null]);
    expect([(await press(token, {})).status, (await press(`${token}x`)).status]).toEqual([403, 404]);
    const { events } = await app.socket(cabinet.cookie);
    expect((await press(token)).text).toContain('Cette boîte reçoit maintenant');
    await until(() => events.some(({ type }) => type === 'mailbox.changed'));
    expect([(await press(token)).status, (await read()).mailbox?.confirmedAt]).toEqual([404, expect.any(String)]);
    expect((await set(mayor)).json).toMatchObject({ mailbox: { confirmedAt: expect.any(String) } });
  });

  it('gets the letters to the city, in its own language, and none of those that the city writes', async () => {
    const relay = await buildRelay(app, stranger, { organisationId: mayor.organisationId }, { body: 'Comment payez-vous\nle réseau ?' });
    const letter = (await sent()).at(-1);
    expect(letter).toMatchObject({ subject: 'Une lettre pour votre ville' });
    for (const part of ['Directrice de l’eau', '> Comment payez-vous\n> le réseau ?', `/messages/${relay.id}`]) expect(letter?.text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ')).toContain(part);
    const before = await count();
    await send(app, cabinet, relay.id, { body: 'Par une taxe.' });
    expect(await count()).toBe(before);
    await send(app, stranger, relay.id, { body: 'Merci beaucoup.' });
    expect((await sent()).at(-1)?.text).toContain('> Merci beaucoup.');
    expect(((await call(stranger, 'GET', `/api/relay/addressee?organisation=${city}`)).json as unknown as AddresseeView).mailbox).toBe(true);
  });

  it('is told when an introduction awaits the city, and when a practice asks to be confirmed', async () => {
    const need = await buildPublishedNeed(app, mayor, aNeed({ title: 'Un plan pour nos marchés' }));
    expect((await introduce(app, stranger, { need: need.id })).status).toBe(201);
    expect((await sent()).at(-1)).toMatchObject({ subject: 'Une mise en relation attend votre ville' });
    const practice = await buildDraft(app, mayor);
    await app.database.run(`UPDATE practice SET state = 'published', published_at = now() - interval '20 months' WHERE id = $1`, [practice.id]);
    await app.app.get(PracticeClock).turn();
    expect((await sent()).at(-1)?.text).toContain(`/pratiques/${practice.ref}`);
  });

  it('gets nothing of what happens in spaces, and nothing that is another city’s', async () => {
    const before = await count();
    const space = await buildSpace(app, { access: 'confidential', members: [mayor, stranger] });
    const thread = await buildThread(app, stranger, space, { title: 'Le quetzal du dossier réservé' });
    await buildPost(app, mayor, thread.id, {});
    await buildRelay(app, mayor, { organisationId: stranger.organisationId });
    expect([await count(), mails.some(({ text }) => text.includes('quetzal'))]).toEqual([before, false]);
  });

  it('is asked again when the address changes, five times a day at most, and lets go of a link that nobody used', async () => {
    expect((await set(secretariat, { address: 'Mairie@Ville.Exemple', language: 'en' })).json).toMatchObject({ mailbox: { address: 'mairie@ville.exemple', confirmedAt: null } });
    expect((await sent('mairie@ville.exemple')).at(-1)?.subject).toMatch(/^The mailbox of/);
    const before = await count();
    await buildRelay(app, stranger, { organisationId: mayor.organisationId }, { body: 'Vers une boîte qui n’est pas confirmée' });
    expect([await count(), (await sent('mairie@ville.exemple')).length]).toEqual([before, 1]);
    const tries = [];
    for (let turn = 0; turn < 4; turn++) tries.push((await set(mayor, { address: `essai${turn}@ville.exemple` })).status);
    expect([tries, (await set(mayor, { address: 'encore@ville.exemple' })).json.code]).toEqual([[200, 200, 200, 409], 'quota-exceeded']);
    await app.database.run(`UPDATE role_mailbox SET expires_at = now() - interval '1 minute'`);
    const token = /token=([\w-]+)/.exec((await sent('essai2@ville.exemple')).at(-1)?.text ?? '')?.[1] ?? '';
    expect((await press(token)).status).toBe(404);
    await app.database.run(`UPDATE role_mailbox SET expires_at = now() - interval '31 days'`);
    await app.app.get(Retention).sweep();
    expect((await read()).mailbox).toBeNull();
  });

  it('is taken away by those who may set it', async () => {
    expect((await set(mayor, { address: 'derniere@ville.exemple' })).json.code).toBe('quota-exceeded');
    await app.database.run(`INSERT INTO role_mailbox (organisation_id, address, language, confirmed_at, set_by) VALUES ($1, 'derniere@ville.exemple', 'fr', now(), $2)`, [mayor.organisationId, mayor.personId]);
    const remove = (version: number) => call(mayor, 'DELETE', `/api/role-mailboxes/${city}?version=${version}`);
    expect([(await remove(9)).json.code, (await remove(1)).status, (await remove(1)).status, (await read()).mailbox]).toEqual(['stale-version', 204, 204, null]);
  });
});
