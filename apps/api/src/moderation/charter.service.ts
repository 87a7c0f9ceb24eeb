import { Injectable } from '@nestjs/common';
import { PREPARED_MAX, type PreparedReasonBody, type PreparedReasonView, type RuleBody, RULES_MAX, type RulesView, type RuleVersionView } from '@passerelle/contract';
import { recordAudit } from '../audit/index.js';
import { type Actor, judgesToday, Database, DomainError, Forbidden, InvalidInput, isGuest, NotFound, type Sql, StaleVersion } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { hasDesk } from './moderation.queries.js';

/** Changes of one text wait for one another, so that its count and versions hold. */
const CHARTER_LOCK = 726_403;
const RULES = `SELECT id, name_fr AS fr, name_en AS en, text_fr AS "textFr", text_en AS "textEn", position, version, retired_at IS NOT NULL AS retired FROM moderation_rule`;
const PREPARED = `
  SELECT id, version, rule_id AS rule, measure, label_fr AS "labelFr", label_en AS "labelEn", facts_fr AS "factsFr", facts_en AS "factsEn", remedy_fr AS "remedyFr", remedy_en AS "remedyEn", updated_at AS "updatedAt" FROM prepared_reason`;
type Rule = RulesView['items'][number] & Record<string, unknown>;
type Prepared = PreparedReasonView & Record<string, unknown>;

/** The rules of exchanges, worded by the secretariat, and the reasons that moderators prepare. */
@Injectable()
export class CharterService {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
  ) {}

  async rules(): Promise<RulesView> {
    return { items: await this.database.rows<Rule>(`${RULES} ORDER BY position, id`) };
  }

  /** Earlier words of a rule, the newest first; guests read the present ones. */
  async versions(actor: Actor, id: string): Promise<{ items: RuleVersionView[] }> {
    if (isGuest(actor)) throw new NotFound();
    const items = await this.database.rows<RuleVersionView & Record<string, unknown>>(
      `SELECT version, name_fr AS fr, name_en AS en, text_fr AS "textFr", text_en AS "textEn", at, edited_function AS by FROM moderation_rule_version WHERE rule_id = $1 ORDER BY version DESC LIMIT 100`, [id]);
    if (items.length === 0) throw new NotFound();
    return { items };
  }

  /** Words a rule, or adds one (version 0). Decisions keep the words they were taken under. Repeating it is answered as done. */
  async saveRule(actor: Actor, id: string, body: RuleBody): Promise<RulesView> {
    if (actor.role !== 'administrator') throw new Forbidden();
    await this.write.run(actor, async ({ tx }) => {
      await assertRole(tx, actor, ['administrator']);
      await tx.run('SELECT pg_advisory_xact_lock($1)', [CHARTER_LOCK]);
      const stored = await tx.row<Rule>(`${RULES} WHERE id = $1`, [id]);
      if (stored && stored.version === body.version + 1 && sameRule(stored, body)) return;
      if ((stored?.version ?? 0) !== body.version) throw new StaleVersion(stored?.version ?? 0);
      if (!stored) await assertRoom(tx, 'moderation_rule', RULES_MAX);
      if (body.retired && !(await tx.row('SELECT 1 FROM moderation_rule WHERE id <> $1 AND retired_at IS NULL', [id]))) throw new InvalidInput('retired', 'last');
      await tx.run(
        `INSERT INTO moderation_rule (id, position, name_fr, name_en, text_fr, text_en, version, retired_at) VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $8 THEN now() END)
         ON CONFLICT (id) DO UPDATE SET position = $2, name_fr = $3, name_en = $4, text_fr = $5, text_en = $6, version = $7, retired_at = CASE WHEN $8 THEN coalesce(moderation_rule.retired_at, now()) END`,
        [id, body.position, body.fr, body.en, body.textFr, body.textEn, body.version + 1, body.retired]);
      await tx.run('INSERT INTO moderation_rule_version (rule_id, version, name_fr, name_en, text_fr, text_en, edited_by, edited_function) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
        [id, body.version + 1, body.fr, body.en, body.textFr, body.textEn, actor.personId, officeOf(actor)]);
      await recordAudit(tx, actor, { act: 'rule.worded', subjectKind: 'rule', subjectId: id, detail: { version: body.version + 1, retired: body.retired } });
    });
    return this.rules();
  }

  async prepared(actor: Actor): Promise<{ items: PreparedReasonView[] }> {
    if (!(await hasDesk(this.database, actor))) throw new Forbidden();
    return { items: await this.database.rows<Prepared>(`${PREPARED} WHERE removed_at IS NULL ORDER BY label_fr, id LIMIT ${PREPARED_MAX}`) };
  }

  /** Stores a prepared reason, new with version 0. Repeating it is answered as done. */
  async savePrepared(actor: Actor, id: string, body: PreparedReasonBody): Promise<{ items: PreparedReasonView[] }> {
    await this.change(actor, async (tx) => {
      const stored = await tx.row<Prepared>(`${PREPARED} WHERE id = $1 AND removed_at IS NULL`, [id]);
      if (stored && stored.version === body.version + 1 && sameReason(stored, body)) return;
      if ((stored?.version ?? 0) !== body.version) throw new StaleVersion(stored?.version ?? 0);
      if (!(await tx.row('SELECT 1 FROM moderation_rule WHERE id = $1 AND retired_at IS NULL', [body.rule]))) throw new InvalidInput('rule', 'not_found');
      if (!stored && (await tx.row('SELECT 1 FROM prepared_reason WHERE id = $1', [id]))) throw new StaleVersion(0);
      if (!stored) await assertRoom(tx, 'prepared_reason', PREPARED_MAX);
      await tx.run(
        `INSERT INTO prepared_reason (id, version, rule_id, measure, label_fr, label_en, facts_fr, facts_en, remedy_fr, remedy_en) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (id) DO UPDATE SET version = $2, rule_id = $3, measure = $4, label_fr = $5, label_en = $6, facts_fr = $7, facts_en = $8, remedy_fr = $9, remedy_en = $10, updated_at = now()`,
        [id, body.version + 1, body.rule, body.measure, body.labelFr, body.labelEn, body.factsFr, body.factsEn, body.remedyFr, body.remedyEn]);
      await this.keepVersion(tx, actor, id, body.version + 1, body);
    });
    return this.prepared(actor);
  }

  /** Takes a prepared reason out of the list; once more changes nothing. */
  async removePrepared(actor: Actor, id: string, version: number): Promise<{ items: PreparedReasonView[] }> {
    await this.change(actor, async (tx) => {
      const stored = await tx.row<{ version: number; removed: boolean }>('SELECT version, removed_at IS NOT NULL AS removed FROM prepared_reason WHERE id = $1', [id]);
      if (!stored) throw new NotFound();
      if (stored.removed) return;
      if (stored.version !== version) throw new StaleVersion(stored.version);
      await tx.run('UPDATE prepared_reason SET removed_at = now(), version = version + 1 WHERE id = $1', [id]);
      await this.keepVersion(tx, actor, id, version + 1, { removed: true });
    });
    return this.prepared(actor);
  }

  private async change(actor: Actor, work: (tx: Sql) => Promise<void>): Promise<void> {
    if (!judgesToday(actor)) throw new Forbidden();
    await this.write.run(actor, async ({ tx }) => {
      await assertRole(tx, actor, ['moderator', 'administrator']);
      await tx.run('SELECT pg_advisory_xact_lock($1)', [CHARTER_LOCK]);
      await work(tx);
    });
  }

  private async keepVersion(tx: Sql, actor: Actor, id: string, version: number, content: object): Promise<void> {
    await tx.run('INSERT INTO prepared_reason_version (reason_id, version, content, edited_by, edited_function) VALUES ($1, $2, $3, $4, $5)', [id, version, JSON.stringify(content), actor.personId, officeOf(actor)]);
    await recordAudit(tx, actor, { act: 'prepared-reason.edited', subjectKind: 'prepared-reason', subjectId: id, detail: { version } });
  }
}

const officeOf = (actor: Actor) => (actor.capacity ? `${actor.capacity.function}, ${actor.capacity.organisation}` : actor.role);

/** The role as it is now: what a session remembers may be half a minute old. */
async function assertRole(tx: Sql, actor: Actor, roles: string[]): Promise<void> {
  if (!(await tx.row('SELECT 1 FROM account WHERE id = $1 AND disabled_at IS NULL AND role = ANY($2::text[])', [actor.accountId, roles]))) throw new Forbidden();
}

async function assertRoom(tx: Sql, table: 'moderation_rule' | 'prepared_reason', max: number): Promise<void> {
  const found = await tx.row<{ count: number }>(`SELECT count(*)::int AS count FROM ${table} ${table === 'prepared_reason' ? 'WHERE removed_at IS NULL' : ''}`);
  if ((found?.count ?? 0) >= max) throw new DomainError('quota-exceeded', 'conflict');
}

const sameRule = (one: Rule, body: RuleBody) => (['fr', 'en', 'textFr', 'textEn', 'position', 'retired'] as const).every((field) => one[field] === body[field]);
const sameReason = (one: Prepared, body: PreparedReasonBody) => (['rule', 'measure', 'labelFr', 'labelEn', 'factsFr', 'factsEn', 'remedyFr', 'remedyEn'] as const).every((field) => one[field] === body[field]);
