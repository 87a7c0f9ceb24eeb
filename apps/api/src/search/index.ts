export { reindex } from './reindex.js';
export { SearchIndexer } from './search.indexer.js';
export { SearchModule } from './search.module.js';
