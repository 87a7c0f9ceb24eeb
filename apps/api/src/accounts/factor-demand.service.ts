import { Injectable } from '@nestjs/common';
import type { FactorDemandBody, FactorDemandView, Role } from '@passerelle/contract';
import { recordAudit } from '../audit/index.js';
import { type Actor, assertAdministrator, Database, hasFactor, Jobs, SessionStore, StaleVersion } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';

/** Just after midnight, and again in case the server was away then. */
const HOURLY = '2 * * * *';

/** Which roles demand a second factor, and from when on. Pages that are open follow at once, also when the day comes. */
@Injectable()
export class FactorDemandService {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly sessions: SessionStore,
    jobs: Jobs,
  ) {
    jobs.every(HOURLY, 'factor-demands', () => this.work());
  }

  async list(actor: Actor): Promise<{ items: FactorDemandView[] }> {
    await assertAdministrator(this.database, actor);
    const items = await this.database.rows<FactorDemandView & Record<string, unknown>>(DEMANDS);
    return { items };
  }

  /** @throws Forbidden, StaleVersion */
  async set(actor: Actor, role: Role, { from, version }: FactorDemandBody): Promise<void> {
    await this.write.run(actor, async (write) => {
      const { tx } = write;
      await assertAdministrator(tx, actor);
      const before = await tx.row<{ demanded_from: string | null; version: number; held: boolean }>('SELECT demanded_from, version, coalesce(demanded_from <= current_date, false) AS held FROM factor_demand WHERE role = $1 FOR UPDATE', [role]);
      if (before?.demanded_from === from) return;
      if (before?.version !== version) throw new StaleVersion(before?.version ?? 0);
      const after = await tx.row<{ holds: boolean }>('UPDATE factor_demand SET demanded_from = $2, version = version + 1 WHERE role = $1 RETURNING coalesce(demanded_from <= current_date, false) AS holds', [role, from]);
      await recordAudit(tx, actor, { act: 'factor-demand.set', subjectKind: 'role', subjectId: role, detail: { was: before.demanded_from, from } });
      if (before.held !== after?.holds) await tellThoseWithout(write, 'a.role = $1', [role]);
    });
    this.sessions.forgetAll();
  }

  /** The day has come: whoever has none yet is led to set one up, in open pages too. */
  async work(): Promise<void> {
    await this.write.run(null, (write) =>
      tellThoseWithout(write, `EXISTS (SELECT 1 FROM factor_demand d WHERE d.role = a.role AND d.demanded_from = current_date) AND NOT EXISTS (SELECT 1 FROM event e WHERE e.type = 'access.changed' AND e.account_id = a.id AND e.at >= current_date)`, []));
  }
}

async function tellThoseWithout({ tx, record }: Write, condition: string, values: unknown[]): Promise<void> {
  const accounts = await tx.rows<{ id: string }>(`SELECT a.id FROM account a WHERE a.disabled_at IS NULL AND NOT ${hasFactor('a.id')} AND ${condition} ORDER BY a.id`, values);
  for (const { id } of accounts) record({ type: 'access.changed', audience: 'account', account: id });
}

const DEMANDS = `
  SELECT d.role, d.demanded_from AS "from", d.version, count(a.id) AS people, count(a.id) FILTER (WHERE NOT ${hasFactor('a.id')}) AS without
  FROM factor_demand d LEFT JOIN account a ON a.role = d.role AND a.disabled_at IS NULL GROUP BY d.role ORDER BY array_position(ARRAY['administrator', 'moderator', 'member', 'guest'], d.role)`;
