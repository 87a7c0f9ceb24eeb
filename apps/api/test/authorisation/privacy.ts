import { v7 as uuid } from 'uuid';
import type { Line } from './lines.js';

export const withOnesOwnData: Line[] = [
  ['reads what is stored', 'GET', () => '/api/me/data', undefined, [200, 200, 200, 200, 200]],
  ['agrees to mail of the network', 'PUT', () => '/api/me/consents/mail', () => ({ given: true }), [200, 200, 200, 200, 200]],
  ['asks for a copy', 'POST', () => '/api/me/exports', () => ({ id: uuid() }), [201, 201, 201, 201, 201]],
  ['fetches a copy of somebody else', 'GET', () => `/api/me/exports/${uuid()}/file`, undefined, [404, 404, 404, 404, 404]],
  ['asks to be erased (the last of the secretariat may not)', 'POST', () => '/api/me/erasures', () => ({ id: uuid(), kind: 'account' }), [201, 201, 201, 201, 201, 409]],
  ['takes an erasure of somebody else back', 'DELETE', () => `/api/me/erasures/${uuid()}`, undefined, [404, 404, 404, 404, 404]],
];
