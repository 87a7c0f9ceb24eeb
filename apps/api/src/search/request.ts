import { parseSearch, SEARCH_FACETS, SEARCH_KINDS, type SearchField, type SearchQuery } from '@passerelle/contract';
import { fold } from '@passerelle/text';
import { InvalidInput } from '../platform/index.js';
import type { SearchIndex } from '@passerelle/search';
import type { IndexFacet } from './entry.js';
import type { Thesaurus } from './thesaurus.js';
import { KIND_NAMES, SIZE_NAMES, STATUS_NAMES } from './search.words.js';

/** A query as the index understands it. */
export interface Request {
  text: string;
  phrases: string[];
  excluded: string[];
  filters: Partial<Record<IndexFacet, string[]>>;
  from: number | undefined;
  before: number | undefined;
  /** Operators whose value means nothing here. They find nothing, and the reader is told. */
  unknown: { field: string; value: string }[];
}

const PHRASES_MAX = 5;
const EXCLUDED_MAX = 10;
const OPERATORS_MAX = 20;

/** Reads words, operators and parameters together. @throws InvalidInput when `since` is no date. */
export function readRequest(query: SearchQuery, index: SearchIndex<IndexFacet>, thesaurus: Thesaurus): Request {
  const parsed = parseSearch(query.q);
  const filters: Request['filters'] = {};
  const unknown: Request['unknown'] = [];
  const choose = (field: IndexFacet, values: readonly string[]) => void (filters[field] = [...new Set([...(filters[field] ?? []), ...values])]);
  for (const facet of SEARCH_FACETS) if (query[facet]) choose(facet, query[facet].map((value) => (facet === 'country' ? value.toUpperCase() : value)));
  for (const { field, value } of parsed.operators.slice(0, OPERATORS_MAX)) {
    const values = valuesNamed(field, value, index, thesaurus);
    if (values.length === 0) unknown.push({ field, value });
    choose(field, values);
  }
  return {
    text: parsed.words.join(' '), phrases: parsed.phrases.slice(0, PHRASES_MAX), excluded: parsed.excluded.slice(0, EXCLUDED_MAX), filters, unknown,
    from: Math.max(parsed.after === null ? -Infinity : startAfter(parsed.after), sinceOf(query.since)), before: parsed.before === null ? Infinity : Date.parse(parsed.before),
  };
}

/** « après:2024 » begins with 2025, as « avant:2024 » ends with 2023. */
function startAfter(date: string): number {
  const [year = 0, month, day] = date.split('-').map(Number);
  if (month === undefined) return Date.UTC(year + 1, 0, 1);
  return day === undefined ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1);
}

function sinceOf(since: string | undefined): number {
  if (!since) return -Infinity;
  const at = /^\d{4}-\d\d-\d\d/.test(since) ? Date.parse(since) : NaN;
  if (Number.isNaN(at)) throw new InvalidInput('since', 'invalid_format');
  return at;
}

/** Values of a facet that somebody may mean by a word, in either language. */
function valuesNamed(field: SearchField, value: string, index: SearchIndex<IndexFacet>, thesaurus: Thesaurus): string[] {
  const typed = fold(value);
  const labelled = (names: Record<'fr' | 'en', Record<string, string>>) => Object.entries(names.fr).flatMap(([key, french]) => (key === value || [french, names.en[key] ?? french].some((name) => fold(name).startsWith(typed) || fold(name).replace(/s$/, '') === typed) ? [key] : []));
  switch (field) {
    case 'theme': return thesaurus.themesNamed(value);
    case 'concept': return thesaurus.conceptsNamed(value);
    case 'country': return thesaurus.countriesNamed(value);
    case 'city': return index.valuesOf('city').filter((name) => thesaurus.isCity(name, value));
    case 'author': return index.valuesOf('author').filter((name) => typed.split(' ').every((word) => ` ${name}`.includes(` ${word}`)));
    case 'kind': return labelled(KIND_NAMES).filter((kind) => SEARCH_KINDS.some((one) => one === kind));
    case 'status': return labelled(STATUS_NAMES);
    case 'size': return labelled(SIZE_NAMES);
    case 'language': return ({ fr: ['fr'], francais: ['fr'], french: ['fr'], en: ['en'], anglais: ['en'], english: ['en'] } as Record<string, string[]>)[typed] ?? [];
    case 'year': return /^\d{4}$/.test(value) ? [value] : [];
    case 'cost': return index.valuesOf('cost').filter((cost) => cost === value);
  }
}
