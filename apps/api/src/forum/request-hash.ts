import { hash } from 'node:crypto';

/** Fingerprint of what a client asked to create: the same id with the same fingerprint is a retry, with another one a reuse. */
export const requestHash = (...parts: unknown[]): Buffer => hash('sha256', JSON.stringify(parts), 'buffer');
