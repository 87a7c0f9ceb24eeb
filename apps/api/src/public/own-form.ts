import type { FastifyRequest } from 'fastify';
import { isOwnOrigin } from '../realtime/index.js';

/** Browsers say where a form comes from in one of three ways, old ones by the referrer only; a form that says nothing is not ours. */
export function isOwnForm({ headers }: Pick<FastifyRequest, 'headers'>, publicUrl: string): boolean {
  if (headers['sec-fetch-site']) return headers['sec-fetch-site'] === 'same-origin';
  const from = headers.origin ?? headers.referer;
  return from !== undefined && URL.canParse(from) && isOwnOrigin(new URL(from).origin, headers.host, publicUrl);
}
