import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { call, signIn, uuid } from './client.js';
import { report, reportBound } from './report.js';
import { type Engine, miniSearchEngine, postgresEngine, type Text } from './search-baselines.js';
import type { RunningServer } from './server.js';

const TOP = 10;
const ENOUGH = 0.95;
const READY_MS = 60_000;

interface Judged {
  q: string;
  /** Grades by the reference of a practice: 3 best. */
  relevant: Record<string, number>;
}
interface Question {
  id: string;
  q: string;
  a: string;
  language: 'fr' | 'en';
}
interface Page {
  hits: { id: string; ref?: string }[];
  total: number;
}

/** Text of the repository: what is measured on stands beside the bench, not in what it is built into. */
const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')) as T;

/** Searches of people over the demonstration practices, and long questions over the texts that answer them, each beside plain engines on the same texts. */
export async function searchQuality(server: RunningServer): Promise<void> {
  const database = new pg.Client({ connectionString: server.databaseUrl });
  await database.connect();
  try {
    await whenSearchable(server.url);
    await shortQueries(server, database);
    await longQuestions(server, database);
  } finally {
    await database.end();
  }
}

async function shortQueries(server: RunningServer, database: pg.Client): Promise<void> {
  const { queries } = read<{ queries: Judged[] }>('bench/queries.json');
  const cookie = await signIn(server.url, 'maire@dakar.demo');
  const texts = practiceTexts();
  const ours: Engine = async (q, limit) => (await call<Page>(server.url, `/api/search?${new URLSearchParams({ q, kind: 'practice', limit: String(limit) })}`, cookie)).hits.flatMap((hit) => hit.ref ?? []);
  const engines: Record<string, Engine> = { passerelle: ours, 'postgresql all words': await postgresEngine(database, texts, 'all'), 'minisearch forgiving': miniSearchEngine(texts, { forgiving: true }) };
  const gains: Record<string, number> = {};
  for (const [name, engine] of Object.entries(engines)) {
    const found: string[][] = [];
    for (const { q } of queries) found.push(await engine(q, TOP));
    gains[name] = mean(queries.map(({ relevant }, at) => gainOf(found[at] ?? [], relevant)));
    const empty = found.filter((list) => list.length === 0).length;
    if (name === 'passerelle') {
      reportBound('search-quality', 'queries, passerelle nDCG@10', gains[name], 'of 1', queries.length, { atLeast: ENOUGH });
      reportBound('search-quality', 'queries, passerelle empty', empty, 'queries', queries.length, { atMost: 0 });
      continue;
    }
    report('search-quality', `queries, ${name} nDCG@10`, gains[name], 'of 1', queries.length);
    report('search-quality', `queries, ${name} empty`, empty, 'queries', queries.length);
    reportBound('search-quality', `queries, passerelle above ${name}`, (gains['passerelle'] ?? 0) - gains[name], 'of 1', queries.length, { above: 0 });
  }
}

async function longQuestions(server: RunningServer, database: pg.Client): Promise<void> {
  const questions = read<Question[]>('bench/questions.json');
  const { cookie, idOf } = await publish(server, database, questions);
  const texts = questions.map(({ id, a }): Text => ({ id: idOf.get(id) ?? '', title: '', body: a }));
  const ours: Engine = async (q, limit) => (await call<Page>(server.url, `/api/search?${new URLSearchParams({ q, kind: 'post', limit: String(limit) })}`, cookie)).hits.map((hit) => hit.id);
  const engines: Record<string, Engine> = {
    passerelle: ours, 'BM25 with French stems': miniSearchEngine(texts, { forgiving: false }), 'postgresql any word': await postgresEngine(database, texts, 'any'), 'postgresql all words': await postgresEngine(database, texts, 'all'),
  };
  const reciprocals: Record<string, number> = {};
  for (const [name, engine] of Object.entries(engines)) {
    const places: number[] = [];
    for (const { id, q } of questions) places.push((await engine(q, TOP)).indexOf(idOf.get(id) ?? ''));
    const reciprocal = (reciprocals[name] = mean(places.map((place) => (place < 0 ? 0 : 1 / (place + 1)))));
    report('search-quality', `questions, ${name} MRR@10`, reciprocal, 'of 1', questions.length);
    report('search-quality', `questions, ${name} recall@10`, places.filter((place) => place >= 0).length / questions.length, 'of 1', questions.length);
    if (name !== 'passerelle') reportBound('search-quality', `questions, passerelle above ${name}`, (reciprocals['passerelle'] ?? 0) - reciprocal, 'of 1', questions.length, { above: 0 });
  }
}

/** The answers as messages of one thread in a closed space, which is all that the guest of the demonstration then reads besides practices. */
async function publish(server: RunningServer, database: pg.Client, questions: readonly Question[]): Promise<{ cookie: string; idOf: Map<string, string> }> {
  const [space, slug] = [uuid(), 'mesure'];
  await database.query(`INSERT INTO space (id, slug, access, name_fr, name_en) VALUES ($1, $2, 'closed', 'Mesure', 'Measure')`, [space, slug]);
  const { rows } = await database.query<{ person_id: string }>(`SELECT person_id FROM account WHERE email = 'expert@partenaire.demo'`);
  await database.query('DELETE FROM space_member WHERE person_id = $1', [rows[0]?.person_id]);
  await database.query('INSERT INTO space_member (space_id, person_id) VALUES ($1, $2)', [space, rows[0]?.person_id]);
  const writer = await signIn(server.url, 'moderation@aimf.demo');
  const thread = uuid();
  await call(server.url, '/api/threads', writer, 'POST', { id: thread, space: slug, kind: 'discussion', title: 'Les réponses à mesurer', body: 'Une question par message.', language: 'fr' });
  const idOf = new Map<string, string>();
  for (const { id, a, language } of questions) {
    idOf.set(id, uuid());
    await call(server.url, `/api/threads/${thread}/posts`, writer, 'POST', { id: idOf.get(id), body: a, language });
  }
  // What words are near in meaning is learned when an index is built.
  await database.query(`INSERT INTO event (type, audience) VALUES ('search.renewed', 'none')`);
  const cookie = await signIn(server.url, 'expert@partenaire.demo');
  await until(async () => (await call<Page>(server.url, '/api/search?q=type:message&limit=1', cookie)).total === questions.length, 'the answers');
  await pause(SETTLE_MS);
  return { cookie, idOf };
}
/** After the fact that renews the index: the tail looks every two seconds, building takes about one. */
const SETTLE_MS = 6_000;

/** The practices of the demonstration, with all that they say. */
function practiceTexts(): Text[] {
  const { practices } = read<{ practices: Record<string, unknown>[] }>('data/practices.json');
  const words = (value: unknown): string => (typeof value === 'string' ? (value.startsWith('http') ? '' : value) : value && typeof value === 'object' ? Object.values(value).map(words).join(' ') : '');
  return practices.map(({ id, title, label: _, ...rest }) => ({ id: String(id), title: String(title), body: words(rest) }));
}

/** nDCG at 10: what is found, the better the further up, in relation to the best order. */
function gainOf(found: readonly string[], relevant: Record<string, number>): number {
  const gain = (grades: readonly number[]) => grades.slice(0, TOP).reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0);
  return gain(found.map((id) => relevant[id] ?? 0)) / gain(Object.values(relevant).sort((a, b) => b - a));
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Waits until the server has built its index. */
export const whenSearchable = (url: string): Promise<void> =>
  until(async () => {
    const cookie = await signIn(url, 'maire@dakar.demo');
    return (await fetch(`${url}/api/search?q=eau`, { headers: { cookie } })).ok;
  }, 'the index');

async function until(look: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await pause(100);
  }
}
