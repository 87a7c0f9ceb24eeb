import { describe, expect, it } from '@jest/globals';
import { ApiProblem, NetworkFailure } from '../src/app/api';
import { afterFailure, nextItem, type OutboxItem, pauseAfter, revive } from '../src/outbox/outbox-machine';

let sequence = 0;
const item = (part: Partial<OutboxItem> = {}): OutboxItem => ({
  id: `i${++sequence}`,
  account: 'a',
  lane: 'thread',
  sequence,
  kind: 'reply',
  method: 'POST',
  path: '/api/threads/thread/posts',
  body: {},
  state: 'waiting',
  reason: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  attempts: 0,
  notBefore: 0,
  ...part,
});

describe('nextItem', () => {
  it('takes the items of one lane in the order in which they were written', () => {
    const [first, second] = [item(), item()];
    expect(nextItem([second, first], 'a', 10)).toEqual({ item: first });
  });

  it('lets nothing overtake an item that pauses, but does not hold other lanes up', () => {
    const paused = item({ notBefore: 500 });
    const behind = item();
    const elsewhere = item({ lane: 'other' });
    expect(nextItem([paused, behind], 'a', 10)).toEqual({ at: 500 });
    expect(nextItem([paused, behind, elsewhere], 'a', 10)).toEqual({ item: elsewhere });
  });

  it('passes a refused message, but nothing passes a refused thread', () => {
    const next = item();
    expect(nextItem([item({ state: 'refused', sequence: 0 }), next], 'a', 10)).toEqual({ item: next });
    expect(nextItem([item({ state: 'refused', kind: 'thread', sequence: 0 }), next], 'a', 10)).toBeNull();
  });

  it('never sends what another account wrote', () => {
    expect(nextItem([item({ account: 'b' })], 'a', 10)).toBeNull();
  });
});

describe('afterFailure', () => {
  const problem = (
    status: number,
    code: 'unavailable' | 'thread-closed' | 'id-reused' | 'unauthenticated' | 'second-factor-demanded' | 'rate-limited',
    retryAfterS?: number,
  ) => new ApiProblem(status, { code }, retryAfterS);

  it.each([
    ['a lost network', new NetworkFailure()],
    ['a server in trouble', problem(503, 'unavailable')],
    ['a timeout', problem(408, 'unavailable')],
    ['too early', problem(425, 'unavailable')],
  ])('waits after %s and tries again later each time', (_, error) => {
    const { item: next, sessionEnded } = afterFailure(item({ attempts: 3 }), error, 1_000);
    expect(next).toMatchObject({ state: 'waiting', attempts: 4, reason: null });
    expect(next.notBefore).toBeGreaterThanOrEqual(1_000 + 6_000);
    expect(sessionEnded).toBe(false);
  });

  it('waits at least as long as the server asks', () => {
    expect(afterFailure(item(), problem(429, 'rate-limited', 90), 0).item.notBefore).toBeGreaterThanOrEqual(90_000);
  });

  it.each([
    [401, 'unauthenticated' as const],
    [403, 'second-factor-demanded' as const],
  ])('keeps the item as it is when the session has ended, or may do nothing yet (%d)', (status, code) => {
    const waiting = item({ state: 'sending' });
    expect(afterFailure(waiting, problem(status, code), 0)).toEqual({
      item: { ...waiting, state: 'waiting' },
      sessionEnded: true,
    });
  });

  it.each([['thread-closed' as const], ['id-reused' as const]])('keeps the text and the reason after %s', (code) => {
    expect(afterFailure(item(), problem(409, code), 0).item).toMatchObject({ state: 'refused', reason: { code, status: 409 } });
  });
});

describe('pauseAfter', () => {
  it('doubles up to a minute and spreads', () => {
    expect([0, 1, 2].map((attempts) => pauseAfter(attempts, 0.5))).toEqual([1_000, 2_000, 4_000]);
    expect(pauseAfter(50, 0.5)).toBe(60_000);
    expect(pauseAfter(50, 0)).toBe(45_000);
    expect(pauseAfter(50, 1)).toBe(75_000);
  });
});

describe('revive', () => {
  it('sends again what was on its way when the page crashed', () => {
    expect(revive(item({ state: 'sending', notBefore: 99 }))).toMatchObject({ state: 'waiting', notBefore: 0 });
    expect(revive(item({ state: 'refused' })).state).toBe('refused');
  });
});
