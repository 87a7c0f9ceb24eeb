import { SearchIndex, Senses, type SearchDocument, type SearchRequest, type Sense } from '../src/index.js';

export const FACETS = ['kind', 'theme', 'country'] as const;
export type Facet = (typeof FACETS)[number];
export type Document = SearchDocument<Facet>;

/** A document with everything empty that is not under test. */
export const aDocument = (key: string, changes: Partial<Document> = {}): Document => ({
  key, kind: 'post', scope: 'members', language: 'fr', title: '', summary: '', body: '', names: '', places: '', concepts: [], synonyms: '', usefulness: 1, at: 0, facets: {}, ...changes,
});

export function anIndex(documents: readonly Document[], senses: readonly Sense[] = []): SearchIndex<Facet> {
  const index = new SearchIndex<Facet>(FACETS, new Senses(senses));
  for (const document of documents) index.add(document);
  return index;
}

/** An index of texts, each under its place in the list. */
export const textsOf = (bodies: readonly string[], senses: readonly Sense[] = [], language: Document['language'] = 'fr') => anIndex(bodies.map((body, at) => aDocument(String(at), { body, language })), senses);

export const find = (index: SearchIndex<Facet>, text: string, more: Partial<SearchRequest<Facet>> = {}) => index.search({ text, sees: () => true, limit: 1_000, ...more });
export const keysOf = (index: SearchIndex<Facet>, text: string, more: Partial<SearchRequest<Facet>> = {}) => find(index, text, more).hits.map((hit) => hit.key);
