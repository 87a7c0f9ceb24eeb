import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DelegationsView, type MeView, type PersonView, type PostView, type PracticeView, type ThreadRow, TransferContent } from '@passerelle/contract';
import { simpleParser } from 'mailparser';
import { v7 as uuid } from 'uuid';
import { loadReference } from '../src/demo/index.js';
import { aDelegation, buildGiven, day, give, withdraw } from './builders/delegations.js';
import { aPostBody, aThreadBody, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { sendMails } from './builders/mails.js';
import { act, aShortEntry, buildDelegation, buildDraft } from './builders/practices.js';
import { anOffer, aProject, buildProject } from './builders/projects.js';
import { mandateOf } from './builders/spaces.js';
import { TestApp, until } from './support/app.js';

const [WASTE, WATER] = ['dechets-proprete', 'eau-assainissement'];
let app: TestApp, secretariat: Member, mayor: Member, cabinet: Member, deputy: Member, stranger: Member, space: Space, thread: string, waterThread: string;

beforeAll(async () => {
  app = await TestApp.start();
  await loadReference(app.database);
  secretariat = await buildMember(app, { role: 'administrator' });
  mayor = await buildMember(app, { function: 'Maire' });
  const organisationId = mayor.organisationId;
  [cabinet, deputy] = [await buildMember(app, { organisationId, function: 'Cabinet' }), await buildMember(app, { organisationId, function: 'Adjoint' })];
  stranger = await buildMember(app);
  await buildDelegation(app, mayor, cabinet);
  space = await buildSpace(app);
  thread = (await buildThread(app, stranger, space, { theme: WASTE })).id;
  waterThread = (await buildThread(app, stranger, space, { theme: WATER })).id;
});
afterAll(() => app.stop());

const call = (who: Member, method: string, path: string, body?: unknown) => app.call(method, path, { cookie: who.cookie, ...(body !== undefined && { body }) });
const mine = async (who: Member) => (await call(who, 'GET', '/api/delegations')).json as unknown as DelegationsView;
const reply = (who: Member, delegation: string, where = thread, changes = {}) => call(who, 'POST', `/api/threads/${where}/posts`, aPostBody({ delegation, ...changes }));
const voices = async (who: Member) => ((await call(who, 'GET', '/api/me')).json as unknown as MeView).voices;
const endMandate = async (who: Member, action: 'end' | 'suspend' | 'reinstate', body: object) => {
  const [mandate] = ((await call(secretariat, 'GET', `/api/people/${who.personId}`)).json as unknown as PersonView).mandates;
  return call(secretariat, 'POST', `/api/mandates/${mandate?.id}/${action}`, { version: mandate?.version, ...body });
};
/** Subjects of the mails to somebody, the newest last. */
const mailsTo = async (who: Member) => {
  await sendMails(app);
  const { email } = (await app.database.row<{ email: string }>('SELECT email FROM account WHERE id = $1', [who.accountId])) ?? { email: '' };
  const folder = join(app.dataDir, 'outbox');
  const mails = await Promise.all(readdirSync(folder).filter((name) => name.endsWith('.eml')).sort().map((name) => simpleParser(readFileSync(join(folder, name)))));
  return mails.filter(({ to }) => (to as { text: string }).text === email).map(({ subject }) => subject ?? '');
};
const published = async (who: Member) => {
  const practice = await buildDraft(app, who);
  await app.database.run(`UPDATE practice SET state = 'published' WHERE id = $1`, [practice.id]);
  return practice;
};
/** A city of its own, so that what ends there ends nothing elsewhere. */
const pair = async () => {
  const giver = await buildMember(app, { function: 'Bourgmestre' });
  return [giver, await buildMember(app, { organisationId: giver.organisationId, function: 'Échevine' })] as const;
};

describe('giving a delegation', () => {
  it('is for those who sign in their own right, to somebody of the same city, and shows to both', async () => {
    const given = await buildGiven(app, mayor, deputy, { themes: [WATER] });
    expect((await mine(mayor)).items[0]).toMatchObject({ id: given.id, side: 'given', state: 'in-force', themes: [WATER], styled: 'Madame la Maire de Kaolack', receiver: { function: 'Adjoint' } });
    expect((await mine(deputy)).items[0]).toMatchObject({ id: given.id, side: 'held', giver: { function: 'Maire' } });
    expect((await mine(stranger)).items).toEqual([]);
    expect([(await mine(mayor)).giver?.receivers.map((one) => one.function).sort(), (await mine(cabinet)).giver]).toEqual([['Adjoint', 'Cabinet'], null]);
    expect((await give(app, mayor, stranger)).json.errors).toEqual([{ path: 'receiver', message: 'not_found' }]);
    expect((await give(app, cabinet, deputy)).json.code).toBe('mandate-required');
    expect((await call(stranger, 'POST', '/api/delegations', await aDelegation(app, mayor, cabinet))).status).toBe(403);
    await withdraw(app, mayor, given);
  });

  it('ends at the latest with the mandate of whoever gives it, and after a year', async () => {
    const [giver, receiver] = await pair();
    const fault = async (changes: object) => (await give(app, giver, receiver, changes as Record<string, unknown>)).json.errors?.[0];
    expect(await fault({ to: day(366) })).toEqual({ path: 'to', message: 'too_long' });
    expect(await fault({ from: day(-1) })).toEqual({ path: 'from', message: 'past' });
    expect(await fault({ from: day(3), to: day(2) })).toEqual({ path: 'to', message: 'before_start' });
    expect(await fault({ to: undefined })).toMatchObject({ path: 'to' });
    expect(await fault({ themes: ['nulle-part'] })).toEqual({ path: 'themes', message: 'not_found' });
    await app.database.run('UPDATE mandate SET valid_to = $2 WHERE person_id = $1', [giver.personId, day(10)]);
    expect(await fault({ to: day(11) })).toEqual({ path: 'to', message: 'after_mandate' });
    expect((await give(app, giver, receiver, { to: day(10) })).status).toBe(201);
  });

  it('takes nobody the right to sign whom the giver did not bring in', async () => {
    expect((await give(app, deputy, mayor, { scope: 'prepare' })).json.code).toBe('signs-already');
    const [giver, receiver] = await pair();
    await app.database.run(
      `INSERT INTO invitation (id, email, token_hash, language, role, organisation_id, function, note, inviter_person_id, inviter_organisation_id, inviter_function, request_hash, expires_at, redeemed_at, redeemed_by)
       VALUES ($1, 'recrue@exemple.test', $2, 'fr', 'member', $3, 'Échevine', '', $4, $3, 'Bourgmestre', $2, now(), now(), $5)`, [uuid(), Buffer.from(uuid()), giver.organisationId, giver.personId, receiver.accountId]);
    expect((await give(app, giver, receiver, { scope: 'prepare' })).status).toBe(201);
    expect((await call(receiver, 'POST', '/api/offers', { id: uuid(), content: anOffer() })).json.code).toBe('mandate-required');
  });

  it('may be repeated, is recorded, and told to the receiver by mail and live', async () => {
    const { events } = await app.socket(cabinet.cookie);
    const body = await aDelegation(app, mayor, cabinet);
    const [first, second] = [await call(mayor, 'POST', '/api/delegations', body), await call(mayor, 'POST', '/api/delegations', body)];
    expect([first.status, second.status, (await call(mayor, 'POST', '/api/delegations', { ...body, to: day(5) })).json.code]).toEqual([201, 200, 'id-reused']);
    await until(() => events.some(({ type, data }) => type === 'delegation.changed' && (data as { subject: string }).subject === body.id));
    expect(events.filter(({ type }) => type === 'delegation.changed')).toHaveLength(1);
    expect(await mailsTo(cabinet)).toEqual([expect.stringContaining('Vous avez reçu une délégation')]);
    expect(await app.database.row('SELECT act, actor_person_id AS person FROM audit_entry WHERE subject_id = $1', [body.id])).toEqual({ act: 'delegation.given', person: mayor.personId });
    const ends = await Promise.all([1, 2].map(() => withdraw(app, mayor, { id: body.id, version: 1 })));
    expect(ends.map(({ status }) => status)).toEqual([200, 200]);
    const twice = await aDelegation(app, mayor, cabinet);
    expect((await Promise.all([1, 2].map(() => call(mayor, 'POST', '/api/delegations', twice)))).map(({ status }) => status).sort()).toEqual([200, 201]);
    await withdraw(app, mayor, { id: twice.id, version: 1 });
    const acts = await app.database.rows<{ act: string }>('SELECT act FROM audit_entry WHERE subject_id = $1 ORDER BY at, id', [body.id]);
    expect(acts.map(({ act: one }) => one)).toEqual(['delegation.given', 'delegation.withdrawn']);
  });
});

describe('speaking by delegation', () => {
  it('shows in whose name, live, within its themes, and one speaks in one’s own name everywhere', async () => {
    const { id } = await buildGiven(app, mayor, cabinet, { themes: [WASTE] });
    const { socket, events } = await app.socket(stranger.cookie);
    await new Promise((done) => socket.emit('watch', { thread }, done));
    const answer = await reply(cabinet, id);
    const onBehalf = { by: 'delegation', of: 'Madame la Maire de Kaolack' };
    expect([answer.status, (answer.json as unknown as PostView).author]).toMatchObject([201, { function: 'Cabinet', onBehalf }]);
    const live = await until(() => events.find(({ type }) => type === 'post.created'));
    expect([(live.data as PostView).author.onBehalf, live.actor?.onBehalf]).toEqual([onBehalf, onBehalf]);
    expect(await voices(cabinet)).toEqual([{ id, ...onBehalf, themes: [WASTE] }]);
    expect((await reply(cabinet, id, waterThread)).json.code).toBe('outside-delegation');
    expect((await buildPost(app, cabinet, waterThread)).author.onBehalf).toBeUndefined();
    expect((await call(cabinet, 'POST', '/api/threads', aThreadBody(space, { delegation: id, theme: WATER }))).json.code).toBe('outside-delegation');
    expect((await call(cabinet, 'POST', '/api/threads', aThreadBody(space, { delegation: id }))).json.code).toBe('outside-delegation');
    expect((await buildThread(app, cabinet, space, { delegation: id, theme: WASTE }) as ThreadRow).author.onBehalf).toEqual(onBehalf);
    expect((await reply(stranger, id)).json.code).toBe('delegation-ended');
    await withdraw(app, mayor, { id, version: 1 });
  });

  it('keeps the mention as it stood when the delegation is withdrawn; the next act, an edit included, is refused, and a repeat is answered as done', async () => {
    const { id, version } = await buildGiven(app, mayor, cabinet);
    const body = aPostBody({ delegation: id });
    const post = (await call(cabinet, 'POST', `/api/threads/${thread}/posts`, body)).json as unknown as PostView;
    expect((await withdraw(app, mayor, { id, version: 7 })).json.code).toBe('stale-version');
    expect([(await withdraw(app, mayor, { id, version })).status, (await withdraw(app, mayor, { id, version })).status]).toEqual([200, 200]);
    await app.database.run(`UPDATE mandate SET function = 'Ancienne Maire' WHERE person_id = $1`, [mayor.personId]);
    expect(((await call(stranger, 'GET', `/api/posts/${post.id}`)).json as unknown as PostView).author.onBehalf?.of).toBe('Madame la Maire de Kaolack');
    await app.database.run(`UPDATE mandate SET function = 'Maire' WHERE person_id = $1`, [mayor.personId]);
    expect((await reply(cabinet, id)).json.code).toBe('delegation-ended');
    expect((await call(cabinet, 'PATCH', `/api/posts/${post.id}`, { body: 'Autre chose', version: 1 })).json.code).toBe('delegation-ended');
    expect((await call(cabinet, 'POST', `/api/threads/${thread}/posts`, body)).status).toBe(200);
    expect((await call(cabinet, 'POST', `/api/threads/${thread}/posts`, { ...body, delegation: undefined })).json.code).toBe('id-reused');
  });

  it('may be given back by its receiver', async () => {
    const given = await buildGiven(app, mayor, cabinet);
    expect((await withdraw(app, stranger, given)).status).toBe(404);
    expect((await withdraw(app, cabinet, given)).json).toMatchObject({ side: 'held', state: 'ended' });
    expect([await voices(cabinet), (await reply(cabinet, given.id)).json.code]).toEqual([expect.not.arrayContaining([expect.objectContaining({ id: given.id })]), 'delegation-ended']);
  });

  it('names nobody in a thread that withholds names', async () => {
    const { id } = await buildGiven(app, mayor, cabinet);
    const quiet = await buildThread(app, stranger, space, { naming: 'withheld' });
    const answer = await reply(cabinet, id, quiet.id);
    expect([answer.status, answer.text.includes('Kaolack')]).toEqual([201, false]);
    expect((await call(stranger, 'GET', `/api/threads/${quiet.id}/posts`)).text).not.toContain('Kaolack');
    await withdraw(app, mayor, { id, version: 1 });
  });

  it.each(['giver', 'receiver'] as const)('ends for good when the mandate of the %s is suspended, and both hear of it', async (side) => {
    const [giver, receiver] = await pair();
    const { id } = await buildGiven(app, giver, receiver);
    expect((await reply(receiver, id)).status).toBe(201);
    const { events } = await app.socket((side === 'giver' ? receiver : giver).cookie);
    const suspended = side === 'giver' ? giver : receiver;
    expect((await endMandate(suspended, 'suspend', { id: uuid(), from: day(0), reason: 'Délégation spéciale' })).status).toBe(204);
    await until(() => events.some(({ type }) => type === 'delegation.changed'));
    expect((await reply(receiver, id)).status).toBe(403);
    expect((await endMandate(suspended, 'reinstate', { from: day(1) })).status).toBe(204);
    await app.database.run('UPDATE mandate_suspension SET valid_from = $2, valid_to = $3 WHERE mandate_id = $1', [await mandateOf(app, suspended), day(0), day(0)]);
    expect((await reply(receiver, id)).status).toBe(403);
  });

  it('ends with the mandate of whoever gave it', async () => {
    const [giver, receiver] = await pair();
    const { id } = await buildGiven(app, giver, receiver, { themes: [WASTE] });
    expect((await endMandate(giver, 'end', { last: day(0) })).status).toBe(204);
    expect((await reply(receiver, id)).status).toBe(201);
    await app.database.run('UPDATE mandate SET valid_to = $2 WHERE person_id = $1', [giver.personId, day(-1)]);
    expect((await reply(receiver, id)).json.code).toBe('delegation-ended');
  });
});

describe('acting for the city by delegation', () => {
  it('submits a practice within its themes only, and its history says by whose delegation', async () => {
    const { id, version } = await buildGiven(app, mayor, cabinet, { themes: [WASTE] });
    const [inside, outside] = [await buildDraft(app, cabinet), await buildDraft(app, cabinet, aShortEntry({ theme: WATER, concepts: ['eau-potable'] }))];
    expect((await act(app, cabinet, outside, 'submit')).json.code).toBe('mandate-required');
    const { standing } = (await act(app, cabinet, inside, 'submit')).json as unknown as PracticeView;
    const onBehalf = { by: 'delegation', of: 'Madame la Maire de Kaolack' };
    expect([standing?.approvedBy, standing?.history[0]]).toMatchObject([{ function: 'Cabinet', onBehalf }, { action: 'submit', function: 'Cabinet', onBehalf }]);
    await withdraw(app, mayor, { id, version });
    const next = await buildDraft(app, cabinet);
    expect((await act(app, cabinet, next, 'submit')).json.code).toBe('mandate-required');
    expect(((await act(app, mayor, next, 'submit')).json as unknown as PracticeView).standing?.history[0]?.onBehalf).toBeNull();
  });

  it('moves a project, makes an offer and records a transfer by the same rule', async () => {
    const { id, version } = await buildGiven(app, mayor, cabinet, { themes: [WASTE] });
    const onBehalf = { by: 'delegation', of: 'Madame la Maire de Kaolack' };
    const offers = ['dechets', 'eau-potable'].map((concept) => call(cabinet, 'POST', '/api/offers', { id: uuid(), content: anOffer({ concepts: [concept] }) }));
    const [offer, refused] = await Promise.all(offers);
    expect([offer?.json, refused?.json.code]).toMatchObject([{ onBehalf }, 'mandate-required']);
    const project = await buildProject(app, cabinet, aProject({ theme: WASTE, concepts: ['dechets'] }));
    const other = await buildProject(app, cabinet, aProject({ theme: WATER, concepts: ['eau-potable'] }));
    const stop = (ref: string, by: number) => call(cabinet, 'POST', `/api/projects/${ref}/actions`, { version: by, action: 'stop', reason: 'Le financement manque cette année' });
    expect((await stop(other.ref, other.version)).json.code).toBe('mandate-required');
    expect((await stop(project.ref, project.version)).json).toMatchObject({ history: [{ function: 'Cabinet', onBehalf }] });
    const taken = await published(stranger);
    const transfer = await call(cabinet, 'POST', `/api/practices/${taken.ref}/transfers`, { id: uuid(), state: 'interest', content: TransferContent.parse({}) });
    expect(transfer.json).toMatchObject({ recordedBy: { function: 'Cabinet', onBehalf } });
    await withdraw(app, mayor, { id, version });
  });
});

describe('a mandate that covers some themes', () => {
  it('is set by the secretariat, shows on the profile and the city’s page, and signs for these alone', async () => {
    const [alderman] = await pair();
    const id = await mandateOf(app, alderman);
    const limit = (version: number, themes: string[]) => call(secretariat, 'PUT', `/api/mandates/${id}/themes`, { version, themes });
    expect((await limit(1, ['nulle-part'])).json.errors).toEqual([{ path: 'themes', message: 'not_found' }]);
    expect([(await limit(1, [WATER])).status, (await limit(1, [WATER])).status, (await limit(1, [WASTE])).json.code]).toEqual([204, 204, 'stale-version']);
    const slug = (await app.database.row<{ slug: string }>('SELECT slug FROM organisation WHERE id = $1', [alderman.organisationId]))?.slug;
    expect((await call(alderman, 'GET', '/api/me')).json).toMatchObject({ mandates: [{ themes: [WATER] }] });
    expect((await call(secretariat, 'GET', `/api/people/${alderman.personId}`)).json).toMatchObject({ mandates: [{ themes: [WATER] }] });
    expect(((await call(stranger, 'GET', `/api/organisations/${slug}`)).json as unknown as { people: unknown[] }).people).toContainEqual(expect.objectContaining({ function: 'Bourgmestre', themes: [WATER] }));
    const [water, waste] = [await buildDraft(app, alderman, aShortEntry({ theme: WATER, concepts: ['eau-potable'] })), await buildDraft(app, alderman)];
    expect([(await act(app, alderman, waste, 'submit')).json.code, (await act(app, alderman, water, 'submit')).status]).toEqual(['mandate-required', 200]);
    const taken = await published(stranger);
    const transfer = (who: Member) => call(who, 'POST', `/api/practices/${taken.ref}/transfers`, { id: uuid(), state: 'interest', content: TransferContent.parse({}) });
    expect((await transfer(alderman)).json.code).toBe('outside-mandate');
    expect((await buildPost(app, alderman, thread)).author.onBehalf).toBeUndefined();
  });

  it('passes on no more than it covers', async () => {
    const [giver, receiver] = await pair();
    const { id } = await buildGiven(app, giver, receiver, { styled: 'Le Bourgmestre' });
    await app.database.run('UPDATE mandate SET themes = $2 WHERE person_id = $1', [giver.personId, [WATER]]);
    expect([(await reply(receiver, id)).json.code, (await reply(receiver, id, waterThread)).status]).toEqual(['outside-delegation', 201]);
    expect((await give(app, giver, receiver, { themes: [WASTE] })).json.errors).toEqual([{ path: 'themes', message: 'outside_mandate' }]);
  });
});
