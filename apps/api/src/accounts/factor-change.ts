import { Inject, Injectable } from '@nestjs/common';
import type { AuditAct } from '@passerelle/contract';
import { recordAudit } from '../audit/index.js';
import { type Actor, demandsFactor, DomainError, enqueueMail, ENV, type Env, hasFactor, MailQueue, SessionStore, type Sql } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { type SecurityChange, securityMail } from './security-mail.js';

const ACTS: Record<SecurityChange, { act: AuditAct }> = {
  'totp-added': { act: 'second-factor.enrolled' }, 'totp-removed': { act: 'second-factor.removed' }, 'passkey-added': { act: 'passkey.added' }, 'passkey-removed': { act: 'passkey.removed' },
  'codes-renewed': { act: 'recovery-codes.renewed' }, 'access-closed': { act: 'sign-in.denied' }, 'password-changed': { act: 'password.changed' },
};

/** The one way in which people change the proofs of who they are: one change of an account at a time, recorded and told by mail. */
@Injectable()
export class FactorChange {
  constructor(
    private readonly write: WriteTransaction,
    private readonly sessions: SessionStore,
    private readonly mails: MailQueue,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** @param work returns null when there was nothing to change: nothing is recorded, then. */
  async run<T>(actor: Actor, change: SecurityChange, work: (tx: Sql, record: Write['record']) => Promise<T | null>): Promise<T | null> {
    const result = await this.write.run(actor, async ({ tx, record }) => {
      const account = await tx.row<{ email: string; language: 'fr' | 'en' }>('SELECT email, interface_language AS language FROM account WHERE id = $1 FOR UPDATE', [actor.accountId]);
      const changed = await work(tx, record);
      if (changed === null || !account) return null;
      await assertStillEnough(tx, actor.accountId);
      await dropOrphans(tx, actor.accountId);
      await recordAudit(tx, actor, { ...ACTS[change], subjectKind: 'account', subjectId: actor.accountId });
      await enqueueMail(tx, { to: account.email, ...securityMail(change, account.language, `${this.env.publicUrl}/moi`) });
      record({ type: 'profile.edited', audience: 'account', account: actor.accountId });
      return changed;
    });
    this.sessions.forgetAccount(actor.accountId);
    this.mails.soon();
    return result;
  }
}

/** The last factor stays where the role demands one: whoever changes it puts the other in place first. @throws DomainError `second-factor-demanded` */
async function assertStillEnough(tx: Sql, accountId: string): Promise<void> {
  const lacks = await tx.row(`SELECT 1 FROM account a WHERE a.id = $1 AND ${demandsFactor('a.role')} AND NOT ${hasFactor('a.id')}`, [accountId]);
  if (lacks) throw new DomainError('second-factor-demanded', 'conflict');
}

/** What only serves together with a factor goes with the last of them. */
export async function dropOrphans(tx: Sql, accountId: string): Promise<void> {
  for (const table of ['recovery_code', 'sign_in_challenge']) await tx.run(`DELETE FROM ${table} WHERE account_id = $1 AND NOT ${hasFactor('$1')}`, [accountId]);
}
