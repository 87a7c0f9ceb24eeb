export { excerptOf, marksOf } from './excerpt.js';
export { readDomain } from './links.js';
export { hashOfWords, Rates } from './rates.js';
export { Rule, type StoredRule, told, watchedOf } from './rule.js';
export { type Caught, type Finding, Watch } from './watch.js';
export { type CaughtThing, type Desk, WatchDesk } from './watch-desk.js';
export { WatchModule } from './watch.module.js';
export { readTerm } from './words.js';
