import { v7 as uuid } from 'uuid';
import { world } from './world.js';

/** One message of a socket and whether its answer is yes: for the member, a colleague, the guest, an outsider, a moderator, the secretariat. */
export type SocketLine = [name: string, message: 'watch' | 'unwatch', thread: () => string, answers: boolean[]];

export const SOCKET_TABLE: SocketLine[] = [
  ['watches a thread of a closed space', 'watch', () => world.thread, [true, true, true, false, true, true]],
  ['watches a thread of a confidential space', 'watch', () => world.hidden, [true, true, false, false, false, false]],
  ['watches a thread that there is not', 'watch', () => uuid(), [false, false, false, false, false, false]],
  ['no longer watches, watched or not', 'unwatch', () => world.hidden, [true, true, true, true, true, true]],
];
/** Without an answer: the others are told only where the sender watches, which the presence tests show. */
export const UNANSWERED = ['typing'];
