import { Injectable } from '@nestjs/common';
import { STAND_IN_DAYS_MAX, type StandInBody, type WithoutAccessBody, type WithoutAccessView } from '@passerelle/contract';
import { fold } from '@passerelle/text';
import { recordAudit } from '../audit/index.js';
import { MentionIndex } from '../organisations/index.js';
import { type Actor, assertAdministrator, canWrite, Database, DomainError, Forbidden, IdReused, InvalidInput, NotFound, type Sql, withoutAccess } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import type { StoredDelegation } from './delegation.service.js';
import { IN_TURN, STORED, WITHOUT_ACCESS } from './delegation.sql.js';

/**
 * The secretariat speaks for somebody in office who has no access, by an authority that it records; each message says so. It is a
 * delegation to its own mandate: it opens nothing to read, neither letters nor drafts, and ends as soon as the person has access.
 */
@Injectable()
export class StandInService {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly mentions: MentionIndex,
  ) {}

  /** Those in office in a city who can't sign in. @throws Forbidden */
  async withoutAccess(actor: Actor, q: string): Promise<{ items: WithoutAccessView[] }> {
    await assertAdministrator(this.database, actor);
    const words = fold(q).split(' ').filter((word) => word !== '').map((word) => `%${word}%`);
    return { items: await this.find(this.database, words, null) };
  }

  /** Records somebody in office who has no account. A repeat changes nothing. @throws InvalidInput, IdReused */
  async record(actor: Actor, body: WithoutAccessBody): Promise<WithoutAccessView> {
    const view = await this.write.run(actor, async ({ tx }) => {
      await assertAdministrator(tx, actor);
      const organisation = await tx.row<{ id: string }>(`SELECT id FROM organisation WHERE slug = $1 AND kind = 'city'`, [body.organisation]);
      if (!organisation) throw new InvalidInput('organisation', 'not_found');
      if (body.to && body.to < body.from) throw new InvalidInput('to', 'before_start');
      await tx.run('INSERT INTO person (id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING', [body.id, body.name]);
      const added = await tx.run('INSERT INTO mandate (id, person_id, organisation_id, function, valid_from, valid_to) VALUES ($1, $1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [body.id, organisation.id, body.function, body.from, body.to]);
      if (added > 0) await recordAudit(tx, actor, { act: 'mandate.began', subjectKind: 'person', subjectId: body.id, detail: { mandate: body.id, day: body.from, account: false } });
      const same = await tx.row('SELECT 1 FROM mandate m JOIN person p ON p.id = m.person_id WHERE m.id = $1 AND m.organisation_id = $2 AND m.function = $3 AND p.name = $4', [body.id, organisation.id, body.function, body.name]);
      if (!same) throw new IdReused();
      const [found] = await this.find(tx, [], body.id);
      if (!found) throw new InvalidInput('from', 'not_in_force');
      return found;
    });
    this.mentions.forget();
    return view;
  }

  /** Stands in from today to a last day. A repeat changes nothing. @throws NotFound, InvalidInput, IdReused, DomainError `has-access` */
  async begin(actor: Actor, body: StandInBody): Promise<void> {
    await this.write.run(actor, async ({ tx, record }) => {
      await assertAdministrator(tx, actor);
      if (!canWrite(actor)) throw new Forbidden();
      const { mandateId } = actor.capacity;
      await tx.run(IN_TURN);
      const stored = await tx.row<StoredDelegation>(STORED, [body.id]);
      if (stored && (stored.given_by !== actor.personId || stored.from_mandate_id !== body.mandate || stored.authority !== body.authority || stored.styled !== body.styled || stored.valid_to !== body.to)) throw new IdReused();
      if (stored) return;
      await this.assertWithoutAccess(tx, body.mandate);
      const { today, last } = (await tx.row<{ today: string; last: string }>(`SELECT current_date AS today, current_date + ${STAND_IN_DAYS_MAX - 1} AS last`)) ?? { today: '', last: '' };
      if (body.to < today) throw new InvalidInput('to', 'past');
      if (body.to > last) throw new InvalidInput('to', 'too_long');
      await tx.run(`INSERT INTO delegation (id, from_mandate_id, to_mandate_id, scope, styled, authority, valid_to, given_by) VALUES ($1, $2, $3, 'stand-in', $4, $5, $6, $7)`, [
        body.id, body.mandate, mandateId, body.styled, body.authority, body.to, actor.personId]);
      await recordAudit(tx, actor, { act: 'stand-in.begun', subjectKind: 'delegation', subjectId: body.id, detail: { mandate: body.mandate, to: body.to } });
      record({ type: 'delegation.changed', audience: 'account', account: actor.accountId, subject: body.id });
    });
  }

  private async assertWithoutAccess(tx: Sql, mandate: string): Promise<void> {
    if ((await this.find(tx, [], mandate)).length > 0) return;
    throw (await tx.row(`SELECT 1 FROM mandate m WHERE m.id = $1 AND NOT ${withoutAccess('m')}`, [mandate])) ? new DomainError('has-access', 'conflict') : new NotFound();
  }

  private find(sql: Sql, words: string[], mandate: string | null): Promise<WithoutAccessView[]> {
    return sql.rows<WithoutAccessView & Record<string, unknown>>(WITHOUT_ACCESS, [words, mandate]);
  }
}
