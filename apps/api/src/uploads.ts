import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Id } from '@passerelle/contract';
import { FileStore } from '@tus/file-store';
import { Server, type Upload } from '@tus/server';
import { AttachmentService } from './forum/index.js';
import { type Actor, canWrite, DomainError, type Env, SESSION_COOKIE, SessionStore, toProblem } from './platform/index.js';

const PATH = '/api/uploads';
const ABANDONED_AFTER_MS = 24 * 60 * 60_000;
const SWEEP_MS = 60 * 60_000;

interface RawRequest {
  raw: IncomingMessage;
  cookies: Record<string, string | undefined>;
}
interface RawReply {
  raw: ServerResponse;
  hijack(): void;
}

/** Resumable uploads (tus): the id is the client's, the finished file becomes an attachment. */
export function serveUploads(app: NestFastifyApplication, env: Env): void {
  const folder = resolve(join(env.dataDir, 'uploads'));
  mkdirSync(folder, { recursive: true });
  const attachments = app.get(AttachmentService);
  const sessions = app.get(SessionStore);
  const actors = new WeakMap<IncomingMessage, Actor>();
  const actorOf = (request: { runtime?: { node?: { req?: unknown } } }): Actor => {
    const actor = actors.get(request.runtime?.node?.req as IncomingMessage);
    if (!actor) throw failure(new DomainError('unauthenticated', 'unauthenticated'));
    return actor;
  };
  const server = new Server({
    path: PATH,
    datastore: new FileStore({ directory: folder, expirationPeriodInMilliseconds: ABANDONED_AFTER_MS }),
    maxSize: env.maxUploadBytes,
    respectForwardedHeaders: false,
    relativeLocation: true,
    // Each account has its own names: what somebody else has begun is not there, whatever id is asked for.
    namingFunction: (request, metadata) => {
      const id = Id.safeParse(metadata?.['id']);
      if (!id.success) throw failure(new DomainError('invalid-input', 'invalid', {}, [{ path: 'id', message: 'invalid_format' }]));
      return storedName(actorOf(request), id.data);
    },
    generateUrl: (_request, { path, id }) => `${path}/${clientId(id)}`,
    getFileIdFromRequest: (request, last) => (last && Id.safeParse(last).success ? storedName(actorOf(request), last) : undefined),
    // Its own refusal of a size is plain text, which says neither the code nor how much may be.
    onResponseError: (_request, error) =>
      'status_code' in error && error.status_code === 413 ? failure(new DomainError('too-large', 'too-large', { maxBytes: env.maxUploadBytes })) : undefined,
    onUploadFinish: async (request, upload) => {
      try {
        const view = await attachments.accept(actorOf(request), clientId(upload.id), nameOf(upload), join(folder, upload.id));
        return { status_code: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(view) };
      } catch (error) {
        throw failure(error);
      }
    },
  });
  const sweeper = setInterval(() => void server.cleanUpExpiredUploads().catch(() => undefined), SWEEP_MS);
  sweeper.unref();

  const fastify = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser('application/offset+octet-stream', (_request: unknown, _payload: unknown, done: (error: null) => void) => done(null));
  const handle = async (request: RawRequest, reply: RawReply) => {
    const token = request.cookies[SESSION_COOKIE];
    const actor = token ? await sessions.resolve(token) : null;
    if (!actor) throw new DomainError('unauthenticated', 'unauthenticated');
    if (actor.factorDue) throw new DomainError('second-factor-demanded', 'forbidden');
    if (!canWrite(actor)) throw new DomainError('forbidden', 'forbidden');
    actors.set(request.raw, actor);
    reply.hijack();
    await server.handle(request.raw, reply.raw);
  };
  fastify.all(PATH, handle);
  fastify.all(`${PATH}/:id`, handle);
}

/** The name of an upload on disk: the account, then the id of the client. */
const storedName = (actor: Actor, id: string) => `${actor.accountId}.${id}`;
const clientId = (stored: string) => stored.slice(stored.indexOf('.') + 1);
const nameOf = (upload: Upload) => upload.metadata?.['filename'] ?? 'fichier';

/** An error as tus wants it, with problem+json as its body. */
function failure(error: unknown): { status_code: number; body: string } {
  const { problem } = toProblem(error);
  return { status_code: problem.status, body: JSON.stringify(problem) };
}
