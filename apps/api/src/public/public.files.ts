import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ENV, type Env, NotFound } from '../platform/index.js';
import { PublicQueries } from './public.queries.js';

/** Pictures and documents of public practices, from the folder that the attachments of the forum are kept in. */
@Injectable()
export class PublicFiles {
  private readonly folder: string;

  constructor(
    private readonly queries: PublicQueries,
    @Inject(ENV) env: Env,
  ) {
    this.folder = join(env.dataDir, 'attachments');
  }

  /** @throws NotFound, also when the file itself is gone. */
  async open(id: string, thumbnail: boolean, reply: FastifyReply): Promise<StreamableFile> {
    const row = await this.queries.file(id);
    const key = thumbnail ? row.thumbnail_key : row.storage_key;
    const path = key && join(this.folder, key);
    const found = path ? await stat(path).catch(absent) : null;
    if (!path || !found) throw new NotFound();
    // A file of a member is never run in the page's own origin.
    void reply.headers({ 'content-security-policy': `default-src 'none'; sandbox`, 'cache-control': 'public, max-age=300', 'x-content-type-options': 'nosniff' });
    const image = row.type.startsWith('image/');
    return new StreamableFile(createReadStream(path), {
      type: thumbnail ? 'image/webp' : row.type, length: found.size, disposition: `${image ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(row.name)}`,
    });
  }
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
