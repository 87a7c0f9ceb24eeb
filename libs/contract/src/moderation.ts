import { z } from 'zod';
import { Id, Instant, pageOf, problemCodes } from './common.js';
import { AttachmentView, BODY_MAX, cleanText, TITLE_MAX, TITLE_MIN, WatchFinding } from './forum.js';
import { HELD_KINDS, MarkedText } from './watch.js';

/**
 * `page`: a public page as a whole, of which visitors say that something is wrong; `profile`: the function under which somebody is shown; `held`: what a rule
 * has caught and nobody sees yet.
 */
export const CASE_TARGETS = ['post', 'thread', 'practice', 'page', 'profile', 'held'] as const;
export type CaseTarget = (typeof CASE_TARGETS)[number];
/**
 * `edit` puts the moderator's words in the place of the author's; `hide` keeps a line in the thread without the text; `remove` leaves a trace and shows the
 * text to nobody but the case; `move` takes it elsewhere; `slow` bounds how often one person may write in the thread; `mute` ends writing, `suspend` access;
 * `refuse` keeps what is held from appearing.
 */
export const MEASURES = ['keep', 'warn', 'edit', 'hide', 'remove', 'move', 'close', 'slow', 'mute', 'suspend', 'refuse'] as const;
export type Measure = (typeof MEASURES)[number];
/** What may be done to what was reported. A practice that is removed is withdrawn from publication; a thread that is edited gets another title. */
export const MEASURES_FOR: Readonly<Record<CaseTarget, readonly Measure[]>> = {
  post: ['keep', 'warn', 'edit', 'hide', 'remove', 'move', 'slow', 'mute', 'suspend'], thread: ['keep', 'warn', 'edit', 'move', 'close', 'slow', 'mute', 'suspend'],
  practice: ['keep', 'warn', 'remove', 'mute', 'suspend'], page: ['keep'], profile: ['keep', 'warn', 'edit', 'mute', 'suspend'],
  // What appears after all needs no decision: nobody is limited by it.
  held: ['refuse', 'mute', 'suspend'],
};
/** Measures that last: they need a duration in days, or to be called definitive. */
export const LASTING: readonly Measure[] = ['edit', 'hide', 'remove', 'move', 'close', 'slow', 'mute', 'suspend'];
/** Of these, the ones that no time ends: an undo, or an appeal that is heard. */
export const DEFINITIVE: readonly Measure[] = ['edit', 'remove', 'move'];
/** How long the words may be that replace what was reported. */
export const REPLACEMENT_MAX: Readonly<Partial<Record<CaseTarget, number>>> = { post: BODY_MAX, thread: TITLE_MAX, profile: 200 };
export const DURATIONS = [1, 3, 7, 30] as const;
/** Within which a decision may be contested, in months. */
export const APPEAL_MONTHS = 6;
/** Seconds between two messages of one person in a slow thread. */
export const SLOW_SECONDS = 3_600;

const words = (min: number, max: number) => z.string().max(3 * max).transform(cleanText).pipe(z.string().min(min).max(max));
export const DecisionBody = z
  .object({
    id: Id, version: z.number().int().min(1).max(2_000_000_000), rule: z.string().max(40), facts: words(10, 2_000), measure: z.enum(MEASURES),
    /** Days, or `definitive`; null for measures that do not last. */
    duration: z.union([z.literal(DURATIONS), z.literal('definitive')]).nullable(),
    /** What the author can do now. */
    remedy: words(10, 1_000),
    /** The version of the thing that was read (`seen` of the case): what has changed since is not decided on. */
    seen: z.number().int().min(0).nullable().default(null),
    /** The words of the moderator, for `edit`. */
    replacement: words(1, BODY_MAX).nullable().default(null),
    /** Where it goes, for `move`: a thread to another space; a message with its answers to another thread, or to a new one of this title. */
    destination: z.union([z.strictObject({ space: z.string().max(80) }), z.strictObject({ thread: Id }), z.strictObject({ title: words(TITLE_MIN, TITLE_MAX) })]).nullable().default(null),
  })
  .refine(({ measure, duration }) => LASTING.includes(measure) === (duration !== null), { path: ['duration'], message: 'required' })
  .refine(({ measure, duration }) => !DEFINITIVE.includes(measure) || duration === 'definitive', { path: ['duration'], message: 'definitive' })
  .refine(({ measure, replacement, seen }) => (measure === 'edit') === (replacement !== null) && (measure !== 'edit' || seen !== null), { path: ['replacement'], message: 'required' })
  .refine(({ measure, destination }) => (measure === 'move') === (destination !== null), { path: ['destination'], message: 'required' });
export type DecisionBody = z.infer<typeof DecisionBody>;
/** How many cases one may decide on together. */
export const BULK_MAX = 50;
/** Measures that need nothing said of each thing apart. */
export const BULK_MEASURES = ['keep', 'warn', 'hide', 'remove', 'close', 'slow', 'mute', 'suspend', 'refuse'] as const satisfies readonly Measure[];
const Reasons = z.object({ facts: words(10, 2_000), remedy: words(10, 1_000) });
/** The same measure for the same reasons on several cases: each has its own decision, letter and line in the register. */
export const BulkDecisionBody = z
  .object({
    items: z.array(z.object({ case: Id, id: Id, version: z.number().int().min(1).max(2_000_000_000), seen: z.number().int().min(0).nullable() })).min(1).max(BULK_MAX),
    rule: z.string().max(40), measure: z.enum(BULK_MEASURES), duration: DecisionBody.shape.duration, french: Reasons,
    /** For authors who read English; without it they get the French. */
    english: Reasons.nullable().default(null),
  })
  .refine(({ measure, duration }) => LASTING.includes(measure) === (duration !== null), { path: ['duration'], message: 'required' })
  .refine(({ measure, duration }) => !DEFINITIVE.includes(measure) || duration === 'definitive', { path: ['duration'], message: 'definitive' })
  .refine(({ items }) => new Set(items.map((item) => item.case)).size === items.length && new Set(items.map((item) => item.id)).size === items.length, { path: ['items'], message: 'twice' });
export type BulkDecisionBody = z.infer<typeof BulkDecisionBody>;
export const BulkAnswer = z.object({ items: z.array(z.object({ case: Id, id: Id, done: z.boolean(), code: z.enum(problemCodes).nullable() })) });
export type BulkAnswer = z.infer<typeof BulkAnswer>;
export const CaseNoteBody = z.object({ id: Id, body: words(1, 2_000) });
export type CaseNoteBody = z.infer<typeof CaseNoteBody>;
export const AppealBody = z.object({
  id: Id, body: words(10, 4_000),
  /** In a confidential space where nobody else may answer: one moderator outside may read this appeal. */
  tellModerator: z.boolean().default(false),
});
export type AppealBody = z.infer<typeof AppealBody>;
export const APPEAL_OUTCOMES = ['upheld', 'reversed', 'conditions'] as const;
export const AppealAnswerBody = z.object({ version: z.number().int().min(1).max(2_000_000_000), outcome: z.enum(APPEAL_OUTCOMES), answer: words(10, 4_000) });
export type AppealAnswerBody = z.infer<typeof AppealAnswerBody>;

export const ModerationRule = z.object({ id: z.string(), fr: z.string(), en: z.string() }).meta({ id: 'ModerationRule' });
export type ModerationRule = z.infer<typeof ModerationRule>;
/** A rule of the charter as it is now. */
export const CharterRule = ModerationRule.extend({ textFr: z.string(), textEn: z.string(), position: z.number().int(), version: z.number().int(), retired: z.boolean() }).meta({ id: 'CharterRule' });
export type CharterRule = z.infer<typeof CharterRule>;
/** Why somebody may not decide. */
export const BARS = ['city', 'country', 'near', 'reporter', 'first', 'given'] as const;
export type Bar = (typeof BARS)[number];
const Office = z.object({ function: z.string(), organisation: z.string(), country: z.string() });

export const CaseRow = z.object({
  id: Id, number: z.string(), kind: z.enum(['report', 'appeal']), target: z.object({ kind: z.enum(CASE_TARGETS), id: z.string(), title: z.string(), url: z.string().nullable() }), state: z.enum(['open', 'decided']),
  /** Where it stands now; null outside of spaces. */
  space: z.object({ slug: z.string(), fr: z.string(), en: z.string() }).nullable(),
  /** How the reported message begins, to tell cases of one thread apart; empty for other things. */
  excerpt: z.string(),
  /** The version of the thing as it is now, to be sent back with the decision; null where it has none. */
  seen: z.number().int().nullable(),
  /** The language of the letter to the author. */
  language: z.enum(['fr', 'en']),
  version: z.number().int(), openedAt: Instant, reports: z.number().int(), reason: z.string().nullable(), claimedBy: z.object({ name: z.string(), mine: z.boolean(), at: Instant }).nullable(),
  /** Why this moderator may not decide: the author's city or country is theirs (`near` where names are withheld), they reported it, they decided the first time, or it was given to somebody else. */
  barred: z.enum(BARS).nullable(),
}).meta({ id: 'CaseRow' });
export type CaseRow = z.infer<typeof CaseRow>;
export const CasesPage = z.object({ items: z.array(CaseRow), counts: z.object({ all: z.number().int(), mine: z.number().int(), free: z.number().int() }), oldest: Instant.nullable(), moderators: z.array(z.object({ id: Id, name: z.string() })) });
export type CasesPage = z.infer<typeof CasesPage>;
/** Which cases: besides their state, by what they are about, the space, the measure, whoever has or decided them, and how many days they have waited at least. */
export const CasesQuery = z.object({
  which: z.enum(['all', 'mine', 'free', 'decided']).default('all'), target: z.enum(CASE_TARGETS).optional(), space: z.string().max(80).optional(), measure: z.enum(MEASURES).optional(), moderator: Id.optional(), days: z.coerce.number().int().min(1).max(3_650).optional(),
});
export type CasesQuery = z.infer<typeof CasesQuery>;

export const AppealView = z.object({ id: Id, body: z.string(), at: Instant, outcome: z.enum(APPEAL_OUTCOMES).nullable(), answer: z.string(), answeredAt: Instant.nullable() }).meta({ id: 'Appeal' });
export type AppealView = z.infer<typeof AppealView>;
/** The statement of reasons. */
export const DecisionView = z.object({
  id: Id, number: z.string(), target: CaseRow.shape.target, rule: ModerationRule, facts: z.string(), measure: z.enum(MEASURES), duration: DecisionBody.shape.duration, endsAt: Instant.nullable(), remedy: z.string(),
  /** The words that a moderator put in the place of the author's. */
  replacement: z.string().nullable(),
  at: Instant, appealUntil: Instant, undoUntil: Instant, undone: z.boolean(), appeal: AppealView.nullable(),
}).meta({ id: 'Decision' });
export type DecisionView = z.infer<typeof DecisionView>;
/** An earlier decision on the same author. */
export const PastDecision = z.object({ id: Id, number: z.string(), at: Instant, measure: z.enum(MEASURES), target: z.enum(CASE_TARGETS), rule: ModerationRule, appeal: z.enum(['none', 'waiting', ...APPEAL_OUTCOMES]) });
export const HELD_STATES = ['waiting', 'published', 'refused', 'withdrawn'] as const;
export const HeldCaseView = z.object({
  kind: z.enum(HELD_KINDS), state: z.enum(HELD_STATES), text: MarkedText, title: z.string(), at: Instant, by: Office.nullable(), attachments: z.array(AttachmentView),
  /** Of an edit: what it would replace; null when that has changed or gone, so that there is nothing left to decide. */
  before: z.string().nullable(),
});
export type HeldCaseView = z.infer<typeof HeldCaseView>;
export const CaseVersionBody = z.object({ version: z.number().int().min(1).max(2_000_000_000) });
export const CaseView = CaseRow.extend({
  /** What this reader may decide. */
  measures: z.array(z.enum(MEASURES)),
  /** The words that an edit would replace, as they were written; null where nothing may be edited. */
  words: z.string().nullable(),
  /** What the author had written, where an edit stands. */
  original: z.string().nullable(),
  /** `by` is null for visitors, and for members whose mandate is no longer known. */
  reported: z.array(z.object({ reason: z.string(), text: z.string(), at: Instant, by: Office.nullable(), visitor: z.boolean() })),
  /** The author's past, as far as the reader sees it. */
  author: Office.extend({ messages: z.number().int(), reports: z.number().int(), cases: z.number().int(), mandateUntil: z.string().nullable(), past: z.array(PastDecision) }).nullable(),
  /** The message with its neighbours; only itself where the moderator does not read its space. */
  context: z.array(z.object({ id: Id, position: z.number().int(), text: z.string(), at: Instant, by: Office, isTarget: z.boolean() })),
  /** What rules have found in it. */
  found: z.array(WatchFinding),
  /** What waits or was refused, as it was written. Null for what may be read in its place. */
  held: HeldCaseView.nullable(),
  notes: z.array(z.object({ id: Id, body: z.string(), at: Instant, by: z.string() })), decisions: z.array(DecisionView),
}).meta({ id: 'Case' });
export type CaseView = z.infer<typeof CaseView>;

export const MyReportView = z.object({ id: Id, at: Instant, target: CaseRow.shape.target, reason: z.string(), outcome: z.enum([...MEASURES, 'waiting']) }).meta({ id: 'MyReport' });
export type MyReportView = z.infer<typeof MyReportView>;
export const MyModerationView = z.object({ decisions: z.array(DecisionView), reports: z.array(MyReportView) }).meta({ id: 'MyModeration' });
export type MyModerationView = z.infer<typeof MyModerationView>;

/** A line of the register: no names, no words of anybody, no place. */
export const RegisterRow = z.object({
  id: Id, number: z.string(), at: Instant, target: z.enum(CASE_TARGETS), rule: ModerationRule, measure: z.enum(MEASURES), duration: DecisionBody.shape.duration, appeal: z.enum(['none', 'waiting', ...APPEAL_OUTCOMES]),
}).meta({ id: 'RegisterRow' });
export type RegisterRow = z.infer<typeof RegisterRow>;
export const RegisterPage = pageOf(RegisterRow).extend({ months: z.array(z.object({ month: z.string(), reports: z.number().int(), kept: z.number().int(), measures: z.number().int(), reversed: z.number().int(), held: z.number().int(), released: z.number().int() })) });
export type RegisterPage = z.infer<typeof RegisterPage>;

/** Who wrote in a thread that withholds names, for the moderator who has the case. */
export const LiftedNameView = z.object({ name: z.string(), function: z.string(), organisation: z.string(), country: z.string() }).meta({ id: 'LiftedName' });
export type LiftedNameView = z.infer<typeof LiftedNameView>;
