import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateWatchRuleBody, EditWatchRuleBody, Id, type WatchRulesPage, WatchRuleVersionBody, type WatchRuleView, type WatchTrialView } from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../../platform/index.js';
import { TrialService } from './trial.service.js';
import { WatchRuleQueries } from './watch-rule.queries.js';
import { WatchRuleService } from './watch-rule.service.js';

const VersionQuery = z.object({ version: z.coerce.number().int().min(1).max(2_000_000_000) });
type VersionBody = z.infer<typeof WatchRuleVersionBody>;

@ApiTags('moderation')
@Controller('moderation/watch-rules')
export class WatchController {
  constructor(
    private readonly queries: WatchRuleQueries,
    private readonly service: WatchRuleService,
    private readonly trials: TrialService,
  ) {}

  @Get()
  list(@CurrentActor() actor: Actor): Promise<WatchRulesPage> {
    return this.queries.list(actor);
  }

  @Post()
  async create(@CurrentActor() actor: Actor, @Body({ schema: CreateWatchRuleBody }) body: CreateWatchRuleBody, @Res({ passthrough: true }) reply: { status(code: number): unknown }): Promise<WatchRuleView> {
    const { created, view } = await this.service.create(actor, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Get(':id')
  get(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<WatchRuleView> {
    return this.queries.get(actor, id);
  }

  @Patch(':id')
  edit(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: EditWatchRuleBody }) body: EditWatchRuleBody): Promise<WatchRuleView> {
    return this.service.edit(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  remove(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Query({ schema: VersionQuery }) query: z.infer<typeof VersionQuery>): Promise<void> {
    return this.service.remove(actor, id, query.version);
  }

  /** Looks through past messages with the rule as it is. */
  @Post(':id/trial')
  @HttpCode(HttpStatus.OK)
  attempt(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: WatchRuleVersionBody }) body: VersionBody): Promise<WatchTrialView> {
    return this.trials.run(actor, id, body.version);
  }

  @Post(':id/activate')
  @HttpCode(HttpStatus.OK)
  activate(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: WatchRuleVersionBody }) body: VersionBody): Promise<WatchRuleView> {
    return this.service.activate(actor, id, body.version);
  }

  @Post(':id/deactivate')
  @HttpCode(HttpStatus.OK)
  deactivate(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: WatchRuleVersionBody }) body: VersionBody): Promise<WatchRuleView> {
    return this.service.deactivate(actor, id, body.version);
  }
}
