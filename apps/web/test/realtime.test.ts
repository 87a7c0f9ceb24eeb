import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EventView } from '@passerelle/contract';

type Handler = (...args: never[]) => void;

/** The socket as the client sees it; the test plays the server. */
class FakeSocket {
  readonly handlers = new Map<string, Handler>();
  readonly emitted: [string, unknown][] = [];
  readonly volatile = this;
  on(name: string, handler: Handler): void {
    this.handlers.set(name, handler);
  }
  emit(name: string, body: unknown): void {
    this.emitted.push([name, body]);
  }
  connect(): void {}
  disconnect(): void {}
  server(name: string, ...args: unknown[]): void {
    this.handlers.get(name)?.(...(args as never[]));
  }
}

let socket: FakeSocket;
jest.unstable_mockModule('socket.io-client', () => ({ io: () => socket }));
Object.defineProperty(globalThis, 'window', { value: new EventTarget(), configurable: true });
const { LiveClient } = await import('../src/realtime/live-client');

const event = (cursor: number): EventView => ({
  cursor: String(cursor),
  type: 'thread.edited',
  at: '2026-01-01T00:00:00.000Z',
  space: null,
  actor: null,
  data: null,
});
const page = (cursors: number[], more: boolean) => ({ items: cursors.map(event), cursor: String(cursors.at(-1) ?? 0), more });

/** Answers by the `since` asked for; undefined asks for the present cursor. */
type Log = (since: string | null) => { status?: number; body: unknown } | Promise<{ status?: number; body: unknown }>;
let log: Log;
const asked: (string | null)[] = [];
globalThis.fetch = (async (path: string) => {
  const since = new URL(path, 'http://x').searchParams.get('since');
  asked.push(since);
  const { status = 200, body } = await log(since);
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}) as typeof fetch;

function listen() {
  const seen: string[] = [];
  const told = { resets: 0, online: 0, ended: 0, activity: 0 };
  const client = new LiveClient({
    onEvent: ({ cursor }, source) => seen.push(`${source} ${cursor}`),
    onActivity: () => void told.activity++,
    onReset: () => void told.resets++,
    onSessionEnded: () => void told.ended++,
    onOnline: () => void told.online++,
  });
  return { client, seen, told };
}
const settle = () => new Promise((next) => setTimeout(next, 10));
const hello = { cursor: '9', version: '1' };

beforeEach(() => {
  socket = new FakeSocket();
  asked.length = 0;
});

describe('the live client', () => {
  it('reads from its cursor until there is no more, then what came meanwhile, each fact once', async () => {
    const { client, seen, told } = listen();
    let release = () => undefined as void;
    const gate = new Promise<void>((open) => (release = open));
    log = async (since) => {
      if (since === null) return { body: page([2], false) };
      if (since === '2') return { body: page([3, 4], true) };
      await gate;
      return { body: page([5], false) };
    };
    await client.start();
    socket.server('welcome', hello);
    await settle();
    socket.server('event', event(5));
    socket.server('event', event(6));
    release();
    await settle();
    expect(seen).toEqual(['catch-up 3', 'catch-up 4', 'catch-up 5', 'live 6']);
    expect(asked).toEqual([null, '2', '4']);
    expect(told.online).toBe(1);
    client.stop();
  });

  it('ignores a fact that it has applied, after a reconnection too', async () => {
    const { client, seen } = listen();
    log = (since) => ({ body: since === null ? page([2], false) : page([], false) });
    await client.start();
    socket.server('welcome', hello);
    await settle();
    socket.server('event', event(3));
    socket.server('event', event(3));
    log = () => ({ body: page([3, 4], false) });
    socket.server('welcome', hello);
    await settle();
    expect(seen).toEqual(['live 3', 'catch-up 4']);
    expect(asked.at(-1)).toBe('3');
    client.stop();
  });

  it.each([
    ['cursor-expired', 410],
    ['cursor-invalid', 400],
  ])('asks for everything anew after %s', async (code, status) => {
    const { client, told } = listen();
    log = (since) => (since === '2' ? { status, body: { code } } : { body: page([8], false) });
    let first = true;
    const answers = log;
    log = (since) => (since === null && first ? ((first = false), { body: page([2], false) }) : answers(since));
    await client.start();
    socket.server('welcome', hello);
    await settle();
    expect(told.resets).toBe(1);
    expect(asked).toEqual([null, '2', null]);
    client.stop();
  });

  it('takes the present cursor late when the first request was lost, and resets what is shown', async () => {
    const { client, told } = listen();
    log = () => ({ status: 503, body: { code: 'unavailable' } });
    await client.start();
    log = () => ({ body: page([7], false) });
    socket.server('welcome', hello);
    await settle();
    expect(told.resets).toBe(1);
    client.stop();
  });

  it('watches a thread once for several screens and again after a reconnection', async () => {
    const { client } = listen();
    log = () => ({ body: page([], false) });
    await client.start();
    const leave = [client.watch('t'), client.watch('t')];
    socket.server('welcome', hello);
    await settle();
    expect(socket.emitted.filter(([name]) => name === 'watch')).toHaveLength(2);
    leave[0]?.();
    expect(socket.emitted.some(([name]) => name === 'unwatch')).toBe(false);
    leave[1]?.();
    expect(socket.emitted.at(-1)).toEqual(['unwatch', { thread: 't' }]);
    client.stop();
  });

  it('passes activity on only when it is news, and says that the session ended', async () => {
    const { client, told } = listen();
    log = () => ({ body: page([5], false) });
    await client.start();
    socket.server('welcome', hello);
    await settle();
    socket.server('activity', { cursor: '4', type: 'post.created', space: 's', thread: 't' });
    socket.server('activity', { cursor: '6', type: 'post.created', space: 's', thread: 't' });
    expect(told.activity).toBe(1);
    socket.server('connect_error', Object.assign(new Error('no'), { data: { code: 'unauthenticated' } }));
    expect(told.ended).toBe(1);
    client.stop();
  });
});
