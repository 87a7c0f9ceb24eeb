import { Inject, Injectable, Logger } from '@nestjs/common';
import * as oidc from 'openid-client';
import { ENV, type Env } from '../../platform/index.js';
import { SsoRefusal } from './refusal.js';

/** A provider that says nothing for so long is away; the other ways to sign in stay open. */
const TIMEOUT_S = 5;
const CLOCK_TOLERANCE_S = 30;
const METADATA_MS = 60 * 60_000;
/** Somebody whose session at the provider is older than a working day shows there again who they are. */
const MAX_AGE_S = 12 * 60 * 60;
const SCOPE = 'openid email';
export const CALLBACK = '/api/auth/oidc/callback';

/** What the provider says of who has signed in there. */
export interface Identity {
  issuer: string;
  subject: string;
  email: string | null;
  emailVerified: boolean;
  /** The provider has asked for several factors. */
  multiFactor: boolean;
  /** When it last saw the person prove who they are; long ago where it does not say. */
  provenAt: Date;
}
/** What must come back as it was sent. */
export interface Secrets {
  state: string;
  nonce: string;
  verifier: string;
}

/** The provider of OIDC_ISSUER. Asked only when somebody signs in with it, so that a dead one stops no start. */
@Injectable()
export class OidcClient {
  private readonly logger = new Logger(OidcClient.name);
  private known: { at: number; config: Promise<oidc.Configuration> } | null = null;

  constructor(@Inject(ENV) private readonly env: Env) {}

  /** @throws SsoRefusal `unavailable` */
  async begin(): Promise<{ url: string; secrets: Secrets }> {
    const config = await this.configuration();
    const secrets = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: this.env.publicUrl + CALLBACK, scope: SCOPE, state: secrets.state, nonce: secrets.nonce, max_age: String(MAX_AGE_S),
      code_challenge: await oidc.calculatePKCECodeChallenge(secrets.verifier), code_challenge_method: 'S256',
    });
    return { url: url.href, secrets };
  }

  /** Exchanges the code; signature, issuer, audience, times and nonce of the token are checked. @param query of the callback. @throws SsoRefusal `refused`, `invalid`, `unavailable` */
  async finish(query: string, { state, nonce, verifier }: Secrets): Promise<Identity> {
    const config = await this.configuration();
    try {
      const tokens = await oidc.authorizationCodeGrant(config, new URL(`${this.env.publicUrl}${CALLBACK}?${query}`), { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true });
      const claims = tokens.claims();
      if (!claims || isTooOld(claims.auth_time)) throw new SsoRefusal('invalid');
      // Some providers keep the address for the other end point.
      const about = claims['email'] === undefined && config.serverMetadata().userinfo_endpoint ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub) : claims;
      return {
        issuer: claims.iss, subject: claims.sub, email: typeof about['email'] === 'string' ? about['email'].toLowerCase() : null, emailVerified: about['email_verified'] === true,
        multiFactor: Array.isArray(claims['amr']) && claims['amr'].includes('mfa'), provenAt: new Date((claims.auth_time ?? 0) * 1_000),
      };
    } catch (error) {
      throw this.refusalOf(error);
    }
  }

  private configuration(): Promise<oidc.Configuration> {
    if (this.known && Date.now() - this.known.at < METADATA_MS) return this.known.config;
    const config = this.discover();
    this.known = { at: Date.now(), config };
    // What failed is asked for again by the next sign-in.
    config.catch(() => {
      if (this.known?.config === config) this.known = null;
    });
    return config;
  }

  private async discover(): Promise<oidc.Configuration> {
    const { oidc: settings } = this.env;
    if (!settings) throw new SsoRefusal('unavailable');
    const execute = [oidc.enableNonRepudiationChecks, ...(settings.issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [])];
    try {
      return await oidc.discovery(new URL(settings.issuer), settings.clientId, { [oidc.clockTolerance]: CLOCK_TOLERANCE_S }, authenticate(settings.clientSecret), { timeout: TIMEOUT_S, execute });
    } catch (error) {
      this.logger.warn(`The provider of single sign-on does not answer: ${nameOf(error)}`);
      throw new SsoRefusal('unavailable');
    }
  }

  /** Never with what the provider wrote: it may hold an address. */
  private refusalOf(error: unknown): SsoRefusal {
    if (error instanceof SsoRefusal) return error;
    if (error instanceof oidc.AuthorizationResponseError) return new SsoRefusal(error.error === 'access_denied' ? 'refused' : 'invalid');
    this.logger.warn(`A sign-in at the provider was refused: ${nameOf(error)}`);
    return new SsoRefusal(isAway(error) ? 'unavailable' : 'invalid');
  }
}

/** As the provider wants it: by header unless it takes the body only; without a secret PKCE alone protects the code. */
function authenticate(secret: string | undefined): oidc.ClientAuth {
  if (secret === undefined) return oidc.None();
  const [byHeader, byBody] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, ...rest) => ((server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']).includes('client_secret_basic') ? byHeader : byBody)(server, ...rest);
}

/** Providers that know nothing of `max_age` say no time; one that says it has to keep to what was asked. */
const isTooOld = (authTime: number | undefined) => authTime !== undefined && authTime < Date.now() / 1_000 - MAX_AGE_S - CLOCK_TOLERANCE_S;

const nameOf = (error: unknown) => (error instanceof Error ? `${error.name} ${(error as { code?: unknown }).code ?? ''}`.trim() : 'failure');

/** No answer, an answer that came too late, or one of a server in trouble. */
function isAway(error: unknown): boolean {
  const { name, code, status, cause } = error as { name?: string; code?: string; status?: number; cause?: { status?: number } };
  return name === 'TypeError' || name === 'TimeoutError' || name === 'AbortError' || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT' || (status ?? cause?.status ?? 0) >= 500;
}
