import type { ProblemCode } from '@passerelle/contract';

const statusOf = {
  invalid: 400, unauthenticated: 401, forbidden: 403, 'not-found': 404, conflict: 409, gone: 410,
  'too-large': 413, 'unsupported-type': 415, 'rate-limited': 429, unavailable: 503,
} as const;
export type ErrorKind = keyof typeof statusOf;

/** What the domain throws; it knows no HTTP. One filter turns it into problem+json. */
export class DomainError extends Error {
  readonly status: number;

  constructor(
    readonly code: ProblemCode,
    readonly kind: ErrorKind,
    readonly params: Record<string, unknown> = {},
    readonly errors?: { path: string; message: string }[],
  ) {
    super(code);
    this.status = statusOf[kind];
  }
}

/** Absent and hidden look the same from outside. */
export class NotFound extends DomainError {
  constructor() {
    super('not-found', 'not-found');
  }
}

export class Forbidden extends DomainError {
  constructor() {
    super('forbidden', 'forbidden');
  }
}

/** @param made what the actor made under this id with an earlier request: its address and its version now. */
export class IdReused extends DomainError {
  constructor(made?: { ref: string; version: number }) {
    super('id-reused', 'conflict', made && { ...made });
  }
}

/** @param current the version that is stored now. */
export class StaleVersion extends DomainError {
  constructor(current: number) {
    super('stale-version', 'conflict', { current });
  }
}

export class InvalidInput extends DomainError {
  constructor(path: string, message: string) {
    super('invalid-input', 'invalid', {}, [{ path, message }]);
  }
}
