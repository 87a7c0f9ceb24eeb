import { v7 as uuid } from 'uuid';
import { aPostBody, aThreadBody } from '../builders/forum.js';
import { type Line, stale } from './lines.js';
import { world } from './world.js';

const aMove = () => ({ id: uuid(), space: world.otherSpace, version: 99 });
const aSplit = () => ({ id: uuid(), newThread: uuid(), title: 'Un fil détaché ici', posts: [uuid()] });
const anOpenThread = (kind = 'discussion') => aThreadBody({ id: '', slug: world.otherSpace }, { kind });
const aSummary = { points: ['Un point'], whatChanged: '' };
const aReport = (targetKind: string, targetId: string) => ({ id: uuid(), targetKind, targetId, reason: 'other', text: '' });

export const inTheClosedSpace: Line[] = [
  ['reads the thread', 'GET', () => `/api/threads/${world.thread}`, undefined, [200, 200, 200, 404, 200]],
  ['reads the messages', 'GET', () => `/api/threads/${world.thread}/posts`, undefined, [200, 200, 200, 404, 200]],
  ['reads one message', 'GET', () => `/api/posts/${world.post}`, undefined, [200, 200, 200, 404, 200]],
  ['reads its history', 'GET', () => `/api/posts/${world.post}/revisions`, undefined, [200, 200, 200, 404, 200]],
  ['replies', 'POST', () => `/api/threads/${world.thread}/posts`, () => aPostBody(), [201, 201, 201, 404, 201]],
  ['reacts', 'PUT', () => `/api/posts/${world.post}/reactions/useful`, undefined, [200, 200, 200, 404, 200]],
  ['marks as read', 'PUT', () => `/api/threads/${world.thread}/read`, () => ({ position: 1 }), [200, 200, 200, 404, 200]],
  ['follows', 'PUT', () => `/api/threads/${world.thread}/follow`, () => ({ level: 'all' }), [200, 200, 200, 404, 200]],
  ['edits the message', 'PATCH', () => `/api/posts/${world.post}`, stale({ body: 'Même texte' }), [409, 403, 403, 404, 403]],
  ['removes the message', 'DELETE', () => `/api/posts/${world.post}?version=99`, undefined, [409, 403, 403, 404, 403]],
  ['restores what is not removed', 'POST', () => `/api/posts/${world.post}/restore`, stale({}), [200, 200, 200, 404, 200]],
  ['renames the thread', 'PATCH', () => `/api/threads/${world.thread}`, stale({ title: 'Un autre titre' }), [409, 403, 403, 404, 409]],
  ['closes the thread', 'PATCH', () => `/api/threads/${world.thread}`, stale({ status: 'closed' }), [403, 403, 403, 404, 409]],
  ['pins the thread', 'PATCH', () => `/api/threads/${world.thread}`, stale({ pinnedUntil: '2030-01-01T00:00:00Z' }), [403, 403, 403, 404, 409]],
  ['summarises the thread', 'PUT', () => `/api/threads/${world.thread}/summary`, stale(aSummary), [409, 403, 403, 404, 409]],
  ['moves the thread', 'POST', () => `/api/threads/${world.thread}/move`, () => aMove(), [403, 403, 403, 403, 409]],
  ['splits the thread', 'POST', () => `/api/threads/${world.thread}/split`, () => aSplit(), [403, 403, 403, 403, 400]],
  ['merges the thread', 'POST', () => `/api/threads/${world.thread}/merge`, () => ({ id: uuid(), into: uuid() }), [403, 403, 403, 403, 404]],
  ['sees the acts of moderation', 'GET', () => `/api/threads/${world.thread}/acts`, undefined, [403, 403, 403, 403, 200]],
  ['reports the message', 'POST', () => '/api/reports', () => aReport('post', world.post), [201, 201, 201, 404, 201]],
  ['opens a thread in an open space', 'POST', () => '/api/threads', () => anOpenThread(), [201, 201, 400, 201, 201]],
  ['opens an announcement', 'POST', () => '/api/threads', () => anOpenThread('announcement'), [403, 403, 400, 403, 201]],
  ['lists the directory of mentions', 'GET', () => '/api/mention-targets', undefined, [200, 200, 200, 200, 200]],
  ['takes the reaction back', 'DELETE', () => `/api/posts/${world.post}/reactions/useful`, undefined, [200, 200, 200, 404, 200]],
  ['marks as unread', 'POST', () => `/api/threads/${world.thread}/unread`, () => ({ from: 1, generation: 0 }), [200, 200, 200, 404, 200]],
  ['undoes an act that there is not', 'POST', () => `/api/thread-acts/${uuid()}/undo`, undefined, [403, 403, 403, 403, 404]],
  ['opens a thread', 'POST', () => '/api/threads', () => aThreadBody(world.closed), [201, 201, 201, 400, 201]],
  ['reports the thread', 'POST', () => '/api/reports', () => aReport('thread', world.thread), [201, 201, 201, 404, 201]],
  ['opens the file of the message', 'GET', () => world.attached.url, undefined, [200, 200, 200, 404, 200]],
];

export const inAConfidentialSpace: Line[] = [
  ['reads the thread', 'GET', () => `/api/threads/${world.hidden}`, undefined, [200, 200, 404, 404, 404]],
  ['reads the messages', 'GET', () => `/api/threads/${world.hidden}/posts`, undefined, [200, 200, 404, 404, 404]],
  ['replies', 'POST', () => `/api/threads/${world.hidden}/posts`, () => aPostBody(), [201, 201, 404, 404, 404]],
  ['follows', 'PUT', () => `/api/threads/${world.hidden}/follow`, () => ({ level: 'all' }), [200, 200, 404, 404, 404]],
  ['marks as unread', 'POST', () => `/api/threads/${world.hidden}/unread`, () => ({ from: 1, generation: 0 }), [200, 200, 404, 404, 404]],
  ['removes the message', 'DELETE', () => `/api/posts/${world.hiddenPost}?version=99`, undefined, [409, 403, 404, 404, 404]],
  ['sees the acts of moderation', 'GET', () => `/api/threads/${world.hidden}/acts`, undefined, [403, 403, 403, 403, 404]],
  ['opens a thread', 'POST', () => '/api/threads', () => aThreadBody(world.confidential), [201, 201, 400, 400, 400]],
  // Its only animator is the author: nobody may decide, until the reporter lets a moderator outside read it.
  ['reports the message', 'POST', () => '/api/reports', () => aReport('post', world.hiddenPost), [409, 409, 404, 404, 404]],
  ['opens the file of the message', 'GET', () => world.hiddenFile.url, undefined, [200, 200, 404, 404, 404]],
];
