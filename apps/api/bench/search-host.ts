// A server in a process of its own that also tells of its index: what it holds, what building it costs, and what if it did not follow the log.
import 'reflect-metadata';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

/** The built server, beside which this file is built. */
const built = async <T>(path: string): Promise<T> => (await import(new URL(`../${path}`, import.meta.url).href)) as T;
const { createApp } = await built<typeof import('../src/create-app.js')>('create-app.js');
const { parseEnv } = await built<typeof import('../src/platform/env.js')>('platform/env.js');
const { LiveIndex } = await built<typeof import('../src/search/index.js')>('search/index.js');

const SETTLE_MS = 500;
const databaseUrl = process.env['BENCH_DATABASE_URL'] ?? '';
const app = await createApp(parseEnv({ DATA_DIR: process.env['BENCH_FOLDER'] ?? '', PORT: '0', RATE_LIMITS: 'off', LOG_LEVEL: 'error', DATABASE_URL: databaseUrl }), databaseUrl);
const live = app.get(LiveIndex);
const poke = live['poke'].bind(live);

const resident = () => {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage.rss();
};

/** How long some work took, and for how long at most nothing else could be done meanwhile. */
async function timed(work: () => Promise<void>): Promise<{ ms: number; blockedMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  await work();
  const ms = performance.now() - started;
  await pause(SETTLE_MS);
  delay.disable();
  return { ms, blockedMs: delay.max / 1e6 };
}

const COMMANDS: Record<string, () => Promise<object>> = {
  rebuild: () => timed(() => live.rebuild()),
  settle: async () => {
    await live.settled();
    return {};
  },
  follow: async () => {
    live['poke'] = poke;
    poke();
    return {};
  },
  rest: async () => {
    live['poke'] = () => undefined;
    return {};
  },
};
process.on('message', (command: string) => void COMMANDS[command]?.().then((answer) => process.send?.({ command, ...answer })));
process.once('SIGINT', () => void app.close().then(() => process.exit(0)));

const before = resident();
const building = await timed(async () => {
  await app.listen(0, '127.0.0.1');
  await live.settled();
});
const { index } = await live.ready();
const address = app.getHttpServer().address();
process.send?.({
  command: 'start', port: typeof address === 'object' && address ? address.port : 0, ...building, entries: index.size, forms: index.vocabulary.forms.length, indexBytes: index.bytes, residentBytes: resident() - before,
});
