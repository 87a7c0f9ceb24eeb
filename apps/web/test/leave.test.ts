import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

/** Its entries are enumerable, as a browser's are. */
const fakeStorage: Record<string, unknown> = Object.create({
  getItem: (name: string) => fakeStorage[name] ?? null,
  setItem: (name: string, value: string) => void (fakeStorage[name] = value),
  removeItem: (name: string) => void Reflect.deleteProperty(fakeStorage, name),
}) as Record<string, unknown>;
Object.defineProperty(globalThis, 'localStorage', { value: fakeStorage, configurable: true });
const { request } = await import('../src/app/api');
const owner = await import('../src/app/owner');
const { clearDevice, unsentTexts } = await import('../src/outbox/leave');
const { deviceStore } = await import('../src/outbox/outbox-store');

const draft = (account: string, key: string, body: string, part = {}) => ({
  account,
  key,
  body,
  writer: 'w',
  saved: false,
  sequence: 1,
  title: '',
  space: null,
  kind: null,
  naming: 'shown' as const,
  replyTo: null,
  updatedAt: '',
  ...part,
});
const item = (account: string, id: string) => ({
  id,
  account,
  lane: 't1',
  sequence: 1,
  kind: 'reply' as const,
  method: 'POST' as const,
  path: '/api/threads/t1/posts',
  body: { id, body: `text of ${id}` },
  state: 'waiting' as const,
  reason: null,
  createdAt: '',
  attempts: 0,
  notBefore: 0,
});

const original = globalThis.fetch;
let asked: string[] = [];
let status = 200;
beforeEach(async () => {
  asked = [];
  status = 200;
  globalThis.fetch = ((path: string, { method }: RequestInit) => {
    asked.push(`${method} ${path}`);
    return Promise.resolve(new Response('{}', { status, headers: { 'content-type': 'application/json' } }));
  }) as typeof fetch;
  owner.actForNobody();
  const db = await deviceStore();
  await Promise.all([db.clear('drafts'), db.clear('outbox')]);
});
afterEach(() => void (globalThis.fetch = original));

describe('leaving a shared device', () => {
  it('names what is on this device only, after giving the server the drafts that it takes', async () => {
    const db = await deviceStore();
    await db.put('outbox', item('a', 'i1'));
    await db.put('outbox', item('b', 'i2'));
    await db.put('drafts', draft('a', 'thread:t1', 'a draft'));
    await db.put('drafts', draft('a', 'thread:t2', 'saved already', { saved: true }));
    await db.put('drafts', draft('b', 'thread:t1', 'of somebody else'));
    expect((await unsentTexts('a')).map(({ text }) => text)).toEqual(['text of i1']);
    expect(asked).toEqual(['PUT /api/drafts/thread:t1']);
  });

  it('names a draft that the server refuses, and both versions where two contradict each other', async () => {
    status = 409;
    const db = await deviceStore();
    await db.put('drafts', draft('a', 'new-thread', 'refused'));
    await db.put('drafts', draft('a', 'thread:t1', 'one'));
    await db.put('drafts', draft('a', 'thread:t1#w2', 'other'));
    expect((await unsentTexts('a')).map(({ text }) => text).sort()).toEqual(['one', 'other', 'refused']);
    expect(asked).toEqual(['PUT /api/drafts/new-thread']);
  });

  it('clears what one account wrote and leaves what others wrote', async () => {
    const db = await deviceStore();
    await Promise.all([db.put('outbox', item('a', 'i1')), db.put('outbox', item('b', 'i2'))]);
    await Promise.all([db.put('drafts', draft('a', 'thread:t1', '1')), db.put('drafts', draft('b', 'thread:t1', '2'))]);
    await clearDevice('a');
    expect((await db.getAll('outbox')).map(({ id }) => id)).toEqual(['i2']);
    expect((await db.getAll('drafts')).map(({ body }) => body)).toEqual(['2']);
  });

  it('keeps nothing more for an account that has left, and everything on a device of one person', () => {
    owner.actFor('a');
    owner.markShared(true);
    expect(owner.mayKeep('a')).toBe(true);
    owner.leaveBrowser();
    expect(owner.mayKeep('a')).toBe(false);
    owner.markShared(false);
    expect(owner.mayKeep('a')).toBe(true);
  });
});

describe('a page of a browser in which another tab signed somebody else in', () => {
  it('writes nothing under their name', async () => {
    owner.actFor('a');
    await request('POST', '/api/x', {});
    localStorage.setItem('passerelle.account', 'b');
    expect(owner.isTaken()).toBe(true);
    await expect(request('POST', '/api/x', {})).rejects.toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(asked).toHaveLength(1);
    expect(owner.actsFor('a')).toBe(false);
  });

  it('belongs to nobody after a sign-out elsewhere', () => {
    owner.actFor('a');
    localStorage.setItem('passerelle.account', '');
    expect(owner.isTaken()).toBe(true);
  });
});
