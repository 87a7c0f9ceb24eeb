import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { ERASURE_GRACE_DAYS, type ErasureKind, type ErasureView } from '@passerelle/contract';
import { recordAudit } from '../audit/index.js';
import { lockAdministration } from '../people/index.js';
import { type Actor, Database, DomainError, ENV, type Env, faultWords, IdReused, isStaff, Jobs, NotFound, SessionStore, type Sql } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { eraseAccount, eraseContent } from './erase.js';

const JOB = 'erasure';
const HOURLY = '17 * * * *';
/** Erasures that one turn makes; the next goes on. */
const TURN = 50;
const DUE = 'due_at <= now() AND cancelled_at IS NULL AND done_at IS NULL';
const COLUMNS = `id, kind, requested_at AS "requestedAt", due_at AS "dueAt", CASE WHEN done_at IS NOT NULL THEN 'done' WHEN cancelled_at IS NOT NULL THEN 'cancelled' ELSE 'waiting' END AS state`;

interface Due {
  id: string; kind: ErasureKind; account_id: string; person_id: string;
}

interface Erased {
  account: string;
  /** To remove after the commit. */
  files: string[];
}

/** Erasure of one's own account, of what one wrote, or of both: asked for, taken back within the grace, then done by the clock. */
@Injectable()
export class ErasureService {
  private readonly logger = new Logger(ErasureService.name);

  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly sessions: SessionStore,
    jobs: Jobs,
    @Inject(ENV) private readonly env: Env,
  ) {
    jobs.every(HOURLY, JOB, () => this.work());
  }

  list(actor: Actor): Promise<ErasureView[]> {
    return this.database.rows<ErasureView & Record<string, unknown>>(`SELECT ${COLUMNS} FROM erasure WHERE account_id = $1 ORDER BY requested_at DESC LIMIT 10`, [actor.accountId]);
  }

  /** Asks for an erasure. Repeating it is answered with what was asked. @throws DomainError `not-possible-now` while another one waits, or for the last administrator. */
  async ask(actor: Actor, id: string, kind: ErasureKind): Promise<{ created: boolean; view: ErasureView }> {
    const created = await this.write.run(actor, async ({ tx }) => {
      await tx.row('SELECT 1 FROM account WHERE id = $1 FOR UPDATE', [actor.accountId]);
      const same = await tx.row<{ account_id: string; kind: string }>('SELECT account_id, kind FROM erasure WHERE id = $1', [id]);
      if (same && (same.account_id !== actor.accountId || same.kind !== kind)) throw new IdReused();
      if (same) return false;
      const waiting = await tx.row('SELECT 1 FROM erasure WHERE account_id = $1 AND cancelled_at IS NULL AND done_at IS NULL', [actor.accountId]);
      if (waiting || (kind !== 'content' && actor.role === 'administrator' && (await isLastToStay(tx, actor.accountId)))) throw new DomainError('not-possible-now', 'conflict');
      await tx.run('INSERT INTO erasure (id, account_id, kind, due_at) VALUES ($1, $2, $3, now() + make_interval(days => $4))', [id, actor.accountId, kind, ERASURE_GRACE_DAYS]);
      await recordAudit(tx, actor, { act: 'erasure.asked', subjectKind: 'account', subjectId: actor.accountId, detail: { kind } });
      return true;
    });
    return { created, view: await this.get(actor, id) };
  }

  /** Takes an erasure back that has not begun; once more changes nothing. */
  async cancel(actor: Actor, id: string): Promise<void> {
    await this.write.run(actor, async ({ tx }) => {
      const row = await tx.row<{ done_at: string | null; cancelled_at: string | null }>('SELECT done_at, cancelled_at FROM erasure WHERE id = $1 AND account_id = $2 FOR UPDATE', [id, actor.accountId]);
      if (!row) throw new NotFound();
      if (row.done_at) throw new DomainError('not-possible-now', 'conflict');
      if (row.cancelled_at) return;
      await tx.run('UPDATE erasure SET cancelled_at = now() WHERE id = $1', [id]);
      await recordAudit(tx, actor, { act: 'erasure.cancelled', subjectKind: 'account', subjectId: actor.accountId });
    });
  }

  /** Does what is due, the oldest first. */
  async work(): Promise<void> {
    const due = await this.database.rows<{ id: string }>(`SELECT id FROM erasure WHERE ${DUE} ORDER BY due_at`);
    await this.each(due.map(({ id }) => id), (id) => this.eraseDue(id));
  }

  /** Erases the accounts of people whose mandates ended long ago (retention). */
  eraseEnded(accounts: readonly string[]): Promise<void> {
    return this.each(accounts, (id) =>
      this.write.run(null, async (write) => {
        const row = await write.tx.row<{ person_id: string }>('SELECT person_id FROM account WHERE id = $1 AND erased_at IS NULL FOR UPDATE', [id]);
        if (!row) return null;
        const files = await eraseAccount(write, id, row.person_id);
        await recordAudit(write.tx, null, { act: 'account.erased', subjectKind: 'account', subjectId: id, detail: { reason: 'retention' } });
        return { account: id, files };
      }),
    );
  }

  /** One after the other, each whole or not at all. One that fails waits for the next turn and leaves the others theirs. */
  private async each(ids: readonly string[], eraseOne: (id: string) => Promise<Erased | null>): Promise<void> {
    let made = 0;
    for (const id of ids) {
      if (made === TURN) return;
      try {
        const erased = await eraseOne(id);
        if (!erased) continue;
        made += 1;
        this.sessions.forgetAccount(erased.account);
        await this.removeFiles(erased.files);
      } catch (error) {
        this.logger.warn(`An erasure waits for the next turn: ${faultWords(error)}`);
      }
    }
  }

  /** @returns null when it is no longer due, when another process does it, or when nobody else could administer. */
  private eraseDue(id: string): Promise<Erased | null> {
    return this.write.run(null, async (write) => {
      const { tx } = write;
      const due = await tx.row<Due & Record<string, unknown>>(
        `SELECT e.id, e.kind, e.account_id, a.person_id FROM erasure e JOIN account a ON a.id = e.account_id WHERE e.id = $1 AND ${DUE} FOR UPDATE OF e SKIP LOCKED`, [id]);
      if (!due) return null;
      if (due.kind !== 'content') {
        await lockAdministration(tx);
        if (await isLastAdministrator(tx, due.account_id)) {
          this.logger.warn('An erasure waits: without this account nobody would administer the service.');
          return null;
        }
      }
      const files = due.kind === 'account' ? [] : await eraseContent(write, due.account_id, due.person_id);
      if (due.kind !== 'content') files.push(...(await eraseAccount(write, due.account_id, due.person_id)));
      await tx.run('UPDATE erasure SET done_at = now() WHERE id = $1', [due.id]);
      await recordAudit(tx, null, { act: 'account.erased', subjectKind: 'account', subjectId: due.account_id, detail: { kind: due.kind } });
      return { account: due.account_id, files };
    });
  }

  /** After the commit: a crash in between leaves files that no row names. */
  private async removeFiles(paths: readonly string[]): Promise<void> {
    for (const path of paths) await rm(join(this.env.dataDir, path), { force: true });
  }

  private async get(actor: Actor, id: string): Promise<ErasureView> {
    const view = await this.database.row<ErasureView & Record<string, unknown>>(`SELECT ${COLUMNS} FROM erasure WHERE id = $1 AND account_id = $2`, [id, actor.accountId]);
    if (!view) throw new NotFound();
    return view;
  }
}

/** Somebody always administers: this is asked when an erasure is done, as others may have gone since it was asked for. */
async function isLastAdministrator(tx: Sql, account: string): Promise<boolean> {
  const administrators = await tx.rows<{ id: string }>(`SELECT a.id FROM account a WHERE a.role = 'administrator' AND ${isStaff('a')}`);
  return administrators.length === 1 && administrators[0]?.id === account;
}

/** Whether all others who administer wait for an erasure of theirs. */
async function isLastToStay(tx: Sql, account: string): Promise<boolean> {
  const other = await tx.row(
    `SELECT 1 FROM account a WHERE a.role = 'administrator' AND ${isStaff('a')} AND a.id <> $1
       AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.account_id = a.id AND e.kind <> 'content' AND e.cancelled_at IS NULL AND e.done_at IS NULL)`, [account]);
  return other === undefined;
}
