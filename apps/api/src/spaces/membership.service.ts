import { Injectable } from '@nestjs/common';
import type { SpaceDetail, SpaceRole } from '@passerelle/contract';
import { type Actor, Forbidden, NotFound, SessionStore } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { admit, dismiss } from './belonging.js';
import { assertLiving, lockSpace, lockSpaceOf } from './space-lock.js';
import { canJoin, canManage } from './space.policy.js';
import { SpaceQueries } from './space.queries.js';

/** Who belongs to a space: join, leave, change a role, remove. */
@Injectable()
export class MembershipService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly queries: SpaceQueries,
    private readonly sessions: SessionStore,
  ) {}

  /** An open space is joined by following it; joining again changes nothing. */
  async join(actor: Actor, slug: string): Promise<SpaceDetail> {
    await this.change(actor, async (write) => {
      const space = await lockSpace(write.tx, actor, slug);
      if (space.role !== null) return null;
      assertLiving(space);
      if (!canJoin(space)) throw new Forbidden();
      return admit(write, actor, { space: space.id, person: actor.personId, act: 'space.member-joined', role: 'member' });
    });
    return this.queries.get(actor, slug);
  }

  /** @throws DomainError `last-animator` for whoever is the only one left to animate. */
  async leave(actor: Actor, slug: string): Promise<void> {
    await this.change(actor, async (write) => {
      const space = await lockSpace(write.tx, actor, slug);
      if (space.role === null) return null;
      return dismiss(write, actor, { space: space.id, person: actor.personId, act: 'space.member-left' });
    });
  }

  async setRole(actor: Actor, member: string, role: SpaceRole): Promise<SpaceDetail> {
    let slug = '';
    await this.change(actor, async (write) => {
      const space = await this.managed(write, actor, member);
      slug = space.slug;
      assertLiving(space);
      return admit(write, actor, { space: space.id, person: space.person, act: 'space.member-role-changed', role });
    });
    return this.queries.get(actor, slug);
  }

  /** Removing twice is as removing once for whoever manages the space; then there is nobody to be found. */
  async remove(actor: Actor, member: string): Promise<void> {
    await this.change(actor, async (write) => {
      const space = await this.managed(write, actor, member);
      return dismiss(write, actor, { space: space.id, person: space.person, act: 'space.member-removed' });
    });
  }

  private async managed(write: Write, actor: Actor, member: string) {
    const space = await lockSpaceOf(write.tx, actor, 'space_member', member);
    if (!canManage(space)) throw space.reads ? new Forbidden() : new NotFound();
    const row = await write.tx.row<{ person_id: string }>('SELECT person_id FROM space_member WHERE id = $1', [member]);
    if (!row) throw new NotFound();
    return { ...space, person: row.person_id };
  }

  /** @param work gives back whose rights have changed. */
  private async change(actor: Actor, work: (write: Write) => Promise<string | null>): Promise<void> {
    const account = await this.write.run(actor, work);
    if (account) this.sessions.forgetAccount(account);
  }
}
