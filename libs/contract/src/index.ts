export * from './common.js';
export * from './accounts.js';
export * from './forum.js';
export * from './library.js';
export * from './events.js';
