import { Inject, Injectable } from '@nestjs/common';
import type { AccountView, ChallengeView } from '@passerelle/contract';
import { ENV, type Env, JsonLogger, SESSION_COOKIE } from '../platform/index.js';
import { AccountService } from './account.service.js';
import { describeDevice } from './device.js';
import { FactorService } from './factor.service.js';
import { DEVICE_DAYS, SignInAlerts } from './sign-in-alerts.js';
import { SessionService } from './session.service.js';

export interface CookieReply {
  setCookie(name: string, value: string, options: Record<string, unknown>): unknown;
  clearCookie(name: string, options: Record<string, unknown>): unknown;
}
export interface Visitor {
  ip: string;
  cookies: Record<string, string | undefined>;
  headers: Record<string, string | undefined>;
}

/** Names a browser, not a person: which accounts were signed in to there is known to the server alone. */
export const DEVICE_COOKIE = 'passerelle_device';
const DAY_S = 86_400;
/** Tells the page of a shared device whether the browser was closed since the sign-in: it ends with it, as the session's cookie does. Pages read it. */
const VISIT_COOKIE = 'passerelle_visit';

/** Opens a session for somebody who has shown who they are, and gives its cookie out. */
@Injectable()
export class SignInService {
  constructor(
    private readonly sessions: SessionService,
    private readonly accounts: AccountService,
    private readonly factors: FactorService,
    private readonly log: JsonLogger,
    private readonly alerts: SignInAlerts,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** The first proof is given: opens the session, or asks for the second one. `provenAt`: when it was, where that is not now. */
  async enter(accountId: string, request: Visitor, reply: CookieReply, shared: boolean, provenAt?: Date): Promise<{ account: AccountView } | ChallengeView> {
    return (await this.factors.challenge(accountId, shared)) ?? this.start(accountId, request, reply, shared, provenAt);
  }

  /** Who they are is shown: opens the session. Of a browser that was not seen with this account before they are told by mail. */
  async start(accountId: string, request: Visitor, reply: CookieReply, shared: boolean, provenAt?: Date): Promise<{ account: AccountView }> {
    return this.open(accountId, request, reply, shared, await this.alerts.arrive(accountId, browserOf(request, shared)), provenAt);
  }

  /** The first session of an account that was made by an invitation: its browser is known from now on, and there is nothing to tell. */
  async startInvited(accountId: string, request: Visitor, reply: CookieReply, shared: boolean): Promise<{ account: AccountView }> {
    return this.open(accountId, request, reply, shared, await this.alerts.remember(accountId, browserOf(request, shared)));
  }

  private async open(accountId: string, request: Visitor, reply: CookieReply, shared: boolean, device: string | null, provenAt?: Date): Promise<{ account: AccountView }> {
    const { token, maxAgeS } = await this.sessions.open(accountId, describeDevice(request.headers['user-agent'] ?? ''), shared, provenAt);
    this.log.event('session opened', { account: accountId, device: shared ? 'shared' : 'own' });
    this.giveCookie(reply, SESSION_COOKIE, token, maxAgeS);
    if (shared) reply.setCookie(VISIT_COOKIE, '1', { path: '/', sameSite: 'lax', secure: this.isSecure() });
    if (device !== null) this.giveCookie(reply, DEVICE_COOKIE, device, DEVICE_DAYS * DAY_S);
    return { account: await this.accounts.account(accountId) };
  }

  /** Takes back what the sign-in gave; the browser stays known. */
  leave(reply: CookieReply): void {
    for (const name of [SESSION_COOKIE, VISIT_COOKIE]) reply.clearCookie(name, { path: '/' });
  }

  private isSecure(): boolean {
    return this.env.publicUrl.startsWith('https:');
  }

  /** @param maxAgeS undefined: the cookie ends with the browser. */
  private giveCookie(reply: CookieReply, name: string, value: string, maxAgeS: number | undefined): void {
    reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.isSecure(), ...(maxAgeS !== undefined && { maxAge: maxAgeS }) });
  }
}

const browserOf = ({ cookies, headers }: Visitor, shared: boolean) => ({ token: cookies[DEVICE_COOKIE], device: describeDevice(headers['user-agent'] ?? ''), shared });
