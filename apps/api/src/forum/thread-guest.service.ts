import { Injectable } from '@nestjs/common';
import type { AdmitGuestBody, AuditAct, GuestCandidateView, ThreadGuestView } from '@passerelle/contract';
import { fold } from '@passerelle/text';
import { recordAudit } from '../audit/index.js';
import { type Actor, Database, Forbidden, IdReused, inForce, InvalidInput, NotFound, SessionStore, type Sql } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { HOLDER, holderOf } from '../spaces/index.js';
import { canArrange } from './forum.policy.js';
import { type LockedThread, lockReadableThread } from './thread.service.js';

const SHOWN = 12;
const GUESTS_MAX = 50;

/** Guests who read one thread and nothing else of its space. */
@Injectable()
export class ThreadGuestService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly database: Database,
    private readonly sessions: SessionStore,
  ) {}

  list(actor: Actor, thread: string): Promise<{ items: ThreadGuestView[] }> {
    return this.database.transaction(async (tx) => {
      await lockArrangeable(tx, actor, thread);
      return guestsOf(tx, thread);
    });
  }

  /** Guests of the network, by words of their function or organisation. */
  candidates(actor: Actor, thread: string, q: string): Promise<{ items: GuestCandidateView[] }> {
    const words = fold(q).split(' ').filter((word) => word !== '').map((word) => `%${word}%`);
    return this.database.transaction(async (tx) => {
      await lockArrangeable(tx, actor, thread);
      return { items: words.length === 0 ? [] : await tx.rows<GuestCandidateView & Record<string, unknown>>(CANDIDATES, [thread, words]) };
    });
  }

  /** Admits the guest who holds a mandate. A repeat of the id changes nothing. */
  async admit(actor: Actor, thread: string, { id, mandate }: AdmitGuestBody): Promise<{ created: boolean; items: ThreadGuestView[] }> {
    const done = await this.write.run(actor, async (write) => {
      const { tx } = write;
      const place = await lockArrangeable(tx, actor, thread);
      const guest = await tx.row<{ person_id: string; account: string }>(
        `SELECT m.person_id, a.id AS account FROM mandate m JOIN account a ON a.person_id = m.person_id WHERE m.id = $1 AND ${inForce('m')} AND a.disabled_at IS NULL AND a.role = 'guest'`, [mandate]);
      if (!guest) throw new InvalidInput('mandate', 'not_found');
      const stored = await tx.row<{ thread_id: string; person_id: string }>('SELECT thread_id, person_id FROM thread_guest WHERE id = $1', [id]);
      if (stored && (stored.thread_id !== thread || stored.person_id !== guest.person_id)) throw new IdReused();
      const added = await tx.run('INSERT INTO thread_guest (id, thread_id, person_id, admitted_by) SELECT $1, $2, $3, $4 WHERE (SELECT count(*) FROM thread_guest WHERE thread_id = $2) < $5 ON CONFLICT DO NOTHING', [id, thread, guest.person_id, actor.personId, GUESTS_MAX]);
      if (added > 0) await tell(write, actor, place, { account: guest.account, person: guest.person_id, act: 'thread.guest-admitted' });
      return { created: added > 0, account: guest.account, ...(await guestsOf(tx, thread)) };
    });
    this.sessions.forgetAccount(done.account);
    return { created: done.created, items: done.items };
  }

  async dismiss(actor: Actor, id: string): Promise<void> {
    const account = await this.write.run(actor, async (write) => {
      const { tx } = write;
      const row = await tx.row<{ thread_id: string; person_id: string; account: string }>('SELECT g.thread_id, g.person_id, a.id AS account FROM thread_guest g JOIN account a ON a.person_id = g.person_id WHERE g.id = $1', [id]);
      if (!row) throw new NotFound();
      const place = await lockArrangeable(tx, actor, row.thread_id);
      await tx.run('DELETE FROM thread_guest WHERE id = $1', [id]);
      await tx.run('DELETE FROM follow WHERE thread_id = $1 AND account_id = $2', [row.thread_id, row.account]);
      await tell(write, actor, place, { account: row.account, person: row.person_id, act: 'thread.guest-dismissed' });
      return row.account;
    });
    this.sessions.forgetAccount(account);
  }
}

/** @throws NotFound, Forbidden */
async function lockArrangeable(tx: Sql, actor: Actor, id: string): Promise<LockedThread> {
  const thread = await lockReadableThread(tx, actor, id);
  if (!canArrange(actor, thread)) throw new Forbidden();
  return thread;
}

/** First the rights, then that the thread has changed: search keeps threads with guests apart. */
async function tell({ tx, record }: Write, actor: Actor, thread: LockedThread, { account, person, act }: { account: string; person: string; act: AuditAct }): Promise<void> {
  await recordAudit(tx, actor, { act, subjectKind: 'thread', subjectId: thread.id, detail: { person } });
  record({ type: 'access.changed', audience: 'account', account });
  record({ type: 'thread.edited', audience: 'thread', space: thread.space_id, thread: thread.id });
}

async function guestsOf(tx: Sql, thread: string): Promise<{ items: ThreadGuestView[] }> {
  return { items: await tx.rows<ThreadGuestView & Record<string, unknown>>(GUESTS, [thread]) };
}

const GUESTS = `
  SELECT g.id, ${HOLDER('p')}, g.admitted_at AS at FROM thread_guest g JOIN person p ON p.id = g.person_id ${holderOf('g.person_id')} WHERE g.thread_id = $1 ORDER BY g.admitted_at, g.id LIMIT ${GUESTS_MAX}`;

const CANDIDATES = `
  SELECT m.id, m.function, o.name AS organisation, o.slug AS "organisationSlug", o.country
  FROM mandate m JOIN organisation o ON o.id = m.organisation_id JOIN account a ON a.person_id = m.person_id AND a.disabled_at IS NULL AND a.role = 'guest'
  WHERE ${inForce('m')} AND unaccent(lower(m.function || ' ' || o.name || ' ' || o.country_name)) LIKE ALL ($2::text[]) AND NOT EXISTS (SELECT 1 FROM thread_guest g WHERE g.thread_id = $1 AND g.person_id = m.person_id)
  ORDER BY o.name, m.function, m.id LIMIT ${SHOWN}`;
