import { Module } from '@nestjs/common';
import { MentionsModule } from '../organisations/index.js';
import { AccountService } from './account.service.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { FactorChange } from './factor-change.js';
import { FactorDemandController } from './factor-demand.controller.js';
import { FactorDemandService } from './factor-demand.service.js';
import { FactorController } from './factor.controller.js';
import { FactorService } from './factor.service.js';
import { LoginLimits } from './login-limits.js';
import { MandateClock } from './mandate-clock.js';
import { Attempts } from './oidc/attempts.js';
import { IdentityService } from './oidc/identity.service.js';
import { OidcClient } from './oidc/oidc-client.js';
import { OidcController } from './oidc/oidc.controller.js';
import { OidcService } from './oidc/oidc.service.js';
import { PasskeyController } from './passkey.controller.js';
import { PasskeyService } from './passkey.service.js';
import { SessionService } from './session.service.js';
import { SignInAlerts } from './sign-in-alerts.js';
import { SignInService } from './sign-in.service.js';

@Module({
  imports: [MentionsModule],
  controllers: [AuthController, FactorController, FactorDemandController, PasskeyController, OidcController],
  providers: [AccountService, AuthService, FactorChange, FactorDemandService, FactorService, PasskeyService, LoginLimits, SessionService, SignInAlerts, SignInService, MandateClock, Attempts, IdentityService, OidcClient, OidcService],
  exports: [LoginLimits, SignInService],
})
export class AccountsModule {}
