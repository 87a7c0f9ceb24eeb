import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AcceptedInvitation, InvitationView, OpenedInvitation } from '@passerelle/contract';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { v7 as uuid } from 'uuid';
import { MailQueue, SessionStore } from '../src/platform/index.js';
import { buildCity, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { buildModerators, Desk } from './builders/moderation.js';
import { slugOf } from './builders/projects.js';
import { TestApp, until } from './support/app.js';

let app: TestApp, smtp: SMTPServer, secretariat: Member, mayor: Member, city: string, space: Space, thread: string;
const mails: { to: string; subject: string; text: string }[] = [];
let refuses = false;

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) =>
      void simpleParser(stream).then((mail) => {
        if (refuses) return done(new Error('busy'));
        mails.push({ to: String((mail.to as { text: string }).text), subject: mail.subject ?? '', text: mail.text ?? '' });
        done();
      }),
  });
  const port = await new Promise<number>((done) => smtp.listen(0, '127.0.0.1', () => done((smtp.server.address() as { port: number }).port)));
  app = await TestApp.start({ SMTP_URL: `smtp://127.0.0.1:${port}` });
  [secretariat, mayor] = [await buildMember(app, { role: 'administrator' }), await buildMember(app, { function: 'Maire' })];
  city = await slugOf(app, mayor.organisationId);
  space = await buildSpace(app, { access: 'closed', members: [mayor, secretariat] });
  thread = (await buildThread(app, mayor, space)).id;
});
afterAll(async () => {
  await app.stop();
  await new Promise<void>((done) => smtp.close(() => done()));
});

const anInvitation = (changes = {}) => ({ id: uuid(), email: `${uuid()}@exemple.test`, language: 'fr', role: 'member', organisation: city, function: 'Adjointe aux marchés', ...changes });
const invite = (who: Member, body: object) => app.call('POST', '/api/invitations', { cookie: who.cookie, body });
const sendMail = () => app.app.get(MailQueue).work();
/** Invites and reads the mail. @returns the token in its link. */
async function tokenOf(who: Member, body: ReturnType<typeof anInvitation>): Promise<string> {
  expect((await invite(who, body)).status).toBe(201);
  return lastToken();
}
async function lastToken(): Promise<string> {
  await sendMail();
  return /token=([\w-]+)/.exec(mails.at(-1)?.text ?? '')?.[1] ?? '';
}
const open = (token: string) => app.call('POST', '/api/invitations/open', { body: { token } });
const accept = (token: string, changes = {}) =>
  app.call('POST', '/api/invitations/accept', { body: { token, name: 'A. Diop', password: 'un long mot de passe', language: 'fr', consentToData: true, consentToMail: false, ...changes } });
const cookieOf = (answer: { headers: Headers }) => /passerelle_session=[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? '';

describe('an invitation', () => {
  it('is mailed in the language of the invitee, and opens the door once, into the thread that was named', async () => {
    const body = anInvitation({ language: 'en', space: space.slug, thread, note: 'Welcome to the working group.' });
    const token = await tokenOf(secretariat, body);
    expect(mails.at(-1)).toMatchObject({ to: body.email, subject: 'You are invited to Passerelle' });
    expect(mails.at(-1)?.text).toContain('Welcome to the working group.');
    expect((await open(token)).json as unknown as OpenedInvitation).toMatchObject({ function: 'Adjointe aux marchés', note: 'Welcome to the working group.' });
    const accepted = await accept(token);
    expect((accepted.json as unknown as AcceptedInvitation).landing).toBe(`/fils/${thread}`);
    const cookie = cookieOf(accepted);
    expect((await app.call('GET', `/api/threads/${thread}`, { cookie })).status).toBe(200);
    expect((await app.call('POST', `/api/threads/${thread}/posts`, { cookie, body: { id: uuid(), body: 'Bonjour à toutes et à tous.' } })).status).toBe(201);
    expect([(await open(token)).json.code, (await accept(token, { password: 'une autre phrase encore' })).json.code]).toEqual(['link-invalid', 'link-invalid']);
  });

  it('brings an office that can be mentioned from then on', async () => {
    const targets = async () => (await app.call('GET', '/api/mention-targets', { cookie: mayor.cookie })).text;
    const office = 'Déléguée aux lavoirs';
    expect(await targets()).not.toContain(office);
    expect((await accept(await tokenOf(mayor, anInvitation({ function: office })))).status).toBe(200);
    await until(async () => (await targets()).includes(office), 'the office in the list');
  });

  it('makes one account when two accept at the same moment, and lets in whoever comes again with the same password', async () => {
    const body = anInvitation();
    const token = await tokenOf(mayor, body);
    const answers = await Promise.all([accept(token), accept(token, { password: 'une tout autre phrase' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    const winner = answers[0].status === 200 ? {} : { password: 'une tout autre phrase' };
    expect([(await accept(token, winner)).status, (await accept(token, { password: 'ni l’un ni l’autre' })).status]).toEqual([200, 401]);
    await app.database.run(`UPDATE invitation SET redeemed_at = now() - interval '2 hours' WHERE id = $1`, [body.id]);
    expect((await accept(token, winner)).status).toBe(401);
    expect(await app.database.rows('SELECT 1 FROM account WHERE email = $1', [body.email])).toHaveLength(1);
  });

  it('asks for consent to data, and for mail apart; without the first there is no account', async () => {
    const body = anInvitation();
    const token = await tokenOf(mayor, body);
    expect((await accept(token, { consentToData: false })).json.errors?.[0]?.path).toBe('consentToData');
    expect(await app.database.rows('SELECT 1 FROM account WHERE email = $1', [body.email])).toEqual([]);
    await accept(token);
    expect(await app.database.rows('SELECT purpose, given FROM consent c JOIN account a ON a.id = c.account_id WHERE a.email = $1 ORDER BY purpose', [body.email])).toEqual([
      { purpose: 'data', given: true },
      { purpose: 'mail', given: false },
    ]);
  });

  it('by a city leads into its own offices and into spaces that the inviter reads', async () => {
    const other = await slugOf(app, await buildCity(app));
    const hidden = await buildSpace(app, { access: 'confidential' });
    const fault = async (changes: object) => (await invite(mayor, anInvitation(changes))).json.errors?.[0];
    expect([await fault({ organisation: other }), await fault({ space: hidden.slug }), await fault({ role: 'guest', space: space.slug })]).toEqual([
      { path: 'organisation', message: 'not_found' },
      { path: 'space', message: 'not_found' },
      { path: 'role', message: 'not_allowed' },
    ]);
  });

  it('by a city leads past a door only where the inviter keeps it: open spaces, and those that they animate', async () => {
    const [open, animated, confidential] = [await buildSpace(app, {}), await buildSpace(app, { access: 'confidential', animators: [mayor] }), await buildSpace(app, { access: 'confidential', members: [mayor] })];
    const answer = async ({ slug }: Space) => (await invite(mayor, anInvitation({ space: slug }))).json.errors ?? 'sent';
    const refused = [{ path: 'space', message: 'not_managed' }];
    expect([await answer(open), await answer(animated), await answer(space), await answer(confidential)]).toEqual(['sent', 'sent', refused, refused]);
  });

  it('is not sent by somebody who only prepares for another', async () => {
    const cabinet = await buildMember(app, { organisationId: mayor.organisationId, function: 'Cabinet' });
    const mandate = async (who: Member) => (await app.database.row<{ id: string }>('SELECT id FROM mandate WHERE person_id = $1', [who.personId]))?.id;
    await app.database.run(`INSERT INTO delegation (id, from_mandate_id, to_mandate_id, scope) VALUES ($1, $2, $3, 'prepare')`, [uuid(), await mandate(mayor), await mandate(cabinet)]);
    expect((await invite(cabinet, anInvitation())).status).toBe(403);
  });

  it('admits a guest to one thread alone', async () => {
    const answer = await accept(await tokenOf(secretariat, anInvitation({ role: 'guest', thread })));
    const cookie = cookieOf(answer);
    const other = (await buildThread(app, mayor, space)).id;
    expect([(await app.call('GET', `/api/threads/${thread}`, { cookie })).status, (await app.call('GET', `/api/threads/${other}`, { cookie })).status]).toEqual([200, 404]);
  });

  it('is sent again with a new link, taken back, and ends by itself', async () => {
    const body = anInvitation();
    const first = await tokenOf(mayor, body);
    expect((await app.call('POST', `/api/invitations/${body.id}/resend`, { cookie: mayor.cookie })).json).toMatchObject({ sentCount: 2, state: 'pending' });
    const second = await lastToken();
    expect([(await open(first)).status, (await open(second)).status]).toEqual([401, 200]);
    const revoke = () => app.call('DELETE', `/api/invitations/${body.id}`, { cookie: mayor.cookie });
    expect([(await revoke()).json, (await revoke()).status, (await open(second)).status]).toEqual([expect.objectContaining({ state: 'revoked' }), 200, 401]);
    const late = anInvitation();
    const token = await tokenOf(mayor, late);
    await app.database.run('UPDATE invitation SET expires_at = now() WHERE id = $1', [late.id]);
    expect((await open(token)).status).toBe(401);
  });

  it('is accepted by a code that is read out on the telephone, with the address that was invited', async () => {
    const body = anInvitation();
    await invite(mayor, body);
    const codeOf = async (who: Member) => (await app.call('POST', `/api/invitations/${body.id}/code`, { cookie: who.cookie })).json as unknown as { code: string };
    const [{ code: former }, { code }] = [await codeOf(mayor), await codeOf(secretariat)];
    expect(code).toMatch(/^\d{4} \d{4} \d{4}$/);
    const openBy = async (email: string, said: string) => (await app.call('POST', '/api/invitations/open', { body: { email, code: said } })).status;
    expect([await openBy(body.email, former), await openBy('autre@exemple.test', code), await openBy(body.email.toUpperCase(), code.replaceAll(' ', '-'))]).toEqual([401, 401, 200]);
    const acceptBy = () => app.call('POST', '/api/invitations/accept', { body: { email: body.email, code, name: 'A. Diop', password: 'un long mot de passe', language: 'fr', consentToData: true, consentToMail: false } });
    expect([(await acceptBy()).status, (await acceptBy()).status]).toEqual([200, 401]);
    expect((await app.call('POST', `/api/invitations/${body.id}/code`, { cookie: mayor.cookie })).json.code).toBe('not-possible-now');
  });

  it('is closed to codes after ten wrong ones, and when the code has had its time', async () => {
    const body = anInvitation();
    await invite(mayor, body);
    const newCode = async () => ((await app.call('POST', `/api/invitations/${body.id}/code`, { cookie: mayor.cookie })).json as unknown as { code: string }).code;
    const openBy = async (code: string) => (await app.call('POST', '/api/invitations/open', { body: { email: body.email, code } })).status;
    const code = await newCode();
    await Promise.all(Array.from({ length: 10 }, () => openBy('000')));
    expect(await openBy(code)).toBe(401);
    const next = await newCode();
    expect(await openBy(next)).toBe(200);
    await app.database.run('UPDATE invitation SET code_expires_at = now() WHERE id = $1', [body.id]);
    expect(await openBy(next)).toBe(401);
  });

  it('is stored once by a repeat, and one at a time for an address', async () => {
    const body = anInvitation();
    expect([(await invite(mayor, body)).status, (await invite(mayor, body)).status, (await invite(mayor, { ...body, function: 'Autre' })).json.code]).toEqual([201, 200, 'id-reused']);
    expect((await invite(mayor, anInvitation({ email: body.email }))).json.errors).toEqual([{ path: 'email', message: 'invited' }]);
  });

  it('is taken back although it was sent as often as may be', async () => {
    const body = anInvitation();
    await invite(mayor, body);
    const resend = () => app.call('POST', `/api/invitations/${body.id}/resend`, { cookie: mayor.cookie });
    for (let sent = 1; sent < 5; sent++) expect((await resend()).status).toBe(200);
    expect([(await resend()).json.code, (await app.call('DELETE', `/api/invitations/${body.id}`, { cookie: mayor.cookie })).json.state]).toEqual(['quota-exceeded', 'revoked']);
  });

  it('ends with the mandate that it would give, and is not sent for one that is over', async () => {
    expect((await invite(mayor, anInvitation({ mandateUntil: '2001-01-01' }))).json.errors).toEqual([{ path: 'mandateUntil', message: 'past_date' }]);
    expect((await invite(mayor, anInvitation({ mandateUntil: '0000-01-01' }))).status).toBe(400);
    const body = anInvitation({ mandateUntil: '2100-01-01' });
    const token = await tokenOf(mayor, body);
    await app.database.run('UPDATE invitation SET mandate_until = current_date - 1 WHERE id = $1', [body.id]);
    expect([(await open(token)).json.code, (await accept(token)).status]).toEqual(['link-invalid', 401]);
    expect((await app.call('POST', `/api/invitations/${body.id}/resend`, { cookie: mayor.cookie })).json.code).toBe('not-possible-now');
  });

  it('is not sent by somebody whom moderation has silenced', async () => {
    const silenced = await buildMember(app, { function: 'Maire' });
    const [[moderator], desk] = [await buildModerators(app), new Desk(app)];
    const post = (await buildPost(app, silenced, (await buildThread(app, silenced, await buildSpace(app))).id)).id;
    expect((await desk.report(await buildMember(app), 'post', post)).status).toBe(201);
    expect((await desk.decide(moderator, post, { measure: 'mute', duration: 3 })).answer.status).toBe(201);
    expect((await invite(silenced, anInvitation({ organisation: await slugOf(app, silenced.organisationId) }))).status).toBe(403);
  });

  it('lands in a thread of its space only, or of a space whose door the inviter keeps', async () => {
    const [hidden, open] = [await buildSpace(app, { access: 'confidential', members: [mayor] }), await buildSpace(app, { access: 'open' })];
    const [inside, outside] = [(await buildThread(app, mayor, hidden)).id, (await buildThread(app, mayor, open)).id];
    const fault = async (changes: object) => (await invite(mayor, anInvitation(changes))).json.errors ?? 'sent';
    expect([await fault({ thread: inside }), await fault({ thread: thread, space: open.slug }), await fault({ thread: outside }), await fault({ thread: outside, space: open.slug })]).toEqual([
      [{ path: 'space', message: 'required' }], [{ path: 'thread', message: 'not_found' }], 'sent', 'sent',
    ]);
  });

  it('no longer leads past a door that has closed, names nothing behind it, and can be taken back by whoever sent it', async () => {
    const later = await buildSpace(app, { access: 'open', members: [mayor] });
    const landing = (await buildThread(app, mayor, later)).id;
    const body = anInvitation({ space: later.slug, thread: landing });
    const token = await tokenOf(mayor, body);
    const guest = await tokenOf(secretariat, anInvitation({ role: 'guest', space: later.slug }));
    await app.database.run(`UPDATE space SET access = 'confidential' WHERE id = $1`, [later.id]);
    await app.database.run('DELETE FROM space_member WHERE space_id = $1', [later.id]);
    app.app.get(SessionStore).forgetAll();
    expect((await open(token)).json).toMatchObject({ space: null, thread: null });
    expect((await open(guest)).json.code).toBe('link-invalid');
    const listed = ((await app.call('GET', '/api/invitations', { cookie: mayor.cookie })).json as unknown as { items: InvitationView[] }).items.find(({ id }) => id === body.id);
    expect(listed).toMatchObject({ space: null, thread: null, state: 'pending' });
    const accepted = await accept(token);
    expect(accepted.json).toMatchObject({ landing: '/' });
    expect(await app.database.rows('SELECT 1 FROM space_member WHERE space_id = $1', [later.id])).toEqual([]);
    const other = anInvitation();
    await invite(mayor, other);
    expect((await app.call('DELETE', `/api/invitations/${other.id}`, { cookie: mayor.cookie })).json.state).toBe('revoked');
  });

  it('is listed page by page', async () => {
    const busy = await buildMember(app, { function: 'Maire' });
    const bodies = await Promise.all([1, 2, 3].map(async () => anInvitation({ organisation: await slugOf(app, busy.organisationId) })));
    for (const body of bodies) await invite(busy, body);
    const page = async (query: string) => (await app.call('GET', `/api/invitations?limit=2${query}`, { cookie: busy.cookie })).json as unknown as { items: InvitationView[]; nextCursor: string | null };
    const first = await page('');
    const second = await page(`&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(bodies.map(({ id }) => id).reverse());
    expect(second.nextCursor).toBeNull();
  });

  it('is taken back by many at once without a connection for each', async () => {
    const ids = await Promise.all(Array.from({ length: 24 }, async () => {
      const body = anInvitation();
      await invite(secretariat, body);
      return body.id;
    }));
    const statuses = await Promise.all(ids.map(async (id) => (await app.call('DELETE', `/api/invitations/${id}`, { cookie: secretariat.cookie })).status));
    expect(statuses).toEqual(Array(24).fill(200));
  });

  it('is bounded for one person and day', async () => {
    const eager = await buildMember(app, { function: 'Maire' });
    const own = await slugOf(app, eager.organisationId);
    const body = anInvitation({ organisation: own });
    await invite(eager, body);
    await app.database.run('UPDATE invitation SET sent_count = 300 WHERE id = $1', [body.id]);
    expect((await invite(eager, anInvitation({ organisation: own }))).json.code).toBe('quota-exceeded');
  });

  it('is seen by its city and by the secretariat, not by another city', async () => {
    const body = anInvitation();
    await invite(mayor, body);
    const seen = async (who: Member) => ((await app.call('GET', '/api/invitations', { cookie: who.cookie })).json as unknown as { items: InvitationView[] }).items.some(({ id }) => id === body.id);
    expect([await seen(mayor), await seen(secretariat), await seen(await buildMember(app))]).toEqual([true, true, false]);
  });
});

describe('mail that waits', () => {
  it('is tried again when the server of the mail is busy, and leaves once', async () => {
    const body = anInvitation();
    refuses = true;
    await invite(mayor, body);
    await sendMail();
    refuses = false;
    await app.database.run('UPDATE mail_waiting SET next_at = now() WHERE recipient = $1', [body.email]);
    await Promise.all([sendMail(), sendMail()]);
    expect(mails.filter(({ to }) => to === body.email)).toHaveLength(1);
    expect(await app.database.rows('SELECT 1 FROM mail_waiting WHERE recipient = $1', [body.email])).toEqual([]);
  });
});
