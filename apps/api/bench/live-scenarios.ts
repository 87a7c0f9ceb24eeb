import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { call, signIn, uuid } from './client.js';
import { makeThread } from './http-scenarios.js';
import { median, percentile, report } from './report.js';
import { residentBytes, type RunningServer, startChild } from './server.js';

const MESSAGES = 40;
const BETWEEN_MS = 150;
const SETTLE_MS = 1_500;
const IDLE_SOCKETS = 1_000;

interface Audience {
  expect(id: string): void;
  arrivals(): Promise<Map<string, number[]>>;
  close(): void;
}

/** `count` sockets in a process of their own. */
async function openSockets(url: string, cookie: string, thread: string, count: number, watch: boolean): Promise<Audience> {
  const child = fork(fileURLToPath(new URL('./sockets.js', import.meta.url)));
  child.send({ type: 'start', job: { url, cookie, thread, count, watch } });
  await answerOf(child, 'ready');
  return {
    expect: (id) => void child.send({ type: 'expect', id }),
    arrivals: async () => {
      child.send({ type: 'collect' });
      const answer = await answerOf(child, 'arrivals');
      return new Map(answer.arrivals);
    },
    close: () => void child.kill('SIGTERM'),
  };
}

function answerOf(child: ChildProcess, type: string): Promise<{ arrivals: [string, number[]][] }> {
  return new Promise((done, fail) => {
    const listen = (message: { type: string; reason?: string; arrivals: [string, number[]][] }) => {
      if (message.type === 'failed') fail(new Error(message.reason));
      if (message.type !== type) return;
      child.off('message', listen);
      done(message);
    };
    child.on('message', listen);
  });
}

/** Latency from the moment of sending to each arrival, and how many never arrived. */
async function measure(
  audience: Audience,
  count: number,
  send: (id: string) => Promise<unknown>,
): Promise<{ latenciesMs: number[]; lost: number }> {
  const sentAt = new Map<string, number>();
  for (let n = 0; n < MESSAGES; n++) {
    const id = uuid();
    audience.expect(id);
    await pause(BETWEEN_MS);
    sentAt.set(id, performance.timeOrigin + performance.now());
    await send(id);
  }
  await pause(SETTLE_MS);
  const arrivals = await audience.arrivals();
  const latenciesMs = [...sentAt].flatMap(([id, at]) => (arrivals.get(id) ?? []).map((arrived) => arrived - at));
  return { latenciesMs, lost: MESSAGES * count - latenciesMs.length };
}

/** One message to `count` watching sockets, ours and a bare broadcaster, in turns. */
export async function fanOut(server: RunningServer, count: number): Promise<void> {
  const scenario = `fan-out-${count}`;
  const cookie = await signIn(server.url, 'maire@dakar.demo');
  const writer = await signIn(server.url, 'bourgmestre@liege.demo');
  const thread = await makeThread(server.url, cookie, 1);
  const text =
    'Un message pour tous ceux qui lisent ce fil, de la longueur que les messages ont ici le plus souvent, soit deux lignes environ.';
  const bare = await startChild('./bare-server.js', { BENCH_DATABASE_URL: server.databaseUrl, BENCH_THREAD: thread });
  const ratios: number[] = [];
  for (const round of [1, 2]) {
    const ours = await openSockets(server.url, cookie, thread, count, true);
    const mine = await measure(ours, count, (id) => call(server.url, `/api/threads/${thread}/posts`, writer, 'POST', { id, body: text }));
    ours.close();
    const theirs = await openSockets(bare.url, '', thread, count, true);
    const limit = await measure(theirs, count, (id) =>
      call(bare.url, '/broadcast', '', 'POST', { id, body: text, html: `<p>${text}</p>` }),
    );
    theirs.close();
    for (const [who, result] of [
      ['passerelle', mine],
      ['bare', limit],
    ] as const) {
      for (const [name, share] of [
        ['p50', 0.5],
        ['p95', 0.95],
        ['p99', 0.99],
      ] as const)
        report(scenario, `${who} ${name} (round ${round})`, percentile(result.latenciesMs, share), 'ms', result.latenciesMs.length);
      report(scenario, `${who} lost (round ${round})`, result.lost, 'messages', MESSAGES * count);
    }
    ratios.push(percentile(mine.latenciesMs, 0.95) / percentile(limit.latenciesMs, 0.95));
  }
  report(scenario, 'p95 against bare', median(ratios), 'times', ratios.length);
  await bare.stop();
}

/** Growth of the server's resident memory over many idle sockets. */
export async function socketMemory(server: RunningServer): Promise<void> {
  const cookie = await signIn(server.url, 'mairesse@montreal.demo');
  const warm = await openSockets(server.url, cookie, uuid(), 100, false);
  await pause(SETTLE_MS);
  const before = residentBytes(server.pid);
  const audience = await openSockets(server.url, cookie, uuid(), IDLE_SOCKETS, false);
  await pause(SETTLE_MS * 2);
  report('socket-memory', 'per idle socket', (residentBytes(server.pid) - before) / IDLE_SOCKETS / 1_000, 'kB', IDLE_SOCKETS);
  audience.close();
  warm.close();
}
