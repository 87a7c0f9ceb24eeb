import {
  OPERATORS,
  parseSearch,
  SEARCH_FACETS,
  type SearchFacet,
  type SearchKind,
  type SearchOperator,
  type SearchResult,
  VALUE_NAMES,
  withoutOperators,
  withOperator,
  writeOperator,
  writeValue,
} from '@passerelle/contract';

const TITLE_MAX = 120;

export type Language = 'fr' | 'en';
type Known = Pick<SearchResult, 'facets' | 'operators'>;

/** An operator of a query, with the values of its facet that it stands for. */
export interface Criterion {
  field: SearchOperator;
  /** As it was typed. */
  value: string;
  values: string[];
}

export const isFacet = (field: string): field is SearchFacet => (SEARCH_FACETS as readonly string[]).includes(field);

/**
 * The operators of a query, each once. What they stand for is what the last answer said, or, for one that was written since, the value
 * of that name: so the panel follows the query before the server has answered.
 */
export function criteriaOf(q: string, known: Known | undefined): Criterion[] {
  const { operators, before, after } = parseSearch(q);
  const dates = (['after', 'before'] as const).flatMap((field): Criterion[] => {
    const value = field === 'after' ? after : before;
    return value === null ? [] : [{ field, value, values: [] }];
  });
  const named = operators.map(({ field, value }): Criterion => ({ field, value, values: valuesOf(field, value, known) }));
  return [...named.filter((one, index) => named.findIndex((other) => isSame(one, other)) === index), ...dates];
}

export const isSame = (one: Criterion, other: Criterion) => one.field === other.field && one.value === other.value;

function valuesOf(field: SearchOperator, typed: string, known: Known | undefined): string[] {
  if (!isFacet(field)) return [];
  const said = known?.operators.find((one) => one.field === field && one.value === typed);
  if (said) return said.values;
  const isNamed = (value: string, label: string) => [value, label, ...Object.values(VALUE_NAMES[field]?.[value] ?? {})].some((name) => name.toLowerCase() === typed.toLowerCase());
  return (known?.facets[field] ?? []).filter(({ value, label }) => isNamed(value, label)).map(({ value }) => value);
}

/** Values of a facet that some criteria choose. */
export const chosenIn = (criteria: Criterion[], facet: SearchFacet): string[] => [...new Set(criteria.flatMap(({ field, values }) => (field === facet ? values : [])))];

/** The query with a value chosen or no longer chosen. Of an operator that stands for several values the others stay. */
export function toggleValue(q: string, facet: SearchFacet, value: string, known: Known, language: Language): string {
  const holders = criteriaOf(q, known).filter(({ field, values }) => field === facet && values.includes(value));
  const write = (one: string) => writeValue(facet, { value: one, label: known.facets[facet].find((other) => other.value === one)?.label ?? one }, language);
  if (holders.length === 0) return withOperator(q, write(value));
  const rest = holders.reduce(without, q);
  const left = chosenIn(criteriaOf(rest, known), facet);
  const others = chosenIn(holders, facet).filter((other) => other !== value && !left.includes(other));
  return others.reduce((text, other) => withOperator(text, write(other)), rest);
}

/** The query without a criterion, however often it was typed. */
export const without = (q: string, { field, value }: Criterion): string => withoutOperators(q, field, (typed) => field === 'before' || field === 'after' || typed === value);

/** The query with nothing but its words. */
export const withoutCriteria = (q: string): string => criteriaOf(q, undefined).reduce(without, q);

/** The query over one kind, or over all. */
export function withKind(q: string, kind: SearchKind | null, language: Language): string {
  const all = withoutOperators(q, 'kind', () => true);
  return kind === null ? all : withOperator(all, writeValue('kind', { value: kind, label: kind }, language));
}

/** Addresses made before filters were words of the query: all of it as one query; null where there is nothing to bring together. */
export function folded(params: URLSearchParams, language: Language): string | null {
  const filters = SEARCH_FACETS.flatMap((facet) =>
    params
      .getAll(facet)
      .flatMap((values) => values.split(','))
      .filter(Boolean)
      .map((value) => writeValue(facet, { value, label: value }, language)),
  );
  return filters.length === 0 ? null : filters.reduce(withOperator, params.get('q') ?? '');
}

/** The words that are looked for, without quotes. */
export function wordsOf(q: string): string {
  const { words, phrases } = parseSearch(q);
  return [...words, ...phrases].join(' ');
}

/** What somebody would ask the network: the words of a query, as the title of a question. Of a long one as many as a title holds. */
export function questionOf(q: string): string {
  const whole = wordsOf(q);
  const title = whole.length <= TITLE_MAX ? whole : whole.slice(0, whole.lastIndexOf(' ', TITLE_MAX));
  return title.charAt(0).toLocaleUpperCase() + title.slice(1);
}

/** What a proposal begins with and what is to be typed over; written at the end of a query. */
export interface Pattern {
  name: SearchOperator | 'phrase' | 'not';
  /** In quotes where it stands for an expression. */
  example: string;
}

/** The query with a pattern at its end, and where its example stands in it. */
export function withPattern(q: string, { name, example }: Pattern, language: Language): { q: string; from: number; to: number } {
  const written = name === 'phrase' ? `"${example}"` : name === 'not' ? `-${example}` : writeOperator(name, example, language);
  const text = withOperator(q, written);
  const from = text.lastIndexOf(example);
  return { q: text, from, to: from + example.length };
}

/** An operator as its field is called in the query: `pays:Laos`. */
export const asTyped = ({ field, value }: { field: string; value: string }, language: Language): string => (field in OPERATORS ? writeOperator(field as SearchOperator, value, language) : `${field}:${value}`);
