import { Controller, Delete, Get, HttpCode, HttpStatus, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type HeldView, Id } from '@passerelle/contract';
import { type Actor, CurrentActor } from '../platform/index.js';
import { HeldQueries } from './held.queries.js';
import { HeldWriter } from './held-writer.js';

@ApiTags('forum')
@Controller('me/held')
export class HeldController {
  constructor(
    private readonly queries: HeldQueries,
    private readonly writer: HeldWriter,
  ) {}

  @Get()
  mine(@CurrentActor() actor: Actor): Promise<{ items: HeldView[] }> {
    return this.queries.mine(actor);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  withdraw(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.writer.withdraw(actor, id);
  }
}
