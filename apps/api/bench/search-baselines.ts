// What a plain search would give on the same texts: PostgreSQL as it comes, and MiniSearch with a French stemmer.
import { stemmer } from '@orama/stemmers/french';
import MiniSearch from 'minisearch';
import type pg from 'pg';

export interface Text {
  id: string;
  title: string;
  body: string;
}
/** Ids of the best texts for a query, best first. */
export type Engine = (query: string, limit: number) => Promise<string[]>;

const fold = (term: string) => term.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe');

/** PostgreSQL with its `french` configuration and `ts_rank`, all words required or any of them. */
export async function postgresEngine(database: pg.Client, texts: readonly Text[], words: 'all' | 'any'): Promise<Engine> {
  const table = `bench_${words}_${texts.length}`;
  await database.query(`CREATE TEMP TABLE ${table} AS SELECT id, to_tsvector('french', unaccent(title || ' ' || body)) AS words FROM jsonb_to_recordset($1::jsonb) AS t(id text, title text, body text)`, [JSON.stringify(texts)]);
  const query = words === 'all' ? `plainto_tsquery('french', unaccent($1))` : `replace(plainto_tsquery('french', unaccent($1))::text, ' & ', ' | ')::tsquery`;
  return async (typed, limit) => {
    const { rows } = await database.query<{ id: string }>(`SELECT id FROM ${table}, (SELECT ${query} AS q) asked WHERE words @@ q ORDER BY ts_rank(words, q) DESC, id LIMIT $2`, [typed, limit]);
    return rows.map((row) => row.id);
  };
}

/** MiniSearch, which ranks by BM25+, over folded French stems; `forgiving` also by prefix and with a fifth of the letters wrong. */
export function miniSearchEngine(texts: readonly Text[], { forgiving }: { forgiving: boolean }): Engine {
  const index = new MiniSearch<Text>({ fields: ['title', 'body'], processTerm: (term) => stemmer(fold(term)) });
  index.addAll(texts);
  const options = { boost: { title: 2 }, ...(forgiving && { fuzzy: 0.2, prefix: true }) };
  return async (typed, limit) => index.search(typed, options).slice(0, limit).map(({ id }) => String(id));
}
