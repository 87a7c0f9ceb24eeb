import pg from 'pg';
import { call, signIn } from './client.js';
import { makeThread } from './http-scenarios.js';
import { median, reportBound } from './report.js';
import type { RunningServer } from './server.js';

const { PAGE } = (await import(new URL('../forum/post.queries.js', import.meta.url).href)) as typeof import('../src/forum/post.queries.js');
const { readableThread } = (await import(new URL('../platform/index.js', import.meta.url).href)) as typeof import('../src/platform/index.js');

const SAMPLES = 4_000;
const WARM_UP = 300;
const SHARE_PERCENT = 10;

/**
 * What the rule of visibility costs a page of messages: the statement of the page with the rule and without it, one after the other. The session
 * itself is answered from memory.
 */
export async function authorisationScenario(server: RunningServer): Promise<void> {
  const cookie = await signIn(server.url, 'maire@dakar.demo');
  const thread = await makeThread(server.url, cookie, 20);
  const { items } = await call<{ items: { id: string }[] }>(server.url, '/api/spaces', cookie);
  const database = new pg.Client({ connectionString: server.databaseUrl });
  await database.connect();
  const person = (await database.query<{ id: string }>('SELECT author_person_id AS id FROM thread WHERE id = $1', [thread])).rows[0]?.id;
  const rule = readableThread('t', '$4', '$6');
  if (!PAGE.includes(rule)) throw new Error('The statement of the page holds the rule no more');
  const bare = PAGE.replace(rule, '($4::uuid[] IS NOT NULL AND $6::uuid[] IS NOT NULL)');
  const values = [person, thread, 0, items.map(({ id }) => id), 51, []];
  const times: Record<'ruled' | 'bare', number[]> = { ruled: [], bare: [] };
  try {
    for (let sample = -WARM_UP; sample < SAMPLES; sample += 1)
      for (const [name, text] of [['ruled', PAGE], ['bare', bare]] as const) {
        const started = performance.now();
        const { rowCount } = await database.query({ name, text, values });
        if (rowCount !== 20) throw new Error(`${rowCount} messages instead of 20`);
        if (sample >= 0) times[name].push(performance.now() - started);
      }
  } finally {
    await database.end();
  }
  reportBound('authorisation', 'what it costs the statement of a posts page', 100 * (median(times.ruled) / median(times.bare) - 1), '%', SAMPLES, { below: SHARE_PERCENT });
}
