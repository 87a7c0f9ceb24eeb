import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FactorDemandBody, type FactorDemandView, Role } from '@passerelle/contract';
import { type Actor, CurrentActor, FreshSignIn } from '../platform/index.js';
import { FactorDemandService } from './factor-demand.service.js';

/** Which roles demand a second factor, for the secretariat. */
@ApiTags('accounts')
@Controller()
export class FactorDemandController {
  constructor(private readonly demands: FactorDemandService) {}

  @Get('factor-demands')
  list(@CurrentActor() actor: Actor): Promise<{ items: FactorDemandView[] }> {
    return this.demands.list(actor);
  }

  @FreshSignIn()
  @Put('factor-demands/:role')
  async set(@CurrentActor() actor: Actor, @Param('role', { schema: Role }) role: Role, @Body({ schema: FactorDemandBody }) body: FactorDemandBody): Promise<{ items: FactorDemandView[] }> {
    await this.demands.set(actor, role, body);
    return this.demands.list(actor);
  }
}
