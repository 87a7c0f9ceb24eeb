export { PRACTICE_COLUMNS, PRACTICE_FROM, type PracticeColumns, presentPractice, TAKEN_UP } from './practice.presenter.js';
export { canReadPractice, listed, openToVisitors, readable, readerOf } from './practice.visibility.js';
export { PracticesModule } from './practices.module.js';
