import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DelegationsView, MeView, PostView, PracticeView, WithoutAccessView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { day, withdraw } from './builders/delegations.js';
import { aPostBody, aThreadBody, buildMember, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { buildDraft } from './builders/practices.js';
import { buildRelay } from './builders/relay.js';
import { loadReference } from '../src/demo/index.js';
import { SessionStore } from '../src/platform/index.js';
import { TestApp } from './support/app.js';

const OF = 'Monsieur le Maire de Tambacounda';
let app: TestApp, secretariat: Member, colleague: Member, official: Member, space: Space, thread: string, city: string, absent: WithoutAccessView;

beforeAll(async () => {
  app = await TestApp.start();
  await loadReference(app.database);
  [secretariat, colleague] = [await buildMember(app, { role: 'administrator' }), await buildMember(app, { role: 'administrator' })];
  official = await buildMember(app, { function: 'Cabinet' });
  city = (await app.database.row<{ slug: string }>('SELECT slug FROM organisation WHERE id = $1', [official.organisationId]))?.slug ?? '';
  space = await buildSpace(app);
  thread = (await buildThread(app, official, space)).id;
});
afterAll(() => app.stop());

const call = (who: Member, method: string, path: string, body?: unknown) => app.call(method, path, { cookie: who.cookie, ...(body !== undefined && { body }) });
const found = async (q = '') => ((await call(secretariat, 'GET', `/api/people-without-access?q=${q}`)).json as unknown as { items: WithoutAccessView[] }).items;
const aStandIn = (changes = {}) => ({ id: uuid(), mandate: absent.mandate, authority: 'Lettre du maire du 3 novembre, reçue par courrier', styled: OF, to: day(30), ...changes });
const begin = (body: object, who = secretariat) => call(who, 'POST', '/api/stand-ins', body);
const reply = (delegation: string, who = secretariat) => call(who, 'POST', `/api/threads/${thread}/posts`, aPostBody({ delegation }));

describe('somebody in office without an account', () => {
  it('is recorded by the secretariat, and found by office and city', async () => {
    const body = { id: uuid(), name: 'Maire', organisation: city, function: 'Maire de la commune', from: day(-30), to: null };
    expect((await call(official, 'POST', '/api/people-without-access', body)).status).toBe(403);
    const [first, again] = [await call(secretariat, 'POST', '/api/people-without-access', body), await call(secretariat, 'POST', '/api/people-without-access', body)];
    expect([first.status, again.status, (await call(secretariat, 'POST', '/api/people-without-access', { ...body, name: 'Une autre' })).json.code]).toEqual([200, 200, 'id-reused']);
    absent = first.json as unknown as WithoutAccessView;
    expect(await found('commune')).toEqual([absent]);
    expect(await app.database.row(`SELECT count(*) AS count FROM audit_entry WHERE act = 'mandate.began' AND subject_id = $1`, [body.id])).toEqual({ count: 1 });
  });
});

describe('the secretariat', () => {
  it('speaks for them by an authority that it records, always shown as such', async () => {
    const body = aStandIn();
    expect((await begin({ ...body, authority: 'court' })).status).toBe(400);
    expect((await begin({ ...body, to: day(120) })).json.errors).toEqual([{ path: 'to', message: 'too_long' }]);
    expect([(await begin(body, official)).status, (await begin(body)).status, (await begin(body)).status, (await begin({ ...body, to: day(2) })).json.code]).toEqual([403, 204, 204, 'id-reused']);
    const onBehalf = { by: 'secretariat', of: OF };
    expect(((await call(secretariat, 'GET', '/api/me')).json as unknown as MeView).voices).toEqual([{ id: body.id, ...onBehalf, themes: [] }]);
    const post = (await reply(body.id)).json as unknown as PostView;
    expect([post.author.onBehalf, ((await call(official, 'GET', `/api/posts/${post.id}`)).json as unknown as PostView).author.onBehalf]).toEqual([onBehalf, onBehalf]);
    expect((await call(secretariat, 'POST', '/api/threads', aThreadBody(space, { delegation: body.id }))).json).toMatchObject({ author: { onBehalf } });
    expect((await reply(body.id, colleague)).json.code).toBe('delegation-ended');
    const [record] = await app.database.rows<{ act: string; detail: object }>('SELECT act, detail FROM audit_entry WHERE subject_id = $1', [body.id]);
    expect(record).toEqual({ act: 'stand-in.begun', detail: { mandate: absent.mandate, to: body.to } });
    expect(((await call(secretariat, 'GET', '/api/delegations')).json as unknown as DelegationsView).items[0]).toMatchObject({ scope: 'stand-in', authority: body.authority, side: 'held' });
    expect((await withdraw(app, secretariat, { id: body.id, version: 1 })).status).toBe(200);
    expect((await reply(body.id)).json.code).toBe('delegation-ended');
  });

  it('reads neither letters nor drafts of the city by it, and signs none of them', async () => {
    const body = aStandIn();
    await begin(body);
    const draft = await buildDraft(app, official);
    const writer = await buildMember(app);
    const relay = await buildRelay(app, writer, { organisationId: official.organisationId });
    expect([(await call(secretariat, 'GET', `/api/practices/${draft.ref}`)).status, (await call(secretariat, 'GET', `/api/relay/${relay.id}`)).status, (await call(official, 'GET', `/api/relay/${relay.id}`)).status]).toEqual([404, 404, 200]);
    expect((await call(secretariat, 'POST', `/api/practices/${draft.ref}/actions`, { version: 1, action: 'submit' })).status).toBe(404);
    await withdraw(app, secretariat, { id: body.id, version: 1 });
  });

  it('hands in a practice that it has written itself, which is the city’s from then on, and never judges it', async () => {
    const body = aStandIn();
    await begin(body);
    const draft = await buildDraft(app, secretariat);
    const submit = (changes = {}) => call(secretariat, 'POST', `/api/practices/${draft.ref}/actions`, { version: draft.version, action: 'submit', delegation: body.id, ...changes });
    expect((await call(official, 'GET', `/api/practices/${draft.ref}`)).status).toBe(404);
    expect((await submit({ delegation: uuid() })).json.code).toBe('delegation-ended');
    expect((await submit({ action: 'ask-approval' })).json.errors).toEqual([{ path: 'delegation', message: 'not_found' }]);
    expect([(await submit()).status, (await submit()).status]).toEqual([200, 200]);
    const view = (await call(official, 'GET', `/api/practices/${draft.ref}`)).json as unknown as PracticeView;
    const onBehalf = { by: 'secretariat', of: OF };
    expect([view.city.slug, view.standing?.approvedBy, view.standing?.history[0]]).toMatchObject([city, { onBehalf }, { action: 'submit', onBehalf }]);
    expect((await call(secretariat, 'POST', `/api/practices/${draft.ref}/actions`, { version: view.version, action: 'take' })).json.code).toBe('own-practice');
    await withdraw(app, secretariat, { id: body.id, version: 1 });
  });

  it('stops at once when its role ends', async () => {
    const body = aStandIn();
    expect((await Promise.all([1, 2].map(() => begin(body, colleague)))).map(({ status }) => status)).toEqual([204, 204]);
    expect((await reply(body.id, colleague)).status).toBe(201);
    await app.database.run(`UPDATE account SET role = 'moderator' WHERE id = $1`, [colleague.accountId]);
    app.app.get(SessionStore).forgetAll();
    expect((await reply(body.id, colleague)).json.code).toBe('delegation-ended');
  });

  it('does not speak for somebody who can sign in, from the moment on when they can', async () => {
    const { id: own } = (await app.database.row<{ id: string }>('SELECT id FROM mandate WHERE person_id = $1', [official.personId])) ?? { id: '' };
    expect((await begin(aStandIn({ mandate: own }))).json.code).toBe('has-access');
    expect((await begin(aStandIn({ mandate: uuid() }))).status).toBe(404);
    const body = aStandIn();
    await begin(body);
    expect((await reply(body.id)).status).toBe(201);
    await app.database.run(`INSERT INTO account (id, person_id, email, role) VALUES ($1, $2, 'maire-present@exemple.test', 'member')`, [uuid(), absent.mandate]);
    expect([(await reply(body.id)).json.code, (await begin(aStandIn())).json.code, await found('commune')]).toEqual(['delegation-ended', 'has-access', []]);
  });

  it('ends the mandate of somebody without an account, which ends what it says for them', async () => {
    const id = uuid();
    await call(secretariat, 'POST', '/api/people-without-access', { id, name: 'Maire', organisation: city, function: 'Maire délégué', from: day(-30) });
    await begin(aStandIn({ mandate: id }));
    expect((await call(secretariat, 'POST', `/api/mandates/${id}/end`, { version: 1, last: day(-1) })).status).toBe(204);
    expect(await found('délégué')).toEqual([]);
    expect(((await call(secretariat, 'GET', '/api/me')).json as unknown as MeView).voices).toEqual([]);
  });
});
