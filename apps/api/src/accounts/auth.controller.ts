import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type AccountView, type ChallengeView, type ClosedOffView, Id, LinkLoginBody, LinkRequestBody, LoginBody, type MeView, NotMeBody, PasswordBody, ProfileBody, type SessionView, type WelcomeView } from '@passerelle/contract';
import type { z } from 'zod';
import { type Actor, BeforeFactor, CurrentActor, FreshSignIn, Public } from '../platform/index.js';
import { AccountService } from './account.service.js';
import { AuthService } from './auth.service.js';
import { SessionService } from './session.service.js';
import { SignInAlerts } from './sign-in-alerts.js';
import { type CookieReply, SignInService, type Visitor } from './sign-in.service.js';

@ApiTags('accounts')
@Controller()
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionService,
    private readonly accounts: AccountService,
    private readonly signIn: SignInService,
    private readonly alerts: SignInAlerts,
  ) {}

  @Public()
  @Get('auth/welcome')
  welcome(): Promise<WelcomeView> {
    return this.accounts.welcome();
  }

  @Public()
  @Post('auth/login')
  @HttpCode(HttpStatus.OK)
  async login(@Body({ schema: LoginBody }) body: LoginBody, @Req() request: Visitor, @Res({ passthrough: true }) reply: CookieReply): Promise<{ account: AccountView } | ChallengeView> {
    const accountId = await this.auth.byPassword(body.email, body.password, request.ip);
    return this.signIn.enter(accountId, request, reply, body.sharedDevice ?? false);
  }

  @Public()
  @Post('auth/link')
  @HttpCode(HttpStatus.ACCEPTED)
  async askLink(@Body({ schema: LinkRequestBody }) body: z.infer<typeof LinkRequestBody>, @Req() request: Visitor): Promise<{ sent: true }> {
    await this.auth.sendLink(body.email, body.language, request.ip);
    return { sent: true };
  }

  @Public()
  @Post('auth/link/confirm')
  @HttpCode(HttpStatus.OK)
  async confirmLink(@Body({ schema: LinkLoginBody }) body: z.infer<typeof LinkLoginBody>, @Req() request: Visitor, @Res({ passthrough: true }) reply: CookieReply): Promise<{ account: AccountView } | ChallengeView> {
    return this.signIn.enter(await this.auth.byLink(body.token), request, reply, body.sharedDevice ?? false);
  }

  /** By the link in the mail about a sign-in: it was somebody else. */
  @Public()
  @Post('auth/not-me')
  @HttpCode(HttpStatus.OK)
  notMe(@Body({ schema: NotMeBody }) body: z.infer<typeof NotMeBody>, @Req() request: Visitor): Promise<ClosedOffView> {
    return this.alerts.deny(body.token, request.ip);
  }

  @BeforeFactor()
  @Post('auth/logout')
  @HttpCode(HttpStatus.NO_CONTENT)
  async logout(@CurrentActor() actor: Actor, @Res({ passthrough: true }) reply: CookieReply): Promise<void> {
    await this.sessions.end(actor, actor.sessionId);
    this.signIn.leave(reply);
  }

  @BeforeFactor()
  @Post('auth/logout-everywhere')
  @HttpCode(HttpStatus.NO_CONTENT)
  async logoutEverywhere(@CurrentActor() actor: Actor, @Res({ passthrough: true }) reply: CookieReply): Promise<void> {
    await this.sessions.endAll(actor);
    this.signIn.leave(reply);
  }

  @BeforeFactor()
  @Get('me')
  me(@CurrentActor() actor: Actor): Promise<MeView> {
    return this.accounts.me(actor);
  }

  @Patch('me')
  edit(@CurrentActor() actor: Actor, @Body({ schema: ProfileBody }) body: ProfileBody): Promise<MeView> {
    return this.accounts.edit(actor, body);
  }

  @FreshSignIn()
  @Put('me/password')
  @HttpCode(HttpStatus.NO_CONTENT)
  setPassword(@CurrentActor() actor: Actor, @Body({ schema: PasswordBody }) body: z.infer<typeof PasswordBody>): Promise<void> {
    return this.auth.setPassword(actor, body.password);
  }

  // The three acts that end sessions ask for no fresh proof: they are what one does in an emergency (decision 0022).
  @Get('me/sessions')
  listSessions(@CurrentActor() actor: Actor): Promise<{ items: SessionView[] }> {
    return this.sessions.list(actor);
  }

  @Delete('me/sessions/:id')
  @HttpCode(HttpStatus.NO_CONTENT)
  endSession(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.sessions.end(actor, id);
  }
}
