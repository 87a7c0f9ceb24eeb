import { randomUUID } from 'node:crypto';
import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createDataSource } from './platform/database/data-source.js';
import { type Env, DomainError, JsonLogger, toProblem } from './platform/index.js';
import { logRequests } from './platform/log/request-log.js';
import { validationPipe } from './platform/http/validation.pipe.js';
import { VERSION } from './platform/version.js';
import { PUBLIC_PATHS } from './public/index.js';
import { isOwnOrigin } from './realtime/index.js';
import { AppModule } from './app.module.js';
import { serveOpenApi } from './openapi.js';
import { SocketAdapter } from './socket-adapter.js';
import { serveUploads } from './uploads.js';

const BODY_LIMIT = 1024 * 1024;
const COMPRESS_FROM_BYTES = 1_400;
/** Of every answer. Pages and files have a policy of their own in place of this one, which lets nothing run and nobody frame it. */
const HEADERS = { 'content-security-policy': `default-src 'none'; base-uri 'none'; frame-ancestors 'none'`, 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin', 'referrer-policy': 'no-referrer' };
const API_HEADERS = { 'cache-control': 'no-store' };
const HSTS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };
const CONNECT_TRIES = 60;
const CONNECT_PAUSE_MS = 500;

const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    'default-src': [`'self'`], 'script-src': [`'self'`], 'style-src': [`'self'`], 'img-src': [`'self'`, 'data:', 'blob:'], 'font-src': [`'self'`],
    'connect-src': [`'self'`], 'object-src': [`'none'`], 'base-uri': [`'none'`], 'form-action': [`'self'`], 'frame-ancestors': [`'none'`], 'manifest-src': [`'self'`], 'worker-src': [`'self'`],
  },
};

/** API and sockets over a migrated database, not yet listening. */
export async function createApp(env: Env, databaseUrl: string): Promise<NestFastifyApplication> {
  const dataSource = await connect(databaseUrl);
  const logger = new JsonLogger(env.logLevel);
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT, trustProxy: 'loopback', forceCloseConnections: true, routerOptions: { maxParamLength: 300 }, genReqId: () => randomUUID() });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.register(env, dataSource, logger), adapter, { logger });
  app.setGlobalPrefix('api', { exclude: PUBLIC_PATHS });
  app.useGlobalPipes(validationPipe());
  app.useWebSocketAdapter(new SocketAdapter(app));
  app.enableShutdownHooks([]);
  const fastify = adapter.getInstance();
  logRequests(fastify, logger);
  const isSecure = env.publicUrl.startsWith('https:');
  const headers = Object.entries(isSecure ? { ...HEADERS, ...HSTS } : HEADERS);
  // The first hook, and below what is set later on, so that pages and files may say otherwise.
  fastify.addHook('onRequest', (_request, reply, done) => {
    for (const [name, value] of headers) reply.raw.setHeader(name, value);
    done();
  });
  await app.register(fastifyCookie);
  // Pages get the whole set (web.ts); an API answer is JSON that nothing may sniff, frame or keep.
  await app.register(fastifyHelmet, { global: false, contentSecurityPolicy, crossOriginEmbedderPolicy: false, strictTransportSecurity: isSecure });
  await app.register(fastifyCompress, { threshold: COMPRESS_FROM_BYTES, encodings: ['br', 'gzip'], brotliOptions: { params: { 1: 4 } } });
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-passerelle-version', VERSION);
    if (request.url.startsWith('/api/')) void reply.headers(API_HEADERS);
    const { origin, host } = request.headers;
    const reads = request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS';
    if (reads || !origin || isOwnOrigin(origin, host, env.publicUrl)) return done();
    const { problem } = toProblem(new DomainError('foreign-origin', 'forbidden'));
    void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  });
  serveUploads(app, env);
  serveOpenApi(app, fastify);
  return app;
}

/** The database may come up a little later than we do. */
async function connect(url: string) {
  for (let tries = 1; ; tries++) {
    try {
      return await createDataSource(url).initialize();
    } catch (error) {
      if (tries >= CONNECT_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, CONNECT_PAUSE_MS));
    }
  }
}
