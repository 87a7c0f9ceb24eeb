import { DomainError } from './errors.js';

/** Work that takes turns: one after the other, and a refusal instead of a queue that nobody would wait through. */
export class Turns {
  private waiting = 0;
  private last: Promise<unknown> = Promise.resolve();

  /** @param bounds how many may be under way or wait, and when somebody who is refused should come back. */
  constructor(private readonly bounds: { most: number; retryAfterS: number }) {}

  /** @throws DomainError `unavailable` when too many wait. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting >= this.bounds.most) throw new DomainError('unavailable', 'unavailable', { retryAfterS: this.bounds.retryAfterS });
    this.waiting += 1;
    const turn = this.last.then(work).finally(() => (this.waiting -= 1));
    // The next one's turn comes whether or not this one succeeds.
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
