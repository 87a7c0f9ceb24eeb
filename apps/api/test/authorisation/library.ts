import { v7 as uuid } from 'uuid';
import { type Line, stale } from './lines.js';
import { DRAFT, LISTED, world } from './world.js';

const aTransfer = (state = 'contact') => ({ id: uuid(), state, reason: '', content: {} });
const aReview = { grid: { evidence: 1, usefulness: 1, clarity: 1, sustainability: 1, inclusion: 1 } };

// The practice is in the library; the draft and the transfer belong to the city of the member.
export const inTheLibrary: Line[] = [
  ['takes the library away as a file', 'GET', () => '/api/practices-export', undefined, [200, 200, 200, 200, 200]],
  ['brings a file of practices in', 'POST', () => '/api/practices-import', () => [], [403, 403, 403, 403, 403, 200]],
  ['starts a practice', 'POST', () => '/api/practices', () => ({ id: uuid(), content: {} }), [201, 201, 403, 201, 201]],
  ['edits the practice of another city', 'PATCH', () => LISTED, stale({ content: {} }), [403, 403, 403, 403, 403]],
  ['reads its revisions', 'GET', () => `${LISTED}/revisions`, undefined, [403, 403, 403, 403, 200]],
  ['sets it aside', 'POST', () => `${LISTED}/actions`, stale({ action: 'archive' }), [403, 403, 403, 403, 409]],
  ['gives an opinion unasked', 'PUT', () => `${LISTED}/review`, () => aReview, [403, 403, 403, 403, 403]],
  ['prints it', 'GET', () => `${LISTED}/pdf`, undefined, [200, 200, 200, 200, 200]],
  ['lists their folders', 'GET', () => '/api/practice-folders', undefined, [200, 200, 200, 200, 200]],
  ['makes a folder', 'PUT', () => '/api/practice-folders', () => ({ id: uuid(), name: 'Dossier' }), [200, 200, 200, 200, 200]],
  ['opens the folder of another', 'GET', () => `/api/practice-folders/${uuid()}`, undefined, [404, 404, 404, 404, 404]],
  ['removes the folder of another', 'DELETE', () => `/api/practice-folders/${uuid()}`, undefined, [204, 204, 204, 204, 204]],
  ['puts a practice in the folder of another', 'PUT', () => `/api/practice-folders/${uuid()}/practices/demo-02`, undefined, [404, 404, 404, 404, 404]],
  ['takes a practice out of the folder of another', 'DELETE', () => `/api/practice-folders/${uuid()}/practices/demo-02`, undefined, [404, 404, 404, 404, 404]],
  ['finds it useful', 'PUT', () => `${LISTED}/useful`, undefined, [200, 200, 403, 200, 200]],
  ['no longer finds it useful', 'DELETE', () => `${LISTED}/useful`, undefined, [200, 200, 403, 200, 200]],
  ['reads the draft', 'GET', () => DRAFT, undefined, [200, 404, 404, 404, 404]],
  ['edits the draft', 'PATCH', () => DRAFT, stale({ content: { title: 'Une fiche' } }), [409, 404, 404, 404, 404]],
  ['reads the revisions of the draft', 'GET', () => `${DRAFT}/revisions`, undefined, [200, 404, 404, 404, 404]],
  ['restores the draft', 'POST', () => `${DRAFT}/restore`, stale({ restore: 1 }), [409, 404, 404, 404, 404]],
  ['submits the draft', 'POST', () => `${DRAFT}/actions`, stale({ action: 'submit' }), [409, 404, 404, 404, 404]],
  ['records a (second) transfer', 'POST', () => `${LISTED}/transfers`, () => aTransfer(), [409, 201, 403, 201, 201]],
  ['reads the transfer', 'GET', () => `/api/transfers/${world.transfer}`, undefined, [200, 200, 404, 200, 200]],
  ['edits the transfer', 'PATCH', () => `/api/transfers/${world.transfer}`, () => stale(aTransfer('trial'))(), [409, 403, 404, 403, 403]],
];
