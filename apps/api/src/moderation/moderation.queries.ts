import { Injectable } from '@nestjs/common';
import type { AppealView, CaseRow, CasesPage, CasesQuery, CaseTarget, CaseView, DecisionView, MyModerationView, MyReportView, PageQuery, RegisterPage, RegisterRow } from '@passerelle/contract';
import { plainText } from '@passerelle/text/markdown';
import { z } from 'zod';
import { type Actor, canModerate, Database, CursorInstant, decodeCursor, encodeCursor, Forbidden, isGuest, judgesToday, NotFound, type Sql } from '../platform/index.js';
import { findingsOf } from '../forum/index.js';
import type { Finding } from '../watch/index.js';
import { barOf, measuresOf, type StoredCase } from './case-store.js';
import { originalOf, wordsOf } from './replaced-words.js';
import { HeldCaseQueries } from './watch/held-case.queries.js';
import { ANIMATES, AUTHOR, CASE_COUNTS, CASES, CONTEXT, DECISIONS_OF_CASE, DECISIONS_ON, MY_REPORTS, REGISTER, REGISTER_MONTHS, REPORTS } from './moderation.sql.js';

const AROUND = 2;
const TEXT_MAX = 4_000;
const EXCERPT_MAX = 120;
const After = z.tuple([CursorInstant, z.uuid()]);

export interface CaseColumns extends StoredCase {
  number: string; title: string; url: string | null; opened_at: string; claimed_at: string | null; claimer: string | null; reports: number; reason: string | null; naming: string; thread_id: string | null; position: number | null; now_in: string | null; space: CaseRow['space']; language: 'fr' | 'en'; seen: number | null; opening: string | null; caught: Finding[] | null;
}
interface RuleColumns {
  rule_id: string; name_fr: string; name_en: string; duration_days: number | null; definitive: boolean;
}
interface DecisionColumns extends RuleColumns, Record<string, unknown> {
  id: string; number: string; target_kind: CaseTarget; target_id: string; title: string; url: string | null; facts: string; measure: DecisionView['measure']; ends_at: string | null; remedy: string; replacement: string | null; at: string; appeal_until: string; undo_until: string; undone_at: string | null; appeal: AppealView | null;
}

/** The queue, the cases, what concerns oneself, and the register. */
@Injectable()
export class ModerationQueries {
  constructor(
    private readonly database: Database,
    private readonly held: HeldCaseQueries,
  ) {}

  async queue(actor: Actor, { which, target, space, measure, moderator, days }: CasesQuery): Promise<CasesPage> {
    if (!(await hasDesk(this.database, actor))) throw new Forbidden();
    const [rows, counts] = await Promise.all([
      this.database.rows<CaseColumns>(CASES, [actor.accountId, actor.personId, null, which, target, space, measure, moderator, days].map((value) => value ?? null)),
      this.database.row<{ all: number; mine: number; free: number; oldest: string | null; moderators: CasesPage['moderators'] }>(CASE_COUNTS, [actor.accountId, actor.personId]),
    ]);
    return { items: rows.map((row) => presentCase(actor, row)), counts: { all: counts?.all ?? 0, mine: counts?.mine ?? 0, free: counts?.free ?? 0 }, oldest: counts?.oldest ?? null, moderators: canModerate(actor) ? (counts?.moderators ?? []) : [] };
  }

  async case(actor: Actor, id: string): Promise<CaseView> {
    const row = await this.database.row<CaseColumns>(CASES, [actor.accountId, actor.personId, id, 'all', null, null, null, null, null]);
    if (!row) throw canModerate(actor) ? new NotFound() : new Forbidden();
    const measures = measuresOf(actor, row.target_kind);
    // A moderator whom somebody inside has let read one case of a confidential space reads no more than that.
    const around = row.now_in === null || actor.spaceIds.includes(row.now_in) ? AROUND : 0;
    const [reported, author, context, notes, decisions, { words }, original, held] = await Promise.all([
      this.database.rows<CaseView['reported'][number]>(REPORTS, [id]),
      // Where the thread withholds names, so does the case.
      row.author_person_id && row.naming === 'shown' ? this.database.row<NonNullable<CaseView['author']> & Record<string, unknown>>(AUTHOR, [row.author_person_id, id, actor.accountId]) : undefined,
      row.thread_id ? this.database.rows<Omit<CaseView['context'][number], 'text'> & { body: string }>(CONTEXT, [row.thread_id, row.position, around]) : [],
      this.database.rows<CaseView['notes'][number]>('SELECT id, body, at, author_function AS by FROM moderation_note WHERE case_id = $1 ORDER BY at LIMIT 100', [id]),
      this.database.rows<DecisionColumns>(DECISIONS_OF_CASE, [id, actor.personId]),
      wordsOf(this.database, row),
      originalOf(this.database, row),
      row.target_kind === 'held' ? this.held.ofCase(row.target_id, row.naming === 'shown') : null,
    ]);
    return { ...presentCase(actor, row), reported, author: author ?? null, context: context.map(({ body, ...post }) => ({ ...post, text: plainText(body, TEXT_MAX) })), notes, decisions: decisions.map(presentDecision), words: measures.includes('edit') ? words : null, original, measures, found: findingsOf(row.caught ?? []), held };
  }

  /** Decisions on what one wrote, and what became of what one reported. */
  async mine(actor: Actor): Promise<MyModerationView> {
    const [decisions, reports] = await Promise.all([
      this.database.rows<DecisionColumns>(DECISIONS_ON, [actor.personId, actor.spaceIds, actor.threadIds]),
      this.database.rows<Omit<MyReportView, 'target'> & DecisionColumns>(MY_REPORTS, [actor.accountId, actor.spaceIds, actor.threadIds]),
    ]);
    return { decisions: decisions.map(presentDecision), reports: reports.map((row) => ({ id: row.id, at: row.at, reason: row.reason, outcome: row.outcome, target: targetOf(row) })) };
  }

  async register(actor: Actor, { limit, cursor }: PageQuery): Promise<RegisterPage> {
    if (isGuest(actor)) throw new NotFound();
    const [at, id] = cursor ? decodeCursor(cursor, After) : [null, null];
    const [rows, months] = await Promise.all([
      this.database.rows<Omit<RegisterRow, 'rule' | 'duration'> & RuleColumns>(REGISTER, [at, id, limit + 1]),
      this.database.rows<RegisterPage['months'][number]>(REGISTER_MONTHS),
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return { items: page.map((row) => ({ id: row.id, number: row.number, at: row.at, target: row.target, measure: row.measure, appeal: row.appeal, ...ruleOf(row) })), nextCursor: rows.length > limit && last ? encodeCursor([last.at, last.id]) : null, months };
  }
}

/** Who moderates today has a desk, and so has whoever animates a confidential space. */
export const hasDesk = async (sql: Sql, actor: Actor): Promise<boolean> => judgesToday(actor) || (await sql.row(ANIMATES, [actor.personId])) !== undefined;

const targetOf = ({ target_kind, target_id, title, url }: { target_kind: CaseTarget; target_id: string; title: string; url: string | null }): CaseRow['target'] => ({ kind: target_kind, id: target_id, title, url });
const ruleOf = ({ rule_id, name_fr, name_en, duration_days, definitive }: RuleColumns): Pick<DecisionView, 'rule' | 'duration'> => ({
  rule: { id: rule_id, fr: name_fr, en: name_en }, duration: definitive ? 'definitive' : (duration_days as DecisionView['duration']),
});

export const presentCase = (actor: Actor, row: CaseColumns): CaseRow => ({
  id: row.id, number: row.number, kind: row.kind, target: targetOf(row), state: row.state, space: row.space, seen: row.seen, excerpt: plainText(row.opening ?? '', EXCERPT_MAX), language: row.language, version: row.version, openedAt: row.opened_at, reports: row.reports, reason: row.reason,
  claimedBy: row.claimed_by && row.claimed_at ? { name: row.claimer ?? '', mine: row.claimed_by === actor.personId, at: row.claimed_at } : null, barred: barOf(actor, row),
});

const presentDecision = (row: DecisionColumns): DecisionView => ({
  id: row.id, number: row.number, target: targetOf(row), facts: row.facts, measure: row.measure, endsAt: row.ends_at, remedy: row.remedy, replacement: row.replacement, at: row.at, appealUntil: row.appeal_until, undoUntil: row.undo_until, undone: row.undone_at !== null, appeal: row.appeal, ...ruleOf(row),
});
