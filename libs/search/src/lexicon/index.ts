export * from './places.js';
export * from './polite.js';
export * from './synonyms.js';
export * from './translations.js';
