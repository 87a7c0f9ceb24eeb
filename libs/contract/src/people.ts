import { z } from 'zod';
import { Role } from './accounts.js';
import { Id, Instant, Day } from './common.js';
import { cleanLine, cleanText } from './forum.js';

const line = (max: number) => z.string().max(3 * max).transform(cleanLine).pipe(z.string().min(1).max(max));
const words = (min: number, max: number) => z.string().max(3 * max).transform(cleanText).pipe(z.string().min(min).max(max));

export const MandateState = z.enum(['future', 'in-force', 'suspended', 'ended']);
export type MandateState = z.infer<typeof MandateState>;

/** A mandate as the secretariat follows it. Days are days of UTC, both included. */
export const HeldMandateView = z.object({
  id: Id, function: z.string(), organisation: z.object({ slug: z.string(), name: z.string(), country: z.string() }), from: z.string().nullable(), to: z.string().nullable(),
  /** What it is limited to; none: everything. */
  themes: z.array(z.string()), state: MandateState, version: z.number().int(),
  suspensions: z.array(z.object({ from: z.string(), to: z.string().nullable(), reason: z.string() })),
  /** Who takes over, once somebody was named. */
  handOver: z.object({ to: z.string(), takenAt: Instant.nullable() }).nullable(),
}).meta({ id: 'HeldMandate' });
export type HeldMandateView = z.infer<typeof HeldMandateView>;

export const PersonView = z.object({ id: Id, accountId: Id, name: z.string(), email: z.string(), role: Role, lastVisitAt: Instant.nullable(), mandates: z.array(HeldMandateView),
  /** What stands between a stolen password and the account. */
  factors: z.object({ totp: z.boolean(), passkeys: z.number().int() }) }).meta({ id: 'Person' });
export type PersonView = z.infer<typeof PersonView>;
export const PeoplePage = z.object({ items: z.array(PersonView), nextCursor: z.string().nullable() }).meta({ id: 'PeoplePage' });
export type PeoplePage = z.infer<typeof PeoplePage>;
export const PeopleQuery = z.object({
  q: z.string().max(100).default(''), role: Role.optional(), state: MandateState.optional(), limit: z.coerce.number().int().min(1).max(100).default(20), cursor: z.string().max(500).optional(),
});
export type PeopleQuery = z.infer<typeof PeopleQuery>;

/** Ids of themes in one order, each once. */
export const Themes = z.array(z.string().max(80)).max(30).transform((list) => [...new Set(list)].sort()).default([]);

/** `was`: the role that the screen showed. */
export const RoleBody = z.object({ was: Role, role: Role });
export type RoleBody = z.infer<typeof RoleBody>;
export const NewMandateBody = z.object({ id: Id, organisation: z.string().max(80), function: line(200), from: Day, to: Day.nullable().default(null), themes: Themes });
export type NewMandateBody = z.infer<typeof NewMandateBody>;
const version = z.number().int().min(1);
export const MandateThemesBody = z.object({ version, themes: Themes });
export type MandateThemesBody = z.infer<typeof MandateThemesBody>;
/** `last`: the last day on which it is held. */
export const EndMandateBody = z.object({ version, last: Day });
export type EndMandateBody = z.infer<typeof EndMandateBody>;
export const SuspendMandateBody = z.object({ id: Id, version, from: Day, reason: words(1, 1_000) });
export type SuspendMandateBody = z.infer<typeof SuspendMandateBody>;
/** `from`: the first day on which it is held again. */
export const ReinstateMandateBody = z.object({ version, from: Day });
export type ReinstateMandateBody = z.infer<typeof ReinstateMandateBody>;

export const HandOverBody = z.object({ id: Id, from: Id, to: Id });
export type HandOverBody = z.infer<typeof HandOverBody>;
export const HandOverNoteBody = z.object({ version, note: words(0, 4_000) });
export type HandOverNoteBody = z.infer<typeof HandOverNoteBody>;
export const TakeOverBody = z.object({ version });
export const SuccessorView = z.object({ mandateId: Id, function: z.string(), name: z.string() }).meta({ id: 'Successor' });
export type SuccessorView = z.infer<typeof SuccessorView>;

const Line = z.object({ kind: z.enum(['practice', 'project', 'need', 'thread']), title: z.string(), url: z.string(), at: Instant });
export type HandOverLine = z.infer<typeof Line>;
/** What the reader of a hand-over may see of it: nothing of spaces that they do not read. */
export const HandOverView = z.object({
  id: Id, side: z.enum(['outgoing', 'incoming']), organisation: z.string(), from: z.string(), to: z.string(), last: z.string().nullable(), note: z.string(), takenAt: Instant.nullable(), version: z.number().int(),
  drafts: z.array(Line), projects: z.array(Line), follows: z.array(Line), questions: z.array(Line),
}).meta({ id: 'HandOver' });
export type HandOverView = z.infer<typeof HandOverView>;
