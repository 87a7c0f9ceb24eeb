import type { ThreadView } from '@passerelle/contract';
import { LISTED, world } from './world.js';

/** Whether an answer that everybody gets tells of a thread. */
export type Telling = [name: string, path: (thread: ThreadView) => string, mark: (thread: ThreadView) => string];
const title = (one: ThreadView) => one.title;
export const ofThreads: Telling[] = [
  ['the spaces', () => '/api/spaces', (one) => one.space.slug],
  ['the threads', () => '/api/threads?limit=100', title],
  ['the threads that look alike', (one) => `/api/threads/similar?title=${encodeURIComponent(one.title)}`, title],
  ['the search', (one) => `/api/search?q=${encodeURIComponent(one.title)}&limit=50`, title],
  ['the home page, though followed', () => '/api/home', title],
  ['the facts since the beginning', () => '/api/events?since=0&limit=500', title],
  ['the hits while typing', (one) => `/api/search/suggest?q=${encodeURIComponent(one.title)}`, title],
  ['the drafts, though begun', () => '/api/drafts', title],
  ['the draft, though begun', (one) => `/api/drafts/thread:${one.id}`, title],
  ['the page of the practice', () => LISTED, title],
  ['the page of the city', () => `/api/organisations/${world.writerCity}`, title],
];
/** And of people: told to the member, a colleague, a guest of the closed space, an outsider, a moderator, the secretariat where it differs. */
export const ofPeople: [name: string, path: () => string, mark: () => string, told: boolean[]][] = [
  ['the account of the member', () => '/api/me', () => world.member.accountId, [true, false, false, false, false]],
  ['what waits for the city of the member', () => '/api/practice-tasks', () => 'essai-draft', [true, false, false, false, false]],
  ['the transfers', () => '/api/transfers', () => 'essai-published', [true, true, false, true, true]],
  ['the sessions of the member', () => '/api/me/sessions', () => world.member.sessionId, [true, false, false, false, false]],
  ['the functions of a city', () => `/api/organisations/${world.writerCity}`, () => 'Secrétaire du conseil', [true, true, false, true, true]],
  ['the closed space in the directory', () => '/api/spaces/directory', () => world.closed.slug, [true, true, true, true, true]],
  ['the confidential space in the directory', () => '/api/spaces/directory', () => world.confidential.slug, [true, true, false, false, false]],
  ['the directory of mentions', () => '/api/mention-targets', () => 'Secrétaire du conseil', [true, true, false, true, true]],
];
