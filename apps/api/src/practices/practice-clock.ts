import { Injectable } from '@nestjs/common';
import { CONFIRM_AFTER_MONTHS, EXPERT_DAYS, nextStanding, type PracticeState, REVIEW_WORKING_DAYS } from '@passerelle/contract';
import { Database, isStaff, Jobs, staffAccounts } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { CityNotices } from './city-notices.js';
import { askExpert, hasWorkedOn, isOfItsCountry, nextExpert } from './experts.js';
import { afterWorkingDays, noteTransition } from './practice-life.service.js';
import { recordPracticeFact } from './practice.service.js';

const BATCH = 100;
const EVERY_HOUR = '7 * * * *';

interface Late extends Record<string, unknown> {
  id: string; ref: string; organisation_id: string | null;
}

/** What time alone does to practices: they ask to be confirmed, and late reviews go to somebody else. */
@Injectable()
export class PracticeClock {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly notices: CityNotices,
    jobs: Jobs,
  ) {
    jobs.every(EVERY_HOUR, 'practice-clock', () => this.turn());
  }

  /** One turn of the clock; may run again at any time. */
  async turn(): Promise<void> {
    for (const work of [() => this.letAge(), () => this.reassignReviews(), () => this.reassignExperts()])
      while ((await work()) === BATCH);
  }

  private letAge(): Promise<number> {
    return this.write.run(null, async (write) => {
      const aged = await write.tx.rows<Late & { title: string; state: PracticeState; has_consent: boolean; validated: boolean }>(
        `SELECT id, ref, title, organisation_id, state, consent IS NOT NULL AS has_consent, validated FROM practice
         WHERE state IN ('published', 'public', 'validated') AND coalesce(confirmed_on, published_at, created_at) < now() - make_interval(months => ${CONFIRM_AFTER_MONTHS}) ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`);
      for (const practice of aged) {
        const next = nextStanding({ state: practice.state, before: null, consent: practice.has_consent, validated: practice.validated }, 'let-age');
        await write.tx.run('UPDATE practice SET state = $2, state_before = $3, state_at = now(), version = version + 1 WHERE id = $1', [practice.id, next.state, next.before]);
        await noteTransition(write.tx, { practiceId: practice.id, action: 'let-age', from: practice.state, to: next.state, actor: null });
        await recordPracticeFact(write, { id: practice.id, ref: practice.ref, organisationId: practice.organisation_id }, { listed: 'practice.edited' });
        await this.notices.ofPractice(write.tx, practice.organisation_id, practice);
      }
      return aged.length;
    });
  }

  /** A review that is late goes to the impartial moderator with the least to do; where there is no other, all are told again. */
  private reassignReviews(): Promise<number> {
    return this.write.run(null, async (write) => {
      const late = await write.tx.rows<Late>(
        `SELECT id, ref, organisation_id FROM practice WHERE state IN ('submitted', 'in-review') AND due_at < now() ORDER BY due_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`);
      for (const practice of late) {
        const other = await write.tx.row<{ person_id: string }>(
          `SELECT a.person_id FROM practice p JOIN account a ON ${isStaff('a')} AND a.person_id IS DISTINCT FROM p.reviewer_person_id
           WHERE p.id = $1 AND NOT ${isOfItsCountry('a.person_id', 'p')} AND NOT ${hasWorkedOn('a.person_id', 'p')}
           ORDER BY (a.role = 'administrator'), (SELECT count(*) FROM practice q WHERE q.reviewer_person_id = a.person_id AND q.state = 'in-review'), a.person_id LIMIT 1`, [practice.id]);
        await write.tx.run('UPDATE practice SET reviewer_person_id = coalesce($2, reviewer_person_id), due_at = $3 WHERE id = $1', [practice.id, other?.person_id ?? null, afterWorkingDays(new Date(), REVIEW_WORKING_DAYS)]);
        await this.tellModerators(write, practice);
      }
      return late.length;
    });
  }

  /** An expert who has not answered in time is thanked; somebody else of the theme is asked. */
  private reassignExperts(): Promise<number> {
    return this.write.run(null, async (write) => {
      const late = await write.tx.rows<Late & { review_id: string }>(
        `SELECT p.id, p.ref, p.organisation_id, r.id AS review_id FROM practice_review r JOIN practice p ON p.id = r.practice_id
         WHERE r.ended_at IS NULL AND r.given_at IS NULL AND r.due_at < now() AND p.state = 'in-expertise' ORDER BY r.due_at LIMIT ${BATCH} FOR UPDATE OF p SKIP LOCKED`);
      for (const practice of late) await this.replaceExpert(write, practice, practice.review_id);
      return late.length;
    });
  }

  private async replaceExpert(write: Write, practice: Late, reviewId: string): Promise<void> {
    const next = await nextExpert(write.tx, practice.id, { askedBefore: false });
    // Without another the late one stays asked: a late opinion is better than none, and moderation sees that it is late.
    // The opinion may have been given between the list and the lock: then nothing is late any more.
    const changed = await write.tx.run(
      `UPDATE practice_review SET ended_at = CASE WHEN $2::boolean THEN now() END, due_at = CASE WHEN $2 THEN due_at ELSE now() + make_interval(days => ${EXPERT_DAYS}) END
       WHERE id = $1 AND given_at IS NULL AND ended_at IS NULL`, [reviewId, next !== undefined]);
    if (changed === 0) return;
    if (next) await write.tx.run('UPDATE practice SET due_at = $2 WHERE id = $1', [practice.id, await askExpert(write.tx, practice.id, next)]);
    await this.tellModerators(write, practice, next ? [next.account_id] : []);
  }

  private async tellModerators(write: Write, practice: Late, more: string[] = []): Promise<void> {
    await recordPracticeFact(write, { id: practice.id, ref: practice.ref, organisationId: practice.organisation_id }, { listed: null, extraAccounts: [...(await staffAccounts(this.database)), ...more] });
  }
}
