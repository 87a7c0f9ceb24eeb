import { Injectable } from '@nestjs/common';
import type { SpaceRef, WatchRulesPage, WatchRuleView } from '@passerelle/contract';
import type { StoredRule } from '../../watch/index.js';
import { type Actor, canModerate, Database, Forbidden, NotFound, type Sql } from '../../platform/index.js';
import { PLACES, RULES } from './watch-rule.sql.js';

export interface RuleRow extends StoredRule, Record<string, unknown> {
  version: number; active: boolean; tried_at: string | null; tried_scanned: number | null; tried_caught: number | null; updated_at: string; updated_function: string; space: SpaceRef | null;
}

/** Reads of watch rules, for those who make them and nobody else. */
@Injectable()
export class WatchRuleQueries {
  constructor(private readonly database: Database) {}

  /** @throws Forbidden for whoever makes no rules anywhere. */
  async list(actor: Actor): Promise<WatchRulesPage> {
    const [rows, places] = await Promise.all([
      this.database.rows<RuleRow>(`${RULES} ORDER BY r.space_id NULLS FIRST, r.created_at, r.id`, [actor.accountId]),
      this.database.rows<SpaceRef & Record<string, unknown>>(PLACES, [actor.accountId]),
    ]);
    const everywhere = canModerate(actor);
    if (!everywhere && places.length === 0) throw new Forbidden();
    return { items: rows.map(presentRule), places, everywhere };
  }

  /** @throws NotFound */
  async get(actor: Actor, id: string, sql: Sql = this.database): Promise<WatchRuleView> {
    return presentRule(await findRule(sql, actor, id));
  }
}

/** A rule that the actor makes. @throws NotFound */
export async function findRule(sql: Sql, actor: Actor, id: string): Promise<RuleRow> {
  const row = await sql.row<RuleRow>(`${RULES} AND r.id = $2`, [actor.accountId, id]);
  if (!row) throw new NotFound();
  return row;
}

export const presentRule = (row: RuleRow): WatchRuleView => ({
  id: row.id, version: row.version, space: row.space, name: row.name, action: row.action, definition: row.definition, active: row.active,
  trial: row.tried_at !== null && row.tried_scanned !== null && row.tried_caught !== null ? { at: row.tried_at, scanned: row.tried_scanned, caught: row.tried_caught } : null,
  updatedAt: row.updated_at, updatedBy: row.updated_function,
});
