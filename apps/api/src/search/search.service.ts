import { Injectable } from '@nestjs/common';
import { type FacetValue, SEARCH_FACETS, SEARCH_KINDS, type SearchFacet, type SearchKind, type SearchQuery, type SearchResult, type Suggestions } from '@passerelle/contract';
import { contentForms, Matcher, type SearchHits, type SearchRequest, tokenize } from '@passerelle/search';
import { type Actor, Database } from '../platform/index.js';
import { COLLECTORS } from './collect.js';
import { EmptySearchLog } from './empty-search-log.js';
import { type Entry, type IndexFacet, partsOf, seesScope } from './entry.js';
import { lookInto, presentHit } from './hits.js';
import { LiveIndex } from './live-index.js';
import { isFacet, NOTHING, readRequest, type Request } from './request.js';
import { COST_NAMES, KIND_NAMES, LANGUAGE_NAMES, SIZE_NAMES, STATUS_NAMES } from './search.words.js';
import type { Thesaurus } from './thesaurus.js';
import { waysOut } from './ways-out.js';
import { type Explanation, explain } from './why.js';

const SUGGESTED_PER_KIND = 5;
const ALSO_SHOWN = 4;
/** What was removed while we looked is taken out and the search done again, so often at most. */
const TRIES = 3;

type Ask = Omit<SearchRequest<IndexFacet>, 'sees'>;
interface Answer {
  found: SearchHits<IndexFacet>;
  entries: Map<string, Entry>;
}

/** Search over what the actor may read. The index says what answers; what is shown is read from the database, as it is now. */
@Injectable()
export class SearchService {
  constructor(
    private readonly database: Database,
    private readonly live: LiveIndex,
    private readonly emptySearches: EmptySearchLog,
  ) {}

  async search(actor: Actor, query: SearchQuery): Promise<SearchResult> {
    const { index, thesaurus } = await this.live.current();
    const request = readRequest(query, index, thesaurus);
    if (request.text === '' && request.phrases.length === 0 && Object.keys(request.filters).length === 0 && request.from === -Infinity && request.before === Infinity) return nothing();
    const ask = { ...askOf(request, actor), limit: query.limit + query.offset };
    const { found, entries } = await this.answer(actor, ask);
    const shown = found.hits.slice(query.offset).flatMap(({ key }) => entries.get(key) ?? []);
    const matcher = new Matcher(index.plan({ ...ask, sees: seesScope(actor) }), index.vocabulary);
    const looked = shown.map((entry) => ({ entry, into: lookInto(entry, matcher) }));
    const explained = looked.map(({ entry, into }) => ({ entry, into, because: explain(entry, into, { matcher, index, thesaurus, language: actor.language, asTyped: typedIn(query.q) }) }));
    if (found.total === 0) await this.emptySearches.note(actor, request);
    return {
      total: found.total, hits: explained.map(({ entry, into, because }) => presentHit(entry, into, because)), facets: labelled(found, chosenOf(request), thesaurus, actor), chosen: chosenOf(request), operators: request.operators, unknown: request.unknown,
      ...otherWords(explained.map(({ because }) => because), query.q), ways: found.total > 0 ? [] : waysOut(query, request, { index, sees: seesScope(actor), ask, language: actor.language }),
    };
  }

  /** The best few of each kind while somebody types. */
  async suggest(actor: Actor, q: string): Promise<Suggestions> {
    const { index, thesaurus } = await this.live.current();
    const request = readRequest({ q, limit: 1, offset: 0 }, index, thesaurus);
    if (request.text === '') return { hits: [] };
    const ask = { ...askOf(request, actor), limit: SUGGESTED_PER_KIND * SEARCH_KINDS.length, perKind: SUGGESTED_PER_KIND, typing: /\S$/.test(q) };
    const { found, entries } = await this.answer(actor, ask);
    const hits = found.hits.flatMap(({ key }) => entries.get(key) ?? []);
    return { hits: hits.map((entry) => ({ kind: entry.kind, id: entry.id, title: entry.heading ?? entry.title, url: entry.url, place: entry.place, page: null })) };
  }

  /** Hits that came after a moment, for saved searches. */
  async countSince(actor: Actor, q: string, since: Date): Promise<number> {
    const { index, thesaurus } = await this.live.current();
    const request = readRequest({ q, limit: 1, offset: 0 }, index, thesaurus);
    const ask = { ...askOf(request, actor), limit: 1, from: Math.max(request.from ?? -Infinity, since.getTime()) };
    return index.search({ ...ask, sees: seesScope(actor) }).total;
  }

  /** Hits with their entries. Whatever is no longer there, or out of sight, is taken out of the index and looked past. */
  private async answer(actor: Actor, ask: Ask): Promise<Answer> {
    const sees = seesScope(actor);
    const { index, thesaurus } = await this.live.ready();
    for (let attempt = 1; ; attempt += 1) {
      const found = index.search({ ...ask, sees });
      const entries = await this.read(found.hits.map((hit) => hit.key), thesaurus);
      const isShown = (entry: Entry | undefined) => entry !== undefined && sees(entry.scope);
      const gone = found.hits.filter(({ key }) => !isShown(entries.get(key)));
      if (gone.length === 0) return { found, entries };
      for (const { key } of gone) {
        index.remove(key);
        // Moved out of this reader's sight, not gone: others still find it.
        const moved = entries.get(key);
        if (moved) index.add(moved);
      }
      if (attempt === TRIES) return { found: { ...found, total: found.total - gone.length, hits: found.hits.filter((hit) => !gone.includes(hit)) }, entries };
    }
  }

  private async read(keys: readonly string[], thesaurus: Thesaurus): Promise<Map<string, Entry>> {
    const byKind = new Map<SearchKind, string[]>();
    for (const { kind, id } of keys.map(partsOf)) byKind.set(kind, [...(byKind.get(kind) ?? []), id]);
    const entries = await Promise.all([...byKind].map(([kind, ids]) => COLLECTORS[kind](this.database, [...new Set(ids)], thesaurus)));
    return new Map(entries.flat().map((entry) => [entry.key, entry]));
  }
}

const askOf = (request: Request, actor: Actor): Omit<Ask, 'limit'> => ({
  text: request.text, phrases: request.phrases, excluded: request.excluded, filters: request.filters, ...(request.from !== undefined && { from: request.from }), ...(request.before !== undefined && { before: request.before }),
  ...(actor.capacity && { country: actor.capacity.country }),
});

/** Values of facets only: who wrote is known from more than the reader may see. */
const chosenOf = ({ filters }: Request): SearchResult['chosen'] =>
  Object.fromEntries(Object.entries(filters).flatMap(([field, values]) => (isFacet(field) ? [[field, values.filter((value) => value !== NOTHING)]] : [])));

function nothing(): SearchResult {
  const facets = Object.fromEntries(SEARCH_FACETS.map((facet) => [facet, []])) as unknown as SearchResult['facets'];
  return { total: 0, hits: [], facets, chosen: {}, operators: [], unknown: [], also: [], spelling: null, ways: [] };
}

/** Counts with their labels, in the order in which one looks for them; what is chosen is among them even where it finds nothing. */
function labelled(found: SearchHits<IndexFacet>, chosen: SearchResult['chosen'], thesaurus: Thesaurus, { language }: Actor): SearchResult['facets'] {
  const countries = new Intl.DisplayNames([language], { type: 'region' });
  const nameOf = (item: { name_fr: string; name_en: string } | undefined) => item && (language === 'fr' ? item.name_fr : item.name_en);
  const labelOf: Record<SearchFacet, (value: string) => string> = {
    kind: (value) => KIND_NAMES[language][value as SearchKind], theme: (value) => nameOf(thesaurus.themes.get(value)) ?? value, concept: (value) => nameOf(thesaurus.concepts.get(value)) ?? value, country: (value) => (/^[A-Z]{2}$/.test(value) ? (countries.of(value) ?? value) : value),
    size: (value) => SIZE_NAMES[language][value] ?? value, language: (value) => LANGUAGE_NAMES[language][value] ?? value, year: (value) => value, status: (value) => STATUS_NAMES[language][value] ?? value, cost: (value) => COST_NAMES[language][value] ?? value,
  };
  const orderOf: Partial<Record<SearchFacet, readonly string[]>> = { kind: SEARCH_KINDS, size: Object.keys(SIZE_NAMES.fr), cost: Object.keys(COST_NAMES.fr) };
  const values = (facet: SearchFacet): FacetValue[] => {
    const order = orderOf[facet];
    const place = (a: FacetValue, b: FacetValue) => (order ? order.indexOf(a.value) - order.indexOf(b.value) : facet === 'year' ? b.value.localeCompare(a.value) : b.count - a.count || a.label.localeCompare(b.label, language));
    const missing = (chosen[facet] ?? []).filter((value) => !found.facets[facet].has(value)).map((value): [string, number] => [value, 0]);
    return [...found.facets[facet], ...missing].map(([value, count]) => ({ value, label: labelOf[facet](value), count })).sort(place);
  };
  return Object.fromEntries(SEARCH_FACETS.map((facet) => [facet, values(facet)])) as SearchResult['facets'];
}

/** Words that were found in the place of those typed. They come from texts that the reader is shown, so they tell nothing else. */
function otherWords(explanations: Explanation[], typed: string): Pick<SearchResult, 'also' | 'spelling'> {
  const all = explanations.flatMap(({ also }) => also);
  let spelling = typed;
  const nearest = all.filter((one) => one.why === 'spelling').sort((a, b) => b.weight - a.weight);
  for (const { asked, found } of nearest) spelling = spelling.replace(wordAsTyped(spelling, asked), found);
  return { also: [...new Set(all.map((one) => one.found))].slice(0, ALSO_SHOWN), spelling: spelling === typed ? null : spelling };
}

/** Gives back words of a query as they were typed. */
function typedIn(query: string): (asked: string) => string {
  const typed = new Map(tokenize(query).map(({ form, start, end }) => [form, query.slice(start, end)]));
  return (asked) => asked.split(' ').map((form) => typed.get(form) ?? form).join(' ');
}

/** The word of a query whose folded form this is, as it was typed; a text that does not occur where it is gone. */
const wordAsTyped = (typed: string, form: string) => typed.split(/[^\p{L}\p{M}\p{N}]+/u).find((word) => contentForms(word)[0] === form) ?? '\u0000';
