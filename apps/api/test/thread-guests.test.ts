import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventView, ThreadGuestView, ThreadView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { LiveIndex } from '../src/search/index.js';
import { aPostBody, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { heard, mandateOf } from './builders/spaces.js';
import { TestApp } from './support/app.js';

let app: TestApp;
let animator: Member;
let member: Member;
let moderator: Member;
let guest: Member;
let space: Space;
let thread: ThreadView;
let other: ThreadView;

beforeAll(async () => {
  app = await TestApp.start();
  [animator, member, moderator] = [await buildMember(app), await buildMember(app), await buildMember(app, { role: 'moderator' })];
  guest = await buildMember(app, { role: 'guest', function: 'Hydrologue' });
  space = await buildSpace(app, { access: 'confidential', animators: [animator], members: [member] });
  thread = await buildThread(app, animator, space, { title: 'La nappe sous le marché couvert' });
  other = await buildThread(app, animator, space, { title: 'La nappe, ce qui reste entre nous' });
});
afterAll(() => app.stop());

const call = (who: Member, method: string, path: string, body?: unknown) => app.call(method, path, { cookie: who.cookie, ...(body !== undefined && { body }) });
const admit = async (who: Member, id = uuid()) => call(who, 'POST', `/api/threads/${thread.id}/guests`, { id, mandate: await mandateOf(app, guest) });
const found = async () => {
  await app.app.get(LiveIndex).settled();
  return (await call(guest, 'GET', '/api/search?q=nappe')).json as unknown as { total: number; hits: { id: string }[]; facets: { kind: { count: number }[] } };
};

describe('a guest of one thread', () => {
  it('is admitted by whoever animates the space, from the guests of the network', async () => {
    expect((await call(animator, 'GET', `/api/threads/${thread.id}/guest-candidates?q=hydro`)).json).toMatchObject({ items: [{ function: 'Hydrologue' }] });
    expect([(await admit(member)).status, (await admit(moderator)).status, (await admit(guest)).status]).toEqual([403, 404, 404]);
    const id = uuid();
    expect([(await admit(animator, id)).status, (await admit(animator, id)).status]).toEqual([201, 200]);
    expect((await call(animator, 'POST', `/api/threads/${thread.id}/guests`, { id: uuid(), mandate: await mandateOf(app, member) })).status).toBe(400);
    const acts = await app.database.rows<{ act: string }>('SELECT act FROM audit_entry WHERE subject_id = $1', [thread.id]);
    expect(acts).toEqual([{ act: 'thread.guest-admitted' }]);
  });

  it('reads it, writes in it and finds it, and nothing else of the space', async () => {
    expect((await call(guest, 'GET', `/api/threads/${thread.id}`)).json).toMatchObject({ title: thread.title, abilities: { reply: true, admit: false } });
    expect((await call(guest, 'POST', `/api/threads/${thread.id}/posts`, aPostBody({ body: 'La nappe est à trois mètres.' }))).status).toBe(201);
    for (const path of [`/api/threads/${other.id}`, `/api/threads/${other.id}/posts`, `/api/spaces/${space.slug}`, `/api/spaces/${space.slug}/members`]) expect((await call(guest, 'GET', path)).status).toBe(404);
    expect((await call(guest, 'GET', '/api/threads?limit=100')).json).toMatchObject({ items: [{ id: thread.id }] });
    expect((await call(guest, 'GET', '/api/spaces')).json).toEqual({ items: [] });
    const search = await found();
    expect([search.total, search.hits.some(({ id }) => id === thread.id), search.hits.some(({ id }) => id === other.id)]).toEqual([2, true, false]);
    await call(guest, 'PUT', `/api/drafts/thread:${thread.id}`, { sequence: 1, body: 'À suivre' });
    expect((await call(guest, 'GET', '/api/drafts')).json).toMatchObject({ items: [{ threadTitle: thread.title }] });
    expect((await call(guest, 'POST', '/api/reports', { targetKind: 'thread', targetId: other.id, reason: 'other', text: '' })).status).toBe(404);
  });

  it('hears of it live and later, as a member would, and of nothing else', async () => {
    const { socket, events } = await app.socket(guest.cookie);
    expect([await socket.emitWithAck('watch', { thread: thread.id }), await socket.emitWithAck('watch', { thread: other.id })]).toMatchObject([{ ok: true }, { ok: false }]);
    await buildPost(app, animator, other.id);
    await buildPost(app, animator, thread.id);
    await call(animator, 'PUT', `/api/threads/${thread.id}/summary`, { version: 0, points: ['La nappe est haute.'], whatChanged: '' });
    await heard(events, 'thread.summarised');
    expect(new Set(events.map((event) => event.thread))).toEqual(new Set([thread.id]));
    const later = (await call(guest, 'GET', '/api/events?since=0&limit=500')).json as unknown as { items: EventView[] };
    expect(new Set(later.items.flatMap((event) => event.thread ?? []))).toEqual(new Set([thread.id]));
  });

  it('is out at once when the admission ends', async () => {
    const { socket, events } = await app.socket(guest.cookie);
    await socket.emitWithAck('watch', { thread: thread.id });
    const { items } = (await call(animator, 'GET', `/api/threads/${thread.id}/guests`)).json as unknown as { items: ThreadGuestView[] };
    expect((await call(moderator, 'DELETE', `/api/thread-guests/${items[0]?.id}`)).status).toBe(404);
    expect((await call(animator, 'DELETE', `/api/thread-guests/${items[0]?.id}`)).status).toBe(204);
    await heard(events, 'access.changed');
    await buildPost(app, animator, thread.id);
    expect(await socket.emitWithAck('watch', { thread: thread.id })).toMatchObject({ ok: false });
    expect(events.map(({ type }) => type)).toEqual(['access.changed']);
    expect((await call(guest, 'GET', `/api/threads/${thread.id}`)).status).toBe(404);
    expect((await found()).total).toBe(0);
  });
});
