import { DomainError } from '../platform/index.js';
import type { Caught, Finding } from '../watch/index.js';

export class ThreadClosed extends DomainError {
  constructor() {
    super('thread-closed', 'conflict');
  }
}

/** A decision of moderation stands: it is taken back by its case, an undo or an appeal, and by nothing else. */
export class HeldByDecision extends DomainError {
  constructor() {
    super('held-by-decision', 'conflict');
  }
}

/** What somebody else wrote goes and comes by a case of moderation, in which reasons are stated and recusal holds. */
export class DecisionRequired extends DomainError {
  constructor() {
    super('decision-required', 'forbidden');
  }
}

/** A rule asks the author to think again; sent once more with `insist`, moderation reads it first. */
export class Reconsider extends DomainError {
  constructor(rules: Finding[]) {
    super('reconsider', 'conflict', { rules: rules.map(({ name, words }) => ({ name, words })) });
  }
}

/**
 * What can't wait, a title or a summary, is not written where a message would be held: its author finds other words.
 * @returns what moderation is to be told of. @throws Reconsider
 */
export function assertAppears(caught: Caught | null): Caught | null {
  if (caught && caught.action !== 'queue') throw new Reconsider(caught.rules);
  return caught;
}

/** @throws DomainError `space-read-only` where the space takes no words of the actor: archived, or theirs to read only. */
export function assertSpaceWritable({ space_writable: writable }: { space_writable: boolean }): void {
  if (!writable) throw new DomainError('space-read-only', 'conflict');
}
