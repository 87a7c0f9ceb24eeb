import type { Line } from './lines.js';

/** The record of administration is for the secretariat alone. */
export const ofTheRecord: Line[] = [
  ['reads the record', 'GET', () => '/api/audit?limit=5', undefined, [403, 403, 403, 403, 403, 200]],
  ['takes the record away as a file', 'POST', () => '/api/audit-exports', () => ({ format: 'json', language: 'fr', filters: { act: 'role.changed' } }), [403, 403, 403, 403, 403, 200]],
];
