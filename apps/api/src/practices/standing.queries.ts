import { Injectable } from '@nestjs/common';
import { type OnBehalf, PracticeContent, practiceGaps, REMIND_AFTER_MONTHS, type PracticeStandingView, type PracticeState, type PracticeTask } from '@passerelle/contract';
import { type Actor, canModerate, Database, isGuest, onBehalf, preparesOnly, themeOf } from '../platform/index.js';
import { loadPractice, type Signature, type StoredPractice } from './practice-store.js';
import { canEditPractice, isOwner, offeredActions, verdictOf, waitingFor } from './practice.policy.js';
import { readable } from './practice.visibility.js';

const HISTORY_MAX = 100;
const TASKS_MAX = 50;

/** Where practices stand, for those who have a part in them. */
@Injectable()
export class StandingQueries {
  constructor(private readonly database: Database) {}

  /** State, next step, history and opinions; null for ordinary readers. An expert sees their own opinion only. */
  async of(actor: Actor, ref: string): Promise<PracticeStandingView | null> {
    const practice = await loadPractice(this.database, actor, ref);
    const owner = isOwner(actor, practice);
    if (!owner && !canModerate(actor) && !practice.asked) return null;
    const [row, history, reviews] = await Promise.all([
      this.database.row<{ state_at: string; due_at: string | null; approval_asked_at: string | null; consent: Signature | null; approved_for: OnBehalf | null; consent_for: OnBehalf | null }>(
        `SELECT state_at, due_at, approval_asked_at, consent, ${onBehalf(`(p.approved_by ->> 'delegation')::uuid`)} AS approved_for, ${onBehalf(`(p.consent ->> 'delegation')::uuid`)} AS consent_for FROM practice p WHERE p.id = $1`, [practice.id]),
      this.database.rows<PracticeStandingView['history'][number] & Record<string, unknown>>(
        `SELECT action, from_state AS "from", to_state AS "to", actor_name AS name, actor_function AS function, reason_code AS "reasonCode", reason, at, ${onBehalf('x.delegation_id')} AS "onBehalf" FROM practice_transition x WHERE practice_id = $1 ORDER BY at DESC, id DESC LIMIT ${HISTORY_MAX}`,
        [practice.id]),
      this.reviews(actor, practice, owner),
    ]);
    const person = (signature: Signature | null, onBehalf: OnBehalf | null = null) => signature && { name: signature.name, function: signature.function, at: signature.at, onBehalf };
    return {
      state: practice.state, before: practice.before, waitingFor: waitingFor(practice.state, practice.approvalAsked), dueAt: row?.due_at ?? null, since: row?.state_at ?? '',
      preparedBy: person(practice.preparedBy), approvedBy: person(practice.approvedBy, row?.approved_for), approvalAskedAt: row?.approval_asked_at ?? null, consent: person(row?.consent ?? null, row?.consent_for),
      actions: offeredActions(actor, practice, verdictOf(practice.grids)), canEdit: canEditPractice(actor, practice), history, reviews,
    };
  }

  /** Names of experts and their advice: for moderation; the city gets the advice when the conclusion is drawn, without names. */
  private async reviews(actor: Actor, practice: StoredPractice, owner: boolean): Promise<PracticeStandingView['reviews']> {
    const rows = await this.database.rows<{ id: string; name: string; function: string; person_id: string; due_at: string; given_at: string | null; ended_at: string | null; grid: Record<string, number> | null; advice: string }>(
      `SELECT r.id, pe.name, coalesce(m.function, '') AS function, r.person_id, r.due_at, r.given_at, r.ended_at, r.grid, r.advice FROM practice_review r JOIN person pe ON pe.id = r.person_id
       LEFT JOIN LATERAL (SELECT function FROM mandate WHERE person_id = r.person_id ORDER BY valid_from DESC NULLS LAST, id LIMIT 1) m ON true WHERE r.practice_id = $1 ORDER BY r.assigned_at DESC, r.id`, [practice.id]);
    return rows
      .filter((row) => canModerate(actor) || row.person_id === actor.personId || (owner && row.given_at !== null && row.ended_at !== null))
      .map((row) => ({
        id: row.id, name: canModerate(actor) || row.person_id === actor.personId ? row.name : '', function: canModerate(actor) || row.person_id === actor.personId ? row.function : '', mine: row.person_id === actor.personId,
        dueAt: row.due_at, givenAt: row.given_at, grid: row.grid, advice: row.advice,
      }));
  }

  /** What waits for the actor: to approve, complete, confirm, review or rate; drafts of the city last. */
  async tasks(actor: Actor): Promise<{ items: PracticeTask[] }> {
    if (isGuest(actor)) return { items: [] };
    const rows = await this.database.rows<Omit<PracticeTask, 'canSubmit' | 'since' | 'dueAt' | 'preparedBy'> & { since: string; due_at: string | null; prepared_by: Signature | null; content: unknown }>(
      TASKS, [actor.personId, actor.capacity?.organisationId ?? null, actor.capacity?.mandateId ?? null, canModerate(actor)]);
    return {
      items: rows.map((row) => ({
        kind: row.kind, ref: row.ref, title: row.title, city: row.city, country: row.country, version: row.version, state: row.state as PracticeState, since: row.since, dueAt: row.due_at,
        preparedBy: row.prepared_by?.function ?? null, canSubmit: practiceGaps(PracticeContent.parse(row.content), 'submit').length === 0,
      })),
    };
  }
}

// $1 person, $2 organisation, $3 mandate, $4 whether the actor moderates.
const TASKS = `
  SELECT kind, ref, title, city_name AS city, country, version, state, since, due_at, prepared_by, content FROM (
    SELECT CASE WHEN p.state = 'draft' AND p.approval_asked_at IS NOT NULL AND NOT ${preparesOnly('$3', themeOf('p.theme_id'))} THEN 'approve' WHEN p.state = 'to-complete' THEN 'complete' WHEN p.state = 'to-confirm' THEN 'confirm' ELSE 'draft' END AS kind,
      p.ref, p.title, p.city_name, p.country, p.version, p.state, coalesce(p.approval_asked_at, p.state_at) AS since, p.due_at, p.prepared_by, p.content
    FROM practice p WHERE p.organisation_id = $2 AND p.state IN ('draft', 'to-complete', 'to-confirm')
    UNION ALL
    SELECT 'confirm', p.ref, p.title, p.city_name, p.country, p.version, p.state, coalesce(p.confirmed_on, p.published_at, p.created_at), NULL, NULL, p.content
    FROM practice p WHERE p.organisation_id = $2 AND p.source_url IS NULL AND p.state IN ('published', 'public', 'validated') AND coalesce(p.confirmed_on, p.published_at, p.created_at) < now() - interval '${REMIND_AFTER_MONTHS} months'
    UNION ALL
    SELECT CASE WHEN p.due_at < now() THEN 'late' ELSE 'review' END, p.ref, p.title, p.city_name, p.country, p.version, p.state, p.state_at, p.due_at, p.prepared_by, p.content
    FROM practice p WHERE $4::boolean AND p.state IN ('submitted', 'in-review', 'in-expertise') AND p.organisation_id IS DISTINCT FROM $2
    UNION ALL
    SELECT 'expertise', p.ref, p.title, p.city_name, p.country, p.version, p.state, r.assigned_at, r.due_at, NULL, p.content
    FROM practice_review r JOIN practice p ON p.id = r.practice_id AND p.state = 'in-expertise' WHERE r.person_id = $1 AND r.ended_at IS NULL AND r.given_at IS NULL
    UNION ALL
    SELECT 'transfer', p.ref, p.title, x.to_name, p.country, x.version, p.state, x.created_at, NULL, NULL, p.content
    FROM transfer x JOIN practice p ON p.id = x.practice_id WHERE x.to_organisation_id = $2 AND x.owner_person_id IS NOT NULL AND x.state <> 'abandoned' AND (${readable('p', 'false', '$4', '$2')})
      AND (CASE WHEN x.created_at < now() - interval '18 months' THEN 18 WHEN x.created_at < now() - interval '6 months' THEN 6 WHEN x.created_at < now() - interval '3 months' THEN 3 END) > coalesce((SELECT max(m) FROM unnest(x.asked_months) m), 0)
  ) t ORDER BY array_position(ARRAY['approve','complete','confirm','late','review','expertise','transfer','draft'], kind), due_at NULLS LAST, since LIMIT ${TASKS_MAX}`;
