import { Body, Controller, Get, HttpStatus, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateTransferBody, EditTransferBody, Id, type TransfersPage, type TransferView } from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/index.js';
import { TransferService } from './transfer.service.js';

const Ref = z.string().regex(/^[a-z0-9-]{1,60}$/);

@ApiTags('practices')
@Controller()
export class TransferController {
  constructor(private readonly service: TransferService) {}

  @Get('transfers')
  list(@CurrentActor() actor: Actor): Promise<TransfersPage> {
    return this.service.list(actor);
  }

  @Get('transfers/:id')
  get(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<TransferView> {
    return this.service.get(actor, id);
  }

  @Post('practices/:ref/transfers')
  async record(
    @CurrentActor() actor: Actor,
    @Param('ref', { schema: Ref }) ref: string,
    @Body({ schema: CreateTransferBody }) body: CreateTransferBody,
    @Res({ passthrough: true }) reply: { status(code: number): unknown },
  ): Promise<TransferView> {
    const { created, view } = await this.service.record(actor, ref, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Patch('transfers/:id')
  edit(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: EditTransferBody }) body: EditTransferBody): Promise<TransferView> {
    return this.service.edit(actor, id, body);
  }
}
