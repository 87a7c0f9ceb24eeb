import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import { TextMaker } from './search-texts.js';

export const CITIES = 305;
const PER_THREAD = 100;
const BATCH = 2_000;
const YEARS_MS = 6 * 365 * 24 * 60 * 60_000;

interface Author {
  author_person_id: string;
  author_organisation_id: string;
  author_name: string;
  author_function: string;
}

/** Cities beside those of the directory, up to the number that the association has. */
export async function fillCities(database: pg.Client): Promise<void> {
  await database.query(
    `INSERT INTO organisation (id, slug, kind, name, country, country_name, population)
     SELECT gen_random_uuid(), 'mesure-' || n, 'city', o.name || '-' || n, o.country, o.country_name, o.population FROM generate_series(1, ${CITIES}) n
     JOIN (SELECT *, row_number() OVER (ORDER BY slug) AS place FROM organisation WHERE kind = 'city') o ON o.place = n
     LIMIT greatest(0, ${CITIES} - (SELECT count(*) FROM organisation WHERE kind = 'city'))`);
}

/** Threads of a hundred messages in all spaces that members read, from everybody, over six years. */
export async function fillPosts(database: pg.Client, count: number, draw: () => number): Promise<void> {
  const maker = new TextMaker(draw);
  const { rows: spaces } = await database.query<{ id: string }>(`SELECT id FROM space WHERE access = 'open' ORDER BY slug`);
  const { rows: authors } = await database.query<Author>('SELECT DISTINCT author_person_id, author_organisation_id, author_name, author_function FROM post ORDER BY 1, 2, 4');
  const { rows: cities } = await database.query<{ id: string }>('SELECT id FROM organisation ORDER BY slug');
  const { rows: concepts } = await database.query<{ id: string; theme_id: string }>('SELECT id, theme_id FROM concept ORDER BY id');
  const one = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T;
  const author = () => ({ ...one(authors), author_organisation_id: one(cities).id });
  const start = Date.now() - YEARS_MS;
  let threads: object[] = [];
  let posts: object[] = [];
  const flush = async () => {
    await insert(database, 'thread', threads);
    await insert(database, 'post', posts);
    [threads, posts] = [[], []];
  };
  for (let made = 0; made < count; made += PER_THREAD) {
    const at = start + Math.floor(draw() * YEARS_MS * 0.95);
    const [id, concept, size] = [uuid({ msecs: at }), one(concepts), Math.min(PER_THREAD, count - made)];
    const created = (position: number) => new Date(at + position * 3_600_000).toISOString();
    threads.push({
      id, space_id: one(spaces).id, kind: 'discussion', title: maker.title(), language: 'fr', theme_id: concept.theme_id, concepts: [concept.id], ...author(), last_position: size, post_count: size, last_activity_at: created(size), request_hash: '\\x00', created_at: created(0),
    });
    for (let position = 1; position <= size; position += 1) {
      const body = maker.body();
      posts.push({ id: uuid({ msecs: at + position * 3_600_000 }), thread_id: id, position, body, html: `<p>${body.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`, language: 'fr', ...author(), request_hash: '\\x00', created_at: created(position) });
    }
    if (posts.length >= BATCH) await flush();
  }
  await flush();
  await database.query('ANALYZE');
}

async function insert(database: pg.Client, table: string, rows: object[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).join(', ');
  await database.query(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`, [JSON.stringify(rows)]);
}
