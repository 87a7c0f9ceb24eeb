import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AskByLinkBody, Id, InvitationLinkBody, type InvitationLinkView, type JoinedByLink, type OpenedLink, TokenBody } from '@passerelle/contract';
import type { Visitor } from '../../accounts/index.js';
import { type Actor, CurrentActor, Public } from '../../platform/index.js';
import { InvitationLinkService } from './link.service.js';
import { InvitationLinkUse } from './link-use.service.js';

@ApiTags('invitations')
@Controller('invitation-links')
export class InvitationLinkController {
  constructor(
    private readonly links: InvitationLinkService,
    private readonly uses: InvitationLinkUse,
  ) {}

  @Get()
  list(@CurrentActor() actor: Actor): Promise<{ items: InvitationLinkView[] }> {
    return this.links.list(actor);
  }

  @Post()
  async create(@CurrentActor() actor: Actor, @Body({ schema: InvitationLinkBody }) body: InvitationLinkBody, @Res({ passthrough: true }) reply: { status(code: number): unknown }): Promise<InvitationLinkView> {
    const { created, view } = await this.links.create(actor, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Delete(':id')
  revoke(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<InvitationLinkView> {
    return this.links.revoke(actor, id);
  }

  /** The token is in the body: addresses end up in logs. */
  @Public()
  @Post('open')
  @HttpCode(HttpStatus.OK)
  open(@Body({ schema: TokenBody }) body: TokenBody, @Req() request: Visitor): Promise<OpenedLink> {
    return this.uses.open(body.token, request.ip);
  }

  /** Asks for a mail with an invitation of one's own; the answer is the same for every address. */
  @Public()
  @Post('ask')
  @HttpCode(HttpStatus.NO_CONTENT)
  ask(@Body({ schema: AskByLinkBody }) body: AskByLinkBody, @Req() request: Visitor): Promise<void> {
    return this.uses.ask(body, request.ip);
  }

  @Post('join')
  @HttpCode(HttpStatus.OK)
  join(@CurrentActor() actor: Actor, @Body({ schema: TokenBody }) body: TokenBody, @Req() request: Visitor): Promise<JoinedByLink> {
    return this.uses.join(actor, body.token, request.ip);
  }
}
