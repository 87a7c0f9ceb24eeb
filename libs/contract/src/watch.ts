import { z } from 'zod';
import { Id, Instant, Language } from './common.js';
import { AttachmentView, cleanLine, SpaceRef, WatchFinding } from './forum.js';

/** Rules that hold in every space but confidential ones, and rules of one space. */
export const WATCH_RULES_MAX = 200;
export const WATCH_RULES_OF_SPACE_MAX = 20;
export const WATCH_TERMS_MAX = 500;
/** A rule is tried on messages of so many days, and on so many at most, the newest first. */
export const WATCH_TRIAL_DAYS = 90;
export const WATCH_TRIAL_POSTS = 5_000;
export const WATCH_TRIAL_SHOWN = 50;
/** Who joined within so many days is new. */
export const NEWCOMER_DAYS = 14;

/** `hold`: read by moderation before it appears; `queue`: appears, and moderation is told; `ask`: its author is asked to think again, and may have it held. */
export const WATCH_ACTIONS = ['hold', 'queue', 'ask'] as const;
export type WatchAction = (typeof WATCH_ACTIONS)[number];
export const WATCH_KINDS = ['words', 'links', 'rate'] as const;
export type WatchKind = (typeof WATCH_KINDS)[number];

const line = (max: number) => z.string().max(4 * max).transform(cleanLine).pipe(z.string().min(1).max(max));
/** `remise` is that word, `promo*` every word that begins so, several words a phrase. Case and accents do not matter. */
const Term = line(80);
const Domain = line(253);
/** What a rule looks for. No patterns: a pattern of somebody else could hold the server up. */
export const WatchDefinition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('words'), terms: z.array(Term).min(1).max(WATCH_TERMS_MAX) }),
  z.strictObject({
    kind: z.literal('links'),
    /** Links to these domains, links to any but these, or any link. A domain stands for those below it. */
    mode: z.enum(['watched', 'allowed', 'any']), domains: z.array(Domain).max(WATCH_TERMS_MAX),
    /** Of people who have just joined only. */
    newcomers: z.boolean(),
  }),
  /** So many messages of one person in so many minutes; or the same words so many times. */
  z.strictObject({ kind: z.literal('rate'), mode: z.enum(['count', 'repeat']), count: z.number().int().min(2).max(100), minutes: z.number().int().min(1).max(1_440) }),
]);
export type WatchDefinition = z.infer<typeof WatchDefinition>;

const Name = z.string().max(400).transform(cleanLine).pipe(z.string().min(3).max(80));
const Version = z.number().int().min(1).max(2_000_000_000);
export const CreateWatchRuleBody = z.object({
  id: Id,
  /** Null for all spaces. */
  space: Id.nullable(),
  /** Authors read it. */
  name: Name, action: z.enum(WATCH_ACTIONS), definition: WatchDefinition,
});
export type CreateWatchRuleBody = z.infer<typeof CreateWatchRuleBody>;
export const EditWatchRuleBody = z.object({ version: Version, name: Name, action: z.enum(WATCH_ACTIONS), definition: WatchDefinition });
export type EditWatchRuleBody = z.infer<typeof EditWatchRuleBody>;
export const WatchRuleVersionBody = z.object({ version: Version });

export const WatchRuleView = z.object({
  id: Id, version: z.number().int(), space: SpaceRef.nullable(), name: z.string(), action: z.enum(WATCH_ACTIONS), definition: WatchDefinition, active: z.boolean(),
  /** On past messages, with what it looks for now; null before. Without one it can't be made active. */
  trial: z.object({ at: Instant, scanned: z.number().int(), caught: z.number().int() }).nullable(),
  updatedAt: Instant, updatedBy: z.string(),
}).meta({ id: 'WatchRule' });
export type WatchRuleView = z.infer<typeof WatchRuleView>;
/** `places`: spaces for which the reader makes rules; `everywhere`: for all of them too. */
export const WatchRulesPage = z.object({ items: z.array(WatchRuleView), places: z.array(SpaceRef), everywhere: z.boolean() });
export type WatchRulesPage = z.infer<typeof WatchRulesPage>;

/** A text with the places of what was found: from, to. */
export const MarkedText = z.object({ text: z.string(), marks: z.array(z.tuple([z.number().int(), z.number().int()])) });
export type MarkedText = z.infer<typeof MarkedText>;
export const WatchTrialView = z.object({
  rule: WatchRuleView,
  /** The newest of those caught. */
  items: z.array(z.object({ id: Id, title: z.string(), url: z.string(), at: Instant, words: z.array(z.string()), excerpt: MarkedText })),
}).meta({ id: 'WatchTrial' });
export type WatchTrialView = z.infer<typeof WatchTrialView>;

/** What one person may have waiting for moderation at once. */
export const HELD_MAX = 20;
/** What waits longer is pointed out to moderation. */
export const HELD_LATE_HOURS = 48;
export const HELD_KINDS = ['reply', 'thread', 'edit'] as const;
export type HeldKind = (typeof HELD_KINDS)[number];
/** Something of one's own that waits to be read by moderation: a reply, a thread with its first message, or the new text of a message that stands as it was. */
export const HeldView = z.object({
  id: Id, state: z.literal('held'), kind: z.enum(HELD_KINDS), space: SpaceRef, thread: Id.nullable(),
  /** Of an edit: the message that stands as it was. */
  post: Id.nullable(), position: z.number().int().nullable(),
  title: z.string(), body: z.string(), html: z.string(), language: Language, attachments: z.array(AttachmentView), rules: z.array(WatchFinding), at: Instant,
}).meta({ id: 'Held' });
export type HeldView = z.infer<typeof HeldView>;
