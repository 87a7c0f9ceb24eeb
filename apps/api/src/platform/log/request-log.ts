import type { FastifyInstance } from 'fastify';
import type { JsonLogger } from './json-logger.js';

/** Whoever watches the health of the service asks every few seconds. */
const WATCHED = ['/api/health', '/api/ready'];

/** Each answer carries the id of its request, and leaves a line under it. */
export function logRequests(fastify: FastifyInstance, logger: JsonLogger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const line = { requestId: request.id, method: request.method, route, status: reply.raw.statusCode, durationMs: Math.round(reply.elapsedTime * 10) / 10 };
    logger.request(line, WATCHED.includes(route) ? 'debug' : 'info');
    done();
  });
}
