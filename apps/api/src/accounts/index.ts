export { DEMO_PASSWORD } from './account.service.js';
export { AccountsModule } from './accounts.module.js';
export { LoginLimits } from './login-limits.js';
export { MandateClock } from './mandate-clock.js';
export { hashPassword, verifyPassword } from './password.js';
export { assertHardToGuess } from './password-rule.js';
export { type CookieReply, SignInService, type Visitor } from './sign-in.service.js';
