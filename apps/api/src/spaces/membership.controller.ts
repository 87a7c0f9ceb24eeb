import { Body, Controller, Delete, HttpCode, HttpStatus, Param, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type AnsweredInvitation, AnswerInvitationBody, AnswerRequestBody, Id, InviteToSpaceBody, JoinRequestBody, SetRoleBody, type SpaceDetail } from '@passerelle/contract';
import { type Actor, CurrentActor } from '../platform/index.js';
import { SpaceInvitationService } from './invitation.service.js';
import { JoinRequestService } from './join-request.service.js';
import { MembershipService } from './membership.service.js';
import { Slug } from './space.controller.js';

interface Reply {
  status(code: number): unknown;
}

@ApiTags('spaces')
@Controller()
export class MembershipController {
  constructor(
    private readonly memberships: MembershipService,
    private readonly requests: JoinRequestService,
    private readonly invitations: SpaceInvitationService,
  ) {}

  @Put('spaces/:slug/membership')
  join(@CurrentActor() actor: Actor, @Param('slug', { schema: Slug }) slug: string): Promise<SpaceDetail> {
    return this.memberships.join(actor, slug);
  }

  @Delete('spaces/:slug/membership')
  @HttpCode(HttpStatus.NO_CONTENT)
  leave(@CurrentActor() actor: Actor, @Param('slug', { schema: Slug }) slug: string): Promise<void> {
    return this.memberships.leave(actor, slug);
  }

  @Patch('space-members/:id')
  setRole(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: SetRoleBody }) { role }: SetRoleBody): Promise<SpaceDetail> {
    return this.memberships.setRole(actor, id, role);
  }

  @Delete('space-members/:id')
  @HttpCode(HttpStatus.NO_CONTENT)
  remove(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.memberships.remove(actor, id);
  }

  @Post('spaces/:slug/requests')
  async ask(@CurrentActor() actor: Actor, @Param('slug', { schema: Slug }) slug: string, @Body({ schema: JoinRequestBody }) body: JoinRequestBody, @Res({ passthrough: true }) reply: Reply): Promise<SpaceDetail> {
    const { created, view } = await this.requests.ask(actor, slug, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Delete('space-requests/:id')
  @HttpCode(HttpStatus.NO_CONTENT)
  withdrawRequest(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.requests.withdraw(actor, id);
  }

  @Post('space-requests/:id/answer')
  @HttpCode(HttpStatus.OK)
  answerRequest(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: AnswerRequestBody }) body: AnswerRequestBody): Promise<SpaceDetail> {
    return this.requests.answer(actor, id, body);
  }

  @Post('spaces/:slug/invitations')
  async invite(@CurrentActor() actor: Actor, @Param('slug', { schema: Slug }) slug: string, @Body({ schema: InviteToSpaceBody }) body: InviteToSpaceBody, @Res({ passthrough: true }) reply: Reply): Promise<{ id: string }> {
    const { created, id } = await this.invitations.send(actor, slug, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return { id };
  }

  @Delete('space-invitations/:id')
  @HttpCode(HttpStatus.NO_CONTENT)
  withdrawInvitation(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.invitations.withdraw(actor, id);
  }

  @Post('space-invitations/:id/answer')
  @HttpCode(HttpStatus.OK)
  answerInvitation(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: AnswerInvitationBody }) { accept }: AnswerInvitationBody): Promise<AnsweredInvitation> {
    return this.invitations.answer(actor, id, accept);
  }
}
