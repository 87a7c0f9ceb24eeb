import type { Sql } from '../platform/index.js';

/** One thing that can be found. */
export interface SearchEntry {
  kind: 'practice' | 'thread' | 'post' | 'city';
  id: string; ref: string | null; title: string; body: string; url: string;
  /** Empty where a language says nothing (cities). */
  language: string;
  theme_id: string | null; country: string | null; year: number | null; place: string | null; at: string | null; thread_id: string | null; folded_title: string;
  /** Names that count nearly as much as the title. */
  names: string;
  /** Other words for the same thing. */
  synonyms: string;
}

// The parser knows only ASCII signs: « l’eau » and « eau\u00a0! » would each be one word. Sign by sign, so places stay.
const SIGNS = '’ʼ\u00a0\u202f\u2009«»–—…“”„•·→×';
/** The same text, as long, with signs that separate words for PostgreSQL. */
export const split = (column: string) => `translate(${column}, '${SIGNS}', '${`''''`.padEnd(SIGNS.length + 2)}')`;
const stemmed = (column: string, language: 'fr' | 'en') => `to_tsvector('passerelle_${language}', ${split(column)})`;
const both = (column: string) => `CASE WHEN ${column} <> '' THEN ${stemmed(column, 'fr')} || ${stemmed(column, 'en')} ELSE '' END`;
const own = (column: string) =>
  `CASE WHEN ${column} = '' THEN '' WHEN language = 'fr' THEN ${stemmed(column, 'fr')} WHEN language = 'en' THEN ${stemmed(column, 'en')} ELSE ${both(column)} END`;
// A message is one text with the name of its city, stemmed once: there are many, and each costs its writer's neighbours.
const WORDS = `
  CASE kind WHEN 'post' THEN setweight(${own(`(body || ' ' || names)`)}, 'C')
  ELSE setweight(${own('title')}, 'A') || setweight(${both('names')}, 'B') || setweight(${own('body')}, 'C') || setweight(${both('synonyms')}, 'D') END`;
const COLUMNS = 'kind, id, ref, title, body, url, language, theme_id, country, year, place, at, thread_id, folded_title';

// A text is stemmed in its own language. Names and other words stand in both, since a reader may write either, and a
// place name belongs to neither.
const INSERT = `
  INSERT INTO search_entry (${COLUMNS}, words)
  SELECT ${COLUMNS}, ${WORDS}
  FROM jsonb_to_recordset($1::jsonb) AS r(kind text, id text, ref text, title text, body text, url text, language text, theme_id text, country text, year smallint, place text, at timestamptz,
    thread_id uuid, folded_title text, names text, synonyms text)`;

/** Adds entries; the caller holds the lock of the index and has removed those of the same kind and id. */
export async function saveEntries(tx: Sql, entries: SearchEntry[]): Promise<void> {
  if (entries.length > 0) await tx.run(INSERT, [JSON.stringify(entries)]);
}
