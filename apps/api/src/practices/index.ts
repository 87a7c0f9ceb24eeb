export { PracticeImporter } from './exchange/index.js';
export { PRACTICE_COLUMNS, PRACTICE_FROM, type PracticeColumns, presentPractice } from './practice.presenter.js';
export { inLibrary, listed, openToVisitors, publicContent, publicFile, readable, readerOf, shownFile } from './practice.visibility.js';
export { PracticesModule } from './practices.module.js';
export { reinstate, withdrawByDecision } from './withdrawal.js';
export { StandingQueries } from './standing.queries.js';
