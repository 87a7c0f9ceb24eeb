export { readVectors, type WordVectors } from './meaning.js';
export { RANKING, type Why } from './ranking.js';
export { SearchIndex, type SearchDocument, type SearchHits, type SearchRequest } from './search-index.js';
export { Senses, type Sense, type Term } from './senses.js';
export type { TextLanguage } from './stems.js';
export { bestPiece, Matcher, type Match } from './matches.js';
export { contentForms } from './senses.js';
export { tokenize, visibleText } from './tokens.js';
export type { Alternative, Span } from './query-plan.js';
