export { loadDemonstration } from './load-demonstration.js';
export { loadReference } from './load-reference.js';
