import pg from 'pg';
import { load, type LoadResult, signIn } from './client.js';
import { median, percentile, report } from './report.js';
import { type RunningServer, startChild } from './server.js';
import { compare } from './http-scenarios.js';

const PRACTICES = 5_000;
const ROUNDS = 3;
const DURATION_MS = 3_000;
const READERS = 4;

/** The library with 5 000 practices: the list with all facets and counts beside the plain SQL of the same page, and one practice beside a bare reader. */
export async function practiceScenarios(server: RunningServer): Promise<void> {
  const database = new pg.Client({ connectionString: server.databaseUrl });
  await database.connect();
  await fillPractices(database);
  const cookie = await signIn(server.url, 'maire@dakar.demo');
  const list = await startChild('./bare-practices.js', { BENCH_DATABASE_URL: server.databaseUrl });
  try {
    const read = { headers: { cookie }, concurrency: READERS, durationMs: DURATION_MS };
    const ours: LoadResult[] = [];
    const bare: LoadResult[] = [];
    await load({ ...read, url: server.url, path: '/api/practices' });
    await load({ ...read, url: list.url, path: '/list' });
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await load({ ...read, url: server.url, path: '/api/practices?limit=20' }));
      bare.push(await load({ ...read, url: list.url, path: '/list' }));
    }
    const p95 = (results: typeof ours) => median(results.map((result) => percentile(result.latenciesMs, 0.95)));
    report('practices', 'list p50', median(ours.map((result) => percentile(result.latenciesMs, 0.5))), 'ms', ours.flatMap((result) => result.latenciesMs).length);
    report('practices', 'list p95', p95(ours), 'ms', ROUNDS);
    report('practices', 'bare list p95', p95(bare), 'ms', ROUNDS);
    report('practices', 'list p95 to bare', p95(ours) / p95(bare), 'times', ROUNDS);
    const filtered = await load({ ...read, url: server.url, path: '/api/practices?limit=20&theme=eau-assainissement&country=SN&cost=%3C50k' });
    report('practices', 'filtered list p95', percentile(filtered.latenciesMs, 0.95), 'ms', filtered.latenciesMs.length);
    await compare(
      'practice page',
      () => load({ ...read, concurrency: 16, url: server.url, path: '/api/practices/demo-02' }),
      () => load({ ...read, concurrency: 16, url: list.url, path: '/page' }),
    );
  } finally {
    await list.stop();
    await database.end();
  }
}

/** Copies of the demonstration practices under other references and cities, with a fifth taken up somewhere. */
export async function fillPractices(database: pg.Client): Promise<void> {
  await database.query(
    `INSERT INTO practice (id, ref, organisation_id, city_name, country, title, summary, language, theme_id, concepts, year_start, year_end, cost_range, content, state, source_url, label, published_at, created_at, updated_at)
     SELECT gen_random_uuid(), 'bench-' || n, o.id, o.name, o.country, p.title || ' ' || n, p.summary, p.language, p.theme_id, p.concepts, p.year_start, p.year_end, p.cost_range, p.content, 'public', p.source_url, p.label,
       now() - n * interval '1 hour', now() - n * interval '1 hour', now()
     FROM generate_series(1, ${PRACTICES}) n
     JOIN (SELECT *, row_number() OVER (ORDER BY ref) AS place, count(*) OVER () AS total FROM practice WHERE ref LIKE 'demo-%') p ON p.place = n % p.total + 1
     JOIN (SELECT *, row_number() OVER (ORDER BY slug) AS place, count(*) OVER () AS total FROM organisation WHERE kind = 'city') o ON o.place = n % o.total + 1`);
  await database.query(
    `INSERT INTO transfer (id, practice_id, to_organisation_id, to_name, year, note, state)
     SELECT gen_random_uuid(), p.id, o.id, o.name, 2024, '', CASE WHEN random() < 0.5 THEN 'taken-up' ELSE 'interest' END
     FROM practice p JOIN LATERAL (SELECT * FROM organisation WHERE kind = 'city' ORDER BY md5(slug || p.ref) LIMIT 1) o ON true WHERE p.ref LIKE 'bench-%' AND hashtext(p.ref) % 5 = 0`);
  await database.query('ANALYZE');
}
