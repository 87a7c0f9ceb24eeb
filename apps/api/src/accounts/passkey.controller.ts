import { Body, Controller, Delete, HttpCode, HttpStatus, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type AccountView, Id, NewPasskeyBody, type PasskeyAddedView, PasskeyLoginBody, type PasskeyOptionsView } from '@passerelle/contract';
import { type Actor, BeforeFactor, CurrentActor, FreshSignIn, Public } from '../platform/index.js';
import { AuthService } from './auth.service.js';
import { PasskeyService } from './passkey.service.js';
import { type CookieReply, SignInService, type Visitor } from './sign-in.service.js';

@ApiTags('accounts')
@Controller()
export class PasskeyController {
  constructor(
    private readonly passkeys: PasskeyService,
    private readonly auth: AuthService,
    private readonly signIn: SignInService,
  ) {}

  @Public()
  @Post('auth/passkey/options')
  @HttpCode(HttpStatus.OK)
  ask(@Req() request: Visitor): Promise<PasskeyOptionsView> {
    return this.auth.askPasskey(request.ip);
  }

  /** Signs in with a passkey alone. */
  @Public()
  @Post('auth/passkey')
  @HttpCode(HttpStatus.OK)
  async enter(@Body({ schema: PasskeyLoginBody }) body: PasskeyLoginBody, @Req() request: Visitor, @Res({ passthrough: true }) reply: CookieReply): Promise<{ account: AccountView }> {
    return this.signIn.start(await this.auth.byPasskey(body.passkey, request.ip), request, reply, body.sharedDevice ?? false);
  }

  /** What the browser needs to show again, with a passkey, who acts. */
  @BeforeFactor()
  @Post('auth/fresh/passkey')
  @HttpCode(HttpStatus.OK)
  askFresh(@CurrentActor() actor: Actor): Promise<PasskeyOptionsView> {
    return this.passkeys.ask({ purpose: 'fresh', accountId: actor.accountId });
  }

  @BeforeFactor()
  @FreshSignIn()
  @Post('me/passkeys/options')
  @HttpCode(HttpStatus.OK)
  offer(@CurrentActor() actor: Actor): Promise<PasskeyOptionsView> {
    return this.passkeys.offer(actor);
  }

  @BeforeFactor()
  @FreshSignIn()
  @Post('me/passkeys')
  @HttpCode(HttpStatus.OK)
  add(@CurrentActor() actor: Actor, @Body({ schema: NewPasskeyBody }) body: NewPasskeyBody): Promise<PasskeyAddedView> {
    return this.passkeys.add(actor, body);
  }

  @FreshSignIn()
  @Delete('me/passkeys/:id')
  @HttpCode(HttpStatus.NO_CONTENT)
  remove(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.passkeys.remove(actor, id);
  }
}
