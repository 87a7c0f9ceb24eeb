import { Inject, Injectable } from '@nestjs/common';
import type { AccountView, ChallengeView } from '@passerelle/contract';
import { ENV, type Env, JsonLogger, SESSION_COOKIE } from '../platform/index.js';
import { AccountService } from './account.service.js';
import { FactorService } from './factor.service.js';
import { SessionService } from './session.service.js';

export interface CookieReply {
  setCookie(name: string, value: string, options: Record<string, unknown>): unknown;
  clearCookie(name: string, options: Record<string, unknown>): unknown;
}
export interface Visitor {
  ip: string;
  headers: Record<string, string | undefined>;
}

/** Opens a session for somebody who has shown who they are, and gives its cookie out. */
@Injectable()
export class SignInService {
  constructor(
    private readonly sessions: SessionService,
    private readonly accounts: AccountService,
    private readonly factors: FactorService,
    private readonly log: JsonLogger,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** The first proof is given: opens the session, or asks for the second one. `provenAt`: when it was, where that is not now. */
  async enter(accountId: string, request: Visitor, reply: CookieReply, shared: boolean, provenAt?: Date): Promise<{ account: AccountView } | ChallengeView> {
    return (await this.factors.challenge(accountId, shared)) ?? this.start(accountId, request, reply, shared, provenAt);
  }

  async start(accountId: string, request: Visitor, reply: CookieReply, shared: boolean, provenAt?: Date): Promise<{ account: AccountView }> {
    const { token, maxAgeS } = await this.sessions.open(accountId, request.headers['user-agent'] ?? '', shared, provenAt);
    this.log.event('session opened', { account: accountId, device: shared ? 'shared' : 'own' });
    reply.setCookie(SESSION_COOKIE, token, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.env.publicUrl.startsWith('https:'), ...(maxAgeS !== undefined && { maxAge: maxAgeS }) });
    return { account: await this.accounts.account(accountId) };
  }
}
