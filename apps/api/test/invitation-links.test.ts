import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InvitationLinkView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { buildMember, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { slugOf } from './builders/projects.js';
import { TestApp } from './support/app.js';

let app: TestApp, secretariat: Member, mayor: Member, city: string, space: Space, thread: string;
beforeAll(async () => {
  app = await TestApp.start();
  [secretariat, mayor] = [await buildMember(app, { role: 'administrator' }), await buildMember(app, { function: 'Maire' })];
  city = await slugOf(app, mayor.organisationId);
  space = await buildSpace(app, { access: 'closed', animators: [mayor], members: [secretariat] });
  thread = (await buildThread(app, mayor, space)).id;
});
afterAll(() => app.stop());

const aLink = (changes = {}) => ({ id: uuid(), language: 'fr', role: 'member', organisation: city, function: 'Conseillère municipale', usesMax: 2, days: 30, ...changes });
const make = (who: Member, body: object) => app.call('POST', '/api/invitation-links', { cookie: who.cookie, body });
const tokenIn = (view: unknown) => new URL((view as InvitationLinkView).url ?? '').searchParams.get('lien') ?? '';
const linkFor = async (who: Member, changes = {}) => tokenIn((await make(who, aLink(changes))).json);
const anAddress = () => `${uuid()}@exemple.test`;
const ask = async (token: string, email: string, language = 'fr') => (await app.call('POST', '/api/invitation-links/ask', { body: { token, email, language } })).status;
const open = (token: string) => app.call('POST', '/api/invitation-links/open', { body: { token } });
const join = (who: Member, token: string) => app.call('POST', '/api/invitation-links/join', { cookie: who.cookie, body: { token } });
const mailsTo = (email: string) => app.database.rows<{ subject: string; body: string }>('SELECT subject, body FROM mail_waiting WHERE recipient = $1 ORDER BY created_at', [email]);
const listed = async (who: Member, id: string) => ((await app.call('GET', '/api/invitation-links', { cookie: who.cookie })).json as unknown as { items: InvitationLinkView[] }).items.find((one) => one.id === id);

describe('a link for several people', () => {
  it('says who invites where, and mails each who asks an invitation of their own, in their language, which leads in', async () => {
    const token = await linkFor(mayor, { space: space.slug, thread, note: 'Bienvenue.' });
    expect((await open(token)).json).toMatchObject({ function: 'Conseillère municipale', note: 'Bienvenue.', invitedBy: { function: 'Maire' } });
    const email = anAddress();
    expect(await ask(token, email, 'en')).toBe(204);
    const [mail] = await mailsTo(email);
    expect(mail?.subject).toBe('You are invited to Passerelle');
    const own = /token=([\w-]+)/.exec(mail?.body ?? '')?.[1];
    const accepted = await app.call('POST', '/api/invitations/accept', { body: { token: own, name: 'A. Diop', password: 'un long mot de passe', language: 'en', consentToData: true, consentToMail: false } });
    expect(accepted.json).toMatchObject({ landing: `/fils/${thread}`, account: { role: 'member' } });
  });

  it('is used as often as was said, not once more by people who come together', async () => {
    const body = aLink({ usesMax: 3 });
    const token = tokenIn((await make(mayor, body)).json);
    const statuses = await Promise.all(Array.from({ length: 6 }, () => ask(token, anAddress())));
    expect(statuses.sort()).toEqual([204, 204, 204, 401, 401, 401]);
    expect(await listed(mayor, body.id)).toMatchObject({ usedCount: 3, usesMax: 3, state: 'used', url: null });
  });

  it('tells nobody what it knows of an address, and counts nobody twice', async () => {
    const body = aLink({ usesMax: 1 });
    const token = tokenIn((await make(mayor, body)).json);
    const member = (await app.database.row<{ email: string }>('SELECT email FROM account WHERE id = $1', [secretariat.accountId]))?.email ?? '';
    expect(await ask(token, member)).toBe(204);
    expect((await mailsTo(member)).map(({ subject }) => subject)).toEqual(['Vous avez déjà un compte sur Passerelle']);
    const invited = anAddress();
    await app.call('POST', '/api/invitations', { cookie: mayor.cookie, body: { id: uuid(), email: invited, language: 'fr', role: 'member', organisation: city, function: 'Adjointe' } });
    expect(await ask(token, invited)).toBe(204);
    expect(await mailsTo(invited)).toHaveLength(2);
    expect((await listed(mayor, body.id))?.usedCount).toBe(0);
  });

  it('lets a member who is signed in join its space, once, and keeps the role of who is there', async () => {
    const body = aLink({ space: space.slug });
    const token = tokenIn((await make(mayor, body)).json);
    const other = await buildMember(app);
    expect((await app.call('GET', `/api/threads/${thread}`, { cookie: other.cookie })).status).toBe(404);
    expect([(await join(other, token)).json, (await join(other, token)).status, (await join(mayor, token)).status]).toEqual([{ landing: `/echanges/${space.slug}` }, 200, 200]);
    expect((await app.call('GET', `/api/threads/${thread}`, { cookie: other.cookie })).status).toBe(200);
    expect((await listed(mayor, body.id))?.usedCount).toBe(1);
    expect(await app.database.rows('SELECT role FROM space_member WHERE space_id = $1 AND person_id = $2', [space.id, mayor.personId])).toEqual([{ role: 'animator' }]);
  });

  it('is closed by hand, by time, and with the mandate of whoever made it', async () => {
    const [revoked, expired] = [aLink(), aLink()];
    const [first, second] = [tokenIn((await make(mayor, revoked)).json), tokenIn((await make(mayor, expired)).json)];
    const revoke = () => app.call('DELETE', `/api/invitation-links/${revoked.id}`, { cookie: mayor.cookie });
    expect([(await revoke()).json, (await revoke()).status]).toEqual([expect.objectContaining({ state: 'revoked' }), 200]);
    await app.database.run('UPDATE invitation_link SET expires_at = now() WHERE id = $1', [expired.id]);
    const leaving = await buildMember(app, { function: 'Maire' });
    const third = await linkFor(leaving, { organisation: await slugOf(app, leaving.organisationId) });
    await app.database.run('UPDATE mandate SET valid_to = current_date - 1, valid_from = current_date - 9 WHERE person_id = $1', [leaving.personId]);
    for (const token of [first, second, third, 'x']) expect([(await open(token)).json.code, await ask(token, anAddress()), (await join(secretariat, token)).status]).toEqual(['link-invalid', 401, 401]);
  });

  it('never leads into a confidential space, nor tells its name when the space becomes one', async () => {
    const hidden = await buildSpace(app, { access: 'confidential', animators: [mayor] });
    const inside = (await buildThread(app, mayor, hidden)).id;
    expect([(await make(mayor, aLink({ space: hidden.slug }))).json.errors, (await make(mayor, aLink({ thread: inside }))).json.errors]).toEqual([[{ path: 'space', message: 'not_allowed' }], [{ path: 'space', message: 'required' }]]);
    const later = await buildSpace(app, { access: 'closed', animators: [mayor] });
    const token = await linkFor(mayor, { space: later.slug });
    await app.database.run(`UPDATE space SET access = 'confidential' WHERE id = $1`, [later.id]);
    expect((await open(token)).json.code).toBe('link-invalid');
  });

  it('leads nowhere once whoever made it no longer keeps the door', async () => {
    const animator = await buildMember(app, { function: 'Maire' });
    const kept = await buildSpace(app, { access: 'closed', animators: [animator] });
    const token = await linkFor(animator, { organisation: await slugOf(app, animator.organisationId), space: kept.slug });
    expect((await open(token)).status).toBe(200);
    await app.database.run('DELETE FROM space_member WHERE person_id = $1', [animator.personId]);
    expect([(await open(token)).status, await ask(token, anAddress())]).toEqual([401, 401]);
  });

  it('leads into own offices only, shows its address to its maker alone, and is stored once by a repeat', async () => {
    const body = aLink();
    const answers = await Promise.all([make(mayor, body), make(mayor, body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(tokenIn(answers[0].json)).toBe(tokenIn(answers[1].json));
    expect((await make(mayor, { ...body, usesMax: 9 })).json.code).toBe('id-reused');
    const elsewhere = await slugOf(app, (await buildMember(app)).organisationId);
    expect((await make(mayor, aLink({ organisation: elsewhere }))).json.errors).toEqual([{ path: 'organisation', message: 'not_found' }]);
    expect(await listed(secretariat, body.id)).toMatchObject({ state: 'open', url: null });
    expect(await listed(await buildMember(app), body.id)).toBeUndefined();
  });
});
