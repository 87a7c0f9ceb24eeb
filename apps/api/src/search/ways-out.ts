import { type Language, OPERATORS, parseSearch, type SearchOperator, type SearchQuery, type SearchResult, withoutExcluded, withoutOperators, withoutQuotes } from '@passerelle/contract';
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

/** What to change of a query that found nothing: a filter, the dates or the excluded words less, both languages, words without their order. Each with the number of hits it brings. */
export function waysOut(query: SearchQuery, request: Request, { index, sees, ask, language }: Tools): SearchResult['ways'] {
  const count = (change: Partial<typeof ask>) => index.search({ ...ask, ...change, sees, limit: 1 }).total;
  const ways: SearchResult['ways'] = [];
  const offer = (way: (typeof ways)[number]) => way.count > 0 && way.q !== '' && ways.push(way);
  for (const facet of Object.keys(request.filters) as IndexFacet[]) {
    const q = withoutOperators(query.q, facet as SearchOperator, () => true);
    offer({ way: facet === 'language' ? 'language' : 'filter', q, label: OPERATORS[facet as SearchOperator][language][0], count: count({ filters: { ...request.filters, [facet]: undefined } }) });
  }
  const { before, after, from } = parseSearch(query.q);
  const since = after ?? from;
  if (before !== null || since !== null) {
    const q = (['before', 'after'] as const).reduce((text, operator) => withoutOperators(text, operator, () => true), query.q);
    const label = [since !== null && OPERATORS.after[language][0], before !== null && OPERATORS.before[language][0]].filter(Boolean).join(', ');
    offer({ way: 'filter', q, label, count: count({ from: -Infinity, before: Infinity }) });
  }
  if (request.excluded.length > 0) offer({ way: 'filter', q: withoutExcluded(query.q), label: request.excluded.join(', '), count: count({ excluded: [] }) });
  if (request.phrases.length > 0) offer({ way: 'words', q: withoutQuotes(query.q), label: '', count: count({ text: [request.text, ...request.phrases].join(' '), phrases: [] }) });
  return ways.sort((a, b) => b.count - a.count).slice(0, WAYS_MAX);
}
