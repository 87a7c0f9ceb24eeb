import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiProblem, NetworkFailure } from '../src/app/api';
import { Outbox } from '../src/outbox/outbox';
import type { OutboxItem } from '../src/outbox/outbox-machine';
import { deviceStore } from '../src/outbox/outbox-store';

/** Tabs of one browser: they hear each other and share locks. */
class Channel extends EventTarget {
  static readonly open = new Set<Channel>();
  constructor() {
    super();
    Channel.open.add(this);
  }
  postMessage(data: unknown): void {
    for (const other of Channel.open)
      if (other !== this) queueMicrotask(() => other.dispatchEvent(Object.assign(new Event('message'), { data })));
  }
}
let held: Promise<unknown> = Promise.resolve();
const locks = { request: (_: string, work: () => Promise<unknown>) => (held = held.then(work)) };
Object.defineProperty(globalThis, 'navigator', { value: { locks }, configurable: true });
Object.defineProperty(globalThis, 'BroadcastChannel', { value: Channel, configurable: true });

const settled = async (done: () => boolean) => {
  for (let turn = 0; turn < 300 && !done(); turn++) await new Promise((next) => setTimeout(next, 5));
  expect(done()).toBe(true);
};
const reply = (id: string, lane = 't1') => ({
  id,
  lane,
  kind: 'reply' as const,
  method: 'POST' as const,
  path: `/api/threads/${lane}/posts`,
  body: { id, body: `text of ${id}` },
});
const refusal = (status: number, code: 'thread-closed' | 'unauthenticated' | 'id-reused') => new ApiProblem(status, { code }, undefined);

/** A server that answers what the test says, and remembers what it got. */
class Server {
  readonly got: OutboxItem[] = [];
  answer: (item: OutboxItem) => unknown = () => ({});
  readonly send = async (item: OutboxItem) => {
    this.got.push(item);
    const answer = this.answer(item);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  ids = () => this.got.map((item) => item.id);
}

let server: Server;
let opened: Outbox[] = [];
const tab = (onSessionEnded = () => undefined as void) => {
  const outbox = new Outbox(server.send, onSessionEnded);
  opened.push(outbox);
  return outbox;
};

beforeEach(async () => {
  server = new Server();
  Channel.open.clear();
  await (await deviceStore()).clear('outbox');
});
afterEach(() => {
  for (const outbox of opened) outbox.close();
  opened = [];
});

describe('the outbox', () => {
  it('sends each item once, in order, and tells when it has arrived', async () => {
    const outbox = tab();
    await outbox.open('a');
    const arrived: string[] = [];
    outbox.onSent((item) => arrived.push(item.id));
    for (const id of ['1', '2', '3']) await outbox.add(reply(id));
    await settled(() => outbox.snapshot().length === 0);
    expect(server.ids()).toEqual(['1', '2', '3']);
    expect(arrived).toEqual(['1', '2', '3']);
    expect(outbox.arrivedAt('2')).toBeInstanceOf(Date);
  });

  it('repeats the very same request after a lost answer and lets nothing overtake it', async () => {
    const outbox = tab();
    await outbox.open('a');
    server.answer = () => new NetworkFailure();
    await outbox.add(reply('1'));
    await outbox.add(reply('2'));
    await settled(() => outbox.snapshot()[0]?.attempts === 1);
    expect(outbox.snapshot().map((item) => item.state)).toEqual(['waiting', 'waiting']);
    server.answer = () => ({});
    outbox.wake();
    await settled(() => outbox.snapshot().length === 0);
    expect(server.ids()).toEqual(['1', '1', '2']);
    expect(server.got[1]?.body).toEqual(server.got[0]?.body);
  });

  it('survives a reload and a crash in the middle of a request', async () => {
    const item: OutboxItem = {
      ...reply('lost'),
      account: 'a',
      sequence: 1,
      state: 'sending',
      reason: null,
      createdAt: '2026-01-01T00:00:00.000Z',
      attempts: 0,
      notBefore: 0,
    };
    await (await deviceStore()).put('outbox', item);
    const outbox = tab();
    await outbox.open('a');
    await settled(() => outbox.snapshot().length === 0);
    expect(server.ids()).toEqual(['lost']);
  });

  it('is sent by one tab only', async () => {
    const [left, right] = [tab(), tab()];
    await Promise.all([left.open('a'), right.open('a')]);
    await Promise.all([left.add(reply('1')), right.add(reply('2', 't2')), left.add(reply('3'))]);
    await settled(() => left.snapshot().length === 0 && right.snapshot().length === 0);
    expect(server.ids().sort()).toEqual(['1', '2', '3']);
  });

  it('waits for the same account when the session has ended', async () => {
    let ended = 0;
    const outbox = tab(() => void ended++);
    await outbox.open('a');
    server.answer = () => refusal(401, 'unauthenticated');
    await outbox.add(reply('1'));
    await settled(() => ended === 1);
    server.answer = () => ({});
    await outbox.open('b');
    expect(outbox.snapshot()).toEqual([]);
    await outbox.open('a');
    await settled(() => outbox.snapshot().length === 0 && server.got.length === 2);
    expect(server.ids()).toEqual(['1', '1']);
  });

  it('stops when another tab signs somebody else in', async () => {
    let told = 0;
    const mine = tab(() => void told++);
    await mine.open('a');
    await tab().open('b');
    await settled(() => told > 0);
    await mine.add(reply('1'));
    await new Promise((next) => setTimeout(next, 30));
    expect(server.got).toEqual([]);
    expect(mine.snapshot()).toHaveLength(1);
  });

  it('keeps a refused text with its reason and lets the next one go', async () => {
    const outbox = tab();
    await outbox.open('a');
    server.answer = (item) => (item.id === '1' ? refusal(409, 'thread-closed') : {});
    await outbox.add(reply('1'));
    await outbox.add(reply('2'));
    await settled(() => outbox.snapshot().length === 1 && server.got.length === 2);
    expect(outbox.snapshot()[0]).toMatchObject({ id: '1', state: 'refused', reason: { code: 'thread-closed', status: 409 } });
  });

  it('gives a refused text a new number when it goes to another thread', async () => {
    const outbox = tab();
    await outbox.open('a');
    server.answer = (item) => (item.lane === 't1' ? refusal(409, 'thread-closed') : {});
    await outbox.add(reply('1'));
    await settled(() => outbox.snapshot()[0]?.state === 'refused');
    await outbox.retry('1', { lane: 't2', path: '/api/threads/t2/posts' });
    await settled(() => outbox.snapshot().length === 0);
    const [, moved] = server.got;
    expect(moved).toMatchObject({ lane: 't2', path: '/api/threads/t2/posts' });
    expect(moved?.id).not.toBe('1');
    expect(moved?.body).toEqual({ id: moved?.id, body: 'text of 1' });
  });

  it('keeps the number of a waiting text that is changed: the server may already have it', async () => {
    const outbox = tab();
    await outbox.open('a');
    server.answer = () => new NetworkFailure();
    await outbox.add(reply('1'));
    await settled(() => outbox.snapshot()[0]?.attempts === 1);
    server.answer = () => refusal(409, 'id-reused');
    await outbox.retry('1', { body: { id: '1', body: 'changed' } });
    await settled(() => outbox.snapshot()[0]?.state === 'refused');
    expect(server.ids()).toEqual(['1', '1']);
    expect(outbox.snapshot()[0]).toMatchObject({ reason: { code: 'id-reused' }, body: { body: 'changed' } });
  });
});
