import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { EXCHANGE_MAX_BYTES, type ExchangeFormat } from '@passerelle/contract';
import { DomainError } from '../../platform/index.js';
import { tooLarge } from './import.service.js';

export const IMPORT_PATH = 'practices-import';
const AS_STREAM = 'application/x-practices';
const CSV = 'text/csv';

export interface ImportRequest {
  raw: IncomingMessage;
  headers: Record<string, string | string[] | undefined>;
}

/** What is used of Fastify here. */
interface Server {
  addContentTypeParser(type: string, parser: (request: unknown, payload: unknown, done: (error: null) => void) => void): void;
  addHook(name: 'onRoute', hook: (route: { url: string; onRequest?: unknown }) => void): void;
}

/**
 * Leaves the body of an import unread until it is known who sends it: the parser of JSON would take a whole body into
 * memory first, and only a small one.
 */
@Injectable()
export class ImportBody {
  constructor(host: HttpAdapterHost) {
    const server = host.httpAdapter.getInstance<Server>();
    for (const type of [CSV, AS_STREAM]) server.addContentTypeParser(type, (_request, _payload, done) => done(null));
    server.addHook('onRoute', (route) => {
      if (!route.url.endsWith(`/${IMPORT_PATH}`)) return;
      route.onRequest = (request: ImportRequest, _reply: unknown, done: () => void) => {
        if (/^application\/json\b/i.test(String(request.headers['content-type']))) request.headers = { ...request.headers, 'content-type': AS_STREAM };
        done();
      };
    });
  }

  format({ raw }: ImportRequest): ExchangeFormat {
    const type = raw.headers['content-type'] ?? '';
    if (/^text\/csv\b/i.test(type)) return 'csv';
    if (/^application\/json\b/i.test(type)) return 'json';
    throw new DomainError('unsupported-type', 'unsupported-type');
  }

  /**
   * The body, of which never more than the bound is held.
   * @throws DomainError `too-large` at once when the sender announces too much, else as soon as too much has come.
   */
  read({ raw }: ImportRequest): Promise<Buffer> {
    if (Number(raw.headers['content-length']) > EXCHANGE_MAX_BYTES) throw tooLarge();
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const collect = (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= EXCHANGE_MAX_BYTES) return void chunks.push(chunk);
        // What still comes is thrown away, so that the answer reaches a sender who reads it only in the end.
        raw.off('data', collect).resume();
        reject(tooLarge());
      };
      raw.on('data', collect).once('end', () => resolve(Buffer.concat(chunks))).once('error', reject).once('close', () => reject(new DomainError('invalid-input', 'invalid')));
    });
  }
}
