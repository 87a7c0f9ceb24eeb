import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type DelegationsView, type DelegationView, EndDelegationBody, GiveDelegationBody, Id } from '@passerelle/contract';
import { type Actor, CurrentActor, FreshSignIn } from '../platform/index.js';
import { DelegationService } from './delegation.service.js';

/** Delegations between those in office in one city. */
@ApiTags('people')
@Controller('delegations')
export class DelegationController {
  constructor(private readonly delegations: DelegationService) {}

  @Get()
  mine(@CurrentActor() actor: Actor): Promise<DelegationsView> {
    return this.delegations.mine(actor);
  }

  /** 200 for a repeat. */
  @FreshSignIn()
  @Post()
  @ApiCreatedResponse()
  @ApiOkResponse()
  async give(@CurrentActor() actor: Actor, @Body({ schema: GiveDelegationBody }) body: GiveDelegationBody, @Res({ passthrough: true }) reply: { status(code: number): unknown }): Promise<DelegationView> {
    const { created, view } = await this.delegations.give(actor, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Post(':id/end')
  @HttpCode(HttpStatus.OK)
  end(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: EndDelegationBody }) body: EndDelegationBody): Promise<DelegationView> {
    return this.delegations.end(actor, id, body.version);
  }
}
