import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { InvitationLinkBody, InvitationLinkView } from '@passerelle/contract';
import { recordAudit } from '../../audit/index.js';
import { requestHash } from '../../forum/index.js';
import { type Actor, Database, DomainError, ENV, type Env, hashToken, IdReused, InvalidInput, NotFound, SecretBox, type Sql } from '../../platform/index.js';
import { WriteTransaction } from '../../realtime/index.js';
import { assertMayInvite, placesOf, today } from '../invitation-rules.js';
import { LINKS } from './link.sql.js';

const LINKS_OPEN_MAX = 20;

interface Row extends Omit<InvitationLinkView, 'url'>, Record<string, unknown> {
  sealed: Buffer | null;
}

/** Links for several people, as those who invite keep them. */
@Injectable()
export class InvitationLinkService {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly box: SecretBox,
    @Inject(ENV) private readonly env: Env,
  ) {}

  async list(actor: Actor): Promise<{ items: InvitationLinkView[] }> {
    await assertMayInvite(this.database, actor);
    return { items: await this.find(this.database, actor, null) };
  }

  /** By the rules of a single invitation, but into no confidential space. Repeating it is answered with what is stored. @throws InvalidInput, IdReused, DomainError `quota-exceeded` */
  async create(actor: Actor, body: InvitationLinkBody): Promise<{ created: boolean; view: InvitationLinkView }> {
    const hash = requestHash(JSON.stringify(body));
    const token = randomBytes(24).toString('base64url');
    const sealed = await this.box.seal(Buffer.from(token), body.id);
    const created = await this.write.run(actor, async ({ tx }) => {
      const inviter = await assertMayInvite(tx, actor);
      const stored = await tx.row<{ request_hash: Buffer; inviter_person_id: string }>('SELECT request_hash, inviter_person_id FROM invitation_link WHERE id = $1', [body.id]);
      if (stored && (stored.inviter_person_id !== actor.personId || !stored.request_hash.equals(hash))) throw new IdReused();
      if (stored) return false;
      const places = await placesOf(tx, inviter, body);
      if (body.mandateUntil !== null && body.mandateUntil < today()) throw new InvalidInput('mandateUntil', 'past_date');
      await refuseConfidential(tx, places.space, places.thread);
      await this.refuseMore(tx, actor);
      const added = await tx.run(
        `INSERT INTO invitation_link (id, token_hash, token_sealed, language, role, organisation_id, function, mandate_until, space_id, thread_id, note, inviter_person_id, inviter_mandate_id, inviter_organisation_id, inviter_function, request_hash, uses_max, expires_at)
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17, now() + make_interval(days => $18)) ON CONFLICT DO NOTHING`,
        [body.id, hashToken(token), sealed, body.language, body.role, places.organisation, body.function, body.mandateUntil, places.space, places.thread, body.note, actor.personId, inviter.capacity.mandateId, inviter.capacity.organisationId, inviter.capacity.function, hash, body.usesMax, body.days]);
      // The same request came twice at once: the other one has written it.
      if (added === 0) return false;
      await recordAudit(tx, actor, { act: 'invitation.link-made', subjectKind: 'invitation', subjectId: body.id, detail: { role: body.role, uses: body.usesMax } });
      return true;
    });
    return { created, view: await this.get(this.database, actor, body.id) };
  }

  /** Closes it; once more changes nothing. Invitations that were asked for by it stay. @throws NotFound */
  async revoke(actor: Actor, id: string): Promise<InvitationLinkView> {
    await this.write.run(actor, async ({ tx }) => {
      await assertMayInvite(tx, actor);
      await this.get(tx, actor, id);
      const changed = await tx.run('UPDATE invitation_link SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL', [id]);
      if (changed > 0) await recordAudit(tx, actor, { act: 'invitation.link-revoked', subjectKind: 'invitation', subjectId: id });
    });
    return this.get(this.database, actor, id);
  }

  private async refuseMore(tx: Sql, actor: Actor): Promise<void> {
    await tx.run('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [actor.personId]);
    const row = await tx.row<{ count: number }>('SELECT count(*)::int AS count FROM invitation_link WHERE inviter_person_id = $1 AND revoked_at IS NULL AND expires_at > now() AND used_count < uses_max', [actor.personId]);
    if ((row?.count ?? 0) >= LINKS_OPEN_MAX) throw new DomainError('quota-exceeded', 'conflict', { max: LINKS_OPEN_MAX });
  }

  private async find(sql: Sql, actor: Actor, id: string | null): Promise<InvitationLinkView[]> {
    const rows = await sql.rows<Row>(LINKS, [actor.role === 'administrator', actor.capacity?.organisationId ?? null, id, actor.spaceIds, actor.threadIds, actor.personId]);
    return Promise.all(rows.map(async ({ sealed, ...row }) => ({ ...row, url: sealed && row.state === 'open' ? `${this.env.publicUrl}/invitation?lien=${(await this.box.unseal(sealed, row.id)).toString()}` : null })));
  }

  private async get(sql: Sql, actor: Actor, id: string): Promise<InvitationLinkView> {
    const [view] = await this.find(sql, actor, id);
    if (!view) throw new NotFound();
    return view;
  }
}

/** A link goes from hand to hand, and would tell the name of the space to anybody. */
async function refuseConfidential(tx: Sql, space: string | null, thread: string | null): Promise<void> {
  if (await tx.row(`SELECT 1 FROM space s WHERE s.access = 'confidential' AND (s.id = $1 OR s.id = (SELECT t.space_id FROM thread t WHERE t.id = $2))`, [space, thread])) throw new InvalidInput('space', 'not_allowed');
}
