import { Inject, Injectable } from '@nestjs/common';
import { DELEGATION_DAYS_MAX, DELEGATIONS_MAX, type DelegationsView, type DelegationView, type GiveDelegationBody } from '@passerelle/contract';
import { recordAudit } from '../audit/index.js';
import { type Actor, canWrite, Database, DomainError, enqueueMail, ENV, type Env, Forbidden, IdReused, InvalidInput, isGuest, MailQueue, NotFound, type Sql, StaleVersion } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { type DelegationChange, delegationMail } from './delegation-mail.js';
import { assertThemes } from './themes.js';
import { GIVER, IN_TURN, MINE, RECEIVERS, SIGNS_ALREADY, STORED } from './delegation.sql.js';

interface Giver extends Record<string, unknown> {
  mandate: string; function: string; organisation: string; to: string | null; themes: string[]; organisation_id: string; person_id: string;
}
export interface StoredDelegation extends Record<string, unknown> {
  id: string; from_mandate_id: string; to_mandate_id: string; scope: string; themes: string[]; styled: string | null; valid_from: string; valid_to: string | null; ended_at: string | null; version: number; given_by: string | null; authority: string | null;
}

/** Somebody who signs for a city gives a delegation to a colleague, and takes it back; the colleague may give it back. */
@Injectable()
export class DelegationService {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly mails: MailQueue,
    @Inject(ENV) private readonly env: Env,
  ) {}

  async mine(actor: Actor): Promise<DelegationsView> {
    if (isGuest(actor)) throw new Forbidden();
    const [items, giver] = await Promise.all([
      this.database.rows<DelegationView & Record<string, unknown>>(MINE, [actor.personId, null]),
      actor.capacity && canWrite(actor) ? this.database.row<Giver>(GIVER, [actor.capacity.mandateId]) : undefined,
    ]);
    if (!giver) return { items, giver: null };
    const receivers = await this.database.rows<NonNullable<DelegationsView['giver']>['receivers'][number] & Record<string, unknown>>(RECEIVERS, [giver.mandate]);
    return { items, giver: { mandate: giver.mandate, function: giver.function, organisation: giver.organisation, to: giver.to, themes: giver.themes, receivers } };
  }

  /** Gives it from the mandate in which the actor writes. A repeat changes nothing. @throws Forbidden, InvalidInput, IdReused, DomainError `signs-already`, `quota-exceeded` */
  async give(actor: Actor, body: GiveDelegationBody): Promise<{ created: boolean; view: DelegationView }> {
    const created = await this.write.run(actor, async (write) => {
      const { tx } = write;
      await tx.run(IN_TURN);
      const stored = await tx.row<StoredDelegation>(STORED, [body.id]);
      if (stored) return assertSame(stored, body, actor), false;
      const giver = await lockGiver(tx, actor, body.giver);
      await assertFits(tx, giver, body);
      await tx.run('INSERT INTO delegation (id, from_mandate_id, to_mandate_id, scope, themes, styled, valid_from, valid_to, given_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
        body.id, body.giver, body.receiver, body.scope, body.themes, body.styled, body.from, body.to, actor.personId]);
      await this.tell(write, actor, body.id, 'given');
      return true;
    });
    if (created) this.mails.soon();
    return { created, view: await this.get(actor, body.id) };
  }

  /** Ends it at once: the giver takes it back, or the receiver gives it back. Once more changes nothing. @throws NotFound, StaleVersion */
  async end(actor: Actor, id: string, version: number): Promise<DelegationView> {
    await this.write.run(actor, async (write) => {
      const { tx } = write;
      const stored = await tx.row<StoredDelegation>(`${STORED} FOR UPDATE`, [id]);
      const [view] = await tx.rows<DelegationView & Record<string, unknown>>(MINE, [actor.personId, id]);
      if (!stored || !view) throw new NotFound();
      if (stored.ended_at) return;
      if (stored.version !== version) throw new StaleVersion(stored.version);
      await tx.run('UPDATE delegation SET ended_at = now(), ended_by = $2, version = version + 1 WHERE id = $1', [id, actor.personId]);
      await this.tell(write, actor, id, view.side === 'given' || view.scope === 'stand-in' ? 'withdrawn' : 'returned');
    });
    this.mails.soon();
    return this.get(actor, id);
  }

  private async get(actor: Actor, id: string): Promise<DelegationView> {
    const [view] = await this.database.rows<DelegationView & Record<string, unknown>>(MINE, [actor.personId, id]);
    if (!view) throw new NotFound();
    return view;
  }

  /** The record, the open pages of both, and a mail to the other side. */
  private async tell({ tx, record }: Write, actor: Actor, id: string, change: DelegationChange): Promise<void> {
    const sides = await tx.rows<{ person_id: string; account: string; email: string; language: 'fr' | 'en'; function: string; organisation: string; valid_from: string; valid_to: string | null }>(SIDES, [id]);
    await recordAudit(tx, actor, { act: `delegation.${change}`, subjectKind: 'delegation', subjectId: id, detail: {} });
    for (const side of sides) {
      record({ type: 'delegation.changed', audience: 'account', account: side.account, subject: id });
      if (side.person_id !== actor.personId) await enqueueMail(tx, { to: side.email, ...delegationMail(change, { ...side, from: side.valid_from, to: side.valid_to, link: `${this.env.publicUrl}/delegations` }) });
    }
  }
}

// Each side's account, with the office of the other side.
const SIDES = `
  SELECT a.person_id, a.id AS account, a.email, a.interface_language AS language, other.function, o.name AS organisation, d.valid_from, d.valid_to
  FROM delegation d JOIN mandate m ON m.id IN (d.from_mandate_id, d.to_mandate_id) JOIN mandate other ON other.id IN (d.from_mandate_id, d.to_mandate_id) AND other.id <> m.id JOIN organisation o ON o.id = other.organisation_id
  JOIN account a ON a.person_id = m.person_id AND a.disabled_at IS NULL WHERE d.id = $1 ORDER BY a.id`;

/** @throws Forbidden for somebody who doesn't sign in their own right: what was delegated is not delegated on. */
async function lockGiver(tx: Sql, actor: Actor, mandate: string): Promise<Giver> {
  if (!canWrite(actor) || isGuest(actor) || actor.capacity.mandateId !== mandate) throw new Forbidden();
  await tx.row('SELECT 1 FROM mandate WHERE id = $1 FOR UPDATE', [mandate]);
  const giver = await tx.row<Giver>(GIVER, [mandate]);
  if (!giver) throw new DomainError('mandate-required', 'forbidden');
  return giver;
}

async function assertFits(tx: Sql, giver: Giver, body: GiveDelegationBody): Promise<void> {
  const { today, last } = (await tx.row<{ today: string; last: string }>(`SELECT current_date AS today, $1::date + ${DELEGATION_DAYS_MAX - 1} AS last`, [body.from])) ?? { today: '', last: '' };
  if (body.from < today) throw new InvalidInput('from', 'past');
  if (body.to < body.from) throw new InvalidInput('to', 'before_start');
  if (giver.to && body.to > giver.to) throw new InvalidInput('to', 'after_mandate');
  if (body.to > last) throw new InvalidInput('to', 'too_long');
  const receivers = await tx.rows<{ mandate: string }>(RECEIVERS, [body.giver]);
  if (!receivers.some(({ mandate }) => mandate === body.receiver)) throw new InvalidInput('receiver', 'not_found');
  await assertThemes(tx, body.themes);
  if (giver.themes.length > 0 && body.themes.some((theme) => !giver.themes.includes(theme))) throw new InvalidInput('themes', 'outside_mandate');
  if (body.scope === 'prepare' && (await tx.row(SIGNS_ALREADY, [body.receiver, body.giver]))) throw new DomainError('signs-already', 'conflict');
  const running = await tx.row<{ count: number }>('SELECT count(*) AS count FROM delegation WHERE from_mandate_id = $1 AND ended_at IS NULL AND valid_to >= current_date', [body.giver]);
  if ((running?.count ?? 0) >= DELEGATIONS_MAX) throw new DomainError('quota-exceeded', 'conflict', { max: DELEGATIONS_MAX });
}

function assertSame(stored: StoredDelegation, body: GiveDelegationBody, actor: Actor): void {
  const same = stored.given_by === actor.personId && stored.from_mandate_id === body.giver && stored.to_mandate_id === body.receiver && stored.scope === body.scope && stored.valid_from === body.from && stored.valid_to === body.to
    && stored.styled === body.styled && stored.themes.join() === body.themes.join();
  if (!same) throw new IdReused();
}
