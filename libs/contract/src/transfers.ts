import { z } from 'zod';
import { Day, Id, OnBehalf } from './common.js';
import { cleanLine, cleanText } from './forum.js';
import { TransferRow, TransferState } from './library.js';

const line = (max: number) => z.string().max(4 * max).transform(cleanLine).pipe(z.string().max(max));
const text = (max: number) => z.string().max(2 * max).transform(cleanText).pipe(z.string().max(max));

/** What the receiving city tells of it, question by question. */
export const TransferContent = z.object({
  motive: text(2_000).default(''), parts: z.array(Id).max(12).default([]),
  exchanges: z.array(z.object({ kind: z.enum(['call', 'visit', 'mission']), date: Day, note: line(300).default('') })).max(30).default([]),
  adaptations: text(4_000).default(''), cost: line(200).default(''), obstacles: text(4_000).default(''),
  after6: text(4_000).default(''), after18: text(4_000).default(''), quote: text(600).default(''), quoteConsent: z.boolean().default(false),
}).meta({ id: 'TransferContent' });
export type TransferContent = z.infer<typeof TransferContent>;

/** Months after which the city is asked how it goes. */
export const TRANSFER_QUESTIONS = [3, 6, 18] as const;

/**
 * How far a city has come. A city may record late, so any later step is open; taken up wholly and in part may be
 * corrected into each other; what was given up may begin again.
 */
export const TRANSFER_LIFE: Readonly<Record<TransferState, readonly TransferState[]>> = {
  interest: ['contact', 'understanding', 'adapting', 'trial', 'taken-up', 'taken-up-in-part', 'abandoned'],
  contact: ['understanding', 'adapting', 'trial', 'taken-up', 'taken-up-in-part', 'abandoned'],
  understanding: ['adapting', 'trial', 'taken-up', 'taken-up-in-part', 'abandoned'],
  adapting: ['trial', 'taken-up', 'taken-up-in-part', 'abandoned'],
  trial: ['taken-up', 'taken-up-in-part', 'abandoned'],
  'taken-up': ['taken-up-in-part', 'abandoned'],
  'taken-up-in-part': ['taken-up', 'abandoned'],
  abandoned: ['interest'],
};
/** Only these count in "taken up by n cities". */
export const TAKEN_UP_STATES: readonly TransferState[] = ['taken-up', 'taken-up-in-part'];

const reason = text(2_000).default('');
export const CreateTransferBody = z.object({ id: Id, state: TransferState.exclude(['abandoned']), content: TransferContent });
export type CreateTransferBody = z.infer<typeof CreateTransferBody>;
export const EditTransferBody = z.object({
  version: z.number().int().min(1), state: TransferState, reason, content: TransferContent,
  /** The question after so many months that this answers. */
  answers: z.union([z.literal(3), z.literal(6), z.literal(18)]).optional(),
});
export type EditTransferBody = z.infer<typeof EditTransferBody>;

export const TransferView = TransferRow.extend({
  practice: z.object({ ref: z.string(), title: z.string(), city: z.string(), country: z.string(), steps: z.array(z.object({ id: Id, title: z.string() })) }),
  content: TransferContent, version: z.number().int(), recordedBy: z.object({ name: z.string(), function: z.string(), onBehalf: OnBehalf.nullable() }).nullable(), createdAt: z.string(), updatedAt: z.string(), takenUpAt: z.string().nullable(),
  canEdit: z.boolean(), next: z.array(TransferState),
  /** Months of the question that is open now. */
  question: z.union([z.literal(3), z.literal(6), z.literal(18)]).nullable(),
}).meta({ id: 'Transfer' });
export type TransferView = z.infer<typeof TransferView>;

/** All exchanges between cities, for the map and the plot in time. */
export const TransferLine = TransferRow.extend({
  ref: z.string(), title: z.string(), theme: z.string(), from: z.object({ name: z.string(), slug: z.string().nullable(), country: z.string(), latitude: z.number().nullable(), longitude: z.number().nullable() }),
});
export type TransferLine = z.infer<typeof TransferLine>;
export const TransfersPage = z.object({ items: z.array(TransferLine), years: z.array(z.object({ year: z.number().int().nullable(), started: z.number().int(), takenUp: z.number().int() })) }).meta({ id: 'Transfers' });
export type TransfersPage = z.infer<typeof TransfersPage>;
