import type { Naming } from '@passerelle/contract';
import { fold } from '@passerelle/text';
import { plainText } from '@passerelle/text/markdown';
import type { Sql } from '../platform/index.js';
import { type Entry, entryOf, SCOPES, usefulnessOf } from './entry.js';
import { htmlText } from './html-text.js';
import type { Thesaurus } from './thesaurus.js';

const BODY_MAX = 20_000;

interface Row extends Record<string, unknown> {
  id: string; thread_id: string; space_id: string; position: number; title: string; status: string; html: string | null; summary: string | null; language: 'fr' | 'en'; theme_id: string | null; concepts: string[];
  author_name: string; author_function: string; organisation: string; country: string; population: number | null; created_at: string; year: number; naming: Naming; has_guests: boolean; thread_kind?: string;
}

const THREAD = `t.id AS thread_id, t.space_id, t.title, t.status, t.theme_id, t.concepts, o.name AS organisation, o.country, o.population, t.naming, EXISTS (SELECT 1 FROM thread_guest g WHERE g.thread_id = t.id) AS has_guests`;

/** Threads by their title, first message and living summary. */
export async function collectThreads(tx: Sql, ids: string[], thesaurus: Thesaurus): Promise<Entry[]> {
  const rows = await tx.rows<Row>(
    `SELECT t.id, ${THREAD}, t.kind AS thread_kind, t.language, t.author_name, t.author_function, t.created_at, extract(year FROM t.created_at)::int AS year, 1 AS position, p.html,
       (SELECT string_agg(point ->> 'text', ' ') FROM jsonb_array_elements(t.summary -> 'points') point) AS summary
     FROM thread t JOIN organisation o ON o.id = t.author_organisation_id LEFT JOIN post p ON p.thread_id = t.id AND p.position = 1 AND p.state = 'visible'
     WHERE t.id = ANY($1::uuid[]) AND t.merged_into_id IS NULL`, [ids]);
  return rows.map((row) => {
    const shared = sharedOf(row, thesaurus);
    return entryOf({
      ...shared, kind: 'thread', threadKind: row.thread_kind ?? null, title: row.title, body: `${row.html === null ? '' : htmlText(row.html, BODY_MAX)} ${plainText(row.summary ?? '', BODY_MAX)}`.trim(), url: `/fils/${row.id}`,
      concepts: row.concepts, synonyms: thesaurus.wordsOf(row.concepts), usefulness: usefulnessOf('thread', { at: row.created_at }, Date.now()), facets: { ...shared.facets, status: [`thread-${row.status}`] },
    });
  });
}

/** Visible replies. The title of their thread is shown, but a reply is found by its own words. */
export async function collectPosts(tx: Sql, ids: string[], thesaurus: Thesaurus): Promise<Entry[]> {
  const rows = await tx.rows<Row>(
    `SELECT p.id, ${THREAD}, p.language, p.author_name, p.author_function, p.created_at, extract(year FROM p.created_at)::int AS year, p.position, p.html, NULL AS summary
     FROM post p JOIN thread t ON t.id = p.thread_id JOIN organisation o ON o.id = p.author_organisation_id
     WHERE p.id = ANY($1::uuid[]) AND p.state = 'visible' AND p.position > 1 AND t.merged_into_id IS NULL`, [ids]);
  return rows.map((row) =>
    entryOf({ ...sharedOf(row, thesaurus), kind: 'post', title: '', heading: row.title, body: htmlText(row.html ?? '', BODY_MAX), url: `/fils/${row.thread_id}#m${row.position}`, usefulness: usefulnessOf('post', { at: row.created_at }, Date.now()) }),
  );
}

const FOLDED_MAX = 10_000;
const known = new Map<string, string>();
/** `fold`, remembered: few people write most messages. */
function folded(text: string): string {
  let form = known.get(text);
  if (form === undefined) {
    if (known.size >= FOLDED_MAX) known.clear();
    known.set(text, (form = fold(text)));
  }
  return form;
}

const sharedOf = (row: Row, thesaurus: Thesaurus) => ({
  id: row.id, scope: scopeOf(row), language: row.language, date: row.created_at,
  ...(row.naming === 'shown' && { place: { name: row.organisation, country: row.country }, author: row.author_function, names: `${row.organisation} ${row.author_function}` }),
  facets: {
    ...(row.theme_id && { theme: [row.theme_id] }), concept: row.concepts, year: [String(row.year)],
    // Where names are withheld, neither the author nor the city is found, counted or guessed by a filter.
    ...(row.naming === 'shown' && {
      country: [row.country], size: [thesaurus.sizeOf(row.population)], city: [row.organisation], author: [folded(`${row.author_name} ${row.author_function} ${row.organisation}`)],
    }),
  },
});

const scopeOf = (row: Row) => (row.has_guests ? SCOPES.thread(row.space_id, row.thread_id) : SCOPES.space(row.space_id));
