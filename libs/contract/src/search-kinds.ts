/** What can be found, in the order in which the box shows it. */
export const SEARCH_KINDS = ['practice', 'thread', 'post', 'project', 'city', 'person', 'need', 'offer', 'document'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** What hits can be narrowed by, with the number behind each value. */
export const SEARCH_FACETS = ['kind', 'theme', 'concept', 'country', 'size', 'language', 'year', 'status', 'cost'] as const;
export type SearchFacet = (typeof SEARCH_FACETS)[number];

/** Fields of operators: the facets, and what has too many values to list. */
export const SEARCH_FIELDS = [...SEARCH_FACETS, 'city', 'author'] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number];
