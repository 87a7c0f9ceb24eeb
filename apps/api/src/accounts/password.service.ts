import { Injectable } from '@nestjs/common';
import type { PasswordBody } from '@passerelle/contract';
import { recordAudit } from '../audit/index.js';
import { type Actor, Database, DomainError, enqueueMail, InvalidInput, JsonLogger, MailQueue, SessionStore } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { LoginLimits } from './login-limits.js';
import { passwordMail } from './login-mail.js';
import { assertHardToGuess } from './password-rule.js';
import { hashPassword, verifyPassword } from './password.js';

interface Own extends Record<string, unknown> {
  password_hash: string | null; email: string; name: string; language: 'fr' | 'en'; cities: string[];
}

/** People choose another password themselves; nobody else can. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly sessions: SessionStore,
    private readonly limits: LoginLimits,
    private readonly mails: MailQueue,
    private readonly log: JsonLogger,
  ) {}

  /** Takes the new one, ends all other sessions and tells the person by mail. A repeat changes nothing. @throws InvalidInput `wrong`, `too_guessable`; DomainError `rate-limited` */
  async change(actor: Actor, { current, password }: PasswordBody): Promise<void> {
    const own = await this.database.row<Own>(OWN, [actor.accountId]);
    if (!own) throw new DomainError('unauthenticated', 'unauthenticated');
    await this.limits.assertMayProve(actor.accountId);
    if (own.password_hash !== null && !(await verifyPassword(own.password_hash, current ?? ''))) {
      if (await verifyPassword(own.password_hash, password)) return;
      this.log.event('proof refused', { method: 'password', account: actor.accountId });
      throw new InvalidInput('current', 'wrong');
    }
    await this.limits.proved(actor.accountId);
    assertHardToGuess(password, [own.name, own.email.split('@')[0] ?? '', ...own.cities]);
    await this.store(actor, own, await hashPassword(password));
    this.mails.soon();
  }

  private async store(actor: Actor, own: Own, hash: string): Promise<void> {
    const ended = await this.write.run(actor, async ({ tx, record }) => {
      const changed = await tx.run('UPDATE account SET password_hash = $2 WHERE id = $1 AND password_hash IS NOT DISTINCT FROM $3 AND disabled_at IS NULL', [actor.accountId, hash, own.password_hash]);
      if (changed === 0) throw new DomainError('not-possible-now', 'conflict');
      await tx.run('DELETE FROM login_link WHERE account_id = $1', [actor.accountId]);
      await tx.run('DELETE FROM sign_in_challenge WHERE account_id = $1', [actor.accountId]);
      const others = await tx.rows<{ id: string }>('DELETE FROM session WHERE account_id = $1 AND id <> $2 RETURNING id', [actor.accountId, actor.sessionId]);
      for (const { id } of others) record({ type: 'session.ended', audience: 'account', account: actor.accountId, subject: id });
      await recordAudit(tx, actor, { act: 'password.changed', subjectKind: 'account', subjectId: actor.accountId });
      await enqueueMail(tx, { to: own.email, ...passwordMail(own.language) });
      return others;
    });
    for (const { id } of ended) this.sessions.forgetSession(id);
  }
}

const OWN = `
  SELECT a.password_hash, a.email, p.name, a.interface_language AS language, coalesce((SELECT array_agg(o.name) FROM mandate m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = p.id), '{}') AS cities
  FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = $1`;
