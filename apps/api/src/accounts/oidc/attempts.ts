import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Database, ENV, type Env, hashToken, SecretBox } from '../../platform/index.js';
import type { CookieReply } from '../sign-in.service.js';
import type { Secrets } from './oidc-client.js';
import { SsoRefusal } from './refusal.js';

export const ATTEMPT_COOKIE = 'passerelle_sso';
const COOKIE_PATH = '/api/auth/oidc';
const MINUTES = 10;

export interface Attempt {
  /** The account to link; null for a sign-in. */
  accountId: string | null;
  /** Where it leads, a path of this site. */
  target: string;
  shared: boolean;
}

/** Ways to the provider that have begun: each comes back once, within ten minutes, in the browser in which it began. */
@Injectable()
export class Attempts {
  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
    @Inject(ENV) private readonly env: Env,
  ) {}

  async begin(secrets: Secrets, { accountId, target, shared }: Attempt, reply: CookieReply): Promise<void> {
    const browser = randomBytes(32).toString('base64url');
    const sealed = await this.box.seal(Buffer.from(JSON.stringify(secrets)), secrets.state);
    await this.database.run(
      `WITH expired AS (DELETE FROM oidc_attempt WHERE expires_at < now())
       INSERT INTO oidc_attempt (state_hash, browser_hash, sealed, account_id, target, shared_device, expires_at) VALUES ($1, $2, $3, $4, $5, $6, now() + interval '${MINUTES} minutes')`,
      [hashToken(secrets.state), hashToken(browser), sealed, accountId, target, shared]);
    // Lax: it has to come along when the provider sends the browser back.
    reply.setCookie(ATTEMPT_COOKIE, browser, { path: COOKIE_PATH, httpOnly: true, sameSite: 'lax', secure: this.env.publicUrl.startsWith('https:'), maxAge: MINUTES * 60 });
  }

  /** Uses the attempt up, whatever becomes of it. @throws SsoRefusal `expired` when there is none such, it was used, or it began in another browser. */
  async take(state: string, browser: string, reply: CookieReply): Promise<{ attempt: Attempt; secrets: Secrets }> {
    reply.clearCookie(ATTEMPT_COOKIE, { path: COOKIE_PATH });
    const row = await this.database.row<{ sealed: Buffer; account_id: string | null; target: string; shared_device: boolean }>(
      'DELETE FROM oidc_attempt WHERE state_hash = $1 AND browser_hash = $2 AND expires_at > now() RETURNING sealed, account_id, target, shared_device', [hashToken(state), hashToken(browser)]);
    if (!row) throw new SsoRefusal('expired');
    const secrets = JSON.parse((await this.box.unseal(row.sealed, state)).toString()) as Secrets;
    return { attempt: { accountId: row.account_id, target: row.target, shared: row.shared_device }, secrets };
  }
}
