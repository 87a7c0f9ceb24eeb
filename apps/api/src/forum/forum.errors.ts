import { DomainError } from '../platform/index.js';

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

/** @throws DomainError `space-read-only` where the space takes no words of the actor: archived, or theirs to read only. */
export function assertSpaceWritable({ space_writable: writable }: { space_writable: boolean }): void {
  if (!writable) throw new DomainError('space-read-only', 'conflict');
}
