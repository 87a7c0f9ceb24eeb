import { v7 as uuid } from 'uuid';
import type { Line } from './lines.js';
import { world } from './world.js';

// A letter of the member to the city of the colleague.
export const inARelay: Line[] = [
  ['lists the own conversations', 'GET', () => '/api/relay', undefined, [200, 200, 404, 200, 200]],
  ['asks who would read a letter', 'GET', () => '/api/relay/addressee?practice=essai-published', undefined, [200, 200, 404, 200, 200]],
  ['writes to a city', 'POST', () => '/api/relay', () => ({ id: uuid(), practice: 'essai-published', body: 'Bonjour' }), [201, 201, 403, 201, 201]],
  ['reads the conversation', 'GET', () => world.relay, undefined, [200, 200, 404, 404, 404]],
  ['reads the letters', 'GET', () => `${world.relay}/letters`, undefined, [200, 200, 404, 404, 404]],
  ['answers', 'POST', () => `${world.relay}/letters`, () => ({ id: uuid(), body: 'Bonjour' }), [201, 201, 404, 404, 404]],
  ['marks the letters as read', 'PUT', () => `${world.relay}/read`, () => ({ position: 1 }), [200, 200, 404, 404, 404]],
];
