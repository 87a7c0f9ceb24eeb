import { z } from 'zod';
import { Id, Instant, PageQuery } from './common.js';
import { AuthorView, cleanText } from './forum.js';
import { LETTER_MAX } from './relay-limits.js';

const Letter = z.string().max(3 * LETTER_MAX).transform(cleanText).pipe(z.string().min(1).max(LETTER_MAX));
const Subject = {
  /** Reference of the practice that it is about: the letter goes to its city. */
  practice: z.string().regex(/^[a-z0-9-]{1,60}$/).optional(),
  /** Slug of the organisation that is written to. */
  organisation: z.string().regex(/^[a-z0-9-]{1,80}$/).optional(),
};
const isOneSubject = ({ practice, organisation }: { practice?: string | undefined; organisation?: string | undefined }) => (practice === undefined) !== (organisation === undefined);

/** Opens a conversation with its first letter, which takes the id of the conversation. */
export const OpenRelayBody = z.object({ id: Id, ...Subject, body: Letter }).refine(isOneSubject, { path: ['practice'] });
export type OpenRelayBody = z.infer<typeof OpenRelayBody>;
export const SendLetterBody = z.object({ id: Id, body: Letter });
export type SendLetterBody = z.infer<typeof SendLetterBody>;
export const RelayReadBody = z.object({ position: z.number().int().min(1).max(2_000_000_000) });
export type RelayReadBody = z.infer<typeof RelayReadBody>;

/** Who asks, and the people in office in the city that is asked. */
export const RelaySide = z.enum(['asker', 'city']);
export type RelaySide = z.infer<typeof RelaySide>;
const RelayCity = z.object({ name: z.string(), slug: z.string(), country: z.string() });
/** `ref` is null once the reader may no longer read the practice; the title is that of the day. */
const RelayPractice = z.object({ ref: z.string().nullable(), title: z.string() });

export const LetterView = z.object({
  id: Id, relay: Id, position: z.number().int(), side: RelaySide, body: z.string(), author: AuthorView, createdAt: Instant, mine: z.boolean(),
}).meta({ id: 'Letter' });
export type LetterView = z.infer<typeof LetterView>;
export const RelayView = z.object({
  id: Id, practice: RelayPractice.nullable(), city: RelayCity, asker: AuthorView,
  /** The side of the reader. */
  side: RelaySide,
  letterCount: z.number().int(), createdAt: Instant,
  last: z.object({ side: RelaySide, excerpt: z.string(), author: AuthorView, at: Instant }),
  /** Letters of the other side that the reader's side has not read. */
  unread: z.number().int(),
}).meta({ id: 'Relay' });
export type RelayView = z.infer<typeof RelayView>;
/** `unread` counts all conversations with letters that the reader's side has not read. */
export const RelaysPage = z.object({ items: z.array(RelayView), nextCursor: z.string().nullable(), unread: z.number().int() });
export type RelaysPage = z.infer<typeof RelaysPage>;
/** The latest letters before a position, oldest first; `before` leads to earlier ones. */
export const LettersPage = z.object({ items: z.array(LetterView), before: z.number().int().nullable() });
export type LettersPage = z.infer<typeof LettersPage>;
/** Who would read a letter, by function; nobody's name or address. */
export const AddresseeView = z.object({
  city: RelayCity, practice: RelayPractice.nullable(),
  /** The function that the entry of the practice names for questions. */
  contact: z.string().nullable(),
  /** Functions of those who read now; empty while nobody of the city has an account. */
  readers: z.array(z.string()),
  /** The city's mailbox by role gets a copy by mail. */
  mailbox: z.boolean(),
  own: z.boolean(),
}).meta({ id: 'Addressee' });
export type AddresseeView = z.infer<typeof AddresseeView>;

export const RelaysQuery = PageQuery.extend({ unread: z.enum(['true', 'false']).optional() });
export type RelaysQuery = z.infer<typeof RelaysQuery>;
export const LettersQuery = z.object({ before: z.coerce.number().int().min(1).max(2_000_000_000).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) });
export type LettersQuery = z.infer<typeof LettersQuery>;
export const AddresseeQuery = z.object(Subject).refine(isOneSubject, { path: ['practice'] });
export type AddresseeQuery = z.infer<typeof AddresseeQuery>;
