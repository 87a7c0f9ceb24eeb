import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type AccountView, ChallengeBody, CodeBody, FreshBody, FactorResetBody, type FactorsView, Id, type PasskeyOptionsView, type RecoveryCodesView, SecondFactorBody, type TotpOfferView } from '@passerelle/contract';
import type { z } from 'zod';
import { type Actor, BeforeFactor, CurrentActor, FreshSignIn, Public } from '../platform/index.js';
import { AuthService } from './auth.service.js';
import { FactorService } from './factor.service.js';
import { type CookieReply, SignInService, type Visitor } from './sign-in.service.js';

@ApiTags('accounts')
@Controller()
export class FactorController {
  constructor(
    private readonly factors: FactorService,
    private readonly auth: AuthService,
    private readonly signIn: SignInService,
  ) {}

  @Public()
  @Post('auth/second-factor')
  @HttpCode(HttpStatus.OK)
  async secondFactor(@Body({ schema: SecondFactorBody }) body: SecondFactorBody, @Req() request: Visitor, @Res({ passthrough: true }) reply: CookieReply): Promise<{ account: AccountView }> {
    const { accountId, shared } = await this.factors.answer(body);
    return this.signIn.start(accountId, request, reply, shared);
  }

  /** What the browser needs to show a passkey as the second proof of a sign-in. */
  @Public()
  @Post('auth/second-factor/passkey')
  @HttpCode(HttpStatus.OK)
  askSecond(@Body({ schema: ChallengeBody }) body: z.infer<typeof ChallengeBody>, @Req() request: Visitor): Promise<PasskeyOptionsView> {
    return this.factors.askPasskey(body.challenge, request.ip);
  }

  /** Shows again who acts; sensitive acts are open for the next ten minutes. */
  @BeforeFactor()
  @Post('auth/fresh')
  @HttpCode(HttpStatus.NO_CONTENT)
  fresh(@CurrentActor() actor: Actor, @Body({ schema: FreshBody }) body: FreshBody): Promise<void> {
    return this.auth.freshen(actor, body);
  }

  @BeforeFactor()
  @Get('me/second-factor')
  view(@CurrentActor() actor: Actor): Promise<FactorsView> {
    return this.factors.view(actor);
  }

  @BeforeFactor()
  @FreshSignIn()
  @Post('me/second-factor/totp')
  @HttpCode(HttpStatus.OK)
  offer(@CurrentActor() actor: Actor): Promise<TotpOfferView> {
    return this.factors.offerTotp(actor);
  }

  @BeforeFactor()
  @FreshSignIn()
  @Post('me/second-factor/totp/confirm')
  @HttpCode(HttpStatus.OK)
  confirm(@CurrentActor() actor: Actor, @Body({ schema: CodeBody }) body: z.infer<typeof CodeBody>): Promise<RecoveryCodesView> {
    return this.factors.confirmTotp(actor, body.code);
  }

  @FreshSignIn()
  @Delete('me/second-factor/totp')
  @HttpCode(HttpStatus.NO_CONTENT)
  remove(@CurrentActor() actor: Actor): Promise<void> {
    return this.factors.removeTotp(actor);
  }

  @FreshSignIn()
  @Post('me/second-factor/recovery-codes')
  @HttpCode(HttpStatus.OK)
  renew(@CurrentActor() actor: Actor): Promise<RecoveryCodesView> {
    return this.factors.renewRecoveryCodes(actor);
  }

  @FreshSignIn()
  @Post('accounts/:id/second-factor/reset')
  @HttpCode(HttpStatus.NO_CONTENT)
  reset(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: FactorResetBody }) body: FactorResetBody): Promise<void> {
    return this.factors.reset(actor, id, body);
  }
}
