import { Inject, Injectable } from '@nestjs/common';
import type { IdentitiesView, IdentityView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { recordAudit } from '../../audit/index.js';
import { type Actor, Database, enqueueMail, ENV, type Env, MailQueue, NotFound } from '../../platform/index.js';
import { WriteTransaction } from '../../realtime/index.js';
import { identityMail } from './identity-mail.js';
import type { Identity } from './oidc-client.js';
import { SsoRefusal } from './refusal.js';

/** Which identities at the provider open which accounts (docs/decisions/0020). */
@Injectable()
export class IdentityService {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly mails: MailQueue,
    @Inject(ENV) private readonly env: Env,
  ) {}

  async list(actor: Actor): Promise<IdentitiesView> {
    const items = await this.database.rows<IdentityView & Record<string, unknown>>(
      'SELECT id, issuer, email, linked_at AS "linkedAt", last_used_at AS "lastUsedAt" FROM linked_identity WHERE account_id = $1 ORDER BY linked_at', [actor.accountId]);
    return { provider: this.env.oidc?.label ?? null, items };
  }

  /** The account that this identity opens. No account is ever made, and none is opened by its address alone. @throws SsoRefusal saying what is missing */
  async accountOf({ issuer, subject, email, emailVerified }: Identity): Promise<string> {
    const linked = await this.database.row<{ account_id: string }>(
      'UPDATE linked_identity i SET last_used_at = now() FROM account a WHERE i.issuer = $1 AND i.subject = $2 AND a.id = i.account_id AND a.disabled_at IS NULL RETURNING i.account_id', [issuer, subject]);
    if (linked) return linked.account_id;
    if (!email || !emailVerified) throw new SsoRefusal('email-not-verified');
    const known = await this.database.row('SELECT 1 FROM account WHERE email = $1 AND disabled_at IS NULL', [email]);
    throw new SsoRefusal(known ? 'not-linked' : 'unknown');
  }

  /** Links an identity to the account of whoever is signed in and has just shown so. Its address must be the account's, and verified. @throws SsoRefusal */
  async link(actor: Actor, { issuer, subject, email, emailVerified }: Identity): Promise<void> {
    if (!email || !emailVerified) throw new SsoRefusal('email-not-verified');
    await this.write.run(actor, async ({ tx, record }) => {
      const account = await tx.row<{ email: string; language: 'fr' | 'en' }>('SELECT email, interface_language AS language FROM account WHERE id = $1 AND disabled_at IS NULL FOR UPDATE', [actor.accountId]);
      if (account?.email !== email) throw new SsoRefusal('other-address');
      const id = uuid();
      const added = await tx.run('INSERT INTO linked_identity (id, account_id, issuer, subject, email) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [id, actor.accountId, issuer, subject, email]);
      if (added === 0) {
        const owner = await tx.row<{ account_id: string }>('SELECT account_id FROM linked_identity WHERE issuer = $1 AND subject = $2', [issuer, subject]);
        if (owner?.account_id === actor.accountId) return;
        throw new SsoRefusal(owner ? 'linked-elsewhere' : 'already-linked');
      }
      await recordAudit(tx, actor, { act: 'identity.linked', subjectKind: 'account', subjectId: actor.accountId, detail: { identity: id } });
      await enqueueMail(tx, { to: account.email, ...identityMail(account.language, `${this.env.publicUrl}/moi/securite`) });
      record({ type: 'profile.edited', audience: 'account', account: actor.accountId });
    });
    this.mails.soon();
  }

  /** The identity opens the account no more; sessions that are open stay. @throws NotFound */
  async unlink(actor: Actor, id: string): Promise<void> {
    await this.write.run(actor, async ({ tx, record }) => {
      if ((await tx.run('DELETE FROM linked_identity WHERE id = $1 AND account_id = $2', [id, actor.accountId])) === 0) throw new NotFound();
      await recordAudit(tx, actor, { act: 'identity.unlinked', subjectKind: 'account', subjectId: actor.accountId, detail: { identity: id } });
      record({ type: 'profile.edited', audience: 'account', account: actor.accountId });
    });
  }
}
