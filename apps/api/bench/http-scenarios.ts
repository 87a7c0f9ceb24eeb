import pg from 'pg';
import { call, load, type LoadResult, signIn, uuid } from './client.js';
import { median, percentile, report } from './report.js';
import { type RunningServer, startChild } from './server.js';

const ROUNDS = 3;
const DURATION_MS = 3_000;
const READERS = 16;
const WRITERS = 32;
const TEXT =
  'Bonjour à toutes et à tous. Notre conseil vote le budget le 12 décembre : nous y mettrons une ligne **d’équilibre** pour le service de vidange.';

/** A thread with exactly `posts` messages, so that both readers send the same page. */
export async function makeThread(url: string, cookie: string, posts: number): Promise<string> {
  const spaces = await call<{ items: { slug: string; access: string }[] }>(url, '/api/spaces', cookie);
  const space = spaces.items.find((item) => item.access === 'open')?.slug;
  const id = uuid();
  await call(url, '/api/threads', cookie, 'POST', {
    id,
    space,
    kind: 'discussion',
    title: `Fil de mesure ${id}`,
    body: TEXT,
    language: 'fr',
  });
  for (let n = 1; n < posts; n++) await call(url, `/api/threads/${id}/posts`, cookie, 'POST', { id: uuid(), body: `${TEXT} (${n})` });
  return id;
}

/** Reads and writes over HTTP, each beside its bare counterpart in alternating rounds of one run. */
export async function httpScenarios(server: RunningServer, wanted: (name: string) => boolean): Promise<void> {
  const cookie = await signIn(server.url, 'maire@dakar.demo');
  const thread = await makeThread(server.url, cookie, 20);
  const database = new pg.Client({ connectionString: server.databaseUrl });
  await database.connect();
  await database.query(
    'CREATE TABLE IF NOT EXISTS bench_post (id uuid PRIMARY KEY, thread_id uuid NOT NULL, body text NOT NULL, created_at timestamptz NOT NULL)',
  );
  await database.query('ANALYZE');
  const bare = await startChild('./bare-server.js', { BENCH_DATABASE_URL: server.databaseUrl, BENCH_THREAD: thread });
  try {
    const read = { headers: { cookie }, concurrency: READERS, durationMs: DURATION_MS };
    if (wanted('posts-page')) {
      await compare(
        'posts-page',
        () => load({ ...read, url: server.url, path: `/api/threads/${thread}/posts` }),
        () => load({ ...read, url: bare.url, path: '/' }),
      );
    }
    if (wanted('thread-list')) {
      const lists = await rounds(() => load({ ...read, url: server.url, path: '/api/threads?limit=20' }));
      summarise('thread-list', 'passerelle', lists);
    }
    if (wanted('reply')) {
      const write = {
        headers: { cookie },
        concurrency: WRITERS,
        durationMs: DURATION_MS,
        method: 'POST',
        body: () => JSON.stringify({ id: uuid(), body: TEXT }),
      };
      const targets = await Promise.all(Array.from({ length: 8 }, () => makeThread(server.url, cookie, 1)));
      let turn = 0;
      await compare(
        'reply',
        () => load({ ...write, url: server.url, path: `/api/threads/${targets[turn++ % targets.length] ?? thread}/posts` }),
        () => load({ ...write, url: bare.url, path: '/' }),
      );
    }
  } finally {
    await bare.stop();
    await database.query('DROP TABLE IF EXISTS bench_post');
    await database.end();
  }
}

async function rounds(run: () => Promise<LoadResult>): Promise<LoadResult[]> {
  await run();
  const results: LoadResult[] = [];
  for (let round = 0; round < ROUNDS; round++) results.push(await run());
  return results;
}

export async function compare(scenario: string, ours: () => Promise<LoadResult>, limit: () => Promise<LoadResult>): Promise<void> {
  await ours();
  await limit();
  const mine: LoadResult[] = [];
  const bare: LoadResult[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    mine.push(await ours());
    bare.push(await limit());
  }
  summarise(scenario, 'passerelle', mine);
  summarise(scenario, 'bare', bare);
  report(scenario, 'share of bare', (100 * median(mine.map((m) => m.perSecond))) / median(bare.map((m) => m.perSecond)), '%', ROUNDS);
}

function summarise(scenario: string, who: string, results: LoadResult[]): void {
  const all = results.flatMap((result) => result.latenciesMs);
  report(scenario, `${who} throughput`, median(results.map((result) => result.perSecond)), 'req/s', all.length);
  report(scenario, `${who} p50`, percentile(all, 0.5), 'ms', all.length);
  report(scenario, `${who} p95`, percentile(all, 0.95), 'ms', all.length);
  report(
    scenario,
    `${who} failures`,
    results.reduce((sum, result) => sum + result.failures, 0),
    'requests',
    all.length,
  );
}
