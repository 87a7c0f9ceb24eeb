export { LiveIndex } from './live-index.js';
export { SearchModule } from './search.module.js';
