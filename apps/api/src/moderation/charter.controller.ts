import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id, PreparedReasonBody, type PreparedReasonView, RuleBody, RuleId, type RulesView, type RuleVersionView } from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, CurrentActor, FreshSignIn } from '../platform/index.js';
import { CharterService } from './charter.service.js';

const VersionQuery = z.object({ version: z.coerce.number().int().min(1).max(2_000_000_000) });

@ApiTags('moderation')
@Controller('moderation')
export class CharterController {
  constructor(private readonly service: CharterService) {}

  @Get('rules')
  rules(): Promise<RulesView> {
    return this.service.rules();
  }

  @Get('rules/:id/versions')
  versions(@CurrentActor() actor: Actor, @Param('id', { schema: RuleId }) id: string): Promise<{ items: RuleVersionView[] }> {
    return this.service.versions(actor, id);
  }

  @Put('rules/:id')
  @FreshSignIn()
  saveRule(@CurrentActor() actor: Actor, @Param('id', { schema: RuleId }) id: string, @Body({ schema: RuleBody }) body: RuleBody): Promise<RulesView> {
    return this.service.saveRule(actor, id, body);
  }

  @Get('prepared-reasons')
  prepared(@CurrentActor() actor: Actor): Promise<{ items: PreparedReasonView[] }> {
    return this.service.prepared(actor);
  }

  @Put('prepared-reasons/:id')
  savePrepared(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: PreparedReasonBody }) body: PreparedReasonBody): Promise<{ items: PreparedReasonView[] }> {
    return this.service.savePrepared(actor, id, body);
  }

  @Delete('prepared-reasons/:id')
  removePrepared(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Query({ schema: VersionQuery }) query: z.infer<typeof VersionQuery>): Promise<{ items: PreparedReasonView[] }> {
    return this.service.removePrepared(actor, id, query.version);
  }
}
