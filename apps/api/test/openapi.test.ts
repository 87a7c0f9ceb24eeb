import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PracticeRevisionView, PracticeView, SpaceDetail } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { DEMO_PASSWORD } from '../src/accounts/index.js';
import { answerSchemas } from '../src/openapi-answers.js';
import { aFullEntry, buildPicture } from './builders/practices.js';
import { aDecision, anAccessionBody } from './builders/accessions.js';
import { signIn, startWithDemonstration } from './builders/demonstration.js';
import { aDelegation } from './builders/delegations.js';
import { aPostBody, aThreadBody, buildMember, buildSpace, buildThread } from './builders/forum.js';
import { aRequestBody, aSpaceBody, mandateOf, memberPath } from './builders/spaces.js';
import { aNeed, anOffer, aProject, slugOf } from './builders/projects.js';
import { aRuleBody } from './builders/watch.js';
import type { Answer, TestApp } from './support/app.js';

interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

/** Answers that are files. */
const FILES = ['GET /api/attachments/{id}', 'GET /api/practices/{ref}/pdf', 'GET /api/practices-export', 'POST /api/audit-exports', 'GET /api/invitation-batches/{id}/file', 'GET /api/me/exports/{id}/file'];

let app: TestApp;
let paths: Record<string, Record<string, Operation>>;
let schemas: Record<string, object>;
const checked = new Set<string>();

beforeAll(async () => {
  app = await startWithDemonstration();
  const document = (await app.call('GET', '/api/openapi.json')).json as unknown as Record<'paths' | 'components', never>;
  paths = document.paths;
  schemas = (document.components as { schemas: typeof schemas }).schemas;
});
afterAll(() => app.stop());

/** `GET /api/posts/{id}` with the values of its places; the answer must be what the document says. */
async function ask(
  cookie: string,
  route: string,
  { at = [] as string[], query = '', body = undefined as unknown } = {},
): Promise<Answer['json']> {
  const [method = '', template = ''] = route.split(' ');
  const values = [...at];
  const path = template.replace(/\{\w+\}/g, () => values.shift() ?? '');
  const answer = await app.call(method, path + query, { cookie, ...(body !== undefined && { body }) });
  const { operationId = '', responses = {} } = paths[template]?.[method.toLowerCase()] ?? {};
  const faults = answerSchemas[operationId]?.safeParse(answer.json).error?.issues ?? [];
  expect({ route, status: answer.status, faults }).toEqual({ route, status: answer.status < 300 ? answer.status : 200, faults: [] });
  expect(responses[answer.status]?.content?.['application/json']?.schema).toBeDefined();
  checked.add(operationId);
  return answer.json;
}
const list = async (cookie: string, route: string, query: string) =>
  (await ask(cookie, route, { query }))['items'] as unknown as { id: string }[];

describe('the answers that the document describes', () => {
  it.each(['maire@dakar.demo', 'technique@bangangte.demo', 'expert@partenaire.demo'])('are what %s reads', async (email) => {
    const cookie = await signIn(app, email);
    for (const path of [
      'spaces',
      'drafts',
      'mention-targets',
      'me',
      'me/sessions',
      'me/second-factor',
      'home',
      'me/data',
      'me/moderation',
      'moderation/rules',
      'themes',
      'practice-tasks',
      'transfers',
      'health',
      'ready',
      'auth/welcome',
    ])
      await ask(cookie, `GET /api/${path}`);
    for (const path of ['me/passkeys/options', 'auth/fresh/passkey', 'auth/passkey/options']) await ask(cookie, `POST /api/${path}`, { body: {} });
    await ask(cookie, 'PUT /api/me/consents/mail', { body: { given: true } });
    await ask(cookie, 'POST /api/me/exports', { body: { id: uuid() } });
    await ask(cookie, 'POST /api/me/erasures', { body: { id: uuid(), kind: 'content' } });
    for (const { id } of await list(cookie, 'GET /api/threads', '?limit=100')) {
      await ask(cookie, 'GET /api/threads/{id}', { at: [id] });
      const { items } = await ask(cookie, 'GET /api/threads/{id}/posts', { at: [id], query: '?limit=100' });
      const [post] = items as unknown as { id: string }[];
      if (post) await ask(cookie, 'GET /api/posts/{id}', { at: [post.id] });
      if (post) await ask(cookie, 'GET /api/posts/{id}/revisions', { at: [post.id] });
    }
    for (const practice of (await list(cookie, 'GET /api/practices', '?limit=100')) as unknown as { ref: string }[])
      await ask(cookie, 'GET /api/practices/{ref}', { at: [practice.ref] });
    for (const organisation of (await list(cookie, 'GET /api/organisations', '?limit=50')) as unknown as { slug: string }[])
      await ask(cookie, 'GET /api/organisations/{slug}', { at: [organisation.slug] });
    for (const query of ['?q=eau', '?q=bangangtei', '?q=xyzzyx%20pays:LA', '']) await ask(cookie, 'GET /api/search', { query });
    await ask(cookie, 'GET /api/search/suggest', { query: '?q=com' });
    await ask(await signIn(app, 'secretariat@aimf.demo'), 'GET /api/search/empty');
    const saved = uuid();
    await ask(cookie, 'POST /api/saved-searches', { body: { id: saved, q: 'compost' } });
    await ask(cookie, 'GET /api/saved-searches');
    await ask(cookie, 'PUT /api/saved-searches/{id}/seen', { at: [saved] });
    await ask(cookie, 'GET /api/threads/similar', { query: '?title=gestion%20des%20boues' });
  });

  it('are what a moderator who writes gets back', async () => {
    const { cookie } = await buildMember(app, { role: 'moderator' });
    const [space, other] = [await buildSpace(app), await buildSpace(app)];
    const [thread, post, target, act] = [uuid(), uuid(), uuid(), uuid()];
    for (const id of [thread, target]) await ask(cookie, 'POST /api/threads', { body: aThreadBody(space, { id }) });
    await ask(cookie, 'POST /api/threads/{id}/posts', { at: [thread], body: aPostBody({ id: post }) });
    await ask(cookie, 'PATCH /api/posts/{id}', { at: [post], body: { body: 'Corrigé', version: 1 } });
    await ask(cookie, 'GET /api/posts/{id}/revisions', { at: [post] });
    for (const method of ['PUT', 'DELETE']) await ask(cookie, `${method} /api/posts/{id}/reactions/{kind}`, { at: [post, 'useful'] });
    await ask(cookie, 'DELETE /api/posts/{id}', { at: [post], query: '?version=2' });
    await ask(cookie, 'POST /api/posts/{id}/restore', { at: [post], body: { version: 3 } });
    await ask(cookie, 'PATCH /api/threads/{id}', { at: [thread], body: { version: 1, title: 'Un autre titre de fil' } });
    await ask(cookie, 'PUT /api/threads/{id}/summary', { at: [thread], body: { version: 0, points: ['Un point'], whatChanged: 'Tout' } });
    await ask(cookie, 'PUT /api/threads/{id}/read', { at: [thread], body: { position: 2 } });
    await ask(cookie, 'POST /api/threads/{id}/unread', { at: [thread], body: { from: 1, generation: 0 } });
    await ask(cookie, 'PUT /api/threads/{id}/follow', { at: [thread], body: { level: 'all' } });
    await ask(cookie, 'POST /api/spaces/{slug}/read', { at: [space.slug] });
    await ask(cookie, 'PUT /api/drafts/{key}', { at: [`thread:${thread}`], body: { sequence: 1, body: 'Un brouillon' } });
    await ask(cookie, 'GET /api/drafts/{key}', { at: [`thread:${thread}`] });
    await ask(cookie, 'GET /api/drafts');
    await ask(cookie, 'POST /api/reports', { body: { targetKind: 'post', targetId: post, reason: 'other', text: '' } });
    const split = { id: uuid(), newThread: uuid(), title: 'Un fil détaché ici', posts: [post] };
    await ask(cookie, 'POST /api/threads/{id}/split', { at: [thread], body: split });
    await ask(cookie, 'POST /api/threads/{id}/merge', { at: [split.newThread], body: { id: uuid(), into: target } });
    const { version } = await ask(cookie, 'GET /api/threads/{id}', { at: [thread] });
    await ask(cookie, 'POST /api/threads/{id}/move', { at: [thread], body: { id: act, space: other.slug, version } });
    await ask(cookie, 'POST /api/thread-acts/{id}/undo', { at: [act] });
    await ask(cookie, 'GET /api/threads/{id}/acts', { at: [thread] });
    await ask(cookie, 'PATCH /api/me', { body: { showPresence: false } });
    await ask(cookie, 'GET /api/events', { query: '?since=0&limit=500' });
    await ask(cookie, 'POST /api/auth/login', { body: { email: 'maire@dakar.demo', password: DEMO_PASSWORD } });
  });

  it('are what a city gets back that writes down a practice and takes one up', async () => {
    const [{ cookie, ...owner }, receiver, id] = [await buildMember(app), await buildMember(app), uuid()];
    const content = aFullEntry(await buildPicture(app, { cookie, ...owner }));
    const { ref, version } = (await ask(cookie, 'POST /api/practices', { body: { id: uuid(), content } })) as unknown as PracticeView;
    const body = { version, content: { ...content, contact: 'Cabinet du maire' } };
    await ask(cookie, 'PATCH /api/practices/{ref}', { at: [ref], body });
    const { items } = await ask(cookie, 'GET /api/practices/{ref}/revisions', { at: [ref] });
    const [revision] = items as unknown as PracticeRevisionView[];
    const restored = { version: version + 1, restore: revision?.version };
    const again = (await ask(cookie, 'POST /api/practices/{ref}/restore', { at: [ref], body: restored })) as unknown as PracticeView;
    await ask(cookie, 'POST /api/practices/{ref}/actions', { at: [ref], body: { version: again.version, action: 'submit' } });
    await ask(cookie, 'GET /api/practice-tasks');
    for (const method of ['PUT', 'DELETE']) await ask(receiver.cookie, `${method} /api/practices/{ref}/useful`, { at: ['demo-08'] });
    const transfer = { id, state: 'contact', content: { motive: 'Nos marchés ferment après les pluies.' } };
    await ask(receiver.cookie, 'POST /api/practices/{ref}/transfers', { at: ['demo-08'], body: transfer });
    await ask(receiver.cookie, 'PATCH /api/transfers/{id}', { at: [id], body: { ...transfer, version: 1, state: 'trial', reason: '' } });
    for (const who of [cookie, receiver.cookie]) await ask(who, 'GET /api/transfers/{id}', { at: [id] });
    await ask(receiver.cookie, 'GET /api/transfers');
  });

  it('are what two sides of a private conversation get back', async () => {
    const [asker, city, id] = [await buildMember(app), await buildMember(app), uuid()];
    const organisation = await slugOf(app, city.organisationId);
    await ask(asker.cookie, 'GET /api/relay/addressee', { query: '?practice=demo-10' });
    await ask(asker.cookie, 'POST /api/relay', { body: { id, organisation, body: 'Bonjour' } });
    await ask(city.cookie, 'POST /api/relay/{id}/letters', { at: [id], body: { id: uuid(), body: 'Bonjour' } });
    await ask(city.cookie, 'PUT /api/relay/{id}/read', { at: [id], body: { position: 1 } });
    for (const { cookie } of [asker, city]) {
      await ask(cookie, 'GET /api/relay');
      for (const route of ['GET /api/relay/{id}', 'GET /api/relay/{id}/letters']) await ask(cookie, route, { at: [id] });
    }
  });

  it('are what an animator, an asker and an invitee get back', async () => {
    const [moderator, asker, invitee] = [await buildMember(app, { role: 'moderator' }), await buildMember(app), await buildMember(app)];
    const guest = await buildMember(app, { role: 'guest' });
    const { cookie } = moderator;
    const { slug, id } = (await ask(cookie, 'POST /api/spaces', { body: aSpaceBody() })) as unknown as SpaceDetail;
    await ask(cookie, 'PATCH /api/spaces/{slug}', { at: [slug], body: { version: 1, descriptionFr: 'Autre' } });
    for (const archived of [true, false]) await ask(cookie, 'PUT /api/spaces/{slug}/archive', { at: [slug], body: { version: archived ? 2 : 3, archived } });
    await ask(cookie, 'PUT /api/spaces/{slug}/membership', { at: [slug] });
    const request = aRequestBody();
    await ask(asker.cookie, 'POST /api/spaces/{slug}/requests', { at: [slug], body: request });
    const invitation = { id: uuid(), mandate: await mandateOf(app, invitee), role: 'reader' };
    await ask(cookie, 'POST /api/spaces/{slug}/invitations', { at: [slug], body: invitation });
    await ask(cookie, 'GET /api/spaces/{slug}/candidates', { at: [slug], query: '?q=services' });
    for (const part of ['', '/requests', '/invitations']) await ask(cookie, `GET /api/spaces/{slug}${part}`, { at: [slug] });
    await ask(invitee.cookie, 'GET /api/space-invitations');
    await ask(asker.cookie, 'GET /api/spaces/directory');
    await ask(cookie, 'POST /api/space-requests/{id}/answer', { at: [request.id], body: { accept: true } });
    await ask(invitee.cookie, 'POST /api/space-invitations/{id}/answer', { at: [invitation.id], body: { accept: true } });
    await ask(cookie, 'GET /api/spaces/{slug}/members', { at: [slug] });
    await ask(cookie, 'PATCH /api/space-members/{id}', { at: [(await memberPath(app, { id }, asker)).split('/').at(-1) ?? ''], body: { role: 'reader' } });
    const thread = await buildThread(app, moderator, { id, slug }, { naming: 'region' });
    await ask(cookie, 'GET /api/threads/{id}/guest-candidates', { at: [thread.id], query: '?q=services' });
    await ask(cookie, 'POST /api/threads/{id}/guests', { at: [thread.id], body: { id: uuid(), mandate: await mandateOf(app, guest) } });
    await ask(cookie, 'GET /api/threads/{id}/guests', { at: [thread.id] });
    await ask(guest.cookie, 'GET /api/threads/{id}', { at: [thread.id] });
  });

  it('are what somebody gets back who watches words, and somebody whose words wait', async () => {
    const [{ cookie }, author] = [await buildMember(app, { role: 'moderator' }), await buildMember(app)];
    const rule = aRuleBody({ definition: { kind: 'words', terms: ['brimborion'] } });
    await ask(cookie, 'POST /api/moderation/watch-rules', { body: rule });
    for (const part of ['trial', 'activate']) await ask(cookie, `POST /api/moderation/watch-rules/{id}/${part}`, { at: [rule.id], body: { version: 1 } });
    const thread = await buildThread(app, author, await buildSpace(app, { members: [author] }));
    await ask(author.cookie, 'POST /api/threads/{id}/posts', { at: [thread.id], body: aPostBody({ body: 'Un brimborion' }) });
    await ask(author.cookie, 'GET /api/me/held');
    await ask(cookie, 'PATCH /api/moderation/watch-rules/{id}', { at: [rule.id], body: { ...rule, version: 2, name: 'Petites choses' } });
    await ask(cookie, 'POST /api/moderation/watch-rules/{id}/deactivate', { at: [rule.id], body: { version: 3 } });
    for (const path of ['', '/{id}']) await ask(cookie, `GET /api/moderation/watch-rules${path}`, { at: path ? [rule.id] : [] });
  });

  it('are what cities get back that carry a project, and keep folders', async () => {
    const [{ cookie }, other, secretariat] = [await buildMember(app), await buildMember(app), await signIn(app, 'secretariat@aimf.demo')];
    const content = aProject();
    const { ref, version } = (await ask(cookie, 'POST /api/projects', { body: { id: uuid(), content } })) as unknown as { ref: string; version: number };
    await ask(cookie, 'PATCH /api/projects/{ref}', { at: [ref], body: { version, content: { ...content, title: 'Une chambre froide au marché central' } } });
    await ask(cookie, 'POST /api/projects/{ref}/actions', { at: [ref], body: { version: version + 1, action: 'prepare', reason: '' } });
    for (const part of ['', '/board', `/${'{ref}'}`, '/{ref}/updates']) await ask(cookie, `GET /api/projects${part}`, { at: [ref] });
    for (const part of ['membership', 'follow']) for (const method of ['PUT', 'DELETE']) await ask(other.cookie, `${method} /api/projects/{ref}/${part}`, { at: [ref] });
    const update = uuid();
    await ask(cookie, 'POST /api/projects/{ref}/updates', { at: [ref], body: { id: update, body: 'La dalle est coulée.' } });
    await ask(cookie, 'DELETE /api/projects/{ref}/updates/{id}', { at: [ref, update] });
    await app.database.run(`UPDATE project SET stage = 'finished' WHERE ref = $1`, [ref]);
    await ask(cookie, 'GET /api/projects/{ref}/practice-draft', { at: [ref] });
    const folder = uuid();
    await ask(cookie, 'PUT /api/practice-folders', { body: { id: folder, name: 'Pour le conseil' } });
    for (const method of ['PUT', 'DELETE']) await ask(cookie, `${method} /api/practice-folders/{id}/practices/{ref}`, { at: [folder, 'demo-02'] });
    for (const part of ['', '/{id}']) await ask(cookie, `GET /api/practice-folders${part}`, { at: [folder] });
    await ask(secretariat, 'POST /api/practices-import', { body: [] });
  });

  it('are what two cities get back that meet over a need', async () => {
    const [asker, helper, need, offer, introduction] = [await buildMember(app), await buildMember(app), uuid(), uuid(), uuid()];
    const { version } = (await ask(asker.cookie, 'POST /api/needs', { body: { id: need, content: aNeed() } })) as unknown as { version: number };
    await ask(asker.cookie, 'PATCH /api/needs/{id}', { at: [need], body: { version, content: aNeed({ urgency: 'high' }) } });
    await ask(asker.cookie, 'POST /api/needs/{id}/actions', { at: [need], body: { version: version + 1, action: 'publish' } });
    for (const part of ['', '/{id}', '/{id}/suggestions']) await ask(asker.cookie, `GET /api/needs${part}`, { at: [need] });
    await ask(helper.cookie, 'POST /api/offers', { body: { id: offer, content: anOffer() } });
    await ask(helper.cookie, 'PATCH /api/offers/{id}', { at: [offer], body: { version: 1, content: anOffer({ capacity: 'Deux visites' }) } });
    await ask(helper.cookie, 'POST /api/offers/{id}/actions', { at: [offer], body: { version: 2, action: 'suspend' } });
    for (const part of ['', '/{id}']) await ask(helper.cookie, `GET /api/offers${part}`, { at: [offer] });
    const proposed = (await ask(asker.cookie, 'POST /api/introductions', { body: { id: introduction, need, organisation: await slugOf(app, helper.organisationId), message: 'Bonjour' } })) as unknown as { version: number };
    const met = (await ask(helper.cookie, 'POST /api/introductions/{id}/actions', { at: [introduction], body: { version: proposed.version, action: 'accept-by-helper', reason: '' } })) as unknown as { version: number; state: string };
    await ask(asker.cookie, 'POST /api/introductions/{id}/messages', { at: [introduction], body: { id: uuid(), body: 'Quand pouvons-nous venir ?' } });
    for (const part of ['', '/{id}', '/{id}/messages']) await ask(helper.cookie, `GET /api/introductions${part}`, { at: [introduction] });
    expect(met.state).toBe('accepted');
  });

  it('are what the secretariat gets back about people, and two officials about a hand-over', async () => {
    const [leaves, secretariat] = [await buildMember(app), await signIn(app, 'secretariat@aimf.demo')];
    const follows = await buildMember(app, { organisationId: leaves.organisationId });
    for (const part of ['', '/{id}']) await ask(secretariat, `GET /api/people${part}`, { at: [leaves.personId] });
    const [from, to, id] = [await mandateOf(app, leaves), await mandateOf(app, follows), uuid()];
    await ask(secretariat, 'GET /api/audit');
    await ask(secretariat, 'PUT /api/people/{id}/role', { at: [leaves.personId], body: { was: 'member', role: 'member' } });
    await ask(secretariat, 'POST /api/people/{id}/mandates', { at: [leaves.personId], body: { id: uuid(), organisation: await slugOf(app, leaves.organisationId), function: 'Adjoint', from: '2020-01-01', to: '2021-01-01' } });
    await ask(secretariat, 'GET /api/mandates/{id}/successors', { at: [from] });
    const given = await aDelegation(app, leaves, follows);
    await ask(leaves.cookie, 'POST /api/delegations', { body: given });
    await ask(follows.cookie, 'GET /api/delegations', {});
    await ask(follows.cookie, 'POST /api/delegations/{id}/end', { at: [given.id], body: { version: 1 } });
    await ask(secretariat, 'POST /api/people-without-access', { body: { id: uuid(), name: 'Maire', organisation: await slugOf(app, leaves.organisationId), function: 'Maire', from: '2020-01-01' } });
    await ask(secretariat, 'GET /api/people-without-access', {});
    const city = await slugOf(app, follows.organisationId);
    await ask(follows.cookie, 'PUT /api/role-mailboxes/{slug}', { at: [city], body: { address: 'cabinet@exemple.test', language: 'fr', version: 0 } });
    await ask(secretariat, 'GET /api/role-mailboxes/{slug}', { at: [city] });
    await ask(secretariat, 'POST /api/hand-overs', { body: { id, from, to } });
    await ask(leaves.cookie, 'PATCH /api/hand-overs/{id}', { at: [id], body: { version: 1, note: 'Bon courage' } });
    await ask(leaves.cookie, 'GET /api/hand-overs', {});
    await ask(follows.cookie, 'POST /api/hand-overs/{id}/take', { at: [id], body: { version: 2 } });
  });

  it('are what the secretariat gets back about a candidature', async () => {
    const clerk = await buildMember(app, { role: 'administrator' });
    const secretariat = clerk.cookie;
    const { id } = await ask(secretariat, 'POST /api/accessions', { body: await anAccessionBody(app) });
    const at = [String(id)];
    const act = async (route: string, body: object, more: string[] = []) => {
      const { version } = (await ask(secretariat, 'GET /api/accessions/{id}', { at })) as unknown as { version: number };
      await ask(secretariat, route, { at: [...at, ...more], body: { version, ...body } });
    };
    await act('PUT /api/accessions/{id}/documents/{kind}', { state: 'received' }, ['letter']);
    await act('POST /api/accessions/{id}/documents/{kind}/files', { attachment: await buildPicture(app, clerk) }, ['letter']);
    await act('POST /api/accessions/{id}/opinion-request', {});
    await act('PUT /api/accessions/{id}/opinion', { opinion: 'favourable', words: 'Volontiers.', letter: { from: 'Maire', on: '2026-01-01' } });
    await act('POST /api/accessions/{id}/decisions', aDecision({ id: at[0] ?? '', version: 6 }, { outcome: 'deferred' }));
    for (const part of ['', '/seats']) await ask(secretariat, `GET /api/accessions${part}`, {});
  });

  it('are what moderation gets back about its queue and about somebody who has just joined', async () => {
    const [newcomer, secretariat] = [await buildMember(app), await signIn(app, 'secretariat@aimf.demo')];
    await ask(secretariat, 'GET /api/moderation/queue', {});
    await ask(secretariat, 'GET /api/factor-demands');
    await ask(secretariat, 'PUT /api/factor-demands/{role}', { at: ['guest'], body: { from: null, version: 1 } });
    const at = [newcomer.accountId];
    for (const operation of ['GET /api/moderation/newcomers/{id}', 'PUT /api/moderation/newcomers/{id}/claim', 'DELETE /api/moderation/newcomers/{id}/claim', 'POST /api/moderation/newcomers/{id}/seen']) await ask(secretariat, operation, { at });
  });

  it('are what somebody gets back who invites by a file', async () => {
    const mayor = await buildMember(app);
    const content = Buffer.from('adresse;fonction\nagent@exemple.test;Adjointe\n;Sans adresse\n').toString('base64');
    await ask(mayor.cookie, 'POST /api/invitation-batches', { body: { id: uuid(), dryRun: false, skipErrors: true, fileName: 'agents.csv', language: 'fr', content } });
    await ask(mayor.cookie, 'GET /api/invitation-batches');
  });

  it('are what somebody gets back who makes and uses a link for several people', async () => {
    const mayor = await buildMember(app);
    const id = uuid();
    await ask(mayor.cookie, 'POST /api/invitation-links', { body: { id, language: 'fr', role: 'member', organisation: await slugOf(app, mayor.organisationId), function: 'Adjointe', usesMax: 2, days: 10 } });
    const { items: [link] } = (await ask(mayor.cookie, 'GET /api/invitation-links')) as unknown as { items: { url: string }[] };
    const token = new URL(link?.url ?? '').searchParams.get('lien');
    await ask(mayor.cookie, 'POST /api/invitation-links/open', { body: { token } });
    await ask(mayor.cookie, 'POST /api/invitation-links/join', { body: { token } });
    await ask(mayor.cookie, 'DELETE /api/invitation-links/{id}', { at: [id] });
  });

  it('are described for every route that answers with JSON', () => {
    const silent = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).flatMap(([method, { operationId, responses }]) => (responses['204'] || responses['302'] || answerSchemas[operationId] ? [] : [`${method.toUpperCase()} ${path}`])));
    expect(silent.sort()).toEqual([...FILES].sort());
  });

  it('were all looked at, and name their views as components', () => {
    // Signing in by mail needs a mail catcher, an opinion an expert who was asked, a case its moderators: accounts.test.ts, practice-life.test.ts, moderation-desk.test.ts, withheld-names.test.ts, charter.test.ts, invitations.test.ts, second-factor.test.ts, single-sign-onpasskeys.test.ts, sign-in-alerts.test.ts.
    expect(Object.keys(answerSchemas).filter((operation) => !checked.has(operation))).toEqual([
      'AuthController_askLink',
      'AuthController_confirmLink',
      'AuthController_notMe',
      'FactorController_secondFactor',
      'FactorController_askSecond',
      'FactorController_offer',
      'FactorController_confirm',
      'FactorController_renew',
      'OidcController_list',
      'OidcController_link',
      'PasskeyController_enter',
      'PasskeyController_add',
      'PracticeController_review',
      ...Object.keys(answerSchemas).filter((operation) => /^ModerationController_(queue|get|claim|release|note|decide|decideTogether|undo|answer|publish|appeal|register)$|^CharterController_(versions|saveRule|prepared|savePrepared|removePrepared)$/.test(operation)),
      ...['list', 'create', 'resend', 'revoke', 'code', 'open', 'accept'].map((method) => `InvitationController_${method}`),
      'LiftedNameController_lift',
    ]);
    expect(Object.keys(schemas)).toEqual(expect.arrayContaining(['Account', 'Draft', 'Event', 'Home', 'Post', 'Practice', 'Thread']));
    expect(paths['/api/threads/{id}']?.['get']?.responses['200']?.content?.['application/json']?.schema).toEqual({
      $ref: '#/components/schemas/Thread',
    });
  });
});
