import { Body, Controller, Get, HttpCode, HttpStatus, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HandOverBody, HandOverNoteBody, type HandOverView, Id, type SuccessorView, TakeOverBody } from '@passerelle/contract';
import type { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/index.js';
import { HandOverService } from './hand-over.service.js';

@ApiTags('people')
@Controller()
export class HandOverController {
  constructor(private readonly handOvers: HandOverService) {}

  @Get('mandates/:id/successors')
  successors(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<{ items: SuccessorView[] }> {
    return this.handOvers.successors(actor, id);
  }

  @Get('hand-overs')
  mine(@CurrentActor() actor: Actor): Promise<{ items: HandOverView[] }> {
    return this.handOvers.mine(actor);
  }

  @Post('hand-overs')
  async open(@CurrentActor() actor: Actor, @Body({ schema: HandOverBody }) body: HandOverBody, @Res({ passthrough: true }) reply: { status(code: number): unknown }): Promise<{ id: string }> {
    const { created } = await this.handOvers.open(actor, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return { id: body.id };
  }

  @Patch('hand-overs/:id')
  note(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: HandOverNoteBody }) body: HandOverNoteBody): Promise<HandOverView> {
    return this.handOvers.note(actor, id, body);
  }

  @Post('hand-overs/:id/take')
  @HttpCode(HttpStatus.OK)
  take(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: TakeOverBody }) body: z.infer<typeof TakeOverBody>): Promise<HandOverView> {
    return this.handOvers.take(actor, id, body.version);
  }
}
