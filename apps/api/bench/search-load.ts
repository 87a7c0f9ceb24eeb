import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { call, load, signIn, uuid } from './client.js';
import { makeThread } from './http-scenarios.js';
import { fillPractices } from './practice-scenarios.js';
import { median, percentile, report, reportBound } from './report.js';
import { CITIES, fillCities, fillPosts } from './search-network.js';
import { drawFrom, nameOf } from './search-texts.js';
import { makeFolder, startServer } from './server.js';

const { startEmbeddedPostgres } = (await import(new URL('../platform/embedded-postgres/index.js', import.meta.url).href)) as typeof import('../src/platform/embedded-postgres/index.js');

const [SMALL = 10_000, LARGE = 100_000] = (process.env['BENCH_POSTS'] ?? '10000,100000').split(',').map(Number);
const CONCURRENCY = 2;
const REQUESTS = 360;
const WARM_UP = 40;
const WRITES_PER_SECOND = 20;
const FOUND_SAMPLES = 40;
const COST_ROUNDS = 12;
const COST_MS = 3_000;
const WRITERS = 8;
const LIMITS = { boxMs: 60, pageMs: 150, growth: 3, costPercent: 15 };

interface Host {
  url: string;
  facts: Record<string, number>;
  ask(command: 'rebuild' | 'settle' | 'follow' | 'rest'): Promise<Record<string, number>>;
  stop(): Promise<void>;
}
type Latencies = Record<'box' | 'page', number[]>;

/** The box and the page over a small and a large network with one writer at work, and what the index costs. */
export async function searchLoad(): Promise<void> {
  const folder = makeFolder();
  // Migrates and loads the demonstration; afterwards only its database is needed.
  await (await startServer(folder.path)).stop();
  const postgres = await startEmbeddedPostgres({ dataDir: folder.path });
  const database = new pg.Client({ connectionString: postgres.url });
  await database.connect();
  const draw = drawFrom(1);
  try {
    await fillCities(database);
    await fillPractices(database);
    await fillPosts(database, SMALL, draw);
    const small = await withHost(folder.path, postgres.url, `${SMALL} posts`, (host) => measure(host, `${SMALL} posts`));
    await fillPosts(database, LARGE - SMALL, draw);
    await withHost(folder.path, postgres.url, `${LARGE} posts`, async (host) => {
      const large = await measure(host, `${LARGE} posts`);
      for (const kind of ['box', 'page'] as const) reportBound('search', `${kind}, p95 at ${LARGE} posts to ${SMALL}`, percentile(large[kind], 0.95) / percentile(small[kind], 0.95), 'times', large[kind].length, { below: LIMITS.growth });
      reportBound('search', 'box p95', percentile(large.box, 0.95), 'ms', large.box.length, { below: LIMITS.boxMs });
      reportBound('search', 'page p95', percentile(large.page, 0.95), 'ms', large.page.length, { below: LIMITS.pageMs });
      await rebuilding(host);
      await costOfIndexing(host);
    });
  } finally {
    await database.end();
    await postgres.stop();
    folder.remove();
  }
}

async function withHost<T>(folder: string, databaseUrl: string, name: string, work: (host: Host) => Promise<T>): Promise<T> {
  const child = fork(fileURLToPath(new URL('./search-host.js', import.meta.url)), { env: { ...process.env, BENCH_DATABASE_URL: databaseUrl, BENCH_FOLDER: folder }, execArgv: ['--expose-gc'] });
  const answerTo = (command: string) => answerOf(child, command);
  const facts = await answerTo('start');
  const host: Host = {
    url: `http://127.0.0.1:${facts['port']}`, facts,
    ask: (command) => {
      const answer = answerTo(command);
      child.send(command);
      return answer;
    },
    stop: () => new Promise((done) => (child.once('exit', () => done()), child.kill('SIGINT'))),
  };
  report('search', `${name}, ${CITIES} cities: entries`, facts['entries'] ?? NaN, 'entries', 1);
  report('search', `${name}: forms of words`, facts['forms'] ?? NaN, 'forms', 1);
  report('search', `${name}: index`, (facts['indexBytes'] ?? NaN) / 1e6, 'MB', 1);
  report('search', `${name}: resident memory that the index adds`, (facts['residentBytes'] ?? NaN) / 1e6, 'MB', 1);
  report('search', `${name}: building at start`, (facts['ms'] ?? NaN) / 1_000, 's', 1);
  report('search', `${name}: event loop blocked at most while building`, facts['blockedMs'] ?? NaN, 'ms', 1);
  try {
    return await work(host);
  } finally {
    await host.stop();
  }
}

const answerOf = (child: ChildProcess, command: string) =>
  new Promise<Record<string, number>>((done, fail) => {
    const listen = (message: Record<string, number> & { command: string }) => {
      if (message.command !== command) return;
      child.off('message', listen);
      child.off('exit', ended);
      done(message);
    };
    const ended = () => fail(new Error('The server ended'));
    child.on('message', listen);
    child.once('exit', ended);
  });

async function measure(host: Host, name: string): Promise<Latencies> {
  const { url } = host;
  const [reader, writer] = [await signIn(url, 'maire@dakar.demo'), await signIn(url, 'bourgmestre@liege.demo')];
  const thread = await makeThread(url, writer, 1);
  const text = `${nameOf(7)} : ${'la commune a revu le tarif de la collecte avec les vendeuses du marché. '.repeat(2)}`;
  const write = () => call(url, `/api/threads/${thread}/posts`, writer, 'POST', { id: uuid(), body: text });
  let writes = 0;
  const writing = setInterval(() => void write().then(() => (writes += 1)), 1_000 / WRITES_PER_SECOND);
  const latencies: Latencies = { box: [], page: [] };
  try {
    const boxes = prefixes();
    await series(url, reader, boxes.slice(0, WARM_UP));
    latencies.box = await series(url, reader, repeated(boxes));
    for (const [kind, queries] of Object.entries(pages())) {
      const paths = queries.map((q) => `/api/search?${new URLSearchParams({ q, limit: '20' })}`);
      await series(url, reader, paths);
      const those = await series(url, reader, repeated(paths, REQUESTS / 6));
      report('search', `${name}: page, ${kind}, p95`, percentile(those, 0.95), 'ms', those.length);
      latencies.page.push(...those);
    }
    await timeUntilFound(host, name, thread, writer, reader);
  } finally {
    clearInterval(writing);
  }
  for (const kind of ['box', 'page'] as const) {
    report('search', `${name}: ${kind}, p50`, percentile(latencies[kind], 0.5), 'ms', latencies[kind].length);
    report('search', `${name}: ${kind}, p95`, percentile(latencies[kind], 0.95), 'ms', latencies[kind].length);
  }
  report('search', `${name}: messages written meanwhile`, writes, 'messages', 1);
  return latencies;
}

/** From the answer to a reply until a search finds it. */
async function timeUntilFound({ url }: Host, name: string, thread: string, writer: string, reader: string): Promise<void> {
  const times: number[] = [];
  for (let n = 0; n < FOUND_SAMPLES; n += 1) {
    const word = `mesure${n}x${Date.now().toString(36)}`;
    await call(url, `/api/threads/${thread}/posts`, writer, 'POST', { id: uuid(), body: `Un mot : ${word}.` });
    const started = performance.now();
    while ((await call<{ total: number }>(url, `/api/search?q=${word}&limit=1`, reader)).total === 0) await pause(5);
    times.push(performance.now() - started);
  }
  report('search', `${name}: a reply is found after, p50`, percentile(times, 0.5), 'ms', times.length);
  report('search', `${name}: a reply is found after, p95`, percentile(times, 0.95), 'ms', times.length);
}

/** The index anew while people search. */
async function rebuilding(host: Host): Promise<void> {
  const reader = await signIn(host.url, 'maire@dakar.demo');
  let isDone = false;
  const latencies: number[] = [];
  const searching = (async () => {
    while (!isDone) latencies.push(...(await series(host.url, reader, prefixes().slice(0, 20))));
  })();
  const { ms = NaN, blockedMs = NaN } = await host.ask('rebuild');
  isDone = true;
  await searching;
  report('search', 'building anew, while people search', ms / 1_000, 's', 1);
  report('search', 'event loop blocked at most meanwhile', blockedMs, 'ms', 1);
  report('search', 'box p95 meanwhile', percentile(latencies, 0.95), 'ms', latencies.length);
}

/** Replies with the index following the log and with it at rest, in turns. */
async function costOfIndexing(host: Host): Promise<void> {
  const cookie = await signIn(host.url, 'maire@dakar.demo');
  const threads = await Promise.all(Array.from({ length: WRITERS }, () => makeThread(host.url, cookie, 1)));
  const throughput: Record<'follow' | 'rest', number[]> = { follow: [], rest: [] };
  let turn = 0;
  for (let round = 0; round < COST_ROUNDS * 2 + 2; round += 1) {
    const mode = round % 2 === 0 ? 'follow' : 'rest';
    await host.ask(mode);
    const path = `/api/threads/${threads[turn++ % threads.length]}/posts`;
    const body = () => JSON.stringify({ id: uuid(), body: `Bonjour à toutes et à tous. Notre conseil vote le budget le 12 décembre : nous y mettrons une ligne pour le quartier ${nameOf(turn)}.` });
    const { perSecond } = await load({ url: host.url, path, headers: { cookie }, method: 'POST', body, concurrency: WRITERS, durationMs: COST_MS });
    // The first of each warm up.
    if (round >= 2) throughput[mode].push(perSecond);
    await host.ask('settle');
  }
  report('search', 'replies with the index following', median(throughput.follow), 'req/s', COST_ROUNDS);
  report('search', 'replies with the index at rest', median(throughput.rest), 'req/s', COST_ROUNDS);
  reportBound('search', 'what indexing costs a reply', 100 * (1 - median(throughput.follow) / median(throughput.rest)), '%', COST_ROUNDS, { below: LIMITS.costPercent });
}

const repeated = (paths: readonly string[], count = REQUESTS) => Array.from({ length: count }, (_, at) => paths[at % paths.length] ?? '');

/** What is asked while somebody types these, sign by sign. */
function prefixes(): string[] {
  const typed = ['assainissement', 'collecte des déchets', 'budget participatif', 'Ouagadougou', 'éclairage solaire', 'vendeuses du marché', 'inondation', nameOf(41_233)];
  return typed.flatMap((text) => Array.from(text, (_, at) => text.slice(0, at + 1))).map((q) => `/api/search/suggest?${new URLSearchParams({ q })}`);
}

/** Six kinds of queries. */
function pages(): Record<string, string[]> {
  const questions = JSON.parse(readFileSync(new URL('../../bench/questions.json', import.meta.url), 'utf8')) as { q: string }[];
  return {
    'one word': ['eau', 'marché', 'commune', 'compost', 'inondation', 'lampadaire', 'flood', 'taxe', 'école', 'Dakar'],
    'two words': ['eau potable', 'collecte déchets', 'budget participatif', 'toilettes publiques', 'ville tunisienne', 'solar lighting', 'femmes marché', 'taxe foncière'],
    misspelt: ['assainisement', 'innondations', 'Ouagadogou', 'vidangge', 'comunes rurale', 'lampadère solaires'],
    'a long question': questions.slice(0, 20).map(({ q }) => q),
    operators: ['eau type:pratique', 'pays:SN déchets', '"marché couvert"', 'eau -potable', 'thème:eau-assainissement avant:2024', 'type:message taille:grande budget', '"la collecte" langue:fr'],
    'a rare word': [41_233, 52_001, 33_333, 25_800, 19_999, 58_432].map(nameOf),
  };
}

/** Sends requests over kept-alive connections, so many at a time. @returns what each took, in milliseconds. */
async function series(url: string, cookie: string, paths: readonly string[]): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  const { hostname, port } = new URL(url);
  const latencies: number[] = [];
  let next = 0;
  const one = (path: string) =>
    new Promise<void>((done, fail) => {
      const started = performance.now();
      const sent = httpRequest({ hostname, port, path, agent, headers: { cookie } }, (response) => {
        response.resume();
        response.once('end', () => {
          latencies.push(performance.now() - started);
          if (response.statusCode === 200) done();
          else fail(new Error(`GET ${path}: ${response.statusCode}`));
        });
      });
      sent.once('error', fail);
      sent.end();
    });
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (let path = paths[next++]; path !== undefined; path = paths[next++]) await one(path);
    }),
  );
  agent.destroy();
  return latencies;
}
