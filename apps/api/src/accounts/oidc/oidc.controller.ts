import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id, type IdentitiesView, SsoStartQuery, type SsoWayView } from '@passerelle/contract';
import { type Actor, CurrentActor, FreshSignIn, Public } from '../../platform/index.js';
import type { CookieReply } from '../sign-in.service.js';
import { IdentityService } from './identity.service.js';
import { OidcService, type SsoVisitor } from './oidc.service.js';

type RedirectReply = CookieReply & { header(name: string, value: string): unknown };
interface CallbackRequest extends SsoVisitor {
  url: string;
}

@ApiTags('accounts')
@Controller()
export class OidcController {
  constructor(
    private readonly oidc: OidcService,
    private readonly identities: IdentityService,
  ) {}

  /** Sends the browser to the provider. */
  @Public()
  @Get('auth/oidc/start')
  @HttpCode(HttpStatus.FOUND)
  async start(@Query({ schema: SsoStartQuery }) query: SsoStartQuery, @Req() request: SsoVisitor, @Res({ passthrough: true }) reply: RedirectReply): Promise<void> {
    reply.header('location', await this.oidc.begin(query, request, reply));
  }

  /** Where the provider sends the browser back to. */
  @Public()
  @Get('auth/oidc/callback')
  @HttpCode(HttpStatus.FOUND)
  async callback(@Req() request: CallbackRequest, @Res({ passthrough: true }) reply: RedirectReply): Promise<void> {
    reply.header('location', await this.oidc.finish(request.url.split('?')[1] ?? '', request, reply));
  }

  @Get('me/identities')
  list(@CurrentActor() actor: Actor): Promise<IdentitiesView> {
    return this.identities.list(actor);
  }

  @FreshSignIn()
  @Post('me/identities/link')
  @HttpCode(HttpStatus.OK)
  async link(@CurrentActor() actor: Actor, @Req() request: SsoVisitor, @Res({ passthrough: true }) reply: CookieReply): Promise<SsoWayView> {
    return { url: await this.oidc.beginLink(actor, request, reply) };
  }

  @FreshSignIn()
  @Delete('me/identities/:id')
  @HttpCode(HttpStatus.NO_CONTENT)
  unlink(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.identities.unlink(actor, id);
  }
}
