import { Controller, Get, Header, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id } from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/index.js';
import { AttachmentService } from './attachment.service.js';

const FileQuery = z.object({ size: z.enum(['thumbnail']).optional() });

interface Reply {
  header(name: string, value: string): unknown;
}

@ApiTags('attachments')
@Controller('attachments')
export class AttachmentController {
  constructor(private readonly service: AttachmentService) {}

  // A file of a member is never run in the page's own origin.
  @Get(':id')
  @Header('content-security-policy', `default-src 'none'; sandbox`)
  async open(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Query({ schema: FileQuery }) query: z.infer<typeof FileQuery>, @Res({ passthrough: true }) reply: Reply): Promise<StreamableFile> {
    const file = await this.service.open(actor, id, query.size === 'thumbnail');
    // On a shared device the browser keeps no copy, which would open without a session.
    reply.header('cache-control', actor.sharedDevice ? 'no-store' : 'private, max-age=86400');
    const kind = file.type.startsWith('image/') ? 'inline' : 'attachment';
    return new StreamableFile(file.stream, { type: file.type, length: file.bytes, disposition: `${kind}; filename*=UTF-8''${encodeURIComponent(file.name)}` });
  }
}
