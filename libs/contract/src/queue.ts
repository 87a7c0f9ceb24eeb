import { z } from 'zod';
import { Id, Instant, PageQuery } from './common.js';
import { CaseRow, CasesPage, CasesQuery } from './moderation.js';

/** What waits for moderation: cases from reports and rules, appeals, messages that are held, practices to review, people who have just joined. */
export const QUEUE_KINDS = ['report', 'appeal', 'held', 'practice', 'newcomer'] as const;
export type QueueKind = (typeof QUEUE_KINDS)[number];
export const QueueQuery = CasesQuery.extend({ ...PageQuery.shape, kind: z.enum(QUEUE_KINDS).optional() });
export type QueueQuery = z.infer<typeof QueueQuery>;

const Claim = z.object({ name: z.string(), mine: z.boolean(), at: Instant }).nullable();
export const IncomingPractice = z.object({ ref: z.string(), title: z.string(), city: z.string(), country: z.string(), since: Instant, dueAt: Instant.nullable(), claimedBy: Claim });
export type IncomingPractice = z.infer<typeof IncomingPractice>;
/** Somebody who joined lately: by whom they were invited, and the first that they wrote, as far as the reader reads it. */
export const NewcomerView = z.object({
  id: Id, role: z.enum(['member', 'guest']), function: z.string(), organisation: z.string(), country: z.string(), joinedAt: Instant, invitedBy: z.object({ function: z.string(), organisation: z.string() }).nullable(),
  messages: z.array(z.object({ id: Id, title: z.string(), text: z.string(), url: z.string(), at: Instant })), claimedBy: Claim, seen: z.boolean(),
}).meta({ id: 'Newcomer' });
export type NewcomerView = z.infer<typeof NewcomerView>;

export const QueueItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('case'), case: CaseRow }),
  z.object({ type: z.literal('practice'), practice: IncomingPractice }),
  z.object({ type: z.literal('newcomer'), newcomer: NewcomerView }),
]);
export type QueueItem = z.infer<typeof QueueItem>;
export const QueuePage = z.object({
  items: z.array(QueueItem), nextCursor: z.string().nullable(),
  /** Open, mine and free of the kind that was asked for; and of each kind in the state that was asked for. */
  counts: CasesPage.shape.counts, kinds: z.object({ report: z.number().int(), appeal: z.number().int(), held: z.number().int(), practice: z.number().int(), newcomer: z.number().int() }),
  /** Messages that are held for longer than they should be. */
  late: z.number().int(), oldest: Instant.nullable(), moderators: CasesPage.shape.moderators,
});
export type QueuePage = z.infer<typeof QueuePage>;
