import { Inject, Injectable } from '@nestjs/common';
import type { EndMandateBody, MandateThemesBody, NewMandateBody, ReinstateMandateBody, Role, RoleBody, SuspendMandateBody } from '@passerelle/contract';
import { recordAudit } from '../audit/index.js';
import { MentionIndex } from '../organisations/index.js';
import { type Actor, assertAdministrator, DomainError, enqueueMail, ENV, type Env, IdReused, inForce, InvalidInput, MailQueue, NotFound, sanctioned, SessionStore, type Sql, StaleVersion } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { dismissFromAll } from '../spaces/index.js';
import { BOTH_SIDES } from './delegation.sql.js';
import { assertThemes } from './themes.js';
import { type MandateChange, mandateMail, roleMail } from './mandate-mail.js';
import { MANDATE_STATE } from './people.sql.js';

interface Held extends Record<string, unknown> {
  id: string; person_id: string; account: string | null; role: Role; email: string | null; language: 'fr' | 'en'; function: string; organisation: string; valid_from: string | null; valid_to: string | null; state: string; version: number; themes: string[];
}

/** What the secretariat does with mandates and roles. Each act is recorded, told by mail and holds at once, in open pages too. */
@Injectable()
export class MandateService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly sessions: SessionStore,
    private readonly mentions: MentionIndex,
    private readonly mails: MailQueue,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Gives somebody an office. A repeat of the id changes nothing. @throws NotFound, InvalidInput, IdReused */
  async add(actor: Actor, personId: string, body: NewMandateBody): Promise<void> {
    await this.change(actor, async (write) => {
      const { tx } = write;
      const organisation = await tx.row<{ id: string }>('SELECT id FROM organisation WHERE slug = $1', [body.organisation]);
      if (!organisation) throw new InvalidInput('organisation', 'not_found');
      if (body.to && body.to < body.from) throw new InvalidInput('to', 'before_start');
      await assertThemes(tx, body.themes);
      if (!(await tx.row('SELECT 1 FROM account WHERE person_id = $1 AND disabled_at IS NULL FOR UPDATE', [personId]))) throw new NotFound();
      const added = await tx.run(
        'INSERT INTO mandate (id, person_id, organisation_id, function, valid_from, valid_to, themes) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING', [body.id, personId, organisation.id, body.function, body.from, body.to, body.themes]);
      const held = await lock(tx, body.id);
      if (added === 0 && (held.person_id !== personId || held.function !== body.function || held.valid_from !== body.from)) throw new IdReused();
      if (added > 0) await this.tell(write, actor, held, 'began', { day: body.from });
      return held.account;
    });
  }

  /** Sets the last day; the rights close with it. The same day again changes nothing. @throws StaleVersion, InvalidInput when it had not begun by then, DomainError `last-administrator` */
  async end(actor: Actor, id: string, { version, last }: EndMandateBody): Promise<void> {
    await this.change(actor, async (write) => {
      const held = await lock(write.tx, id);
      if (held.valid_to === last) return held.account;
      if (held.version !== version) throw new StaleVersion(held.version);
      if (held.valid_from && last < held.valid_from) throw new InvalidInput('last', 'before_start');
      await write.tx.run('UPDATE mandate SET valid_to = $2, version = version + 1 WHERE id = $1', [id, last]);
      if (held.valid_to === null || last < held.valid_to) await assertAdministered(write.tx, held, { after: last });
      await this.tell(write, actor, held, 'ended', { day: last });
      return held.account;
    });
  }

  /** Limits it to themes, or to none. The same once more is answered as done. @throws StaleVersion, InvalidInput */
  async limit(actor: Actor, id: string, { version, themes }: MandateThemesBody): Promise<void> {
    await this.change(actor, async (write) => {
      const held = await lock(write.tx, id);
      if (held.themes.join() === themes.join()) return held.account;
      if (held.version !== version) throw new StaleVersion(held.version);
      await assertThemes(write.tx, themes);
      await write.tx.run('UPDATE mandate SET themes = $2, version = version + 1 WHERE id = $1', [id, themes]);
      await this.tell(write, actor, held, 'limited', { day: new Date().toISOString().slice(0, 10) });
      return held.account;
    });
  }

  /** Suspends it from a day on, until it is reinstated. A repeat of the id changes nothing. @throws StaleVersion, DomainError `not-possible-now`, `last-administrator` */
  async suspend(actor: Actor, id: string, { id: suspension, version, from, reason }: SuspendMandateBody): Promise<void> {
    await this.change(actor, async (write) => {
      const { tx } = write;
      const stored = await tx.row<{ mandate_id: string }>('SELECT mandate_id FROM mandate_suspension WHERE id = $1', [suspension]);
      if (stored && stored.mandate_id !== id) throw new IdReused();
      const held = await lock(tx, id);
      if (stored) return held.account;
      if (held.version !== version) throw new StaleVersion(held.version);
      if (held.state === 'ended') throw new DomainError('not-possible-now', 'conflict');
      if (held.valid_from && from < held.valid_from) throw new InvalidInput('from', 'before_start');
      const added = await tx.run('INSERT INTO mandate_suspension (id, mandate_id, valid_from, reason) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [suspension, id, from, reason]);
      if (added === 0) throw new DomainError('not-possible-now', 'conflict');
      await tx.run('UPDATE mandate SET version = version + 1 WHERE id = $1', [id]);
      await assertAdministered(tx, held, { from });
      await this.tell(write, actor, held, 'suspended', { day: from, reason });
      return held.account;
    });
  }

  /** Ends the suspension with the day before. The same day again changes nothing. @throws StaleVersion, DomainError `not-possible-now` when it is not suspended. */
  async reinstate(actor: Actor, id: string, { version, from }: ReinstateMandateBody): Promise<void> {
    await this.change(actor, async (write) => {
      const held = await lock(write.tx, id);
      const done = await write.tx.row('SELECT 1 FROM mandate_suspension WHERE mandate_id = $1 HAVING bool_and(valid_to IS NOT NULL) AND max(valid_to) = $2::date - 1', [id, from]);
      if (done) return held.account;
      if (held.version !== version) throw new StaleVersion(held.version);
      const open = await write.tx.row<{ id: string; valid_from: string }>('SELECT id, valid_from FROM mandate_suspension WHERE mandate_id = $1 AND valid_to IS NULL', [id]);
      if (!open) throw new DomainError('not-possible-now', 'conflict');
      if (from < open.valid_from) throw new InvalidInput('from', 'before_start');
      await write.tx.run('UPDATE mandate_suspension SET valid_to = $2::date - 1 WHERE id = $1', [open.id, from]);
      await write.tx.run('UPDATE mandate SET version = version + 1 WHERE id = $1', [id]);
      await this.tell(write, actor, held, 'reinstated', { day: from });
      return held.account;
    });
  }

  /** Changes what an account may do; never one's own, so that somebody always administers: whoever acts is in office. A guest leaves all spaces. @throws DomainError `conflict` when the role is another one than the screen showed. */
  async setRole(actor: Actor, personId: string, { was, role }: RoleBody): Promise<void> {
    await this.change(actor, async (write) => {
      const { tx, record } = write;
      if (personId === actor.personId) throw new InvalidInput('role', 'own');
      const account = await tx.row<{ id: string; role: Role; email: string; language: 'fr' | 'en' }>('SELECT id, role, email, interface_language AS language FROM account WHERE person_id = $1 AND disabled_at IS NULL FOR UPDATE', [personId]);
      if (!account) throw new NotFound();
      if (account.role === role) return account.id;
      if (account.role !== was) throw new DomainError('not-possible-now', 'conflict');
      await tx.run('UPDATE account SET role = $2 WHERE id = $1', [account.id, role]);
      await recordAudit(tx, actor, { act: 'role.changed', subjectKind: 'account', subjectId: account.id, detail: { was, role } });
      record({ type: 'access.changed', audience: 'account', account: account.id });
      if (role === 'guest') await dismissFromAll(write, actor, personId);
      await enqueueMail(tx, { to: account.email, ...roleMail({ role, language: account.language, link: `${this.env.publicUrl}/moi` }) });
      return account.id;
    });
  }

  private async change(actor: Actor, work: (write: Write) => Promise<string | null>): Promise<void> {
    const account = await this.write.run(actor, async (write) => {
      await lockAdministration(write.tx);
      await assertAdministrator(write.tx, actor);
      return work(write);
    });
    if (account) this.sessions.forgetAccount(account);
    this.mentions.forget();
    this.mails.soon();
  }

  private async tell({ tx, record }: Write, actor: Actor, held: Held, change: Exclude<MandateChange, 'hand-over'>, { day, reason = '' }: { day: string; reason?: string }): Promise<void> {
    await recordAudit(tx, actor, { act: `mandate.${change}`, subjectKind: 'person', subjectId: held.person_id, detail: { mandate: held.id, day } });
    if (held.email) await enqueueMail(tx, { to: held.email, ...mandateMail(change, { ...held, day, reason, link: `${this.env.publicUrl}/moi` }) });
    if (held.account) record({ type: 'access.changed', audience: 'account', account: held.account });
    // With a mandate the delegations from it and to it end.
    for (const { id } of await tx.rows<{ id: string }>(BOTH_SIDES, [held.id])) if (id !== held.account) record({ type: 'delegation.changed', audience: 'account', account: id });
  }
}

/** Changes of roles and mandates go one after the other: two who take each other's role at once would wait for each other, or leave nobody who administers. */
export async function lockAdministration(tx: Sql): Promise<void> {
  await tx.run(`SELECT pg_advisory_xact_lock(hashtext('mandates'))`);
}

/** A mandate of the secretariat closes on a day only if somebody administers from that day on; looked at after the change. @throws DomainError `last-administrator` */
async function assertAdministered(tx: Sql, { role }: Held, closes: { from: string } | { after: string }): Promise<void> {
  if (role !== 'administrator') return;
  const [day, later] = 'from' in closes ? [closes.from, 0] : [closes.after, 1];
  const administered = await tx.row(
    `SELECT 1 FROM account a JOIN mandate m ON m.person_id = a.person_id WHERE a.role = 'administrator' AND a.disabled_at IS NULL AND NOT ${sanctioned('a.person_id', 'suspend')}
       AND ${inForce('m', 'greatest($1::date + $2::int, current_date)')} LIMIT 1`, [day, later]);
  if (!administered) throw new DomainError('last-administrator', 'conflict');
}

async function lock(tx: Sql, id: string): Promise<Held> {
  const held = await tx.row<Held>(
    `SELECT m.id, m.person_id, a.id AS account, a.role, a.email, a.interface_language AS language, m.function, o.name AS organisation, m.valid_from, m.valid_to, ${MANDATE_STATE} AS state, m.version, m.themes
     FROM mandate m LEFT JOIN account a ON a.person_id = m.person_id AND a.disabled_at IS NULL JOIN organisation o ON o.id = m.organisation_id WHERE m.id = $1 FOR UPDATE OF m`, [id]);
  if (!held) throw new NotFound();
  return held;
}
