import { hash, verify } from '@node-rs/argon2';
import { DomainError } from '../platform/index.js';

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Two seconds or so of work; whoever comes later is asked to come back rather than kept waiting. */
const WAITING_MAX = 60;
const RETRY_AFTER_S = 3;

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/** One hash at a time, off the thread that answers: a rush of sign-ins leaves the other cores to readers. @throws DomainError `unavailable` when too many wait. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= WAITING_MAX) throw new DomainError('unavailable', 'unavailable', { retryAfterS: RETRY_AFTER_S });
  waiting += 1;
  const turn = last.then(work).finally(() => (waiting -= 1));
  // The next one's turn comes whether or not this one succeeds.
  last = turn.catch(() => undefined);
  return turn;
}

/** An argon2id hash, with its parameters inside. @throws DomainError `unavailable`. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, PARAMETERS));

let decoy: Promise<string> | undefined;

/** Checks a password; without a stored hash the same time is spent, so that the answer tells nothing about the address. @throws DomainError `unavailable`. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hash('a password nobody has', PARAMETERS);
  const other = await decoy;
  const matches = await inTurn(() => verify(stored ?? other, password));
  return matches && stored !== null;
}
