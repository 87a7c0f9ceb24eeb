import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { Id, InvitationBatchBody, type InvitationBatchReport, type InvitationBatchView } from '@passerelle/contract';
import { type Actor, CurrentActor } from '../../platform/index.js';
import { InvitationBatchService } from './batch.service.js';

@ApiTags('invitations')
@Controller('invitation-batches')
export class InvitationBatchController {
  constructor(private readonly batches: InvitationBatchService) {}

  @Get()
  list(@CurrentActor() actor: Actor): Promise<{ items: InvitationBatchView[] }> {
    return this.batches.list(actor);
  }

  /** Checks a file of people line by line, and invites them when that is asked for. */
  @Post()
  @HttpCode(HttpStatus.OK)
  run(@CurrentActor() actor: Actor, @Body({ schema: InvitationBatchBody }) body: InvitationBatchBody): Promise<InvitationBatchReport> {
    return this.batches.run(actor, body);
  }

  @Get(':id/file')
  @ApiProduces('text/csv')
  async file(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<StreamableFile> {
    return new StreamableFile(Buffer.from(await this.batches.file(actor, id)), { type: 'text/csv; charset=utf-8; header=present', disposition: `attachment; filename="invitations-${id.slice(0, 8)}.csv"` });
  }
}
