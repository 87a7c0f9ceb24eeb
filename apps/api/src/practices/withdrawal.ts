import { LISTED_STATES, nextStanding, PRACTICE_LIFE, type PracticeState } from '@passerelle/contract';
import { type Actor, NotFound, type Sql } from '../platform/index.js';
import type { Write } from '../realtime/index.js';
import { noteTransition } from './practice-life.service.js';
import { recordPracticeFact } from './practice.service.js';

interface Standing extends Record<string, unknown> {
  id: string; ref: string; organisation_id: string | null; state: PracticeState; state_before: PracticeState | null; consent: unknown; validated: boolean; due_at: string | null;
}
type Kept = Pick<Standing, 'state' | 'state_before' | 'consent' | 'validated' | 'due_at'>;

const lock = (tx: Sql, id: string) => tx.row<Standing>('SELECT id, ref, organisation_id, state, state_before, consent, validated, due_at FROM practice WHERE id = $1 FOR UPDATE', [id]);
const isListed = (state: PracticeState) => LISTED_STATES.includes(state);

/** Withdraws a practice from publication by a decision of moderation. @returns how it stood, for reinstate(); null when it was away already. */
export async function withdrawByDecision(write: Write, actor: Actor, id: string, reason: string): Promise<string | null> {
  const practice = await lock(write.tx, id);
  if (!practice) throw new NotFound();
  const { state, state_before, consent, validated, due_at } = practice;
  if (!PRACTICE_LIFE.withdraw.from.includes(state)) return null;
  const kept: Kept = { state, state_before, consent, validated, due_at };
  const next = nextStanding({ state, before: state_before, consent: consent !== null, validated }, 'withdraw');
  await write.tx.run('UPDATE practice SET state = $2, state_before = $3, consent = NULL, validated = $4, due_at = NULL, version = version + 1, state_at = now() WHERE id = $1', [id, next.state, next.before, next.validated]);
  await write.tx.run('UPDATE practice_review SET ended_at = now() WHERE practice_id = $1 AND ended_at IS NULL', [id]);
  await noteTransition(write.tx, { practiceId: id, action: 'withdraw', from: state, to: next.state, actor, reason });
  await recordPracticeFact(write, { id, ref: practice.ref, organisationId: practice.organisation_id }, { listed: isListed(state) ? 'practice.closed' : null });
  return JSON.stringify(kept);
}

/** Puts a practice back as it stood; one that its city has taken up again meanwhile is left to it. */
export async function reinstate(write: Write, actor: Actor | null, id: string, was: string, reason: string): Promise<void> {
  const practice = await lock(write.tx, id);
  if (practice?.state !== 'withdrawn') return;
  const kept = JSON.parse(was) as Kept;
  // With experts, it would wait for people who were told that it is over.
  const state = kept.state === 'in-expertise' ? (kept.state_before ?? 'published') : kept.state;
  await write.tx.run('UPDATE practice SET state = $2, state_before = $3, consent = $4::jsonb, validated = $5, due_at = $6, version = version + 1, state_at = now() WHERE id = $1', [id, state, state === kept.state ? kept.state_before : null, kept.consent === null ? null : JSON.stringify(kept.consent), kept.validated, kept.due_at]);
  await noteTransition(write.tx, { practiceId: id, action: 'reopen', from: 'withdrawn', to: state, actor, reason });
  await recordPracticeFact(write, { id, ref: practice.ref, organisationId: practice.organisation_id }, { listed: isListed(state) ? 'practice.published' : null });
}
