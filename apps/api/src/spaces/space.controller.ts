import { Body, Controller, Get, HttpStatus, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ArchiveSpaceBody, CandidatesQuery, type CandidateView, CreateSpaceBody, DirectoryQuery, EditSpaceBody, type Page, type ReceivedInvitationView, type SentInvitationView, type SpaceCard,
  type SpaceDetail, SpaceMembersQuery, type SpaceMemberView, type SpaceRequestView,
} from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/index.js';
import { SpaceQueries } from './space.queries.js';
import { SpaceService } from './space.service.js';

/** The name of a space in addresses. */
export const Slug = z.string().regex(/^[a-z0-9-]{1,80}$/);

@ApiTags('spaces')
@Controller()
export class SpaceController {
  constructor(
    private readonly service: SpaceService,
    private readonly queries: SpaceQueries,
  ) {}

  @Get('spaces/directory')
  directory(@CurrentActor() actor: Actor, @Query({ schema: DirectoryQuery }) query: DirectoryQuery): Promise<{ items: SpaceCard[] }> {
    return this.queries.directory(actor, query);
  }

  @Post('spaces')
  async create(@CurrentActor() actor: Actor, @Body({ schema: CreateSpaceBody }) body: CreateSpaceBody, @Res({ passthrough: true }) reply: { status(code: number): unknown }): Promise<SpaceDetail> {
    const { created, view } = await this.service.create(actor, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Get('spaces/:slug')
  get(@CurrentActor() actor: Actor, @Param('slug', { schema: Slug }) slug: string): Promise<SpaceDetail> {
    return this.queries.get(actor, slug);
  }

  @Patch('spaces/:slug')
  edit(@CurrentActor() actor: Actor, @Param('slug', { schema: Slug }) slug: string, @Body({ schema: EditSpaceBody }) body: EditSpaceBody): Promise<SpaceDetail> {
    return this.service.edit(actor, slug, body);
  }

  @Put('spaces/:slug/archive')
  archive(@CurrentActor() actor: Actor, @Param('slug', { schema: Slug }) slug: string, @Body({ schema: ArchiveSpaceBody }) body: ArchiveSpaceBody): Promise<SpaceDetail> {
    return this.service.archive(actor, slug, body);
  }

  @Get('spaces/:slug/members')
  members(@CurrentActor() actor: Actor, @Param('slug', { schema: Slug }) slug: string, @Query({ schema: SpaceMembersQuery }) query: SpaceMembersQuery): Promise<Page<SpaceMemberView>> {
    return this.queries.members(actor, slug, query);
  }

  @Get('spaces/:slug/candidates')
  candidates(@CurrentActor() actor: Actor, @Param('slug', { schema: Slug }) slug: string, @Query({ schema: CandidatesQuery }) { q }: CandidatesQuery): Promise<{ items: CandidateView[] }> {
    return this.queries.candidates(actor, slug, q);
  }

  @Get('spaces/:slug/requests')
  requests(@CurrentActor() actor: Actor, @Param('slug', { schema: Slug }) slug: string): Promise<{ items: SpaceRequestView[] }> {
    return this.queries.requests(actor, slug);
  }

  @Get('spaces/:slug/invitations')
  invitations(@CurrentActor() actor: Actor, @Param('slug', { schema: Slug }) slug: string): Promise<{ items: SentInvitationView[] }> {
    return this.queries.sentInvitations(actor, slug);
  }

  @Get('space-invitations')
  received(@CurrentActor() actor: Actor): Promise<{ items: ReceivedInvitationView[] }> {
    return this.queries.receivedInvitations(actor);
  }
}
