import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id, type NewcomerView, type QueuePage, QueueQuery } from '@passerelle/contract';
import { type Actor, CurrentActor } from '../../platform/index.js';
import { NewcomerService } from './newcomers.js';
import { QueueQueries } from './queue.queries.js';

@ApiTags('moderation')
@Controller('moderation')
export class QueueController {
  constructor(
    private readonly queries: QueueQueries,
    private readonly newcomers: NewcomerService,
  ) {}

  /** Cases, practices to review and people who have just joined. */
  @Get('queue')
  page(@CurrentActor() actor: Actor, @Query({ schema: QueueQuery }) query: QueueQuery): Promise<QueuePage> {
    return this.queries.page(actor, query);
  }

  @Get('newcomers/:id')
  newcomer(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<NewcomerView> {
    return this.queries.newcomer(actor, id);
  }

  @Put('newcomers/:id/claim')
  async claim(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<NewcomerView> {
    await this.newcomers.claim(actor, id);
    return this.queries.newcomer(actor, id);
  }

  @Delete('newcomers/:id/claim')
  async release(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<NewcomerView> {
    await this.newcomers.release(actor, id);
    return this.queries.newcomer(actor, id);
  }

  /** Nothing is left to do for them. */
  @Post('newcomers/:id/seen')
  @HttpCode(HttpStatus.OK)
  async seen(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<NewcomerView> {
    await this.newcomers.seen(actor, id);
    return this.queries.newcomer(actor, id);
  }
}
