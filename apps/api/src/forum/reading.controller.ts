import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DraftBody, DraftKey, type DraftView, FollowBody, type FollowLevel, Id, type MentionTarget, ReadBody, type ReadView, UnreadBody } from '@passerelle/contract';
import { z } from 'zod';
import { MentionIndex } from '../organisations/index.js';
import { type Actor, CurrentActor, isGuest } from '../platform/index.js';
import { DraftService } from './draft.service.js';
import { ReadingService } from './reading.service.js';

const Slug = z.string().regex(/^[a-z0-9-]{1,80}$/);
const DiscardQuery = z.object({ sequence: z.coerce.number().int().min(1).max(2_000_000_000) });

/** What belongs to one reader: positions, follows, drafts, the list that answers `@`. */
@ApiTags('reading')
@Controller()
export class ReadingController {
  constructor(
    private readonly reading: ReadingService,
    private readonly drafts: DraftService,
    private readonly mentions: MentionIndex,
  ) {}

  @Put('threads/:id/read')
  read(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: ReadBody }) body: ReadBody): Promise<ReadView> {
    return this.reading.read(actor, id, body);
  }

  @Post('threads/:id/unread')
  @HttpCode(HttpStatus.OK)
  unread(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: UnreadBody }) body: UnreadBody): Promise<ReadView> {
    return this.reading.unread(actor, id, body);
  }

  @Post('spaces/:slug/read')
  @HttpCode(HttpStatus.OK)
  readSpace(@CurrentActor() actor: Actor, @Param('slug', { schema: Slug }) slug: string): Promise<{ threads: number }> {
    return this.reading.readSpace(actor, slug);
  }

  @Put('threads/:id/follow')
  follow(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: FollowBody }) body: z.infer<typeof FollowBody>): Promise<{ level: FollowLevel }> {
    return this.reading.follow(actor, id, body.level);
  }

  @Get('drafts')
  listDrafts(@CurrentActor() actor: Actor): Promise<{ items: DraftView[] }> {
    return this.drafts.list(actor);
  }

  @Get('drafts/:key')
  getDraft(@CurrentActor() actor: Actor, @Param('key', { schema: DraftKey }) key: string): Promise<DraftView> {
    return this.drafts.get(actor, key);
  }

  @Put('drafts/:key')
  saveDraft(@CurrentActor() actor: Actor, @Param('key', { schema: DraftKey }) key: string, @Body({ schema: DraftBody }) body: DraftBody): Promise<DraftView> {
    return this.drafts.save(actor, key, body);
  }

  @Delete('drafts/:key')
  @HttpCode(HttpStatus.NO_CONTENT)
  discardDraft(@CurrentActor() actor: Actor, @Param('key', { schema: DraftKey }) key: string, @Query({ schema: DiscardQuery }) query: z.infer<typeof DiscardQuery>): Promise<void> {
    return this.drafts.discard(actor, key, query.sequence);
  }

  /** A guest works in one room and gets no directory of the network. */
  @Get('mention-targets')
  async mentionTargets(@CurrentActor() actor: Actor): Promise<{ items: MentionTarget[]; version: string }> {
    return isGuest(actor) ? { items: [], version: '0' } : this.mentions.list();
  }
}
