import { type Language, OPERATORS, type SearchOperator, type SearchQuery, type SearchResult, withoutOperators } from '@passerelle/contract';
import type { SearchIndex, SearchRequest } from '@passerelle/search';
import type { IndexFacet } from './entry.js';
import type { Request } from './request.js';

const WAYS_MAX = 4;

interface Tools {
  index: SearchIndex<IndexFacet>;
  sees: (scope: string) => boolean;
  ask: Omit<SearchRequest<IndexFacet>, 'sees'>;
  language: Language;
}

/** What to change of a query that found nothing: a filter less, both languages, words without their order. Each with the number of hits it brings. */
export function waysOut(query: SearchQuery, request: Request, { index, sees, ask, language }: Tools): SearchResult['ways'] {
  const count = (change: Partial<typeof ask>) => index.search({ ...ask, ...change, sees, limit: 1 }).total;
  const ways: SearchResult['ways'] = [];
  for (const facet of Object.keys(request.filters) as IndexFacet[]) {
    const found = count({ filters: { ...request.filters, [facet]: undefined } });
    const q = withoutOperators(query.q, facet as SearchOperator, () => true);
    if (found > 0) ways.push({ way: facet === 'language' ? 'language' : 'filter', q, label: OPERATORS[facet as SearchOperator][language][0], count: found });
  }
  if (request.phrases.length > 0) {
    const found = count({ text: [request.text, ...request.phrases].join(' '), phrases: [] });
    if (found > 0) ways.push({ way: 'words', q: query.q.replaceAll(/["«»“”„]/g, ' ').replace(/\s+/g, ' ').trim(), label: '', count: found });
  }
  return ways.sort((a, b) => b.count - a.count).slice(0, WAYS_MAX);
}
