export { RelayModule } from './relay.module.js';
export { RelayQueries } from './relay.queries.js';
