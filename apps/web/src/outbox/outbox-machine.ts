import { ApiProblem } from '../app/api';

export type OutboxKind = 'reply' | 'thread' | 'edit' | 'remove' | 'restore' | 'react' | 'letter';
export type OutboxState = 'waiting' | 'sending' | 'refused';

/** One write that waits for the network. Its request may be repeated blindly: ids and versions are inside. */
export interface OutboxItem {
  id: string;
  account: string;
  /** Items of one lane (a thread) leave in the order in which they were written. */
  lane: string;
  sequence: number;
  kind: OutboxKind;
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  body?: Record<string, unknown>;
  state: OutboxState;
  reason: { code: string; status: number; params?: Record<string, unknown> } | null;
  createdAt: string;
  attempts: number;
  /** Not before this moment (ms since 1970). */
  notBefore: number;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const WORTH_RETRYING = new Set([408, 425, 429]);

/** Pause before the next try: doubles up to a minute, spread by half so that a thousand phones don't return at once. */
export const pauseAfter = (attempts: number, random = Math.random()) =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts, 10), LONGEST_PAUSE_MS) * (0.75 + random / 2);

/**
 * The next item to send, or the moment at which there will be one. In each lane only the first item that was not
 * refused may leave. A refused one waits for its author and holds nobody up, unless it is the thread itself: what
 * was written in a thread that does not exist yet stays behind it.
 */
export function nextItem(items: OutboxItem[], account: string, now: number): { item: OutboxItem } | { at: number } | null {
  const heads = new Map<string, OutboxItem>();
  for (const item of [...items].sort((a, b) => a.sequence - b.sequence)) {
    const passes = item.state === 'refused' && item.kind !== 'thread';
    if (item.account === account && !passes && !heads.has(item.lane)) heads.set(item.lane, item);
  }
  let at = Infinity;
  for (const item of heads.values()) {
    if (item.state === 'refused') continue;
    if (item.notBefore <= now) return { item };
    at = Math.min(at, item.notBefore);
  }
  return at === Infinity ? null : { at };
}

/** What becomes of an item whose request failed. `sessionEnded` asks the outbox to pause until somebody signs in, or has set up what their role demands. */
export function afterFailure(item: OutboxItem, error: unknown, now: number): { item: OutboxItem; sessionEnded: boolean } {
  const waiting = (pauseMs: number): OutboxItem => ({ ...item, state: 'waiting', attempts: item.attempts + 1, notBefore: now + pauseMs });
  if (error instanceof ApiProblem) {
    if (error.status === 401 || error.code === 'second-factor-demanded') return { item: { ...item, state: 'waiting' }, sessionEnded: true };
    if (error.status < 500 && !WORTH_RETRYING.has(error.status)) {
      return { item: { ...item, state: 'refused', reason: { code: error.code, status: error.status, params: error.params } }, sessionEnded: false };
    }
    return { item: waiting(Math.max((error.retryAfterS ?? 0) * 1_000, pauseAfter(item.attempts))), sessionEnded: false };
  }
  // No answer, or one that could not be read: the server may have it or not, and a repetition is harmless either way.
  return { item: waiting(pauseAfter(item.attempts)), sessionEnded: false };
}

/** After a crash an item may have been on its way: it is simply sent again. */
export const revive = (item: OutboxItem): OutboxItem => (item.state === 'sending' ? { ...item, state: 'waiting', notBefore: 0 } : item);
