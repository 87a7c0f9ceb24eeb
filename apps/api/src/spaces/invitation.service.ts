import { Injectable } from '@nestjs/common';
import type { AnsweredInvitation, InviteToSpaceBody, SpaceRole } from '@passerelle/contract';
import { recordAudit } from '../audit/index.js';
import { type Actor, DomainError, Forbidden, IdReused, inForce, inOffice, InvalidInput, NotFound, SessionStore, type Sql } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { admit } from './belonging.js';
import { assertLiving, type LockedSpace, lockSpace, lockSpaceOf } from './space-lock.js';
import { canManage } from './space.policy.js';

interface InvitationRow extends Record<string, unknown> {
  id: string; space_id: string; person_id: string; role: SpaceRole; state: 'sent' | 'accepted' | 'declined' | 'withdrawn'; slug: string; archived: boolean;
}

/** Invitations of members into a space: the only way into a confidential one. */
@Injectable()
export class SpaceInvitationService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly sessions: SessionStore,
  ) {}

  /** Invites whoever holds a mandate. A repeat of the id changes nothing. */
  async send(actor: Actor, slug: string, { id, mandate, role }: InviteToSpaceBody): Promise<{ created: boolean; id: string }> {
    const created = await this.write.run(actor, async (write) => {
      const { tx, record } = write;
      const space = await this.managed(await lockSpace(tx, actor, slug));
      const invitee = await tx.row<{ person_id: string; account: string }>(
        `SELECT m.person_id, a.id AS account FROM mandate m JOIN account a ON a.person_id = m.person_id WHERE m.id = $1 AND ${inForce('m')} AND a.disabled_at IS NULL AND a.role <> 'guest'`, [mandate]);
      if (!invitee) throw new InvalidInput('mandate', 'not_found');
      const stored = await find(tx, id);
      if (stored && (stored.space_id !== space.id || stored.person_id !== invitee.person_id || stored.role !== role)) throw new IdReused();
      if (stored) return false;
      assertLiving(space);
      if (await tx.row('SELECT 1 FROM space_member WHERE space_id = $1 AND person_id = $2', [space.id, invitee.person_id])) throw new DomainError('not-possible-now', 'conflict');
      const added = await tx.run('INSERT INTO space_invitation (id, space_id, person_id, role, invited_by) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [id, space.id, invitee.person_id, role, actor.personId]);
      if (added === 0) throw new DomainError('not-possible-now', 'conflict');
      await recordAudit(tx, actor, { act: 'space.invitation-sent', subjectKind: 'space', subjectId: space.id, detail: { invitation: id, person: invitee.person_id, role } });
      record({ type: 'space.invited', audience: 'account', account: invitee.account });
      return true;
    });
    return { created, id };
  }

  async withdraw(actor: Actor, id: string): Promise<void> {
    await this.write.run(actor, async (write) => {
      const space = await this.managed(await lockSpaceOf(write.tx, actor, 'space_invitation', id));
      const row = await find(write.tx, id);
      if (row?.state === 'sent') await this.settle(write, actor, row, 'withdrawn', space.id);
    });
  }

  /** The invitee's own answer; nobody else learns that there is such an invitation. */
  async answer(actor: Actor, id: string, accept: boolean): Promise<AnsweredInvitation> {
    const state = accept ? 'accepted' : 'declined';
    const done = await this.write.run(actor, async (write) => {
      const place = await write.tx.row<{ space_id: string }>(`SELECT space_id FROM space_invitation WHERE id = $1 AND person_id = $2 AND ${inOffice('$2')}`, [id, actor.personId]);
      if (!place) throw new NotFound();
      await write.tx.run('SELECT 1 FROM space WHERE id = $1 FOR UPDATE', [place.space_id]);
      const row = await find(write.tx, id);
      if (!row || row.archived) throw new NotFound();
      if (row.state !== state) {
        if (row.state !== 'sent') throw new DomainError('not-possible-now', 'conflict', { state: row.state });
        await this.settle(write, actor, row, state, row.space_id);
        if (accept) await admit(write, actor, { space: row.space_id, person: row.person_id, act: 'space.member-admitted', role: row.role, detail: { invitation: id } });
      }
      return { id, state, slug: accept ? row.slug : null } as const;
    });
    this.sessions.forgetAccount(actor.accountId);
    return done;
  }

  private async settle({ tx, record }: Write, actor: Actor, row: InvitationRow, state: InvitationRow['state'], space: string): Promise<void> {
    await tx.run('UPDATE space_invitation SET state = $2, answered_at = now() WHERE id = $1', [row.id, state]);
    await recordAudit(tx, actor, { act: `space.invitation-${state}`, subjectKind: 'space', subjectId: space, detail: { invitation: row.id } });
    const account = await tx.row<{ id: string }>('SELECT id FROM account WHERE person_id = $1', [row.person_id]);
    if (account) record({ type: 'space.invited', audience: 'account', account: account.id });
    record({ type: 'space.joined', audience: 'space', space, subject: space });
  }

  private async managed(space: LockedSpace): Promise<LockedSpace> {
    if (!canManage(space)) throw space.access === 'confidential' && !space.reads ? new NotFound() : new Forbidden();
    return space;
  }
}

const find = (tx: Sql, id: string) =>
  tx.row<InvitationRow>('SELECT i.id, i.space_id, i.person_id, i.role, i.state, s.slug, s.archived_at IS NOT NULL AS archived FROM space_invitation i JOIN space s ON s.id = i.space_id WHERE i.id = $1 FOR UPDATE OF i', [id]);
