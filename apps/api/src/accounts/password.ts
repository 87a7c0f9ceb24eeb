import { hash, verify } from '@node-rs/argon2';
import { Turns } from '../platform/index.js';

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/**
 * One hash at a time, off the thread that answers: a rush of sign-ins leaves the other cores to readers. Sixty are two
 * seconds or so of work; whoever comes later is asked to come back rather than kept waiting.
 */
const turns = new Turns({ most: 60, retryAfterS: 3 });

/** An argon2id hash, with its parameters inside. @throws DomainError `unavailable`. */
export const hashPassword = (password: string): Promise<string> => turns.take(() => hash(password, PARAMETERS));

let decoy: Promise<string> | undefined;

/** Checks a password; without a stored hash the same time is spent, so that the answer tells nothing about the address. @throws DomainError `unavailable`. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hash('a password nobody has', PARAMETERS);
  const other = await decoy;
  const matches = await turns.take(() => verify(stored ?? other, password));
  return matches && stored !== null;
}
