import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ChallengeView, FactorResetBody, FactorsView, PasskeyOptionsView, PasskeyProof, RecoveryCodesView, SecondFactorBody, TotpOfferView } from '@passerelle/contract';
import { Secret, TOTP } from 'otpauth';
import { type Actor, assertAdministrator, Database, DomainError, ENV, type Env, hasFactor, hashToken, JsonLogger, MailQueue, NotFound, SecretBox, SessionStore, type Sql } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { FactorChange } from './factor-change.js';
import { resetFactors } from './factor-reset.js';
import { LoginLimits } from './login-limits.js';
import { PasskeyService } from './passkey.service.js';
import { passkeySite } from './passkey-site.js';
import { renewCodes, useCode } from './recovery-codes.js';

const CHALLENGE_MINUTES = 10;
const CHALLENGE_TRIES = 5;
const SECRET_BYTES = 20;
/** One step of 30 s early or late: clocks of telephones differ. */
const WINDOW = 1;

/** The second factor of an account: passkeys, a code that changes with time, and recovery codes for the day the telephone is lost. */
@Injectable()
export class FactorService {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly change: FactorChange,
    private readonly passkeys: PasskeyService,
    private readonly box: SecretBox,
    private readonly limits: LoginLimits,
    private readonly log: JsonLogger,
    private readonly sessions: SessionStore,
    private readonly mails: MailQueue,
    @Inject(ENV) private readonly env: Env,
  ) {}

  async view(actor: Actor): Promise<FactorsView> {
    const [row, passkeys] = await Promise.all([
      this.database.row<{ since: string | null; codes: number; has_password: boolean }>(
        `SELECT (SELECT confirmed_at FROM totp WHERE account_id = a.id) AS since, (SELECT count(*) FROM recovery_code WHERE account_id = a.id) AS codes, a.password_hash IS NOT NULL AS has_password FROM account a WHERE a.id = $1`, [actor.accountId]),
      this.passkeys.list(actor.accountId),
    ]);
    return { totp: row?.since ? { since: row.since } : null, passkeys, recoveryCodes: row?.codes ?? 0, hasPassword: row?.has_password ?? false, passkeyOrigin: passkeySite(this.env.publicUrl)?.origin ?? null };
  }

  /** A challenge to answer before the session opens; null when the account has no second factor. */
  async challenge(accountId: string, shared: boolean): Promise<ChallengeView | null> {
    const token = randomBytes(32).toString('base64url');
    const made = await this.database.row<{ passkey: boolean; totp: boolean }>(
      `WITH expired AS (DELETE FROM sign_in_challenge WHERE account_id = $2 AND expires_at < now())
       INSERT INTO sign_in_challenge (token_hash, account_id, shared_device, expires_at)
       SELECT $1, $2, $3, now() + interval '${CHALLENGE_MINUTES} minutes' WHERE ${hasFactor('$2')}
       RETURNING EXISTS (SELECT 1 FROM passkey WHERE account_id = $2) AS passkey, EXISTS (SELECT 1 FROM totp WHERE account_id = $2 AND confirmed_at IS NOT NULL) AS totp`, [hashToken(token), accountId, shared]);
    return made ? { secondFactor: [...(made.passkey ? (['passkey'] as const) : []), ...(made.totp ? (['totp'] as const) : []), 'recovery'], challenge: token } : null;
  }

  /** What the browser needs to show a passkey as the second proof. @throws DomainError `challenge-expired`, `rate-limited` */
  async askPasskey(challenge: string, address: string): Promise<PasskeyOptionsView> {
    await this.limits.assertMayAskPasskey(address);
    const asked = await this.database.row<{ account_id: string }>(`SELECT account_id FROM sign_in_challenge WHERE token_hash = $1 AND expires_at > now() AND tries < ${CHALLENGE_TRIES}`, [hashToken(challenge)]);
    if (!asked) throw new DomainError('challenge-expired', 'unauthenticated');
    return this.passkeys.ask({ purpose: 'second', accountId: asked.account_id });
  }

  /** @returns who may enter. The challenge is used up by success, and by too many tries. @throws DomainError `challenge-expired`, `wrong-code`, `passkey-refused`. */
  async answer({ challenge, code, passkey }: SecondFactorBody): Promise<{ accountId: string; shared: boolean }> {
    // Counted before the proof is looked at: tries made at the same time count too.
    const asked = await this.database.row<{ account_id: string; shared_device: boolean }>(
      `UPDATE sign_in_challenge c SET tries = tries + 1 FROM account a WHERE c.token_hash = $1 AND c.expires_at > now() AND c.tries < ${CHALLENGE_TRIES} AND a.id = c.account_id AND a.disabled_at IS NULL RETURNING c.account_id, c.shared_device`, [hashToken(challenge)]);
    if (!asked) throw new DomainError('challenge-expired', 'unauthenticated');
    if (passkey) await this.assertPasskey(asked.account_id, 'second', passkey, 'unauthenticated');
    else await this.assertCode(asked.account_id, code ?? '', 'unauthenticated');
    if ((await this.database.run('DELETE FROM sign_in_challenge WHERE token_hash = $1', [hashToken(challenge)])) === 0) throw new DomainError('challenge-expired', 'unauthenticated');
    return { accountId: asked.account_id, shared: asked.shared_device };
  }

  /** Accepts each code of the authenticator once, each recovery code once. @throws DomainError `wrong-code`, `rate-limited`. */
  async assertCode(accountId: string, code: string, refusal: 'unauthenticated' | 'forbidden'): Promise<void> {
    await this.limits.assertMayProve(accountId);
    const plain = code.replace(/[\s-]/g, '').toUpperCase();
    const right = /^\d{6}$/.test(plain) ? await this.useTotp(this.database, accountId, plain, true) : await useCode(this.database, accountId, plain);
    if (!right) {
      this.log.event('proof refused', { method: 'code', account: accountId });
      throw new DomainError('wrong-code', refusal);
    }
    await this.limits.proved(accountId);
  }

  /** @throws DomainError `passkey-refused`, `rate-limited`. */
  async assertPasskey(accountId: string, purpose: 'second' | 'fresh', passkey: PasskeyProof, refusal: 'unauthenticated' | 'forbidden'): Promise<void> {
    await this.limits.assertMayProve(accountId);
    await this.passkeys.prove({ purpose, accountId }, passkey, refusal);
    await this.limits.proved(accountId);
  }

  /** Offers a new secret; nothing holds before its first code is confirmed. */
  async offerTotp(actor: Actor): Promise<TotpOfferView> {
    const secret = randomBytes(SECRET_BYTES);
    const sealed = await this.box.seal(secret, actor.accountId);
    const offered = await this.database.run(
      'INSERT INTO totp (account_id, secret) VALUES ($1, $2) ON CONFLICT (account_id) DO UPDATE SET secret = $2, last_step = 0 WHERE totp.confirmed_at IS NULL', [actor.accountId, sealed]);
    if (offered === 0) throw new DomainError('not-possible-now', 'conflict');
    const totp = totpOf(secret, (await this.database.row<{ email: string }>('SELECT email FROM account WHERE id = $1', [actor.accountId]))?.email ?? '');
    return { secret: totp.secret.base32, uri: totp.toString() };
  }

  /** The first code is right: the second factor holds from now on. @returns recovery codes, shown this once. */
  async confirmTotp(actor: Actor, code: string): Promise<RecoveryCodesView> {
    await this.limits.assertMayProve(actor.accountId);
    const codes = await this.change.run(actor, 'totp-added', async (tx) => {
      if (!(await this.useTotp(tx, actor.accountId, code.replace(/\s/g, ''), false))) return null;
      await tx.run('UPDATE totp SET confirmed_at = now() WHERE account_id = $1', [actor.accountId]);
      return renewCodes(tx, actor.accountId);
    });
    if (!codes) throw new DomainError('wrong-code', 'forbidden');
    return codes;
  }

  async removeTotp(actor: Actor): Promise<void> {
    const removed = await this.change.run(actor, 'totp-removed', async (tx) => ((await tx.run('DELETE FROM totp WHERE account_id = $1', [actor.accountId])) === 1 ? true : null));
    if (!removed) throw new NotFound();
  }

  async renewRecoveryCodes(actor: Actor): Promise<RecoveryCodesView> {
    const codes = await this.change.run(actor, 'codes-renewed', async (tx) => ((await tx.row(`SELECT 1 WHERE ${hasFactor('$1::uuid')}`, [actor.accountId])) ? renewCodes(tx, actor.accountId) : null));
    if (!codes) throw new DomainError('not-possible-now', 'conflict');
    return codes;
  }

  /** Takes the factors off the account of somebody who has lost them; they are told by mail. @throws Forbidden, NotFound, DomainError `not-possible-now` for the own account. */
  async reset(actor: Actor, accountId: string, body: FactorResetBody): Promise<void> {
    await this.write.run(actor, async (write) => {
      await assertAdministrator(write.tx, actor);
      // Whoever can prove who they are changes the own factors; whoever can't asks a colleague.
      if (accountId === actor.accountId) throw new DomainError('not-possible-now', 'conflict');
      await resetFactors(write, actor, accountId, body);
    });
    this.sessions.forgetAccount(accountId);
    this.mails.soon();
  }

  /** Whether the code is right and newer than the last one used, which it becomes. */
  private async useTotp(sql: Sql, accountId: string, code: string, confirmed: boolean): Promise<boolean> {
    const row = await sql.row<{ secret: Buffer }>('SELECT secret FROM totp WHERE account_id = $1 AND (confirmed_at IS NOT NULL) = $2', [accountId, confirmed]);
    if (!row) return false;
    const totp = totpOf(await this.box.unseal(row.secret, accountId), '');
    const delta = totp.validate({ token: code, window: WINDOW });
    if (delta === null) return false;
    return (await sql.run('UPDATE totp SET last_step = $2 WHERE account_id = $1 AND last_step < $2 AND secret = $3', [accountId, totp.counter() + delta, row.secret])) === 1;
  }
}

const totpOf = (secret: Buffer, label: string) => new TOTP({ issuer: 'Passerelle', label, secret: new Secret({ buffer: new Uint8Array(secret).buffer }) });
