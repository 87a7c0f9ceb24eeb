import { randomBytes, randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CODE_DAYS, CODE_DIGITS, INVITATION_DAYS, type InvitationBody, type InvitationCode, type InvitationsQuery, type InvitationView, type Page } from '@passerelle/contract';
import { hashPassword } from '../accounts/index.js';
import { recordAudit } from '../audit/index.js';
import { requestHash } from '../forum/index.js';
import { type Actor, Database, DomainError, enqueueMail, ENV, type Env, hashToken, IdReused, InvalidInput, MailQueue, NotFound, type Sql } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { invitationMail } from './invitation-mail.js';
import { assertMayInvite, assertQuota, type Places, placesOf, type Sender, today } from './invitation-rules.js';
import { INVITATIONS, STATE } from './invitation.sql.js';

/** Membership is by invitation: by the secretariat for anybody, by a city for its own staff. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly mails: MailQueue,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Latest first. */
  async list(actor: Actor, { cursor, limit }: InvitationsQuery): Promise<Page<InvitationView>> {
    await assertMayInvite(this.database, actor);
    const found = await this.find(this.database, actor, { after: cursor ?? null, limit: limit + 1 });
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Invites, with the mail in one commit. Repeating it is answered with what is stored. @throws InvalidInput, IdReused */
  async create(actor: Actor, body: InvitationBody): Promise<{ created: boolean; view: InvitationView }> {
    const hash = requestHash(JSON.stringify(body));
    const created = await this.write.run(actor, async ({ tx }) => {
      const inviter = await assertMayInvite(tx, actor);
      const stored = await tx.row<{ request_hash: Buffer; inviter_person_id: string }>('SELECT request_hash, inviter_person_id FROM invitation WHERE id = $1', [body.id]);
      if (stored && (stored.inviter_person_id !== actor.personId || !stored.request_hash.equals(hash))) throw new IdReused();
      if (stored) return false;
      const places = await placesOf(tx, inviter, body);
      if (body.mandateUntil !== null && body.mandateUntil < today()) throw new InvalidInput('mandateUntil', 'past_date');
      await assertQuota(tx, inviter, 1);
      if (await tx.row('SELECT 1 FROM account WHERE email = $1', [body.email])) throw new InvalidInput('email', 'member');
      if (!(await this.add(tx, inviter, places, body, hash))) throw new InvalidInput('email', 'invited');
      return true;
    });
    if (created) this.mails.soon();
    return { created, view: await this.get(this.database, actor, body.id) };
  }

  /** Writes one with its mail. @param link the link by which it was asked for. @returns false when an invitation waits at that address. */
  async add(tx: Sql, inviter: Sender, places: Places, body: InvitationBody, hash: Buffer, link: string | null = null): Promise<boolean> {
    // An invitation that has expired makes room for another one.
    await tx.run('UPDATE invitation SET revoked_at = now() WHERE email = $1 AND redeemed_at IS NULL AND revoked_at IS NULL AND (expires_at <= now() OR mandate_until < current_date)', [body.email]);
    const token = randomBytes(24).toString('base64url');
    const added = await tx.run(
      `INSERT INTO invitation (id, email, token_hash, language, role, organisation_id, function, mandate_until, space_id, thread_id, note, inviter_person_id, inviter_organisation_id, inviter_function, request_hash, link_id, expires_at)
       VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16, now() + make_interval(days => ${INVITATION_DAYS})) ON CONFLICT DO NOTHING`,
      [body.id, body.email, hashToken(token), body.language, body.role, places.organisation, body.function, body.mandateUntil, places.space, places.thread, body.note, inviter.personId, inviter.capacity.organisationId, inviter.capacity.function, hash, link]);
    if (added === 0) return false;
    await this.send(tx, body.id, token);
    await recordAudit(tx, inviter, { act: 'invitation.sent', subjectKind: 'invitation', subjectId: body.id, detail: { role: body.role } });
    return true;
  }

  /** Sends it again with a new link; the former one stops working. */
  async resend(actor: Actor, id: string): Promise<InvitationView> {
    await this.write.run(actor, async ({ tx }) => {
      const { sent_count } = await this.lockPending(tx, actor, id);
      if (sent_count >= SENDS_MAX) throw new DomainError('quota-exceeded', 'conflict', { max: SENDS_MAX });
      await this.sendAgain(tx, id);
      await recordAudit(tx, actor, { act: 'invitation.resent', subjectKind: 'invitation', subjectId: id });
    });
    this.mails.soon();
    return this.get(this.database, actor, id);
  }

  /** With a new link, in the same commit. The row is locked by the caller. */
  async sendAgain(tx: Sql, id: string): Promise<void> {
    const token = randomBytes(24).toString('base64url');
    await tx.run(`UPDATE invitation SET token_hash = $2, sent_count = sent_count + 1, expires_at = now() + make_interval(days => ${INVITATION_DAYS}) WHERE id = $1`, [id, hashToken(token)]);
    await this.send(tx, id, token);
  }

  /** Takes it back; once more changes nothing. */
  async revoke(actor: Actor, id: string): Promise<InvitationView> {
    await this.write.run(actor, async ({ tx }) => {
      const view = await this.get(tx, actor, id);
      if (view.state === 'revoked') return;
      await this.lockPending(tx, actor, id);
      await tx.run('UPDATE invitation SET revoked_at = now() WHERE id = $1', [id]);
      await recordAudit(tx, actor, { act: 'invitation.revoked', subjectKind: 'invitation', subjectId: id });
    });
    return this.get(this.database, actor, id);
  }

  /** Makes a code that stands in for the link, and ends the former one. It is told once and stored as a hash. @throws NotFound, DomainError `not-possible-now` */
  async code(actor: Actor, id: string): Promise<InvitationCode> {
    const code = Array.from({ length: CODE_DIGITS }, () => randomInt(10)).join('');
    const hash = await hashPassword(code);
    const expiresAt = await this.write.run(actor, async ({ tx }) => {
      await assertMayInvite(tx, actor);
      await this.get(tx, actor, id);
      const row = await tx.row<{ code_expires_at: string }>(
        `UPDATE invitation i SET code_hash = $2, code_expires_at = least(now() + make_interval(days => ${CODE_DAYS}), expires_at), code_tries = 0 WHERE id = $1 AND ${STATE} = 'pending' RETURNING code_expires_at`, [id, hash]);
      if (!row) throw new DomainError('not-possible-now', 'conflict');
      await recordAudit(tx, actor, { act: 'invitation.code-made', subjectKind: 'invitation', subjectId: id });
      return row.code_expires_at;
    });
    return { code: code.replace(/(\d{4})(?=\d)/g, '$1 '), expiresAt };
  }

  private async lockPending(tx: Sql, actor: Actor, id: string): Promise<{ sent_count: number }> {
    await assertMayInvite(tx, actor);
    await this.get(tx, actor, id);
    const row = await tx.row<{ state: string; over: boolean | null; sent_count: number }>(`SELECT ${STATE} AS state, i.mandate_until < current_date AS over, i.sent_count FROM invitation i WHERE i.id = $1 FOR UPDATE`, [id]);
    if ((row?.state !== 'pending' && row?.state !== 'expired') || row.over) throw new DomainError('not-possible-now', 'conflict');
    return row;
  }

  private async send(tx: Sql, id: string, token: string): Promise<void> {
    const row = await tx.row<{ email: string; language: 'fr' | 'en'; function: string; organisation: string; inviter: string; note: string }>(
      `SELECT i.email, i.language, i.function, o.name AS organisation, i.inviter_function || ', ' || b.name AS inviter, i.note FROM invitation i JOIN organisation o ON o.id = i.organisation_id JOIN organisation b ON b.id = i.inviter_organisation_id WHERE i.id = $1`, [id]);
    if (!row) throw new NotFound();
    await enqueueMail(tx, { to: row.email, ...invitationMail({ ...row, invitedBy: row.inviter, link: `${this.env.publicUrl}/invitation?token=${token}`, days: INVITATION_DAYS }) });
  }

  private find(sql: Sql, actor: Actor, { id = null, after = null, limit }: { id?: string | null; after?: string | null; limit: number }): Promise<InvitationView[]> {
    return sql.rows<InvitationView & Record<string, unknown>>(INVITATIONS, [actor.role === 'administrator', actor.capacity?.organisationId ?? null, id, actor.spaceIds, actor.threadIds, actor.personId, after, limit]);
  }

  // In a transaction by that transaction: a second connection for each of many requests would leave none.
  private async get(sql: Sql, actor: Actor, id: string): Promise<InvitationView> {
    const [view] = await this.find(sql, actor, { id, limit: 1 });
    if (!view) throw new NotFound();
    return view;
  }
}

/** Mails for one invitation. */
export const SENDS_MAX = 5;
