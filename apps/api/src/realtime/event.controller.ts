import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type EventsPage, EventsQuery } from '@passerelle/contract';
import { type Actor, CurrentActor } from '../platform/index.js';
import { EventQueries } from './event.queries.js';

@ApiTags('events')
@Controller('events')
export class EventController {
  constructor(private readonly queries: EventQueries) {}

  @Get()
  since(@CurrentActor() actor: Actor, @Query({ schema: EventsQuery }) query: EventsQuery): Promise<EventsPage> {
    return this.queries.since(actor, query);
  }
}
