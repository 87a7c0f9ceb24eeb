import { v7 as uuid } from 'uuid';
import { aPostBody } from '../builders/forum.js';
import { buildSession } from '../builders/sessions.js';
import { buildAttachment } from '../builders/uploads.js';
import type { Line } from './lines.js';
import { world } from './world.js';

const aDraft = (sequence: number) => ({ sequence, body: 'Un autre brouillon' });
const aPostWithFile = async () => aPostBody({ attachments: [(await buildAttachment(world.app, world.member)).id] });
const aReport = (targetKind: string, targetId: string) => ({ id: uuid(), targetKind, targetId, reason: 'other', text: '' });

export const ofTheMember: Line[] = [
  ['reads the draft', 'GET', () => '/api/drafts/new-thread', undefined, [200, 404, 404, 404, 404]],
  ['saves a draft of the own under the same key', 'PUT', () => '/api/drafts/new-thread', () => aDraft(2), [200, 200, 200, 200, 200]],
  ['throws the own draft away', 'DELETE', () => `/api/drafts/thread:${uuid()}?sequence=1`, undefined, [204, 204, 204, 204, 204]],
  ['ends a session', 'DELETE', async () => `/api/me/sessions/${await buildSession(world.app, world.member)}`, undefined, [204, 404, 404, 404, 404]],
  ['opens a file that is in no message yet', 'GET', () => world.pending.url, undefined, [200, 404, 404, 404, 404]],
  ['joins a file to a message', 'POST', () => `/api/threads/${world.thread}/posts`, () => aPostWithFile(), [201, 400, 400, 400, 400]],
  ['changes the own profile', 'PATCH', () => '/api/me', () => ({ showPresence: true }), [200, 200, 200, 200, 200]],
  ['begins an upload', 'POST', () => '/api/uploads', undefined, [201, 201, 201, 201, 201]],
  ['removes an upload that there is not', 'DELETE', () => `/api/uploads/${uuid()}`, undefined, [404, 404, 404, 404, 404]],
];

export const inTheNetwork: Line[] = [
  ['marks a space as read, seen or not', 'POST', () => `/api/spaces/${world.confidential.slug}/read`, undefined, [200, 200, 200, 200, 200]],
  ['lists the practices', 'GET', () => '/api/practices', undefined, [200, 200, 200, 200, 200]],
  ['reports a practice', 'POST', () => '/api/reports', () => aReport('practice', 'essai-published'), [201, 201, 404, 201, 201]],
  ['reports a draft', 'POST', () => '/api/reports', () => aReport('practice', 'essai-draft'), [404, 404, 404, 404, 404]],
  ['lists the themes', 'GET', () => '/api/themes', undefined, [200, 200, 200, 200, 200]],
  ['lists the organisations', 'GET', () => '/api/organisations', undefined, [200, 200, 200, 200, 200]],
  ['is shown hits while typing', 'GET', () => '/api/search/suggest?q=essai', undefined, [200, 200, 200, 200, 200]],
  ['reads what was looked for in vain', 'GET', () => '/api/search/empty', undefined, [403, 403, 403, 403, 403, 200]],
  ['lists the own saved searches', 'GET', () => '/api/saved-searches', undefined, [200, 200, 200, 200, 200]],
  ['saves a search', 'POST', () => '/api/saved-searches', () => ({ id: uuid(), q: 'marchés' }), [201, 201, 201, 201, 201]],
  ['has seen a saved search of the member', 'PUT', () => `/api/saved-searches/${world.savedSearch}/seen`, undefined, [200, 404, 404, 404, 404]],
  ['removes a saved search, there or not', 'DELETE', () => `/api/saved-searches/${uuid()}`, undefined, [204, 204, 204, 204, 204]],
];
