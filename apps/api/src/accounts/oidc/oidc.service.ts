import { Inject, Injectable } from '@nestjs/common';
import type { SsoReason, SsoStartQuery } from '@passerelle/contract';
import { type Actor, DomainError, ENV, type Env, NotFound, SESSION_COOKIE, SessionStore } from '../../platform/index.js';
import { LoginLimits } from '../login-limits.js';
import { type CookieReply, SignInService, type Visitor } from '../sign-in.service.js';
import { Attempts, ATTEMPT_COOKIE } from './attempts.js';
import { IdentityService } from './identity.service.js';
import { type Identity, OidcClient } from './oidc-client.js';
import { SsoRefusal } from './refusal.js';

export interface SsoVisitor extends Visitor {
  cookies: Record<string, string | undefined>;
}
const SIGN_IN = '/connexion';
const SECURITY = '/moi/securite';

/** The way over the provider and back: a session, a link, or words that say why not. */
@Injectable()
export class OidcService {
  constructor(
    private readonly client: OidcClient,
    private readonly attempts: Attempts,
    private readonly identities: IdentityService,
    private readonly signIn: SignInService,
    private readonly limits: LoginLimits,
    private readonly sessions: SessionStore,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** @returns where to send the browser. @throws NotFound where no provider is set up. */
  async begin({ vers, partage }: SsoStartQuery, request: SsoVisitor, reply: CookieReply): Promise<string> {
    this.assertSetUp();
    const target = safePath(vers);
    return this.orBack(SIGN_IN, target, async () => {
      await this.limits.assertMayBegin(request.ip);
      const { url, secrets } = await this.client.begin();
      await this.attempts.begin(secrets, { accountId: null, target, shared: partage === '1' }, reply);
      return url;
    });
  }

  /** Begins to link an identity to the actor's account. @throws NotFound, DomainError `unavailable`, `rate-limited` */
  async beginLink(actor: Actor, request: SsoVisitor, reply: CookieReply): Promise<string> {
    this.assertSetUp();
    await this.limits.assertMayBegin(request.ip);
    try {
      const { url, secrets } = await this.client.begin();
      await this.attempts.begin(secrets, { accountId: actor.accountId, target: SECURITY, shared: false }, reply);
      return url;
    } catch (error) {
      if (error instanceof SsoRefusal) throw new DomainError('unavailable', 'unavailable');
      throw error;
    }
  }

  /** The browser is back. @returns the page of this site that goes on. */
  async finish(query: string, request: SsoVisitor, reply: CookieReply): Promise<string> {
    this.assertSetUp();
    return this.orBack(SIGN_IN, '/', async () => {
      const state = new URLSearchParams(query).get('state') ?? '';
      const { attempt, secrets } = await this.attempts.take(state, request.cookies[ATTEMPT_COOKIE] ?? '', reply);
      const { accountId, target, shared } = attempt;
      return this.orBack(accountId ? SECURITY : SIGN_IN, target, async () => {
        const identity = await this.client.finish(query, secrets);
        return accountId ? this.link(accountId, identity, request) : this.enter(identity, { target, shared }, request, reply);
      });
    });
  }

  private async link(accountId: string, identity: Identity, request: SsoVisitor): Promise<string> {
    const token = request.cookies[SESSION_COOKIE];
    const actor = token ? await this.sessions.resolve(token) : null;
    // Whoever began is no longer who is here: nothing is linked to somebody else's account.
    if (actor?.accountId !== accountId) throw new SsoRefusal('signed-out');
    await this.identities.link(actor, identity);
    return `${SECURITY}#sso=linked`;
  }

  /** A second factor of the account is asked for, unless the provider says that it has asked for several itself. */
  private async enter(identity: Identity, { target, shared }: { target: string; shared: boolean }, request: SsoVisitor, reply: CookieReply): Promise<string> {
    const accountId = await this.identities.accountOf(identity);
    const { multiFactor, provenAt } = identity;
    const entered = multiFactor ? await this.signIn.start(accountId, request, reply, shared, provenAt) : await this.signIn.enter(accountId, request, reply, shared, provenAt);
    // The challenge stands in the fragment, which no server and no log gets to see.
    return back(SIGN_IN, target, 'challenge' in entered ? `challenge&challenge=${entered.challenge}${entered.secondFactor.map((one) => `&factor=${one}`).join('')}${shared ? '&shared=1' : ''}` : `entered${shared ? '&shared=1' : ''}`);
  }

  private async orBack(page: string, target: string, work: () => Promise<string>): Promise<string> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof SsoRefusal) return back(page, target, error.reason);
      if (error instanceof DomainError && error.code === 'rate-limited') return back(page, target, 'busy');
      throw error;
    }
  }

  private assertSetUp(): void {
    if (!this.env.oidc) throw new NotFound();
  }
}

const back = (page: string, target: string, outcome: SsoReason | `entered${string}` | `challenge${string}`) => `${page}${page === SIGN_IN && target !== '/' ? `?vers=${encodeURIComponent(target)}` : ''}#sso=${outcome}`;
/** Only a path of this site. */
const safePath = (path = '/') => (/^\/(?![/\\])[^\s\\]*$/.test(path) && !path.startsWith(SIGN_IN) ? path : '/');
