import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CreatePostBody, EditPostBody, Id, type PostsPage, PostsQuery, type PostView, ReactionKind, type RevisionView, VersionBody } from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/index.js';
import { PostQueries } from './post.queries.js';
import { PostService } from './post.service.js';

const RemoveQuery = z.object({ version: z.coerce.number().int().min(1) });

@ApiTags('forum')
@Controller()
export class PostController {
  constructor(
    private readonly service: PostService,
    private readonly queries: PostQueries,
  ) {}

  @Get('threads/:id/posts')
  page(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Query({ schema: PostsQuery }) query: PostsQuery): Promise<PostsPage> {
    return this.queries.page(actor, id, query);
  }

  /** 202 for what a rule holds until moderation has read it; 200 for a repeat. */
  @Post('threads/:id/posts')
  @ApiCreatedResponse()
  @ApiAcceptedResponse()
  @ApiOkResponse()
  async reply(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: CreatePostBody }) body: CreatePostBody,
    @Res({ passthrough: true }) reply: { status(code: number): unknown },
  ): Promise<PostView> {
    const { created, view } = await this.service.reply(actor, id, body);
    reply.status(created ? (view.state === 'held' ? HttpStatus.ACCEPTED : HttpStatus.CREATED) : HttpStatus.OK);
    return view;
  }

  @Get('posts/:id')
  get(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<PostView> {
    return this.queries.get(actor, id);
  }

  @Patch('posts/:id')
  edit(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: EditPostBody }) body: EditPostBody): Promise<PostView> {
    return this.service.edit(actor, id, body);
  }

  @Delete('posts/:id')
  remove(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Query({ schema: RemoveQuery }) query: z.infer<typeof RemoveQuery>): Promise<PostView> {
    return this.service.remove(actor, id, query.version);
  }

  @Post('posts/:id/restore')
  @HttpCode(HttpStatus.OK)
  restore(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: VersionBody }) body: z.infer<typeof VersionBody>): Promise<PostView> {
    return this.service.restore(actor, id, body.version);
  }

  @Get('posts/:id/revisions')
  revisions(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<{ items: RevisionView[] }> {
    return this.queries.revisions(actor, id);
  }

  @Put('posts/:id/reactions/:kind')
  react(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Param('kind', { schema: ReactionKind }) kind: ReactionKind): Promise<PostView> {
    return this.service.react(actor, id, kind, true);
  }

  @Delete('posts/:id/reactions/:kind')
  unreact(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Param('kind', { schema: ReactionKind }) kind: ReactionKind): Promise<PostView> {
    return this.service.react(actor, id, kind, false);
  }
}
