import { Injectable } from '@nestjs/common';
import { APPEAL_MONTHS, type CaseNoteBody, type DecisionBody, type Measure, UNDO_MINUTES } from '@passerelle/contract';
import { type AuditEntry, recordAudit } from '../audit/index.js';
import { reopenHeld, requestHash } from '../forum/index.js';
import { type Actor, DomainError, Forbidden, IdReused, InvalidInput, NotFound, type Sql, StaleVersion } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { barOf, lockCase, measuresOf, reopenCase, type StoredCase, tellModerators } from './case-store.js';
import { ModerationLetters } from './letters.js';
import { Measures } from './measures.js';

/** What moderators do with a case: take it, give it back, note, decide with reasons, undo for ten minutes. */
@Injectable()
export class CaseService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly letters: ModerationLetters,
    private readonly measures: Measures,
  ) {}

  /** Takes a case for oneself; once more changes nothing. @throws DomainError `not-possible-now` when somebody else has it, `recused`. */
  async claim(actor: Actor, id: string): Promise<void> {
    await this.write.run(actor, async (write) => {
      const one = await lockCase(write.tx, actor, id);
      assertNotBarred(actor, one);
      if (one.claimed_by === actor.personId) return;
      if (one.claimed_by !== null || one.state !== 'open') throw new DomainError('not-possible-now', 'conflict');
      await write.tx.run('UPDATE moderation_case SET claimed_by = $2, claimed_at = now() WHERE id = $1', [id, actor.personId]);
      await tellModerators(write, id);
    });
  }

  /** Gives a case back; one that is not one's own stays where it is. */
  async release(actor: Actor, id: string): Promise<void> {
    await this.write.run(actor, async (write) => {
      const one = await lockCase(write.tx, actor, id);
      if (one.claimed_by !== actor.personId) return;
      await write.tx.run('UPDATE moderation_case SET claimed_by = NULL, claimed_at = NULL WHERE id = $1', [id]);
      await tellModerators(write, id);
    });
  }

  /** Adds a note that moderators read, nobody else. */
  async note(actor: Actor, id: string, body: CaseNoteBody): Promise<void> {
    await this.write.run(actor, async (write) => {
      await lockCase(write.tx, actor, id);
      const stored = await write.tx.row<{ case_id: string; author_person_id: string; body: string }>('SELECT case_id, author_person_id, body FROM moderation_note WHERE id = $1', [body.id]);
      if (stored && (stored.case_id !== id || stored.author_person_id !== actor.personId || stored.body !== body.body)) throw new IdReused();
      if (stored) return;
      await write.tx.run('INSERT INTO moderation_note (id, case_id, author_person_id, author_function, body) VALUES ($1, $2, $3, $4, $5)', [body.id, id, actor.personId, actor.capacity?.function ?? actor.role, body.body]);
      await tellModerators(write, id);
    });
  }

  /**
   * Decides. Rule, facts, duration and remedy are the statement of reasons that the author gets. Repeating it is answered as done.
   * @throws StaleVersion when a report came meanwhile; `case-changed` when the thing has changed; `not-possible-now` when it is decided, or taken by somebody else; `recused`.
   */
  async decide(actor: Actor, caseId: string, body: DecisionBody): Promise<void> {
    await this.write.run(actor, async (write) => {
      const { tx } = write;
      const one = await lockCase(tx, actor, caseId, body.destination && 'thread' in body.destination ? body.destination.thread : null);
      const hash = requestHash(caseId, body.rule, body.facts, body.measure, String(body.duration), body.remedy, ...(body.replacement === null ? [] : [body.replacement]), ...(body.destination ? [JSON.stringify(body.destination)] : []));
      const stored = await tx.row<{ request_hash: Buffer; decided_by: string }>('SELECT request_hash, decided_by FROM moderation_decision WHERE id = $1', [body.id]);
      if (stored && (stored.decided_by !== actor.personId || !stored.request_hash.equals(hash))) throw new IdReused();
      if (stored) return;
      assertNotBarred(actor, one);
      if (one.kind !== 'report' || one.state !== 'open' || (one.claimed_by !== null && one.claimed_by !== actor.personId)) throw new DomainError('not-possible-now', 'conflict');
      if (one.version !== body.version) throw new StaleVersion(one.version);
      if (!measuresOf(actor, one.target_kind).includes(body.measure)) throw new InvalidInput('measure', 'not_for_this');
      const rule = await tx.row<{ version: number }>('SELECT version FROM moderation_rule WHERE id = $1 AND retired_at IS NULL', [body.rule]);
      if (!rule) throw new InvalidInput('rule', 'not_found');
      await storeDecision(tx, actor, one, { ...body, hash, ruleVersion: rule.version });
      await this.measures.apply(write, actor, one, body);
      await this.letters.ofDecision(tx, body.id);
      await tx.run(`UPDATE moderation_case SET state = 'decided', decided_at = now(), version = version + 1, claimed_by = NULL, claimed_at = NULL WHERE id = $1`, [caseId]);
      await noteInRecord(tx, actor, one, { act: 'case.decided', detail: { measure: body.measure, rule: body.rule } });
      await tellOutcome(write, one);
    });
    this.letters.soon();
  }

  /** Takes one's own decision back within ten minutes: its measure is undone and the case is open again. */
  async undo(actor: Actor, decisionId: string): Promise<void> {
    await this.write.run(actor, async (write) => {
      const { tx } = write;
      const found = await tx.row<{ case_id: string }>('SELECT case_id FROM moderation_decision WHERE id = $1', [decisionId]);
      if (!found) throw new NotFound();
      const one = await lockCase(tx, actor, found.case_id);
      const decision = await tx.row<{ id: string; measure: Measure; decided_by: string; undone_at: string | null; late: boolean }>(
        `SELECT id, measure, decided_by, undone_at, at < now() - interval '${UNDO_MINUTES} minutes' AS late FROM moderation_decision WHERE id = $1 FOR UPDATE`, [decisionId]);
      if (decision?.decided_by !== actor.personId) throw new Forbidden();
      if (decision.undone_at) return;
      if (decision.late || (await tx.row('SELECT 1 FROM moderation_appeal WHERE decision_id = $1', [decisionId]))) throw new DomainError('undo-expired', 'conflict');
      await tx.run('UPDATE moderation_decision SET undone_at = now() WHERE id = $1', [decisionId]);
      // Another text of the author's waits in its place: there is nothing left to decide.
      const open = one.target_kind === 'held' && !(await reopenHeld(tx, one.target_id)) ? one.id : await reopenCase(tx, one);
      await this.measures.revert(write, actor, one, decision);
      await this.letters.ofUndo(tx, decisionId);
      await noteInRecord(tx, actor, one, { act: 'decision.undone' });
      if (open !== one.id) await tellModerators(write, one.id);
      await tellOutcome(write, { id: open, author_person_id: one.author_person_id });
    });
    this.letters.soon();
  }
}

/** A line in the record of administration, which the secretariat reads: nothing of what happens in a confidential space; there the decision is the record. */
export async function noteInRecord(tx: Sql, actor: Actor, one: StoredCase, { act, detail }: Pick<AuditEntry, 'act' | 'detail'>): Promise<void> {
  if (!one.confidential) await recordAudit(tx, actor, { act, subjectKind: 'case', subjectId: one.id, ...(detail && { detail }) });
}

export function assertNotBarred(actor: Actor, one: StoredCase): void {
  const bar = barOf(actor, one);
  if (bar) throw new DomainError('recused', 'forbidden', { bar });
}

/** The words of the rule are kept as they are now. */
async function storeDecision(tx: Sql, actor: Actor, one: StoredCase, body: DecisionBody & { hash: Buffer; ruleVersion: number }): Promise<void> {
  const days = typeof body.duration === 'number' ? body.duration : null;
  await tx.run(
    `INSERT INTO moderation_decision (id, case_id, decided_by, author_person_id, rule_id, facts, measure, duration_days, definitive, ends_at, remedy, request_hash, rule_version, appeal_until)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(days => $8), $10, $11, $12, now() + interval '${APPEAL_MONTHS} months')`,
    [body.id, one.id, actor.personId, one.author_person_id, body.rule, body.facts, body.measure, days, body.duration === 'definitive', body.remedy, body.hash, body.ruleVersion]);
}

/** The author, whoever reported it, and moderation hear of it. */
export async function tellOutcome(write: Write, one: Pick<StoredCase, 'id' | 'author_person_id'>): Promise<void> {
  const { tx, record } = write;
  const author = one.author_person_id ? await tx.row<{ id: string }>('SELECT id FROM account WHERE person_id = $1', [one.author_person_id]) : undefined;
  if (author) record({ type: 'decision.made', audience: 'account', account: author.id, subject: one.id });
  const reporters = await tx.rows<{ id: string }>('SELECT DISTINCT reporter_account_id AS id FROM report WHERE case_id = $1 AND reporter_account_id IS NOT NULL ORDER BY 1', [one.id]);
  for (const { id } of reporters) record({ type: 'report.answered', audience: 'account', account: id, subject: one.id });
  await tellModerators(write, one.id);
}
