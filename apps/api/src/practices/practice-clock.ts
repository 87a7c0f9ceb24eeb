import { Injectable } from '@nestjs/common';
import { CONFIRM_AFTER_MONTHS, EXPERT_DAYS, nextStanding, type PracticeState, REVIEW_WORKING_DAYS } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { Database, Jobs } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { afterWorkingDays, moderatorAccounts, noteTransition } from './practice-life.service.js';
import { recordPracticeFact } from './practice.service.js';

const BATCH = 100;
const DAY_MS = 86_400_000;
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
    jobs: Jobs,
  ) {
    jobs.every(EVERY_HOUR, 'practice-clock', () => this.turn());
  }

  /** One turn of the clock; may run again at any time. */
  async turn(): Promise<void> {
    await this.letAge();
    await this.reassignReviews();
    await this.reassignExperts();
  }

  private async letAge(): Promise<void> {
    await this.write.run(null, async (write) => {
      const aged = await write.tx.rows<Late & { state: PracticeState; has_consent: boolean; validated: boolean }>(
        `SELECT id, ref, organisation_id, state, consent IS NOT NULL AS has_consent, validated FROM practice
         WHERE state IN ('published', 'public', 'validated') AND coalesce(confirmed_on, published_at, created_at) < now() - make_interval(months => ${CONFIRM_AFTER_MONTHS}) ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`);
      for (const practice of aged) {
        const next = nextStanding({ state: practice.state, before: null, consent: practice.has_consent, validated: practice.validated }, 'let-age');
        await write.tx.run('UPDATE practice SET state = $2, state_before = $3, state_at = now(), version = version + 1 WHERE id = $1', [practice.id, next.state, next.before]);
        await noteTransition(write.tx, { practiceId: practice.id, action: 'let-age', from: practice.state, to: next.state, actor: null });
        await recordPracticeFact(write, { id: practice.id, ref: practice.ref, organisationId: practice.organisation_id }, { listed: 'practice.edited' });
      }
    });
  }

  /** A review that is late goes to the impartial moderator with the least to do; where there is no other, all are told again. */
  private async reassignReviews(): Promise<void> {
    await this.write.run(null, async (write) => {
      const late = await write.tx.rows<Late & { country: string; reviewer_person_id: string | null }>(
        `SELECT id, ref, organisation_id, country, reviewer_person_id FROM practice WHERE state IN ('submitted', 'in-review') AND due_at < now() ORDER BY due_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`);
      for (const practice of late) {
        const other = await write.tx.row<{ person_id: string }>(
          `SELECT a.person_id FROM account a LEFT JOIN practice p ON p.reviewer_person_id = a.person_id AND p.state = 'in-review'
           WHERE a.role IN ('moderator', 'administrator') AND a.disabled_at IS NULL AND a.person_id IS DISTINCT FROM $1
             AND NOT EXISTS (SELECT 1 FROM mandate m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = a.person_id AND o.kind = 'city' AND o.country = $2)
           GROUP BY a.person_id, a.role ORDER BY (a.role = 'administrator'), count(p.id), a.person_id LIMIT 1`, [practice.reviewer_person_id, practice.country]);
        await write.tx.run('UPDATE practice SET reviewer_person_id = coalesce($2, reviewer_person_id), due_at = $3 WHERE id = $1', [practice.id, other?.person_id ?? null, afterWorkingDays(new Date(), REVIEW_WORKING_DAYS)]);
        await this.tellModerators(write, practice);
      }
    });
  }

  /** An expert who has not answered in time is thanked; somebody else of the theme is asked. */
  private async reassignExperts(): Promise<void> {
    await this.write.run(null, async (write) => {
      const late = await write.tx.rows<Late & { review_id: string; country: string; theme_id: string | null }>(
        `SELECT p.id, p.ref, p.organisation_id, p.country, p.theme_id, r.id AS review_id FROM practice_review r JOIN practice p ON p.id = r.practice_id
         WHERE r.ended_at IS NULL AND r.given_at IS NULL AND r.due_at < now() AND p.state = 'in-expertise' ORDER BY r.due_at LIMIT ${BATCH} FOR UPDATE OF p SKIP LOCKED`);
      for (const practice of late) {
        const next = await write.tx.row<{ person_id: string; account_id: string }>(
          `SELECT e.person_id, a.id AS account_id FROM expertise e JOIN account a ON a.person_id = e.person_id AND a.disabled_at IS NULL
           WHERE e.theme_id = $2 AND NOT EXISTS (SELECT 1 FROM practice_review r WHERE r.practice_id = $1 AND r.person_id = e.person_id)
             AND NOT EXISTS (SELECT 1 FROM practice_transition x WHERE x.practice_id = $1 AND x.actor_person_id = e.person_id)
             AND NOT EXISTS (SELECT 1 FROM mandate m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = e.person_id AND o.kind = 'city' AND o.country = $3)
           ORDER BY (SELECT count(*) FROM practice_review r WHERE r.person_id = e.person_id AND r.ended_at IS NULL), e.person_id LIMIT 1`, [practice.id, practice.theme_id, practice.country]);
        // Without another the late one stays asked: a late opinion is better than none, and moderation sees that it is late.
        if (next) {
          await write.tx.run('UPDATE practice_review SET ended_at = now() WHERE id = $1', [practice.review_id]);
          await write.tx.run('INSERT INTO practice_review (id, practice_id, person_id, due_at) VALUES ($1, $2, $3, $4)', [uuid(), practice.id, next.person_id, new Date(Date.now() + EXPERT_DAYS * DAY_MS)]);
        }
        await this.tellModerators(write, practice, next ? [next.account_id] : []);
      }
    });
  }

  private async tellModerators(write: Write, practice: Late, more: string[] = []): Promise<void> {
    await recordPracticeFact(write, { id: practice.id, ref: practice.ref, organisationId: practice.organisation_id }, { listed: null, extraAccounts: [...(await moderatorAccounts(this.database)), ...more] });
  }
}
