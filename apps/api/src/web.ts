import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { DomainError, toProblem } from './platform/index.js';

const WEB = fileURLToPath(new URL('../../web/dist', import.meta.url));
const YEAR = 'public, max-age=31536000, immutable';

/** Serves the built web client: hashed files for a year, the page itself always asked anew. */
export async function serveWeb(fastify: FastifyInstance): Promise<void> {
  const built = existsSync(join(WEB, 'index.html'));
  if (built) {
    await fastify.register(fastifyStatic, {
      root: WEB,
      preCompressed: true,
      wildcard: false,
      index: false,
      cacheControl: false,
      setHeaders: (reply, path) => void reply.header('cache-control', /\/assets\//.test(path) ? YEAR : 'public, max-age=3600'),
    });
  }
  const page = built ? readFileSync(join(WEB, 'index.html'), 'utf8') : '';
  // Any address of the client is the page; what looks like a file or an API route is simply absent.
  fastify.get('/*', { helmet: {} }, (request, reply) => {
    const isPage = built && !request.url.startsWith('/api/') && !/\.\w{1,5}(\?|$)/.test(request.url);
    if (isPage) return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
    const { problem } = toProblem(new DomainError('not-found', 'not-found'));
    return reply.status(404).type('application/problem+json').send(JSON.stringify(problem));
  });
}
