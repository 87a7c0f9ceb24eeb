import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AcceptInvitationBody, type AcceptedInvitation, Id, InvitationBody, type InvitationCode, InvitationKey, InvitationsQuery, type InvitationView, type OpenedInvitation, type Page } from '@passerelle/contract';
import { type CookieReply, SignInService, type Visitor } from '../accounts/index.js';
import { type Actor, CurrentActor, Public } from '../platform/index.js';
import { AcceptanceService } from './acceptance.service.js';
import { InvitationService } from './invitation.service.js';

@ApiTags('invitations')
@Controller('invitations')
export class InvitationController {
  constructor(
    private readonly invitations: InvitationService,
    private readonly acceptance: AcceptanceService,
    private readonly signIn: SignInService,
  ) {}

  @Get()
  list(@CurrentActor() actor: Actor, @Query({ schema: InvitationsQuery }) query: InvitationsQuery): Promise<Page<InvitationView>> {
    return this.invitations.list(actor, query);
  }

  @Post()
  async create(@CurrentActor() actor: Actor, @Body({ schema: InvitationBody }) body: InvitationBody, @Res({ passthrough: true }) reply: { status(code: number): unknown }): Promise<InvitationView> {
    const { created, view } = await this.invitations.create(actor, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Post(':id/resend')
  @HttpCode(HttpStatus.OK)
  resend(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<InvitationView> {
    return this.invitations.resend(actor, id);
  }

  @Delete(':id')
  revoke(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<InvitationView> {
    return this.invitations.revoke(actor, id);
  }

  /** A code to read out on the telephone, where no mail arrives; the former one ends. */
  @Post(':id/code')
  @HttpCode(HttpStatus.OK)
  code(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<InvitationCode> {
    return this.invitations.code(actor, id);
  }

  /** The token is in the body: addresses end up in logs. */
  @Public()
  @Post('open')
  @HttpCode(HttpStatus.OK)
  open(@Body({ schema: InvitationKey }) body: InvitationKey, @Req() request: Visitor): Promise<OpenedInvitation> {
    return this.acceptance.open(body, request.ip);
  }

  @Public()
  @Post('accept')
  @HttpCode(HttpStatus.OK)
  async accept(@Body({ schema: AcceptInvitationBody }) body: AcceptInvitationBody, @Req() request: Visitor, @Res({ passthrough: true }) reply: CookieReply): Promise<AcceptedInvitation> {
    const { accountId, landing } = await this.acceptance.accept(body, request.ip);
    return { ...(await this.signIn.startInvited(accountId, request, reply, body.sharedDevice)), landing };
  }
}
