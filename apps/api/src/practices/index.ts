export { PracticeImporter } from './exchange/index.js';
export { PRACTICE_COLUMNS, PRACTICE_FROM, type PracticeColumns, presentPractice } from './practice.presenter.js';
export { canReadPractice, inLibrary, listed, openToVisitors, readable, readerOf } from './practice.visibility.js';
export { PracticesModule } from './practices.module.js';
export { StandingQueries } from './standing.queries.js';
