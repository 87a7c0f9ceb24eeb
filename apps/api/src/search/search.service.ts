import { Injectable } from '@nestjs/common';
import type { FacetValue, SearchHit, SearchQuery, SearchResult } from '@passerelle/contract';
import { excerpt, fold } from '@passerelle/text';
import { type Actor, Database, InvalidInput, isGuest, type Sql } from '../platform/index.js';
import { searchText } from './search-text.js';
import { BY_SPELLING, BY_WORDS, SEARCH_FACETS } from './search.sql.js';
import { KIND_NAMES, LANGUAGE_NAMES, WHY } from './search.words.js';

const TIMEOUT_MS = 4_000;
/** How near a title must be to misspelt words. */
const SPELLING_THRESHOLD = 0.4;
const MARK_START = '\u0002';
const MARK_END = '\u0003';
const EXCERPT_MAX = 260;
/** Below so many hits with all the words, those with some of them are shown after. */
const FEW = 5;

interface HitRow {
  kind: SearchHit['kind']; id: string; ref: string | null; title: string; url: string; place: string | null; country: string | null; at: string | null; in_title: boolean;
  /** The excerpt with marks, its special signs made plain. */
  marked: string;
  /** The same place of the text as it is. */
  original: string;
}
interface Found {
  total: number; facets: { facet: (typeof SEARCH_FACETS)[number]; value: string; count: number }[] | null; hits: HitRow[] | null;
}
type Way = 'words' | 'spelling';

const NOTHING: Found = { total: 0, facets: null, hits: null };

/** Search over what the actor may read: all the words, then some of them, else titles that look alike. */
@Injectable()
export class SearchService {
  constructor(private readonly database: Database) {}

  async search(actor: Actor, query: SearchQuery): Promise<SearchResult> {
    const text = searchText(query.q);
    const filters = [actor.spaceIds, isGuest(actor), parseSince(query.since), query.kind ?? null, query.theme ?? null, query.country?.toUpperCase() ?? null, query.language ?? null, query.year ?? null, query.limit];
    const { found, way } = text === '' ? { found: NOTHING, way: 'words' as const } : await this.database.transaction((tx) => find(tx, text, filters));
    return this.present(actor, found, way);
  }

  private async present(actor: Actor, found: Found, way: Way): Promise<SearchResult> {
    const themes = new Map((await this.database.rows<{ id: string; name: string }>(`SELECT id, CASE $1 WHEN 'en' THEN name_en ELSE name_fr END AS name FROM theme`, [actor.language])).map((row) => [row.id, row.name]));
    const countries = new Intl.DisplayNames([actor.language], { type: 'region' });
    const labelOf = {
      kind: (value: string) => KIND_NAMES[actor.language][value as SearchHit['kind']], theme: (value: string) => themes.get(value) ?? value, country: (value: string) => countries.of(value) ?? value,
      language: (value: string) => LANGUAGE_NAMES[value as 'fr' | 'en'], year: (value: string) => value,
    };
    const facet = (name: (typeof SEARCH_FACETS)[number]): FacetValue[] =>
      (found.facets ?? []).filter((row) => row.facet === name).map(({ value, count }) => ({ value, label: labelOf[name](value), count }))
        .sort((a, b) => (name === 'year' ? b.value.localeCompare(a.value) : b.count - a.count || a.label.localeCompare(b.label, actor.language)));
    return {
      total: found.total, hits: (found.hits ?? []).map((row) => presentHit(row, way, actor.language)),
      facets: { kind: facet('kind'), theme: facet('theme'), country: facet('country'), language: facet('language'), year: facet('year') },
    };
  }
}

async function find(tx: Sql, text: string, filters: unknown[]): Promise<{ found: Found; way: Way }> {
  await tx.run(`SELECT set_config('statement_timeout', $1, true), set_config('pg_trgm.word_similarity_threshold', $2, true)`, [String(TIMEOUT_MS), String(SPELLING_THRESHOLD)]);
  const run = async (statement: string, words: string, strict = words) => (await tx.row<Found & Record<string, unknown>>(statement, [words, ...filters, strict])) ?? NOTHING;
  const parsed = await tx.row<{ all: string }>(`SELECT (websearch_to_tsquery('passerelle_fr', $1) || websearch_to_tsquery('passerelle_en', $1))::text AS "all"`, [text]);
  if (parsed?.all) {
    const strict = await run(BY_WORDS, parsed.all);
    const some = strict.total < FEW ? anyWord(parsed.all) : '';
    const found = some ? await run(BY_WORDS, some, parsed.all) : strict;
    if (found.total > 0) return { found, way: 'words' };
  }
  const letters = fold(text);
  return { found: letters === '' ? NOTHING : await run(BY_SPELLING, letters), way: 'spelling' };
}

/** The query with "or" between its words; empty where that would say nothing: a single word, or one to leave out. */
const anyWord = (query: string) => (query.includes(' & ') && !query.includes('!') ? query.replaceAll(' & ', ' | ') : '');

function presentHit(row: HitRow, way: Way, language: 'fr' | 'en'): SearchHit {
  const whyCode = way === 'spelling' ? 'spelling' : row.in_title ? 'title' : 'words';
  return {
    kind: row.kind, id: row.id, ...(row.ref !== null && { ref: row.ref }), title: row.title, excerpt: way === 'words' ? markedOriginal(row) : excerpt(row.original, EXCERPT_MAX), url: row.url,
    why: WHY[language][whyCode], whyCode, place: row.place !== null && row.country !== null ? { name: row.place, country: row.country } : null, at: row.at && new Date(row.at).toISOString(),
  };
}

/** Puts the marks of `marked` at the same places of `original`. */
function markedOriginal({ marked, original }: HitRow): string {
  const isMark = (char: string) => char === MARK_START || char === MARK_END;
  const plain = Array.from(marked).filter((char) => !isMark(char));
  const source = Array.from(original);
  if (source.length !== plain.length) return marked;
  let place = 0;
  return Array.from(marked).map((char) => (isMark(char) ? char : (source[place++] ?? ''))).join('');
}

/** @throws InvalidInput when the text is no date. */
function parseSince(since: string | undefined): string | null {
  if (!since) return null;
  const at = /^\d{4}-\d\d-\d\d/.test(since) ? Date.parse(since) : NaN;
  if (Number.isNaN(at)) throw new InvalidInput('since', 'invalid_format');
  return new Date(at).toISOString();
}
