import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { MAILBOX_LINK_HOURS, MAILBOX_SENDS_MAX, type MailboxBody, type MailboxView } from '@passerelle/contract';
import { LoginLimits } from '../accounts/index.js';
import { recordAudit } from '../audit/index.js';
import { type Actor, canWrite, Database, DomainError, enqueueMail, ENV, type Env, Forbidden, hashToken, inForce, isGuest, MailQueue, NotFound, preparesOnly, type Sql, StaleVersion } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { mailboxMail } from './mailbox-mail.js';

interface Stored extends Record<string, unknown> {
  address: string; language: 'fr' | 'en'; confirmed_at: string | null; expires_at: string | null; version: number;
}
interface City extends Record<string, unknown> {
  id: string; slug: string; name: string;
}
const STORED = `SELECT address, language, confirmed_at, expires_at, version FROM role_mailbox WHERE organisation_id = $1`;

/** The mailbox by role of a city: set by those who sign for it in everything, or by the secretariat; it counts once its readers have confirmed it. */
@Injectable()
export class MailboxService {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly mails: MailQueue,
    private readonly limits: LoginLimits,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** @throws Forbidden for everybody who may not set it: the address is shown to nobody else. */
  async get(actor: Actor, slug: string): Promise<MailboxView> {
    const city = await keptCity(this.database, actor, slug);
    const row = await this.database.row<Stored>(STORED, [city.id]);
    return { organisation: { slug: city.slug, name: city.name }, mailbox: row ? { address: row.address, language: row.language, confirmedAt: row.confirmed_at, expiresAt: row.expires_at, version: row.version } : null };
  }

  /** Sets the address and mails it a link; until that is used nothing else goes there. The same again, once confirmed, changes nothing. @throws StaleVersion, DomainError `quota-exceeded` */
  async set(actor: Actor, slug: string, { address, language, version }: MailboxBody): Promise<MailboxView> {
    await this.write.run(actor, async (write) => {
      const { tx } = write;
      const city = await keptCity(tx, actor, slug);
      // In a row per city: two who set it at once must not both send.
      await tx.row('SELECT 1 FROM organisation WHERE id = $1 FOR NO KEY UPDATE', [city.id]);
      const stored = await tx.row<Stored>(STORED, [city.id]);
      if (stored?.confirmed_at && stored.address === address && stored.language === language) return;
      if ((stored?.version ?? 0) !== version) throw new StaleVersion(stored?.version ?? 0);
      // The record counts, as taking the mailbox away forgets the rest.
      const sent = await tx.row<{ count: number }>(`SELECT count(*) AS count FROM audit_entry WHERE act = 'mailbox.set' AND subject_kind = 'organisation' AND subject_id = $1 AND at > now() - interval '1 day'`, [city.id]);
      if ((sent?.count ?? 0) >= MAILBOX_SENDS_MAX) throw new DomainError('quota-exceeded', 'conflict', { max: MAILBOX_SENDS_MAX });
      const token = randomBytes(24).toString('base64url');
      await tx.run(
        `INSERT INTO role_mailbox (organisation_id, address, language, token_hash, expires_at, set_by) VALUES ($1, $2, $3, $4, now() + make_interval(hours => ${MAILBOX_LINK_HOURS}), $5)
         ON CONFLICT (organisation_id) DO UPDATE SET address = $2, language = $3, token_hash = $4, expires_at = excluded.expires_at, confirmed_at = NULL,
           set_by = $5, set_at = now(), version = role_mailbox.version + 1`, [city.id, address, language, hashToken(token), actor.personId]);
      await enqueueMail(tx, { to: address, ...mailboxMail(language, { city: city.name, link: `${this.env.publicUrl}/public/boite?token=${token}&lang=${language}` }) });
      await this.tell(write, actor, city.id, 'set');
    });
    this.mails.soon();
    return this.get(actor, slug);
  }

  /** Takes it away; once more changes nothing. @throws StaleVersion */
  async remove(actor: Actor, slug: string, version: number): Promise<void> {
    await this.write.run(actor, async (write) => {
      const city = await keptCity(write.tx, actor, slug);
      const stored = await write.tx.row<Stored>(`${STORED} FOR UPDATE`, [city.id]);
      if (!stored) return;
      if (stored.version !== version) throw new StaleVersion(stored.version);
      await write.tx.run('DELETE FROM role_mailbox WHERE organisation_id = $1', [city.id]);
      await this.tell(write, actor, city.id, 'removed');
    });
  }

  /** Whoever reads the mailbox agrees. Unknown, used and expired links are answered alike. @returns the name of the city. @throws DomainError `link-invalid`, `rate-limited` */
  async confirm(token: string, address: string): Promise<string> {
    await this.limits.assertMayTry(token, address);
    return this.write.run(null, async (write) => {
      const box = await write.tx.row<{ organisation_id: string; name: string }>(
        `UPDATE role_mailbox b SET confirmed_at = now(), token_hash = NULL, expires_at = NULL, version = version + 1 FROM organisation o WHERE b.token_hash = $1 AND b.expires_at > now() AND o.id = b.organisation_id RETURNING b.organisation_id, o.name`, [hashToken(token)]);
      if (!box) throw new DomainError('link-invalid', 'unauthenticated');
      await this.tell(write, null, box.organisation_id, 'confirmed');
      return box.name;
    });
  }

  /** On record without the address, and in the open pages of those in office there. */
  private async tell({ tx, record }: Write, actor: Actor | null, city: string, change: 'set' | 'confirmed' | 'removed'): Promise<void> {
    await recordAudit(tx, actor, { act: `mailbox.${change}`, subjectKind: 'organisation', subjectId: city });
    const accounts = await tx.rows<{ id: string }>(`SELECT DISTINCT a.id FROM account a JOIN mandate m ON m.person_id = a.person_id WHERE m.organisation_id = $1 AND a.disabled_at IS NULL AND ${inForce('m')} ORDER BY a.id`, [city]);
    for (const { id } of accounts) record({ type: 'mailbox.changed', audience: 'account', account: id, subject: city });
  }
}

/** The city, where the actor may set its mailbox: the secretariat, and whoever signs for it without limits of theme. @throws Forbidden, NotFound */
async function keptCity(sql: Sql, actor: Actor, slug: string): Promise<City> {
  if (isGuest(actor)) throw new Forbidden();
  const city = await sql.row<City>(`SELECT id, slug, name FROM organisation WHERE slug = $1 AND kind = 'city'`, [slug]);
  const secretariat = actor.role === 'administrator' && (await sql.row(`SELECT 1 FROM account WHERE id = $1 AND role = 'administrator' AND disabled_at IS NULL`, [actor.accountId])) !== undefined;
  if (secretariat && !city) throw new NotFound();
  if (secretariat && city) return city;
  if (!city || !canWrite(actor) || actor.capacity.organisationId !== city.id) throw new Forbidden();
  const row = await sql.row<{ only: boolean }>(`SELECT ${preparesOnly('$1', `'{}'::text[]`)} AS only`, [actor.capacity.mandateId]);
  if (row?.only !== false) throw new DomainError('mandate-required', 'forbidden');
  return city;
}
