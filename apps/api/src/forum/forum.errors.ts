import { DomainError } from '../platform/index.js';

export class ThreadClosed extends DomainError {
  constructor() {
    super('thread-closed', 'conflict');
  }
}
