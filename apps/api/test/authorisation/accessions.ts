import { v7 as uuid } from 'uuid';
import { FEES } from '@passerelle/contract';
import { aDecision, anAccessionBody } from '../builders/accessions.js';
import { type Line, stale } from './lines.js';
import { world } from './world.js';

const nobody = { id: uuid(), version: 1 };
const path = (rest = '') => `/api/accessions/${nobody.id}${rest}`;

/** Members read; the secretariat acts. There is none here: who may act is told that, others are refused or, where the candidature decides, told the same. */
export const aboutAccessions: Line[] = [
  ['lists candidatures', 'GET', () => '/api/accessions', undefined, [200, 200, 404, 200, 200]],
  ['reads the counters', 'GET', () => '/api/accessions/seats', undefined, [200, 200, 404, 200, 200]],
  ['reads a candidature that there is not', 'GET', () => path(), undefined, [404, 404, 404, 404, 404]],
  ['opens a candidature', 'POST', () => '/api/accessions', () => anAccessionBody(world.app), [403, 403, 403, 403, 403, 201]],
  ['moves a document', 'PUT', () => path('/documents/letter'), stale({ state: 'accepted' }), [403, 403, 403, 403, 403, 404]],
  ['hands a document in', 'POST', () => path(`/documents/${FEES[0]}/files`), stale({ attachment: uuid() }), [404, 404, 404, 404, 404]],
  ['asks the capital', 'POST', () => path('/opinion-request'), stale({}), [403, 403, 403, 403, 403, 404]],
  ['gives an opinion', 'PUT', () => path('/opinion'), stale({ opinion: 'favourable', words: 'Oui.' }), [404, 404, 404, 404, 404]],
  ['decides', 'POST', () => path('/decisions'), () => aDecision(nobody), [403, 403, 403, 403, 403, 404]],
];
