import { Inject, Injectable } from '@nestjs/common';
import { type AskByLinkBody, InvitationBody, type JoinedByLink, type OpenedLink } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { LoginLimits } from '../../accounts/index.js';
import { requestHash } from '../../forum/index.js';
import { type Actor, Database, DomainError, enqueueMail, ENV, type Env, Forbidden, hashToken, isGuest, MailQueue, SessionStore, type Sql } from '../../platform/index.js';
import { WriteTransaction } from '../../realtime/index.js';
import { admit } from '../../spaces/index.js';
import { alreadyMemberMail } from '../invitation-mail.js';
import { InvitationService, SENDS_MAX } from '../invitation.service.js';
import { doorStands, type Sender } from '../invitation-rules.js';
import { STATE } from '../invitation.sql.js';
import { OPENED_LINK } from './link.sql.js';

interface Opened extends Record<string, unknown> {
  id: string; language: 'fr' | 'en'; role: 'member' | 'guest'; function: string; mandate_until: string | null; organisation_id: string; organisation_slug: string; organisation: string;
  inviter_function: string; inviter_organisation: string; inviter_slug: string; inviter_country: string; inviter_organisation_id: string; inviter_person_id: string; inviter_mandate_id: string;
  space_id: string | null; space_slug: string | null; name_fr: string | null; name_en: string | null; thread_id: string | null; thread: string | null; thread_space_slug: string | null; note: string; expires_at: string; state: string;
}

/** A link for several people in the hands of one of them. Unknown, used up, revoked, closed and expired are answered alike. */
@Injectable()
export class InvitationLinkUse {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly invitations: InvitationService,
    private readonly mails: MailQueue,
    private readonly limits: LoginLimits,
    private readonly sessions: SessionStore,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** @throws DomainError `link-invalid`, `rate-limited` */
  async open(token: string, address: string): Promise<OpenedLink> {
    await this.limits.assertMayTry(token, address);
    const row = await find(this.database, token);
    return {
      language: row.language, role: row.role, function: row.function, organisation: row.organisation, invitedBy: { function: row.inviter_function, organisation: row.inviter_organisation },
      space: row.name_fr !== null && row.name_en !== null ? { fr: row.name_fr, en: row.name_en } : null, thread: row.thread, note: row.note, expiresAt: row.expires_at,
    };
  }

  /**
   * Mails an invitation of one's own, which counts as a use; where one waits it is sent again, and whoever has an account is told so. What
   * becomes of an address is told to that address alone. @throws DomainError `link-invalid`, `rate-limited`
   */
  async ask({ token, email, language }: AskByLinkBody, address: string): Promise<void> {
    await this.limits.assertMayAskLink(email, address);
    await this.write.run(null, async ({ tx }) => {
      const link = await lock(tx, token);
      if (await tx.row('SELECT 1 FROM account WHERE email = $1 AND disabled_at IS NULL', [email])) return enqueueMail(tx, { to: email, ...alreadyMemberMail({ language, link: `${this.env.publicUrl}/connexion` }) });
      const waiting = await tx.row<{ id: string; sent_count: number }>(`SELECT i.id, i.sent_count FROM invitation i WHERE i.email = $1 AND ${STATE} = 'pending' FOR UPDATE`, [email]);
      if (waiting) return waiting.sent_count < SENDS_MAX ? this.invitations.sendAgain(tx, waiting.id) : undefined;
      const invitation = InvitationBody.parse({ id: uuid(), email, language, role: link.role, organisation: link.organisation_slug, function: link.function, mandateUntil: link.mandate_until, space: link.space_slug, thread: link.thread_id, note: link.note });
      const places = { organisation: link.organisation_id, space: link.space_id, thread: link.thread_id };
      if (await this.invitations.add(tx, senderOf(link), places, invitation, requestHash(invitation.id), link.id)) await use(tx, link);
    });
    this.mails.soon();
  }

  /** Lets a member who is signed in into the space of the link, which counts as a use. @throws DomainError `link-invalid`, Forbidden for guests */
  async join(actor: Actor, token: string, address: string): Promise<JoinedByLink> {
    await this.limits.assertMayTry(token, address);
    if (isGuest(actor)) throw new Forbidden();
    const [landing, account] = await this.write.run(actor, async (write): Promise<[string, string | null]> => {
      const link = await lock(write.tx, token);
      const landing = link.thread_id ? `/fils/${link.thread_id}` : link.space_slug ? `/echanges/${link.space_slug}` : '/';
      if (!link.space_id || (await write.tx.row('SELECT 1 FROM space_member WHERE space_id = $1 AND person_id = $2', [link.space_id, actor.personId]))) return [landing, null];
      await use(write.tx, link);
      return [landing, await admit(write, actor, { space: link.space_id, person: actor.personId, act: 'space.member-joined', role: 'member', detail: { link: link.id } })];
    });
    if (account) this.sessions.forgetAccount(account);
    return { landing };
  }
}

async function find(sql: Sql, token: string): Promise<Opened> {
  const row = await sql.row<Opened>(OPENED_LINK, [hashToken(token)]);
  const doors = [row?.space_slug, row?.thread_space_slug].filter((slug) => typeof slug === 'string');
  const stand = await Promise.all(doors.map((slug) => doorStands(sql, row?.inviter_person_id ?? null, slug)));
  if (row?.state !== 'open' || stand.includes(false)) throw new DomainError('link-invalid', 'unauthenticated');
  return row;
}

/** One use after the other, so that the last one is given once. */
async function lock(tx: Sql, token: string): Promise<Opened> {
  await tx.row('SELECT 1 FROM invitation_link WHERE token_hash = $1 FOR UPDATE', [hashToken(token)]);
  return find(tx, token);
}

const use = (tx: Sql, link: Opened) => tx.run('UPDATE invitation_link SET used_count = used_count + 1 WHERE id = $1', [link.id]);

const senderOf = (link: Opened): Sender => ({
  personId: link.inviter_person_id, role: 'member',
  capacity: { mandateId: link.inviter_mandate_id, function: link.inviter_function, organisationId: link.inviter_organisation_id, organisation: link.inviter_organisation, organisationSlug: link.inviter_slug, country: link.inviter_country },
});
