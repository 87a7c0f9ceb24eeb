import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AppealAnswerBody, AppealBody, type BulkAnswer, BulkDecisionBody, CaseNoteBody, CasesQuery, CaseVersionBody, type CasesPage, type CaseView, DecisionBody, Id, type MyModerationView, PageQuery, type RegisterPage } from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/index.js';
import { AppealService } from './appeal.service.js';
import { BulkService } from './bulk.service.js';
import { CaseService } from './case.service.js';
import { HeldService } from './watch/held.service.js';
import { ModerationQueries } from './moderation.queries.js';

@ApiTags('moderation')
@Controller()
export class ModerationController {
  constructor(
    private readonly queries: ModerationQueries,
    private readonly cases: CaseService,
    private readonly appeals: AppealService,
    private readonly held: HeldService,
    private readonly bulk: BulkService,
  ) {}

  @Get('moderation/cases')
  queue(@CurrentActor() actor: Actor, @Query({ schema: CasesQuery }) query: CasesQuery): Promise<CasesPage> {
    return this.queries.queue(actor, query);
  }

  @Get('moderation/cases/:id')
  get(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<CaseView> {
    return this.queries.case(actor, id);
  }

  @Put('moderation/cases/:id/claim')
  async claim(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<CaseView> {
    await this.cases.claim(actor, id);
    return this.queries.case(actor, id);
  }

  @Delete('moderation/cases/:id/claim')
  async release(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<CaseView> {
    await this.cases.release(actor, id);
    return this.queries.case(actor, id);
  }

  @Post('moderation/cases/:id/notes')
  async note(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: CaseNoteBody }) body: CaseNoteBody): Promise<CaseView> {
    await this.cases.note(actor, id, body);
    return this.queries.case(actor, id);
  }

  @Post('moderation/cases/:id/decision')
  async decide(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: DecisionBody }) body: DecisionBody): Promise<CaseView> {
    await this.cases.decide(actor, id, body);
    return this.queries.case(actor, id);
  }

  /** Lets what is held appear. */
  @Post('moderation/cases/:id/publish')
  async publish(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: CaseVersionBody }) body: z.infer<typeof CaseVersionBody>): Promise<CaseView> {
    await this.held.release(actor, id, body.version);
    return this.queries.case(actor, id);
  }

  /** Each case has its own answer: some may be done, others refused. */
  @Post('moderation/decisions')
  @HttpCode(HttpStatus.OK)
  decideTogether(@CurrentActor() actor: Actor, @Body({ schema: BulkDecisionBody }) body: BulkDecisionBody): Promise<BulkAnswer> {
    return this.bulk.decide(actor, body);
  }

  @Post('moderation/decisions/:id/undo')
  async undo(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<{ undone: true }> {
    await this.cases.undo(actor, id);
    return { undone: true };
  }

  @Post('moderation/cases/:id/answer')
  async answer(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: AppealAnswerBody }) body: AppealAnswerBody): Promise<CaseView> {
    await this.appeals.answer(actor, id, body);
    return this.queries.case(actor, id);
  }

  /** Letters to the reader, and what became of their reports. */
  @Get('me/moderation')
  mine(@CurrentActor() actor: Actor): Promise<MyModerationView> {
    return this.queries.mine(actor);
  }

  @Post('me/decisions/:id/appeal')
  async appeal(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: AppealBody }) body: AppealBody): Promise<MyModerationView> {
    await this.appeals.open(actor, id, body);
    return this.queries.mine(actor);
  }

  @Get('register')
  register(@CurrentActor() actor: Actor, @Query({ schema: PageQuery }) query: PageQuery): Promise<RegisterPage> {
    return this.queries.register(actor, query);
  }
}
