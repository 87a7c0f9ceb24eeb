import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { FreshBody, PasskeyOptionsView, PasskeyProof } from '@passerelle/contract';
import { type Actor, Database, DomainError, ENV, type Env, faultWords, hasFactor, hashToken, JsonLogger, Mailer } from '../platform/index.js';
import { FactorChange } from './factor-change.js';
import { FactorService } from './factor.service.js';
import { LoginLimits } from './login-limits.js';
import { linkMail } from './login-mail.js';
import { PasskeyService } from './passkey.service.js';
import { hashPassword, verifyPassword } from './password.js';
import { assertHardToGuess } from './password-rule.js';

const LINK_MINUTES = 20;
/** What somebody would try first as the password of a person. $1 account. */
const OWN = `
  SELECT p.name, a.email, coalesce((SELECT array_agg(o.name) FROM mandate m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = p.id), '{}') AS cities
  FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = $1`;

/** Who is it? By password, by a one-time link or by a passkey. The first two answer the same whether or not the address exists. */
@Injectable()
export class AuthService {
  private readonly logger = new Logger(AuthService.name);

  constructor(
    private readonly database: Database,
    private readonly limits: LoginLimits,
    private readonly factors: FactorService,
    private readonly passkeys: PasskeyService,
    private readonly change: FactorChange,
    private readonly mailer: Mailer,
    private readonly log: JsonLogger,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** @returns the account's id. @throws DomainError `wrong-credentials` or `rate-limited`. */
  async byPassword(email: string, password: string, address: string): Promise<string> {
    await this.limits.assertMayTry(email, address);
    const account = await this.database.row<{ id: string; password_hash: string | null }>('SELECT id, password_hash FROM account WHERE email = $1 AND disabled_at IS NULL', [email.toLowerCase()]);
    const matches = await verifyPassword(account?.password_hash ?? null, password);
    if (!account || !matches) {
      this.log.event('sign-in refused', { method: 'password', ...(account && { account: account.id }) });
      throw new DomainError('wrong-credentials', 'unauthenticated');
    }
    await this.limits.succeeded(email);
    return account.id;
  }

  /** Notes that the session has shown again who acts. @throws DomainError `wrong-credentials`, `wrong-code`, `passkey-refused`, `rate-limited`. */
  async freshen(actor: Actor, { password, code, passkey }: FreshBody): Promise<void> {
    if (passkey) await this.factors.assertPasskey(actor.accountId, 'fresh', passkey, 'forbidden');
    else if (code !== undefined) await this.factors.assertCode(actor.accountId, code, 'forbidden');
    else {
      await this.limits.assertMayProve(actor.accountId);
      // Where there is a second factor the password alone would let whoever knows it take that away.
      const account = await this.database.row<{ password_hash: string | null }>(`SELECT password_hash FROM account WHERE id = $1 AND NOT ${hasFactor('$1::uuid')}`, [actor.accountId]);
      if (!(await verifyPassword(account?.password_hash ?? null, password ?? ''))) {
        this.log.event('proof refused', { method: 'password', account: actor.accountId });
        throw new DomainError('wrong-credentials', 'forbidden');
      }
      await this.limits.proved(actor.accountId);
    }
    await this.database.run('UPDATE session SET authenticated_at = now() WHERE id = $1', [actor.sessionId]);
  }

  /** Sets or changes the password. Other sessions end, and links that were asked for before open nothing. @throws InvalidInput `too_guessable` */
  async setPassword(actor: Actor, password: string): Promise<void> {
    const own = await this.database.row<{ name: string; email: string; cities: string[] }>(OWN, [actor.accountId]);
    assertHardToGuess(password, [own?.name ?? '', own?.email.split('@')[0] ?? '', ...(own?.cities ?? [])]);
    const hash = await hashPassword(password);
    await this.change.run(actor, 'password-changed', async (tx, record) => {
      await tx.run('UPDATE account SET password_hash = $2 WHERE id = $1', [actor.accountId, hash]);
      for (const table of ['login_link', 'sign_in_challenge']) await tx.run(`DELETE FROM ${table} WHERE account_id = $1`, [actor.accountId]);
      const others = await tx.rows<{ id: string }>('DELETE FROM session WHERE account_id = $1 AND id <> $2 RETURNING id', [actor.accountId, actor.sessionId]);
      for (const { id } of others) record({ type: 'session.ended', audience: 'account', account: actor.accountId, subject: id });
      return true;
    });
  }

  /** What the browser needs to sign in with a passkey alone. @throws DomainError `rate-limited`. */
  async askPasskey(address: string): Promise<PasskeyOptionsView> {
    await this.limits.assertMayAskPasskey(address);
    return this.passkeys.ask({ purpose: 'sign-in' });
  }

  /** A passkey is something that one has, opened by what one knows or is: two factors in one. @returns the account's id. @throws DomainError `passkey-refused`. */
  async byPasskey(proof: PasskeyProof, address: string): Promise<string> {
    await this.limits.assertMayAskPasskey(address);
    return this.passkeys.prove({ purpose: 'sign-in' }, proof, 'unauthenticated');
  }

  /** Mails a link that works once, for twenty minutes. Nothing tells the caller whether a mail went out. */
  async sendLink(email: string, language: 'fr' | 'en', address: string): Promise<void> {
    await this.limits.assertMayAskLink(email, address);
    const account = await this.database.row<{ id: string; email: string }>('SELECT id, email FROM account WHERE email = $1 AND disabled_at IS NULL', [email.toLowerCase()]);
    if (!account) return;
    const token = randomBytes(32).toString('base64url');
    await this.database.run(
      `WITH expired AS (DELETE FROM login_link WHERE expires_at < now()) INSERT INTO login_link (token_hash, account_id, expires_at) VALUES ($1, $2, now() + interval '${LINK_MINUTES} minutes')`,
      [hashToken(token), account.id]);
    // Not awaited: the time of sending would tell that the address exists.
    this.mailer.send({ to: account.email, ...linkMail(language, `${this.env.publicUrl}/connexion/lien?token=${token}`, LINK_MINUTES) })
      .catch((error: Error) => this.logger.error(`A sign-in link could not be mailed: ${faultWords(error)}`));
  }

  /** @returns the account's id; the link is used up. @throws DomainError `link-invalid`. */
  async byLink(token: string): Promise<string> {
    const link = await this.database.row<{ account_id: string }>('DELETE FROM login_link WHERE token_hash = $1 AND expires_at > now() RETURNING account_id', [hashToken(token)]);
    if (!link) {
      this.log.event('sign-in refused', { method: 'link' });
      throw new DomainError('link-invalid', 'unauthenticated');
    }
    return link.account_id;
  }
}
