import { Injectable } from '@nestjs/common';
import { type AuditAct, type CreateWatchRuleBody, type EditWatchRuleBody, WATCH_RULES_MAX, WATCH_RULES_OF_SPACE_MAX, type WatchDefinition, type WatchRuleView } from '@passerelle/contract';
import { type AuditDetail, recordAudit } from '../../audit/index.js';
import { requestHash } from '../../forum/index.js';
import { type Actor, canModerate, DomainError, Forbidden, IdReused, InvalidInput, NotFound, type Sql, StaleVersion } from '../../platform/index.js';
import { type Write, WriteTransaction } from '../../realtime/index.js';
import { readDomain, readTerm, Watch } from '../../watch/index.js';
import { findRule, presentRule, type RuleRow, WatchRuleQueries } from './watch-rule.queries.js';
import { settlesRules } from './watch-rule.sql.js';

/** Key of the lock under which rules are counted. */
const COUNT_LOCK = 726_403;

/** Rules that watch what is written: made, changed, put in force and taken out of it. Each change is on record and known to all processes at once. */
@Injectable()
export class WatchRuleService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly queries: WatchRuleQueries,
    private readonly watch: Watch,
  ) {}

  /** A repeat gives the stored rule. @throws DomainError `quota-exceeded` */
  async create(actor: Actor, body: CreateWatchRuleBody): Promise<{ created: boolean; view: WatchRuleView }> {
    const definition = tidied(body.definition);
    const hash = requestHash(body.space ?? '', body.name, body.action, JSON.stringify(body.definition));
    return this.write.run(actor, async ({ tx, record }) => {
      await assertSettles(tx, actor, body.space);
      await tx.run('SELECT pg_advisory_xact_lock($1)', [COUNT_LOCK]);
      const stored = await tx.row<{ request_hash: Buffer; created_by: string }>('SELECT request_hash, created_by FROM watch_rule WHERE id = $1', [body.id]);
      if (stored && (stored.created_by !== actor.personId || !stored.request_hash.equals(hash))) throw new IdReused();
      if (stored) return { created: false, view: await this.queries.get(actor, body.id, tx) };
      const { count } = (await tx.row<{ count: number }>('SELECT count(*) AS count FROM watch_rule WHERE space_id IS NOT DISTINCT FROM $1', [body.space])) ?? { count: 0 };
      const max = body.space === null ? WATCH_RULES_MAX : WATCH_RULES_OF_SPACE_MAX;
      if (count >= max) throw new DomainError('quota-exceeded', 'conflict', { max });
      await tx.run('INSERT INTO watch_rule (id, space_id, name, action, definition, request_hash, created_by, updated_by, updated_function) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)', [
        body.id, body.space, body.name, body.action, JSON.stringify(definition), hash, actor.personId, officeOf(actor)]);
      const view = await this.queries.get(actor, body.id, tx);
      await noteRule(tx, actor, view, 'watch-rule.created', { kind: definition.kind, action: body.action, ...sizeOf(definition) });
      record({ type: 'watch.changed', audience: 'none', subject: body.id });
      return { created: true, view };
    });
  }

  /** What looks for something else has to be tried again before it is in force. @throws StaleVersion */
  async edit(actor: Actor, id: string, body: EditWatchRuleBody): Promise<WatchRuleView> {
    const definition = tidied(body.definition);
    return this.change(actor, id, body.version, 'watch-rule.edited', async (tx, rule) => {
      if (definition.kind !== rule.definition.kind) throw new InvalidInput('definition.kind', 'not_changeable');
      const same = (await tx.row('SELECT 1 FROM watch_rule WHERE id = $1 AND definition = $2::jsonb', [id, JSON.stringify(definition)])) !== undefined;
      await tx.run(
        `UPDATE watch_rule SET name = $2, action = $3, definition = $4${same ? '' : ', active = false, tried_at = NULL, tried_scanned = NULL, tried_caught = NULL'} WHERE id = $1`, [id, body.name, body.action, JSON.stringify(definition)]);
      return { action: body.action, ...sizeOf(definition), ...(!same && { toTry: true }) };
    });
  }

  /** @throws DomainError `not-possible-now` for a rule that was not tried as it is. */
  activate(actor: Actor, id: string, version: number): Promise<WatchRuleView> {
    return this.change(actor, id, version, 'watch-rule.activated', async (tx, rule) => {
      if (rule.active) return null;
      if (!rule.tried_at) throw new DomainError('not-possible-now', 'conflict');
      await tx.run('UPDATE watch_rule SET active = true WHERE id = $1', [id]);
      return { scanned: rule.tried_scanned, caught: rule.tried_caught };
    });
  }

  /** What it has held already waits on for its decision. */
  deactivate(actor: Actor, id: string, version: number): Promise<WatchRuleView> {
    return this.change(actor, id, version, 'watch-rule.deactivated', async (tx, rule) => {
      if (!rule.active) return null;
      await tx.run('UPDATE watch_rule SET active = false WHERE id = $1', [id]);
      return {};
    });
  }

  /** A rule that is gone already is answered as done. */
  async remove(actor: Actor, id: string, version: number): Promise<void> {
    await this.write.run(actor, async ({ tx, record }) => {
      const rule = await lockRule(tx, actor, id).catch((error: unknown) => {
        if (error instanceof NotFound) return null;
        throw error;
      });
      if (!rule) return;
      if (rule.version !== version) throw new StaleVersion(rule.version);
      await tx.run('DELETE FROM watch_rule WHERE id = $1', [id]);
      await noteRule(tx, actor, rule, 'watch-rule.removed', {});
      record({ type: 'watch.changed', audience: 'none', subject: id });
    });
    await this.watch.reload();
  }

  /** One change of a locked rule; `work` gives what goes on record, or null when nothing was to be done. */
  private async change(actor: Actor, id: string, version: number, act: AuditAct, work: (tx: Sql, rule: RuleRow) => Promise<AuditDetail | null>): Promise<WatchRuleView> {
    const view = await this.write.run(actor, async ({ tx, record }: Write) => {
      const rule = await lockRule(tx, actor, id);
      const detail = rule.version === version ? await work(tx, rule) : undefined;
      if (detail === undefined) throw new StaleVersion(rule.version);
      if (detail === null) return presentRule(rule);
      await tx.run('UPDATE watch_rule SET version = version + 1, updated_by = $2, updated_function = $3, updated_at = now() WHERE id = $1', [id, actor.personId, officeOf(actor)]);
      await noteRule(tx, actor, rule, act, detail);
      record({ type: 'watch.changed', audience: 'none', subject: id });
      return this.queries.get(actor, id, tx);
    });
    // In this process it holds when the answer arrives, in the others as soon as the log has told them.
    await this.watch.reload();
    return view;
  }
}

/** A rule that the actor makes, locked. @throws NotFound */
export async function lockRule(tx: Sql, actor: Actor, id: string): Promise<RuleRow> {
  await tx.run('SELECT 1 FROM watch_rule WHERE id = $1 FOR UPDATE', [id]);
  return findRule(tx, actor, id);
}

/** @throws Forbidden, or NotFound where the actor may not know of the space. */
async function assertSettles(tx: Sql, actor: Actor, space: string | null): Promise<void> {
  if (space === null) {
    if (!canModerate(actor)) throw new Forbidden();
    return;
  }
  const place = await tx.row<{ settles: boolean }>(`SELECT ${settlesRules('s', 'a')} AS settles FROM space s JOIN account a ON a.id = $2 WHERE s.id = $1 AND s.archived_at IS NULL AND s.id = ANY($3::uuid[])`, [space, actor.accountId, actor.spaceIds]);
  if (!place) throw new InvalidInput('space', 'not_found');
  if (!place.settles) throw new Forbidden();
}

/** Each term and domain once, those that can be looked for only. @throws InvalidInput for one that can't. */
function tidied(definition: WatchDefinition): WatchDefinition {
  if (definition.kind === 'words') {
    const terms = new Map<string, string>();
    for (const [index, term] of definition.terms.entries()) {
      const read = readTerm(term);
      if (!read) throw new InvalidInput(`definition.terms.${index}`, 'not_a_word');
      terms.set(`${read.words.join(' ')}${read.begins ? '*' : ''}`, term);
    }
    return { ...definition, terms: [...terms.values()] };
  }
  if (definition.kind === 'links') {
    if (definition.mode === 'any') return { ...definition, domains: [] };
    const domains = definition.domains.map((domain, index) => {
      const read = readDomain(domain);
      if (!read) throw new InvalidInput(`definition.domains.${index}`, 'not_a_domain');
      return read;
    });
    if (definition.mode === 'watched' && domains.length === 0) throw new InvalidInput('definition.domains', 'required');
    return { ...definition, domains: [...new Set(domains)] };
  }
  return definition;
}

const sizeOf = (definition: WatchDefinition) => (definition.kind === 'words' ? { terms: definition.terms.length } : definition.kind === 'links' ? { domains: definition.domains.length } : {});
const officeOf = (actor: Actor) => actor.capacity?.function ?? actor.role;

/** A line in the record of administration, which the secretariat reads: nothing of a confidential space. */
export async function noteRule(tx: Sql, actor: Actor, { id, space }: Pick<WatchRuleView, 'id' | 'space'>, act: AuditAct, detail: AuditDetail): Promise<void> {
  if (space?.access !== 'confidential') await recordAudit(tx, actor, { act, subjectKind: 'watch-rule', subjectId: id, detail: { space: space?.id ?? null, ...detail } });
}
