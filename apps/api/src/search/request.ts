import { parseSearch, SEARCH_FACETS, type SearchFacet, type SearchField, type SearchQuery, type SearchResult, VALUE_NAMES } from '@passerelle/contract';
import { fold } from '@passerelle/text';
import { InvalidInput } from '../platform/index.js';
import { type SearchIndex, tokenize } from '@passerelle/search';
import type { IndexFacet } from './entry.js';
import type { Thesaurus } from './thesaurus.js';
import { COST_NAMES, COUNTRY_NAMES, KIND_NAMES, LANGUAGE_NAMES, SIZE_NAMES, STATUS_NAMES } from './search.words.js';

/** A query as the index understands it. */
export interface Request {
  text: string;
  phrases: string[];
  excluded: string[];
  filters: Partial<Record<IndexFacet, string[]>>;
  from: number | undefined;
  before: number | undefined;
  operators: SearchResult['operators'];
  /** Operators whose value means nothing here. They find nothing, and the reader is told. */
  unknown: { field: string; value: string }[];
}

const PHRASES_MAX = 5;
const EXCLUDED_MAX = 10;
const OPERATORS_MAX = 20;
/** The value that nothing has. */
export const NOTHING = '';
export const isFacet = (field: string): field is SearchFacet => (SEARCH_FACETS as readonly string[]).includes(field);

/** Reads words, operators and parameters together. @throws InvalidInput when `since` is no date. */
export function readRequest(query: SearchQuery, index: SearchIndex<IndexFacet>, thesaurus: Thesaurus): Request {
  const parsed = parseSearch(query.q);
  const filters: Request['filters'] = {};
  const [operators, unknown]: [Request['operators'], Request['unknown']] = [[], []];
  const choose = (field: IndexFacet, values: readonly string[]) => void (filters[field] = [...new Set([...(filters[field] ?? []), ...values])]);
  for (const facet of SEARCH_FACETS) if (query[facet]) choose(facet, query[facet].map((value) => (facet === 'country' ? value.toUpperCase() : value)));
  for (const { field, value } of parsed.operators.slice(0, OPERATORS_MAX)) {
    const values = valuesNamed(field, value, index, thesaurus);
    // Whether somebody of that name wrote anything is not told: it may be where the reader does not read.
    if (values.length === 0 && field !== 'author') unknown.push({ field, value });
    operators.push({ field, value, values: isFacet(field) ? values : [] });
    choose(field, values.length > 0 ? values : [NOTHING]);
  }
  // A single letter is no word yet.
  const [text = '', ...phrases] = [parsed.words.join(' '), ...parsed.phrases].map((part) => (tokenize(part).length > 0 ? part : ''));
  return {
    text, phrases: phrases.filter(Boolean).slice(0, PHRASES_MAX), excluded: parsed.excluded.slice(0, EXCLUDED_MAX), filters, operators, unknown,
    from: Math.max(parsed.after === null ? -Infinity : startAfter(parsed.after), parsed.from === null ? -Infinity : Date.parse(parsed.from), sinceOf(query.since)), before: parsed.before === null ? Infinity : Date.parse(parsed.before),
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
  const named = (names: Record<'fr' | 'en', Record<string, string>>) => valuesOf(names, value, isFacet(field) ? VALUE_NAMES[field] : undefined);
  switch (field) {
    case 'theme': return thesaurus.themesNamed(value);
    case 'concept': return thesaurus.conceptsNamed(value);
    case 'country': {
      const here = index.valuesOf('country').filter((code) => code.toLowerCase() === typed || COUNTRY_NAMES.some((names) => fold(names.of(code) ?? '') === typed));
      return here.length > 0 ? here : thesaurus.countriesNamed(value);
    }
    case 'city': return index.valuesOf('city').filter((name) => thesaurus.isCity(name, value));
    case 'author': return index.valuesOf('author').filter((name) => typed.split(' ').every((word) => ` ${name}`.includes(` ${word}`)));
    case 'kind': return named(KIND_NAMES);
    case 'status': return named(STATUS_NAMES);
    case 'size': return named(SIZE_NAMES);
    case 'language': return named(LANGUAGE_NAMES);
    case 'cost': return named(COST_NAMES);
    case 'year': return /^\d{4}$/.test(value) ? [value] : [];
  }
}

/** Values with that very name, in either language; without one, those whose name begins so. */
function valuesOf(names: Record<'fr' | 'en', Record<string, string>>, typed: string, written: (typeof VALUE_NAMES)[SearchFacet]): string[] {
  const all = Object.keys(names.fr).map((value) => ({ value, names: [value, names.fr[value], names.en[value], ...Object.values(written?.[value] ?? {})].map((name) => fold(name ?? '')) }));
  const form = fold(typed);
  const same = all.filter((one) => one.value === typed || one.names.includes(form));
  return (same.length > 0 ? same : all.filter((one) => one.names.some((name) => name.startsWith(form)))).map((one) => one.value);
}
