import { Body, Controller, Get, HttpCode, HttpStatus, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { StandInBody, WithoutAccessBody, WithoutAccessQuery, type WithoutAccessView } from '@passerelle/contract';
import type { z } from 'zod';
import { type Actor, CurrentActor, FreshSignIn } from '../platform/index.js';
import { StandInService } from './stand-in.service.js';

/** The secretariat acts for those in office who have no access. */
@ApiTags('people')
@Controller()
export class StandInController {
  constructor(private readonly standIns: StandInService) {}

  @Get('people-without-access')
  list(@CurrentActor() actor: Actor, @Query({ schema: WithoutAccessQuery }) query: z.infer<typeof WithoutAccessQuery>): Promise<{ items: WithoutAccessView[] }> {
    return this.standIns.withoutAccess(actor, query.q);
  }

  @FreshSignIn()
  @Post('people-without-access')
  @HttpCode(HttpStatus.OK)
  record(@CurrentActor() actor: Actor, @Body({ schema: WithoutAccessBody }) body: WithoutAccessBody): Promise<WithoutAccessView> {
    return this.standIns.record(actor, body);
  }

  /** It ends as a delegation does. */
  @FreshSignIn()
  @Post('stand-ins')
  @HttpCode(HttpStatus.NO_CONTENT)
  begin(@CurrentActor() actor: Actor, @Body({ schema: StandInBody }) body: StandInBody): Promise<void> {
    return this.standIns.begin(actor, body);
  }
}
