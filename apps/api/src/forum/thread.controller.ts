import { Body, Controller, Get, HttpCode, HttpStatus, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  CreateThreadBody, EditThreadBody, type HeldView, Id, MergeThreadBody, MoveThreadBody, type Page, SplitThreadBody, type SpaceView, SummaryBody, type ThreadActView, type ThreadRow, ThreadsQuery, type ThreadView,
} from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/index.js';
import { ThreadActService } from './thread-act.service.js';
import { ThreadQueries } from './thread.queries.js';
import { ThreadService } from './thread.service.js';

const SimilarQuery = z.object({ title: z.string().min(3).max(400) });

@ApiTags('forum')
@Controller()
export class ThreadController {
  constructor(
    private readonly service: ThreadService,
    private readonly queries: ThreadQueries,
    private readonly acts: ThreadActService,
  ) {}

  @Get('spaces')
  spaces(@CurrentActor() actor: Actor): Promise<{ items: SpaceView[] }> {
    return this.queries.spaces(actor);
  }

  @Get('threads')
  list(@CurrentActor() actor: Actor, @Query({ schema: ThreadsQuery }) query: ThreadsQuery): Promise<Page<ThreadRow>> {
    return this.queries.list(actor, query);
  }

  @Get('threads/similar')
  similar(@CurrentActor() actor: Actor, @Query({ schema: SimilarQuery }) query: z.infer<typeof SimilarQuery>): Promise<{ items: ThreadRow[] }> {
    return this.queries.similar(actor, query.title);
  }

  /** 202 for what a rule holds until moderation has read it; 200 for a repeat. */
  @Post('threads')
  @ApiCreatedResponse()
  @ApiAcceptedResponse()
  @ApiOkResponse()
  async open(
    @CurrentActor() actor: Actor,
    @Body({ schema: CreateThreadBody }) body: CreateThreadBody,
    @Res({ passthrough: true }) reply: { status(code: number): unknown },
  ): Promise<ThreadView | HeldView> {
    const { created, view } = await this.service.open(actor, body);
    reply.status(created ? ('state' in view ? HttpStatus.ACCEPTED : HttpStatus.CREATED) : HttpStatus.OK);
    return view;
  }

  @Get('threads/:id')
  get(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<ThreadView> {
    return this.queries.get(actor, id);
  }

  @Patch('threads/:id')
  edit(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: EditThreadBody }) body: EditThreadBody): Promise<ThreadView> {
    return this.service.edit(actor, id, body);
  }

  @Put('threads/:id/summary')
  summarise(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: SummaryBody }) body: SummaryBody): Promise<ThreadView> {
    return this.service.summarise(actor, id, body);
  }

  @Get('threads/:id/acts')
  listActs(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<{ items: ThreadActView[] }> {
    return this.acts.list(actor, id);
  }

  @Post('threads/:id/move')
  @HttpCode(HttpStatus.OK)
  move(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: MoveThreadBody }) body: MoveThreadBody): Promise<ThreadActView> {
    return this.acts.move(actor, id, body);
  }

  @Post('threads/:id/split')
  @HttpCode(HttpStatus.OK)
  split(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: SplitThreadBody }) body: SplitThreadBody): Promise<ThreadActView> {
    return this.acts.split(actor, id, body);
  }

  @Post('threads/:id/merge')
  @HttpCode(HttpStatus.OK)
  merge(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: MergeThreadBody }) body: MergeThreadBody): Promise<ThreadActView> {
    return this.acts.merge(actor, id, body);
  }

  @Post('thread-acts/:id/undo')
  @HttpCode(HttpStatus.OK)
  undo(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<ThreadActView> {
    return this.acts.undo(actor, id);
  }
}
