import { z } from 'zod';
import { SEARCH_FACETS, SEARCH_FIELDS, SEARCH_KINDS } from './search-kinds.js';
import { facetValues } from './common.js';

const Kind = z.enum(SEARCH_KINDS);

const values = z.union([z.string().max(400), z.array(z.string().max(80)).max(20)]).transform((v) => (Array.isArray(v) ? v : v.split(',')).filter(Boolean).slice(0, 20)).optional();
/** Words and operators in `q`; what stands in the other parameters is asked for as well. Lists are parted by commas. */
export const SearchQuery = z.object({
  q: z.string().max(2_000).default(''), kind: values.refine((kinds) => !kinds || kinds.every((kind) => (SEARCH_KINDS as readonly string[]).includes(kind)), 'unknown kind'), theme: values, concept: values, country: values, size: values, language: values, year: values, status: values, cost: values,
  since: z.string().max(40).optional(), limit: z.coerce.number().int().min(1).max(50).default(20), offset: z.coerce.number().int().min(0).max(200).default(0),
});
export type SearchQuery = z.infer<typeof SearchQuery>;
export const SuggestQuery = z.object({ q: z.string().max(200).default('') });
export type SuggestQuery = z.infer<typeof SuggestQuery>;

export const SearchHit = z.object({
  kind: Kind, id: z.string(), ref: z.string().optional(), title: z.string(),
  /** Where the title matches: start and end in UTF-16 units. */
  titleMarks: z.array(z.array(z.number().int())),
  /** Plain text with the matched words between U+0002 and U+0003. */
  excerpt: z.string(), url: z.string(),
  /** Why it was found, as a sentence in the language of the account's interface. */
  why: z.string(),
  /** The least certain of the reasons it took. */
  whyCode: z.enum(['exact', 'stem', 'family', 'head', 'concept', 'synonym', 'translation', 'prefix', 'spelling', 'meaning', 'filter']),
  place: z.object({ name: z.string(), country: z.string() }).nullable(), at: z.string().nullable(),
  /** Who wrote it; null where the content belongs to a city as a whole. */
  author: z.string().nullable(),
  /** Page of an attachment on which the words stand. */
  page: z.number().int().nullable(),
  /** Where it stands, as in the facet: `thread-answered`; null where its kind has no states. */
  status: z.string().nullable(),
  /** What kind of thread; null for other hits. */
  threadKind: z.string().nullable(),
  /** What an attachment weighs and is; null for other hits. */
  file: z.object({ type: z.string(), bytes: z.number().int() }).nullable(),
}).meta({ id: 'SearchHit' });
export type SearchHit = z.infer<typeof SearchHit>;

const Facets = z.object(Object.fromEntries(SEARCH_FACETS.map((name) => [name, facetValues])) as Record<(typeof SEARCH_FACETS)[number], typeof facetValues>);
export const SearchResult = z.object({
  total: z.number().int(), hits: z.array(SearchHit), facets: Facets,
  /** Values of each facet that the query chooses, by an operator or a parameter. */
  chosen: z.record(z.string(), z.array(z.string())),
  /** Operators as they were typed, with the values of the facet that each stands for; those of other fields stand for none. */
  operators: z.array(z.object({ field: z.enum(SEARCH_FIELDS), value: z.string(), values: z.array(z.string()) })),
  /** Operators whose value means nothing here. */
  unknown: z.array(z.object({ field: z.string(), value: z.string() })),
  /** Other words that were looked for as well. */
  also: z.array(z.string()),
  /** The query with words that occur, where one of it does not. */
  spelling: z.string().nullable(),
  /** Without a hit: what would bring some, with their number. */
  ways: z.array(z.object({ way: z.enum(['filter', 'language', 'words']), q: z.string(), label: z.string(), count: z.number().int() })),
}).meta({ id: 'SearchResult' });
export type SearchResult = z.infer<typeof SearchResult>;

export const Suggestions = z.object({
  hits: z.array(SearchHit.pick({ kind: true, id: true, title: true, url: true, place: true, page: true })),
}).meta({ id: 'Suggestions' });
export type Suggestions = z.infer<typeof Suggestions>;

export const SavedSearchBody = z.object({
  id: z.uuid(), q: z.string().trim().min(1).max(2_000),
  /** For one that was removed and is put back: since when its hits are new. */
  seenAt: z.iso.datetime().optional(),
});
export type SavedSearchBody = z.infer<typeof SavedSearchBody>;
export const SavedSearchView = z.object({
  id: z.string(), q: z.string(), createdAt: z.string(), seenAt: z.string(),
  /** Hits that came since somebody last looked. */
  fresh: z.number().int(),
}).meta({ id: 'SavedSearch' });
export type SavedSearchView = z.infer<typeof SavedSearchView>;
export const SavedSearches = z.object({ items: z.array(SavedSearchView) });
/** Queries that found nothing, without who asked. */
export const EmptySearches = z.object({ items: z.array(z.object({ words: z.string(), count: z.number().int(), lastOn: z.string() })) }).meta({ id: 'EmptySearches' });
export type EmptySearches = z.infer<typeof EmptySearches>;
