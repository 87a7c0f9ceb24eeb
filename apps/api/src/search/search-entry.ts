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
const both = (column: string, weight: string) =>
  `setweight(to_tsvector('passerelle_fr', ${split(column)}) || to_tsvector('passerelle_en', ${split(column)}), '${weight}')`;
const COLUMNS = 'kind, id, ref, title, body, url, language, theme_id, country, year, place, at, thread_id, folded_title';

// Each text is stemmed as French and as English: readers and writers mix both, and a place name belongs to neither.
const UPSERT = `
  INSERT INTO search_entry (${COLUMNS}, words)
  SELECT ${COLUMNS}, ${both('title', 'A')} || ${both('names', 'B')} || ${both('body', 'C')} || ${both('synonyms', 'D')}
  FROM jsonb_to_recordset($1::jsonb) AS r(kind text, id text, ref text, title text, body text, url text, language text, theme_id text, country text, year smallint, place text, at timestamptz,
    thread_id uuid, folded_title text, names text, synonyms text)
  ON CONFLICT (kind, id) DO UPDATE SET ref = excluded.ref, title = excluded.title, body = excluded.body, url = excluded.url, language = excluded.language, theme_id = excluded.theme_id,
    country = excluded.country, year = excluded.year, place = excluded.place, at = excluded.at, thread_id = excluded.thread_id, folded_title = excluded.folded_title, words = excluded.words`;

/** Writes entries over those of the same kind and id. */
export async function saveEntries(tx: Sql, entries: SearchEntry[]): Promise<void> {
  if (entries.length > 0) await tx.run(UPSERT, [JSON.stringify(entries)]);
}
