import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Presence, SpaceDetail } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { aPostBody, aThreadBody, buildMember, buildPost, buildSpace, buildThread, type Member } from './builders/forum.js';
import { buildSanction } from './builders/moderation.js';
import { endMandate } from './builders/relay.js';
import { aRequestBody, aSpaceBody, createSpace, heard, invite, memberPath } from './builders/spaces.js';
import { TestApp, until } from './support/app.js';

let app: TestApp;
let moderator: Member;
let animator: Member;
let member: Member;
let outsider: Member;
let guest: Member;

beforeAll(async () => {
  app = await TestApp.start();
  [moderator, guest] = [await buildMember(app, { role: 'moderator' }), await buildMember(app, { role: 'guest' })];
});
afterAll(() => app.stop());
beforeEach(async () => {
  [animator, member, outsider] = [await buildMember(app), await buildMember(app), await buildMember(app)];
});

const call = (who: Member, method: string, path: string, body?: unknown) => app.call(method, path, { cookie: who.cookie, ...(body !== undefined && { body }) });
const get = async <T = Record<string, unknown>>(who: Member, path: string) => (await call(who, 'GET', path)).json as unknown as T;
const statusFor = async (who: Member, path: string) => (await call(who, 'GET', path)).status;
const directory = async (who: Member, query = '') => (await get<{ items: SpaceDetail[] }>(who, `/api/spaces/directory${query}`)).items.map(({ slug }) => slug);
const audited = async (space: string) => (await app.database.rows<{ act: string }>('SELECT act FROM audit_entry WHERE subject_id = $1 ORDER BY at, id', [space])).map(({ act }) => act);

describe('creating a space', () => {
  it('is for moderation, which animates it then; a repeat gives what is stored', async () => {
    const body = aSpaceBody({ access: 'confidential' });
    const first = await call(moderator, 'POST', '/api/spaces', body);
    const second = await call(moderator, 'POST', '/api/spaces', body);
    expect([first.status, second.status, (await call(moderator, 'POST', '/api/spaces', { ...body, nameFr: 'Autre chose' })).json.code]).toEqual([201, 200, 'id-reused']);
    expect(first.json).toMatchObject({ role: 'animator', memberCount: 1, access: 'confidential', abilities: { manage: true, settle: true } });
    expect(second.json['slug']).toBe(first.json['slug']);
    expect((await call(member, 'POST', '/api/spaces', aSpaceBody())).status).toBe(403);
  });

  it('gives the same address to the same name never twice', async () => {
    const [one, two] = [await createSpace(app, moderator), await createSpace(app, moderator)];
    expect(one.slug).not.toBe(two.slug);
    expect(one.slug).toMatch(/^commission-des-marches-[0-9a-f]{6}$/);
  });
});

describe('editing a space', () => {
  it('asks for the version that was seen, and lets animators change the description only', async () => {
    const space = await createSpace(app, moderator);
    await app.database.run(`INSERT INTO space_member (space_id, person_id, role) VALUES ($1, $2, 'animator')`, [space.id, animator.personId]);
    const path = `/api/spaces/${space.slug}`;
    expect((await call(animator, 'PATCH', path, { version: 1, descriptionFr: 'Une autre description.' })).json).toMatchObject({ version: 2, descriptionFr: 'Une autre description.', nameFr: space.nameFr });
    expect((await call(animator, 'PATCH', path, { version: 2, nameFr: 'Un autre nom' })).status).toBe(403);
    expect((await call(moderator, 'PATCH', path, { version: 1, nameFr: 'Un autre nom' })).json.code).toBe('stale-version');
    expect((await call(moderator, 'PATCH', path, { version: 2, nameFr: 'Un autre nom' })).json).toMatchObject({ version: 3, nameFr: 'Un autre nom', slug: space.slug });
    expect(await audited(space.id)).toEqual(['space.created', 'space.member-admitted', 'space.edited', 'space.edited']);
  });

  it('is made confidential by whoever belongs to it, so that it is not left to nobody', async () => {
    const space = await buildSpace(app, { access: 'closed', animators: [animator] });
    const path = `/api/spaces/${space.slug}`;
    expect((await call(moderator, 'PATCH', path, { version: 1, access: 'confidential' })).json.errors).toMatchObject([{ path: 'access' }]);
    await call(moderator, 'PUT', `${path}/membership`);
    expect((await call(moderator, 'PATCH', path, { version: 1, access: 'confidential', nameFr: `Espace ${space.slug}` })).json).toMatchObject({ access: 'confidential', role: 'member' });
    const edited = await app.database.row<{ detail: object }>(`SELECT detail FROM audit_entry WHERE subject_id = $1 AND act = 'space.edited'`, [space.id]);
    expect(edited?.detail).toEqual({ version: 2, fields: ['access'], access: { from: 'closed', to: 'confidential' } });
  });

  it('shuts the door at once when an open space becomes confidential', async () => {
    const space = await createSpace(app, moderator, { access: 'open' });
    const thread = await buildThread(app, moderator, space);
    const { socket, events } = await app.socket(outsider.cookie);
    expect(await socket.emitWithAck('watch', { thread: thread.id })).toMatchObject({ ok: true });
    await call(moderator, 'PATCH', `/api/spaces/${space.slug}`, { version: 1, access: 'confidential' });
    await heard(events, 'access.changed');
    await buildPost(app, moderator, thread.id);
    expect(await socket.emitWithAck('watch', { thread: thread.id })).toMatchObject({ ok: false });
    expect(events.filter((event) => event.type === 'post.created')).toEqual([]);
    expect([await statusFor(outsider, `/api/threads/${thread.id}`), await statusFor(outsider, `/api/spaces/${space.slug}`)]).toEqual([404, 404]);
  });
});

describe('archiving a space', () => {
  it('takes it out of the lists and lets it be read, until it is back again', async () => {
    const space = await createSpace(app, moderator, { access: 'open' });
    const thread = await buildThread(app, member, space);
    const post = await buildPost(app, member, thread.id);
    const archive = (archived: boolean, version: number) => call(moderator, 'PUT', `/api/spaces/${space.slug}/archive`, { version, archived });
    expect((await archive(true, 1)).json).toMatchObject({ archived: true, version: 2 });
    expect((await archive(true, 1)).status).toBe(200);
    const listed = async () => (await get<{ items: { id: string }[] }>(member, '/api/threads?limit=100')).items.some(({ id }) => id === thread.id);
    expect([(await directory(member)).includes(space.slug), (await directory(member, '?archived=true')).includes(space.slug), await listed()]).toEqual([false, true, false]);
    expect((await get<{ items: unknown[] }>(member, `/api/threads?space=${space.slug}`)).items).toHaveLength(1);
    expect(await get(member, `/api/threads/${thread.id}`)).toMatchObject({ abilities: { reply: false, edit: false, summarise: false } });
    expect((await get<{ items: { id: string; abilities: object }[] }>(member, `/api/threads/${thread.id}/posts`)).items.find(({ id }) => id === post.id)?.abilities).toMatchObject({ edit: false });
    for (const [method, path, body] of [
      ['POST', `/api/threads/${thread.id}/posts`, aPostBody()],
      ['POST', '/api/threads', aThreadBody(space)],
      ['PATCH', `/api/posts/${post.id}`, { version: 1, body: 'Corrigé' }],
      ['PUT', `/api/posts/${post.id}/reactions/useful`, undefined],
      ['PATCH', `/api/threads/${thread.id}`, { version: 1, title: 'Un autre titre pour ce fil' }],
    ] as const)
      expect((await call(member, method, path, body)).json.code).toBe('space-read-only');
    await archive(false, 2);
    expect((await call(member, 'POST', `/api/threads/${thread.id}/posts`, aPostBody())).status).toBe(201);
    expect([(await directory(member)).includes(space.slug), await listed()]).toEqual([true, true]);
  });
});

describe('an open space', () => {
  it('is joined and left by whoever wants', async () => {
    const space = await createSpace(app, moderator, { access: 'open' });
    const path = `/api/spaces/${space.slug}/membership`;
    expect([(await call(member, 'PUT', path)).json, (await call(member, 'PUT', path)).json]).toMatchObject([{ role: 'member', memberCount: 2 }, { memberCount: 2 }]);
    const mayor = await buildMember(app, { function: 'Maire' });
    await call(mayor, 'PUT', path);
    const belonging = (await get<{ items: { own: boolean; function: string; role: string }[] }>(member, `/api/spaces/${space.slug}/members`)).items;
    expect(belonging.filter(({ role }) => role === 'animator')).toMatchObject([{ own: false, function: 'Services techniques' }]);
    expect(belonging.filter(({ role }) => role === 'member').map(({ own, function: office }) => [own, office]).sort()).toEqual([[false, 'Maire'], [true, 'Services techniques']]);
    expect([(await call(member, 'DELETE', path)).status, (await call(member, 'DELETE', path)).status]).toEqual([204, 204]);
    expect(await get(member, `/api/spaces/${space.slug}`)).toMatchObject({ role: null, abilities: { read: true, join: true } });
    expect(await statusFor(guest, `/api/spaces/${space.slug}`)).toBe(404);
  });
});

describe('a closed space', () => {
  it('shows its name and description, not what is in it', async () => {
    const space = await createSpace(app, moderator);
    await buildThread(app, moderator, space, { title: 'Le ouistiti du huis clos' });
    expect(await get(outsider, `/api/spaces/${space.slug}`)).toMatchObject({ nameFr: space.nameFr, memberCount: null, threadCount: null, role: null, abilities: { read: false, ask: true, members: false } });
    expect(await statusFor(outsider, `/api/spaces/${space.slug}/members`)).toBe(403);
    expect((await call(outsider, 'GET', '/api/threads?limit=100')).text).not.toContain('ouistiti');
    expect(await statusFor(guest, `/api/spaces/${space.slug}`)).toBe(404);
  });

  it('is joined on request with a reason: the animators hear it, the asker hears the answer, live', async () => {
    const space = await buildSpace(app, { access: 'closed', animators: [animator] });
    const thread = await buildThread(app, animator, space);
    const [deciding, asking] = [await app.socket(animator.cookie), await app.socket(outsider.cookie)];
    const request = aRequestBody();
    const ask = (body: object) => call(outsider, 'POST', `/api/spaces/${space.slug}/requests`, body);
    expect([(await ask(request)).status, (await ask(request)).status, (await ask(aRequestBody())).json.code, (await ask({ id: uuid(), reason: 'Non' })).status]).toEqual([201, 200, 'not-possible-now', 400]);
    await heard(deciding.events, 'space.requested');
    expect((await get<{ items: object[] }>(animator, `/api/spaces/${space.slug}/requests`)).items).toMatchObject([{ id: request.id, reason: request.reason, function: 'Services techniques' }]);
    expect(await get(animator, `/api/spaces/${space.slug}`)).toMatchObject({ waiting: 1 });

    const answer = (id: string, body: object) => call(animator, 'POST', `/api/space-requests/${id}/answer`, body);
    expect((await answer(request.id, { accept: false })).status).toBe(400);
    expect((await answer(request.id, { accept: false, words: 'Le groupe est complet cette année.' })).status).toBe(200);
    await heard(asking.events, 'space.answered');
    expect(await get(outsider, `/api/spaces/${space.slug}`)).toMatchObject({ request: { state: 'declined', words: 'Le groupe est complet cette année.' }, abilities: { ask: true } });
    expect((await answer(request.id, { accept: true, words: 'Finalement oui.' })).json.code).toBe('not-possible-now');

    const again = aRequestBody();
    await ask(again);
    expect((await answer(again.id, { accept: true, words: 'Bienvenue.' })).status).toBe(200);
    await heard(asking.events, 'access.changed');
    expect(await get(outsider, `/api/spaces/${space.slug}`)).toMatchObject({ role: 'member', request: null, abilities: { read: true, ask: false } });
    expect(await asking.socket.emitWithAck('watch', { thread: thread.id })).toMatchObject({ ok: true });
    expect(await audited(space.id)).toEqual(['space.request-declined', 'space.request-accepted', 'space.member-admitted']);
  });

  it('lets the asker take the request back', async () => {
    const space = await buildSpace(app, { access: 'closed', animators: [animator] });
    const request = aRequestBody();
    await call(outsider, 'POST', `/api/spaces/${space.slug}/requests`, request);
    expect((await call(member, 'DELETE', `/api/space-requests/${request.id}`)).status).toBe(404);
    expect((await call(outsider, 'DELETE', `/api/space-requests/${request.id}`)).status).toBe(204);
    expect(await get(animator, `/api/spaces/${space.slug}/requests`)).toEqual({ items: [] });
    expect((await call(animator, 'POST', `/api/space-requests/${request.id}/answer`, { accept: true })).json.code).toBe('not-possible-now');
  });
});

describe('belonging', () => {
  it('ends live: whoever was removed leaves the rooms and is told nothing more', async () => {
    const space = await buildSpace(app, { access: 'closed', animators: [animator], members: [member] });
    const thread = await buildThread(app, animator, space);
    const { socket, events } = await app.socket(member.cookie);
    const staying = await app.socket(animator.cookie);
    const presences: Presence[] = [];
    staying.socket.on('presence', (presence) => presences.push(presence));
    for (const one of [staying.socket, socket]) await one.emitWithAck('watch', { thread: thread.id });
    await until(() => presences.at(-1)?.readers.length === 2, 'two readers');
    expect((await call(outsider, 'DELETE', await memberPath(app, space, member))).status).toBe(404);
    expect((await call(member, 'DELETE', await memberPath(app, space, animator))).status).toBe(403);
    expect((await call(animator, 'DELETE', await memberPath(app, space, member))).status).toBe(204);
    await heard(events, 'access.changed');
    await buildPost(app, animator, thread.id);
    expect(await socket.emitWithAck('watch', { thread: thread.id })).toMatchObject({ ok: false });
    expect(events.map(({ type }) => type)).toEqual(['access.changed']);
    await until(() => presences.at(-1)?.readers.length === 1, 'one reader');
    expect(await statusFor(member, `/api/threads/${thread.id}`)).toBe(404);
  });

  it('keeps one animator: the last one names another before leaving', async () => {
    const space = await buildSpace(app, { access: 'closed', animators: [animator], members: [member] });
    const own = await memberPath(app, space, animator);
    expect((await call(animator, 'DELETE', `/api/spaces/${space.slug}/membership`)).json.code).toBe('last-animator');
    expect((await call(animator, 'PATCH', own, { role: 'member' })).json.code).toBe('last-animator');
    expect((await call(moderator, 'DELETE', own)).json.code).toBe('last-animator');
    await call(animator, 'PATCH', await memberPath(app, space, member), { role: 'animator' });
    expect((await call(animator, 'DELETE', `/api/spaces/${space.slug}/membership`)).status).toBe(204);
    expect(await get(member, `/api/spaces/${space.slug}`)).toMatchObject({ role: 'animator', abilities: { manage: true, settle: false } });
  });

  it('lets a reader read and not write', async () => {
    const space = await buildSpace(app, { access: 'closed', animators: [animator], members: [member] });
    const thread = await buildThread(app, animator, space);
    await call(animator, 'PATCH', await memberPath(app, space, member), { role: 'reader' });
    expect(await get(member, `/api/threads/${thread.id}`)).toMatchObject({ abilities: { reply: false } });
    expect((await call(member, 'POST', `/api/threads/${thread.id}/posts`, aPostBody())).json.code).toBe('space-read-only');
    expect((await call(member, 'POST', '/api/threads', aThreadBody(space))).json.code).toBe('space-read-only');
  });
});

describe('a confidential space', () => {
  it('is entered by invitation only, which nobody else can see or answer', async () => {
    const space = await buildSpace(app, { access: 'confidential', animators: [animator] });
    const { events } = await app.socket(member.cookie);
    const id = uuid();
    expect([(await invite(app, animator, space, member, { id })).status, (await invite(app, animator, space, member, { id })).status, (await invite(app, animator, space, member)).json.code]).toEqual([201, 200, 'not-possible-now']);
    await heard(events, 'space.invited');
    expect(await get(member, '/api/space-invitations')).toMatchObject({ items: [{ id, role: 'member', space: { access: 'confidential', nameFr: `Espace ${space.slug}` }, by: { function: 'Services techniques' } }] });
    expect(await get(outsider, '/api/space-invitations')).toEqual({ items: [] });
    expect([await statusFor(member, `/api/spaces/${space.slug}`), (await call(outsider, 'POST', `/api/space-invitations/${id}/answer`, { accept: true })).status, (await call(moderator, 'DELETE', `/api/space-invitations/${id}`)).status]).toEqual([404, 404, 404]);
    expect((await call(member, 'POST', `/api/space-invitations/${id}/answer`, { accept: true })).json).toMatchObject({ state: 'accepted', slug: space.slug });
    expect(await get(member, `/api/spaces/${space.slug}`)).toMatchObject({ role: 'member', memberCount: 2 });
    expect(await directory(outsider)).not.toContain(space.slug);
  });

  it('lets the invitee decline and the animator withdraw', async () => {
    const space = await buildSpace(app, { access: 'confidential', animators: [animator] });
    const [declined, withdrawn] = [uuid(), uuid()];
    await invite(app, animator, space, member, { id: declined });
    await invite(app, animator, space, outsider, { id: withdrawn });
    expect((await call(member, 'POST', `/api/space-invitations/${declined}/answer`, { accept: false })).json).toMatchObject({ state: 'declined', slug: null });
    expect((await call(animator, 'DELETE', `/api/space-invitations/${withdrawn}`)).status).toBe(204);
    expect((await call(outsider, 'POST', `/api/space-invitations/${withdrawn}/answer`, { accept: true })).json.code).toBe('not-possible-now');
    expect((await get<{ items: object[] }>(animator, `/api/spaces/${space.slug}/invitations`)).items).toMatchObject([{ id: declined, state: 'declined' }]);
    expect(await statusFor(member, `/api/spaces/${space.slug}`)).toBe(404);
  });

  it('offers members in office by function and city, and no guests', async () => {
    const space = await buildSpace(app, { access: 'confidential', animators: [animator] });
    await buildMember(app, { role: 'guest', function: 'Ornithologue en chef' });
    const bird = await buildMember(app, { function: 'Ornithologue municipal' });
    const found = await get<{ items: { function: string; state: string }[] }>(animator, `/api/spaces/${space.slug}/candidates?q=ornithologue`);
    expect(found.items.map((one) => [one.function, one.state])).toEqual([['Ornithologue municipal', 'free']]);
    await invite(app, animator, space, bird);
    expect(await get(animator, `/api/spaces/${space.slug}/candidates?q=ornithologue`)).toMatchObject({ items: [{ state: 'invited' }] });
  });
});

describe('whoever is no longer in office', () => {
  it('finds nothing of a space that they animate, and neither joins, asks nor accepts', async () => {
    const [closed, confidential] = [await buildSpace(app, { access: 'closed', animators: [animator] }), await buildSpace(app, { access: 'confidential', animators: [animator], members: [member] })];
    const [open, other, waiting] = [await buildSpace(app), await buildSpace(app, { access: 'closed' }), await buildSpace(app, { access: 'confidential', animators: [outsider] })];
    const invitation = (await invite(app, outsider, waiting, animator)).json as unknown as { id: string };
    await endMandate(app, animator);
    const path = `/api/spaces/${confidential.slug}`;
    const statuses = [
      ...(await Promise.all(['', '/members', '/candidates?q=ville', '/requests', '/invitations'].map((rest) => statusFor(animator, path + rest)))),
      (await call(animator, 'PATCH', path, { version: 1, descriptionFr: 'Autre' })).status,
      (await invite(app, animator, confidential, outsider)).status,
      (await call(animator, 'DELETE', await memberPath(app, confidential, member))).status,
      (await call(animator, 'PATCH', `/api/spaces/${closed.slug}`, { version: 1, descriptionFr: 'Autre' })).status,
      (await call(animator, 'PUT', `/api/spaces/${open.slug}/membership`)).status,
      (await call(animator, 'POST', `/api/spaces/${other.slug}/requests`, aRequestBody())).status,
      (await call(animator, 'POST', `/api/space-invitations/${invitation.id}/answer`, { accept: true })).status,
    ];
    expect(new Set(statuses)).toEqual(new Set([404]));
    expect(await directory(animator)).toEqual([]);
    expect(await get(animator, '/api/space-invitations')).toEqual({ items: [] });
  });

  it('or was suspended by moderation finds nothing either; whoever was silenced reads on and manages nothing', async () => {
    const space = await buildSpace(app, { access: 'confidential', animators: [animator, outsider], members: [member] });
    const path = `/api/spaces/${space.slug}`;
    const acts = async (who: Member) => [
      await statusFor(who, `${path}/members`),
      (await call(who, 'PATCH', path, { version: 1, descriptionFr: 'Autre' })).status,
      (await invite(app, who, space, moderator)).status,
      (await call(who, 'DELETE', await memberPath(app, space, member))).status,
    ];
    await buildSanction(app, animator, 'mute');
    await buildSanction(app, outsider, 'suspend');
    expect([await acts(animator), await acts(outsider)]).toEqual([[200, 403, 403, 403], [404, 404, 404, 404]]);
    expect((await get<SpaceDetail>(animator, path)).abilities).toMatchObject({ read: true, members: true, manage: false });
  });
});
