import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ClosedOffView } from '@passerelle/contract';
import { recordAudit } from '../audit/index.js';
import { Database, DomainError, enqueueMail, ENV, type Env, hashToken, MailQueue, SessionStore, type Sql } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { alertMail } from './alert-mail.js';
import { dropOrphans } from './factor-change.js';
import { LoginLimits } from './login-limits.js';
import { securityMail } from './security-mail.js';

/** As long as browsers keep a cookie. */
export const DEVICE_DAYS = 400;
const ALERT_DAYS = 7;
/** More than anybody uses; programs without cookies are a new one each time. */
const DEVICES_MAX = 50;
/** Whoever signs in again and again from nowhere does not fill the mailbox as well. */
const ALERTS_PER_HOUR = 10;

/** A browser as it comes to sign in: the cookie it bears, and what it says it is. */
interface Browser {
  token: string | undefined;
  device: string;
  shared: boolean;
}
interface Owner extends Record<string, unknown> {
  email: string; language: 'fr' | 'en'; time_zone: string; recent: number;
}

/**
 * Sign-ins from browsers that were not seen with the account before: they bear no cookie of an earlier sign-in to it, or
 * are another kind of browser than the one that got it. A shared device is left without a cookie, so it is always new.
 */
@Injectable()
export class SignInAlerts {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly store: SessionStore,
    private readonly limits: LoginLimits,
    private readonly mails: MailQueue,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Notes the browser, and tells its person by mail when it is new. @returns the token for its cookie; null for a shared device. */
  async arrive(accountId: string, browser: Browser): Promise<string | null> {
    if (await this.isKnown(accountId, browser)) return browser.shared ? null : (browser.token ?? null);
    const token = browser.shared ? null : (browser.token ?? newToken());
    await this.database.transaction(async (tx) => {
      if (token !== null) await keepDevice(tx, accountId, token, browser.device);
      await this.tell(tx, accountId, browser);
    });
    this.mails.soon();
    return token;
  }

  /** Notes the browser of somebody who has just got the account. @returns the token for its cookie; null for a shared device. */
  async remember(accountId: string, browser: Browser): Promise<string | null> {
    if (browser.shared) return null;
    const token = browser.token ?? newToken();
    await keepDevice(this.database, accountId, token, browser.device);
    return token;
  }

  /**
   * It was somebody else: ends all sessions, voids the password and open links, takes off the factors and
   * calls off the erasures that are younger than that sign-in. Once for each alert. @throws DomainError `link-invalid`, `rate-limited`
   */
  async deny(token: string, address: string): Promise<ClosedOffView> {
    await this.limits.assertMayTry(token, address);
    const done = await this.write.run(null, async ({ tx, record }) => {
      const alert = await tx.row<{ account_id: string; signed_in_at: string }>('DELETE FROM sign_in_alert WHERE token_hash = $1 AND expires_at > now() RETURNING account_id, signed_in_at', [hashToken(token)]);
      const owner = alert && (await tx.row<{ email: string; language: 'fr' | 'en' }>('SELECT email, interface_language AS language FROM account WHERE id = $1 AND disabled_at IS NULL FOR UPDATE', [alert.account_id]));
      if (!owner) throw new DomainError('link-invalid', 'unauthenticated');
      const { account_id: account, signed_in_at: since } = alert;
      const sessions = await tx.rows<{ id: string }>('DELETE FROM session WHERE account_id = $1 RETURNING id', [account]);
      for (const { id } of sessions) record({ type: 'session.ended', audience: 'account', account, subject: id });
      const password = (await tx.run('UPDATE account SET password_hash = NULL WHERE id = $1 AND password_hash IS NOT NULL', [account])) === 1;
      const taken = { sessions: sessions.length, password, ...(await takeBack(tx, account, since)) };
      await recordAudit(tx, null, { act: 'sign-in.denied', subjectKind: 'account', subjectId: account, detail: taken });
      await enqueueMail(tx, { to: owner.email, ...securityMail('access-closed', owner.language, `${this.env.publicUrl}/connexion`) });
      return { account, view: taken };
    });
    this.store.forgetAccount(done.account);
    this.mails.soon();
    return done.view;
  }

  private async isKnown(accountId: string, { token, device }: Browser): Promise<boolean> {
    if (!token) return false;
    return (await this.database.run('UPDATE known_device SET last_seen_at = now() WHERE account_id = $1 AND token_hash = $2 AND device = $3', [accountId, hashToken(token), device])) === 1;
  }

  private async tell(tx: Sql, accountId: string, { device, shared }: Browser): Promise<void> {
    const owner = await tx.row<Owner>(
      `SELECT email, interface_language AS language, time_zone, (SELECT count(*) FROM sign_in_alert s WHERE s.account_id = a.id AND s.signed_in_at > now() - interval '1 hour') AS recent FROM account a WHERE id = $1`, [accountId]);
    if (!owner || Number(owner.recent) >= ALERTS_PER_HOUR) return;
    const token = newToken();
    await tx.run(`INSERT INTO sign_in_alert (token_hash, account_id, device, expires_at) VALUES ($1, $2, $3, now() + interval '${ALERT_DAYS} days')`, [hashToken(token), accountId, device]);
    await enqueueMail(tx, { to: owner.email, ...alertMail({ language: owner.language, timeZone: owner.time_zone, device, shared, at: new Date(), link: `${this.env.publicUrl}/connexion/lien?alerte=${token}`, days: ALERT_DAYS }) });
  }
}

const newToken = () => randomBytes(32).toString('base64url');

async function keepDevice(sql: Sql, accountId: string, token: string, device: string): Promise<void> {
  await sql.run('INSERT INTO known_device (account_id, token_hash, device) VALUES ($1, $2, $3) ON CONFLICT (account_id, token_hash) DO UPDATE SET device = $3, last_seen_at = now()', [accountId, hashToken(token), device]);
  await sql.run(`DELETE FROM known_device WHERE account_id = $1 AND token_hash IN (SELECT token_hash FROM known_device WHERE account_id = $1 ORDER BY last_seen_at DESC OFFSET ${DEVICES_MAX})`, [accountId]);
}

/** What may serve somebody else to come back, and what they may have asked for. @returns how many factors and erasures went. */
async function takeBack(tx: Sql, accountId: string, since: string): Promise<{ factors: number; erasures: number }> {
  for (const table of ['login_link', 'sign_in_challenge', 'passkey_challenge', 'known_device', 'sign_in_alert']) await tx.run(`DELETE FROM ${table} WHERE account_id = $1`, [accountId]);
  await tx.run('DELETE FROM totp WHERE account_id = $1 AND confirmed_at IS NULL', [accountId]);
  const factors = (await tx.run('DELETE FROM totp WHERE account_id = $1 AND confirmed_at >= $2', [accountId, since])) + (await tx.run('DELETE FROM passkey WHERE account_id = $1 AND created_at >= $2', [accountId, since]));
  await dropOrphans(tx, accountId);
  const erasures = await tx.run('UPDATE erasure SET cancelled_at = now() WHERE account_id = $1 AND requested_at >= $2 AND cancelled_at IS NULL AND done_at IS NULL', [accountId, since]);
  return { factors, erasures };
}
