import { Injectable } from '@nestjs/common';
import type { AppealAnswerBody, AppealBody, Measure } from '@passerelle/contract';
import { HeldRelease, reopenHeld } from '../forum/index.js';
import { type Actor, DomainError, IdReused, NotFound, StaleVersion } from '../platform/index.js';
import { type AppendingWrite, WriteTransaction } from '../realtime/index.js';
import { assertNotBarred, noteInRecord, tellOutcome } from './case.service.js';
import { lockCase, openCase, reopenCase, type StoredCase, tellModerators } from './case-store.js';
import { isConfidential, moderatorOutside, otherJudge, tellOutside } from './judges.js';
import { ModerationLetters } from './letters.js';
import { Measures } from './measures.js';

/** Decisions contested by their author, answered in words by somebody else than whoever decided. */
@Injectable()
export class AppealService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly letters: ModerationLetters,
    private readonly measures: Measures,
    private readonly held: HeldRelease,
  ) {}

  /**
   * Contests a decision, once, within six months. The system gives it to another person; without one it waits for the secretariat.
   * @throws DomainError `no-other-judge` in a confidential space where nobody else may answer, until the author lets a moderator outside read it.
   */
  async open(actor: Actor, decisionId: string, body: AppealBody): Promise<void> {
    await this.write.run(actor, async (write) => {
      const { tx } = write;
      const decision = await tx.row<StoredCase & { decided_by: string; late: boolean }>(
        `SELECT c.*, d.decided_by, d.appeal_until < now() AS late FROM moderation_decision d JOIN moderation_case c ON c.id = d.case_id WHERE d.id = $1 AND d.author_person_id = $2 AND d.undone_at IS NULL FOR UPDATE OF d`, [decisionId, actor.personId]);
      if (!decision) throw new NotFound();
      const stored = await tx.row<{ decision_id: string; body: string }>('SELECT decision_id, body FROM moderation_appeal WHERE id = $1', [body.id]);
      if (stored?.decision_id === decisionId && stored.body === body.body) return;
      if (stored) throw new IdReused();
      if (decision.late || (await tx.row('SELECT 1 FROM moderation_appeal WHERE decision_id = $1', [decisionId]))) throw new DomainError('not-possible-now', 'conflict');
      const judge = await otherJudge(tx, decision.id, decision.decided_by);
      const outside = !judge && (await isConfidential(tx, decision.space_id)) ? await moderatorOutside(tx, decision.id, { consent: body.tellModerator, not: decision.decided_by }) : null;
      const caseId = await openCase(tx, 'appeal', { kind: decision.target_kind, id: decision.target_id, space_id: decision.space_id, author_person_id: decision.author_person_id, author_organisation_id: decision.author_organisation_id }, judge ?? outside);
      if (outside) await tellOutside(tx, caseId, outside);
      await tx.run('INSERT INTO moderation_appeal (id, decision_id, case_id, author_person_id, body) VALUES ($1, $2, $3, $4, $5)', [body.id, decisionId, caseId, actor.personId, body.body]);
      await tellModerators(write, caseId);
    });
  }

  /** Answers in words: upheld, reversed, or accepted with conditions. What was reversed is taken back at once. */
  async answer(actor: Actor, caseId: string, body: AppealAnswerBody): Promise<void> {
    await this.write.run(actor, async (write) => {
      const { tx } = write;
      const one = await lockCase(tx, actor, caseId);
      const appeal = await tx.row<{ id: string; outcome: string | null; answer: string; answered_by: string | null; decision_id: string; measure: Measure; first_case: string; ended_at: string | null }>(
        `SELECT p.id, p.outcome, p.answer, p.answered_by, d.id AS decision_id, d.measure, d.case_id AS first_case, d.ended_at FROM moderation_appeal p JOIN moderation_decision d ON d.id = p.decision_id WHERE p.case_id = $1`, [caseId]);
      if (!appeal) throw new NotFound();
      if (appeal.outcome === body.outcome && appeal.answer === body.answer && appeal.answered_by === actor.personId) return;
      assertNotBarred(actor, one);
      if (one.state !== 'open' || (one.claimed_by !== null && one.claimed_by !== actor.personId)) throw new DomainError('not-possible-now', 'conflict');
      if (one.version !== body.version) throw new StaleVersion(one.version);
      if (body.outcome !== 'upheld') await tx.run('UPDATE moderation_decision SET ended_at = coalesce(ended_at, now()) WHERE id = $1', [appeal.decision_id]);
      if (body.outcome !== 'upheld' && !appeal.ended_at) await this.measures.revert(write, actor, one, { id: appeal.decision_id, measure: appeal.measure });
      await tx.run('UPDATE moderation_appeal SET outcome = $2, answer = $3, answered_by = $4, answered_at = now() WHERE id = $1', [appeal.id, body.outcome, body.answer, actor.personId]);
      await this.letters.ofAnswer(tx, appeal.decision_id);
      await tx.run(`UPDATE moderation_case SET state = 'decided', decided_at = now(), version = version + 1, claimed_by = NULL, claimed_at = NULL WHERE id = $1`, [caseId]);
      await noteInRecord(tx, actor, one, { act: 'appeal.answered', detail: { outcome: body.outcome } });
      await tellOutcome(write, { id: appeal.first_case, author_person_id: one.author_person_id });
      await tellModerators(write, caseId);
      if (body.outcome !== 'upheld' && one.target_kind === 'held') await this.letThrough(write, actor, { id: appeal.first_case, target_kind: one.target_kind, target_id: one.target_id });
    });
    this.letters.soon();
  }

  /** What was refused appears. Where it can't now, as its thread is closed or its author may not write, the appeal is heard all the same and it waits again. */
  private async letThrough(write: AppendingWrite, actor: Actor, first: Pick<StoredCase, 'id' | 'target_kind' | 'target_id'>): Promise<void> {
    const { tx } = write;
    await tx.run('SAVEPOINT letting_through');
    try {
      await this.held.release(write, first.target_id, actor.personId);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await tx.run('ROLLBACK TO SAVEPOINT letting_through');
      if (await reopenHeld(tx, first.target_id)) await tellModerators(write, await reopenCase(tx, first));
    }
  }
}
