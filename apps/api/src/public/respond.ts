import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Long enough for a page that is passed around, short enough for one that its city closes. */
const KEEP = 'public, max-age=300';
export const KEEP_FOR_EVER = 'public, max-age=31536000, immutable';

// Stricter than the application: nothing is run here, so nothing may be.
const contentSecurityPolicy = {
  useDefaults: false,
  directives: { 'default-src': [`'none'`], 'style-src': [`'self'`], 'img-src': [`'self'`], 'base-uri': [`'none'`], 'form-action': [`'self'`], 'frame-ancestors': [`'none'`] },
};

export interface Answer {
  type: 'text/html' | 'text/css' | 'text/plain' | 'image/svg+xml' | 'application/xml' | 'application/atom+xml';
  body: string;
  language?: string;
  status?: 200 | 403 | 404 | 422 | 429;
  cache?: string;
}

/** Sends a page with the headers of public pages; who has it already gets 304. */
export async function answer(request: FastifyRequest, reply: FastifyReply, { type, body, language, status = 200, cache = KEEP }: Answer): Promise<void> {
  // With `no-referrer` browsers would send the form of these pages as from nowhere.
  await reply.helmet({ contentSecurityPolicy, referrerPolicy: { policy: 'same-origin' } });
  // Weak: the bytes differ with the compression, the content does not.
  const tag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  void reply.header('cache-control', cache).header('etag', tag);
  // The bare address answers in the language of the reader: a cache must keep them apart.
  if (language) void reply.header('content-language', language).header('vary', 'accept-language');
  const known = request.headers['if-none-match']?.split(',').some((one) => one.trim() === tag || one.trim() === '*');
  if (status === 200 && known) return void reply.status(304).send();
  void reply.status(status).type(`${type}; charset=utf-8`).send(body);
}
