import { Injectable } from '@nestjs/common';
import {
  actionsFrom, EXPERT_DAYS, LISTED_STATES, nextStanding, PRACTICE_LIFE, type PracticeAction, type PracticeActionBody, practiceGaps, type PracticeState, REVIEW_WORKING_DAYS, type ReviewBody,
} from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { type Actor, DomainError, Forbidden, InvalidInput, type Sql, staffAccounts, StaleVersion } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { askExpert, namedExperts, nextExpert } from './experts.js';
import { loadPractice, type StoredPractice } from './practice-store.js';
import { isImpartial, isOwner, needsOf, rolesOf, verdictOf } from './practice.policy.js';
import { handIn } from './hand-in.js';
import { CityNotices } from './city-notices.js';
import { recordPracticeFact, refuseGaps, signatureOf } from './practice.service.js';

const DAY_MS = 86_400_000;
/** What moderation does with a practice that its city waits for. */
const TELLS_CITY: readonly PracticeAction[] = ['ask-completion', 'publish', 'refuse', 'validate', 'return-with-advice'];

/** The given number of working days later; Saturdays and Sundays do not count. */
export function afterWorkingDays(from: Date, days: number): Date {
  const date = new Date(from);
  for (let left = days; left > 0; ) {
    date.setTime(date.getTime() + DAY_MS);
    if (date.getUTCDay() !== 0 && date.getUTCDay() !== 6) left--;
  }
  return date;
}

/** Moves a practice from state to state, as PRACTICE_LIFE allows. */
@Injectable()
export class PracticeLifeService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly notices: CityNotices,
  ) {}

  /** Takes one action. Repeating the last one is answered as done. @throws DomainError that names what is missing. */
  async act(actor: Actor, ref: string, body: PracticeActionBody): Promise<void> {
    await this.write.run(actor, async (write) => {
      const practice = await loadPractice(write.tx, actor, ref, { lock: true });
      if (practice.version === body.version + 1 && practice.lastAction?.action === body.action && practice.lastAction.person === actor.personId) return;
      this.assertAllowed(actor, practice, body);
      if (practice.version !== body.version) throw new StaleVersion(practice.version);
      const { entry } = PRACTICE_LIFE[body.action];
      if (entry) refuseGaps(practiceGaps(practice.content, entry));
      await this.move(write, actor, body.delegation === undefined ? practice : await handIn(write.tx, actor, practice, body), body);
    });
  }

  /** An expert's grid and private advice; may be changed until moderation has drawn the conclusion. */
  async review(actor: Actor, ref: string, body: ReviewBody): Promise<void> {
    await this.write.run(actor, async (write) => {
      const practice = await loadPractice(write.tx, actor, ref, { lock: true });
      if (!practice.asked || practice.state !== 'in-expertise') throw new Forbidden();
      if (!isImpartial(practice)) throw partiality(practice);
      await write.tx.run('UPDATE practice_review SET grid = $3, advice = $4, given_at = now() WHERE practice_id = $1 AND person_id = $2 AND ended_at IS NULL', [practice.id, actor.personId, JSON.stringify(body.grid), body.advice]);
      await recordPracticeFact(write, { ...practice, organisationId: null }, { listed: null, extraAccounts: [actor.accountId, ...(await staffAccounts(write.tx))] });
    });
  }

  private assertAllowed(actor: Actor, practice: StoredPractice, body: PracticeActionBody): void {
    const { action } = body;
    if (!PRACTICE_LIFE[action].from.includes(practice.state)) throw new DomainError('not-possible-now', 'conflict', { state: practice.state, action });
    const roles = rolesOf(actor, practice);
    if (!actionsFrom(practice.state, roles).includes(action)) throw this.refusal(actor, practice, action);
    const needs = needsOf(action);
    if (needs.includes('reason') && body.reason.length < 10) throw new InvalidInput('reason', 'too_small');
    if (action === 'refuse' && !body.reasonCode) throw new InvalidInput('reasonCode', 'required');
    if (needs.includes('consent') && !body.consentBy) throw new DomainError('consent-required', 'invalid', {}, [{ path: 'consentBy', message: 'required' }]);
    if (needs.includes('open') && !practice.consent) throw new DomainError('not-possible-now', 'conflict', { state: practice.state, action });
    if (needs.includes('verdict')) {
      const verdict = verdictOf(practice.grids);
      if (verdict === 'open') throw new DomainError('verdict-open', 'conflict');
      if (action === 'validate' && verdict !== 'for') throw new DomainError('not-possible-now', 'conflict', { state: practice.state, action });
      if (!roles.includes('moderator')) throw new Forbidden();
    }
  }

  /** Why the actor may not, as exactly as may be said. */
  private refusal(actor: Actor, practice: StoredPractice, action: PracticeAction): DomainError {
    const { by } = PRACTICE_LIFE[action];
    if (by.includes('approver') && isOwner(actor, practice)) return new DomainError('mandate-required', 'forbidden');
    if ((by.includes('moderator') && actor.role !== 'member' && actor.role !== 'guest') || (by.includes('expert') && practice.asked)) return isImpartial(practice) ? new Forbidden() : partiality(practice);
    return new Forbidden();
  }

  private async move(write: Write, actor: Actor, practice: StoredPractice, body: PracticeActionBody): Promise<void> {
    const { action } = body;
    const next = nextStanding(practice, action);
    const delegation = PRACTICE_LIFE[action].by.includes('approver') ? practice.delegation : null;
    const consent = action === 'open-to-public' ? { ...signatureOf(actor, delegation), ...body.consentBy } : null;
    await write.tx.run(
      `UPDATE practice SET state = $2, state_before = $3, consent = CASE WHEN $4::boolean THEN coalesce($5::jsonb, consent) END, validated = $6, due_at = CASE WHEN state = $2 THEN due_at ELSE $7 END, version = version + 1, state_at = now(),
         approval_asked_at = CASE WHEN $8 = 'ask-approval' THEN now() WHEN $8 IN ('submit', 'resubmit') THEN NULL ELSE approval_asked_at END,
         approved_by = CASE WHEN $8 IN ('submit', 'resubmit') THEN $9::jsonb ELSE approved_by END,
         reviewer_person_id = CASE WHEN $8 = 'take' THEN $10::uuid ELSE reviewer_person_id END,
         published_at = CASE WHEN $8 = 'publish' THEN coalesce(published_at, now()) ELSE published_at END,
         confirmed_on = CASE WHEN $8 IN ('publish', 'confirm', 'validate') THEN now() ELSE confirmed_on END
       WHERE id = $1`,
      [practice.id, next.state, next.before, next.consent, consent && JSON.stringify(consent), next.validated, dueDate(next.state), action, JSON.stringify(signatureOf(actor, delegation)), actor.personId]);
    if (action === 'revise') await write.tx.run(BECOMES_OWN, [practice.id]);
    await noteTransition(write.tx, { practiceId: practice.id, action, from: practice.state, to: next.state, actor, reason: body.reason, reasonCode: body.reasonCode ?? null, delegation });
    const experts = action === 'send-to-experts' ? await this.assignExperts(write.tx, practice, body.experts) : [];
    // What waits for a review stands in the queue of all moderators, with whoever has taken it.
    const extraAccounts = [...experts, ...(isIncoming(practice.state) || isIncoming(next.state) ? await staffAccounts(write.tx) : [])];
    if (practice.state === 'in-expertise' && next.state !== 'in-expertise') await write.tx.run('UPDATE practice_review SET ended_at = now() WHERE practice_id = $1 AND ended_at IS NULL', [practice.id]);
    await recordPracticeFact(write, practice, { listed: listedFact(practice.state, next.state), extraAccounts });
    if (TELLS_CITY.includes(action)) await this.notices.ofPractice(write.tx, practice.organisationId, { title: practice.content.title, ref: practice.ref });
  }

  /** The experts who are named, or the impartial one of the theme; @returns their accounts. @throws DomainError when there is none. */
  private async assignExperts(tx: Sql, practice: StoredPractice, named: string[] = []): Promise<string[]> {
    const proposed = named.length > 0 ? null : await nextExpert(tx, practice.id, { askedBefore: true });
    const chosen = named.length > 0 ? await namedExperts(tx, practice.id, [...new Set(named)]) : proposed ? [proposed] : [];
    if (chosen.length === 0) throw new DomainError('no-expert', 'conflict');
    for (const expert of chosen) await askExpert(tx, practice.id, expert);
    return chosen.map((expert) => expert.account_id);
  }
}

// A public source opens a text that was drawn from it, not the city's own words: those need its consent.
const BECOMES_OWN = `UPDATE practice SET other_sources = array_prepend(source_url, other_sources), source_url = NULL, label = '' WHERE id = $1 AND source_url IS NOT NULL`;

const partiality = (practice: StoredPractice) => new DomainError(practice.workedOn ? 'own-practice' : 'own-country', 'forbidden');

function dueDate(state: PracticeState): Date | null {
  if (state === 'submitted' || state === 'in-review') return afterWorkingDays(new Date(), REVIEW_WORKING_DAYS);
  return state === 'in-expertise' ? new Date(Date.now() + EXPERT_DAYS * DAY_MS) : null;
}

const isIncoming = (state: PracticeState) => state === 'submitted' || state === 'in-review';

function listedFact(from: PracticeState, to: PracticeState): 'practice.published' | 'practice.edited' | 'practice.closed' | null {
  const [before, after] = [LISTED_STATES.includes(from), LISTED_STATES.includes(to)];
  return after ? (before ? 'practice.edited' : 'practice.published') : before ? 'practice.closed' : null;
}

interface Noted {
  practiceId: string; action: PracticeAction; from: PracticeState; to: PracticeState; actor: Actor | null; reason?: string; reasonCode?: string | null;
  /** By which the actor signed for another. */
  delegation?: string | null;
}

/** Keeps who moved it, in which function, and why. Without an actor it was the clock. */
export async function noteTransition(tx: Sql, { practiceId, action, from, to, actor, reason = '', reasonCode = null, delegation = null }: Noted): Promise<void> {
  await tx.run(
    `INSERT INTO practice_transition (id, practice_id, action, from_state, to_state, actor_person_id, actor_name, actor_function, reason_code, reason, delegation_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [uuid(), practiceId, action, from, to, actor?.personId ?? null, actor?.name ?? '', actor?.capacity?.function ?? '', reasonCode, reason, delegation]);
}
