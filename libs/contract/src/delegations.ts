import { z } from 'zod';
import { Day, Id, Instant } from './common.js';
import { cleanLine, cleanText } from './forum.js';
import { Themes } from './people.js';

/** A delegation lasts at most so long; then it is given again, or not. */
export const DELEGATION_DAYS_MAX = 366;
/** Delegations of one mandate that run or are to begin. */
export const DELEGATIONS_MAX = 20;
export const STYLED_MAX = 120;

const line = (max: number) => z.string().max(3 * max).transform(cleanLine).pipe(z.string().min(1).max(max));
const period = { from: Day, to: Day };

/** `prepare`: the receiver prepares and signs nothing; `act`: the receiver signs for the giver. */
export const DelegationScope = z.enum(['prepare', 'act']);
export type DelegationScope = z.infer<typeof DelegationScope>;
/** From one mandate to another of the same city. Days are days of UTC, both included; no theme: all that the giver's mandate covers. */
export const GiveDelegationBody = z.object({
  id: Id, giver: Id, receiver: Id, scope: DelegationScope, themes: Themes, ...period,
  /** How the giver is named where it is used: "Madame la Maire de Dakar". */
  styled: line(STYLED_MAX),
});
export type GiveDelegationBody = z.infer<typeof GiveDelegationBody>;
export const EndDelegationBody = z.object({ version: z.number().int().min(1) });
export type EndDelegationBody = z.infer<typeof EndDelegationBody>;

const Side = z.object({ function: z.string(), name: z.string(), organisation: z.string(), country: z.string() });
export const DelegationView = z.object({
  id: Id, side: z.enum(['given', 'held']), scope: z.enum([...DelegationScope.options, 'stand-in']), giver: Side, receiver: Side, themes: z.array(z.string()), styled: z.string(), authority: z.string().nullable(),
  from: z.string(), to: z.string().nullable(), state: z.enum(['future', 'in-force', 'ended']), endedAt: Instant.nullable(), version: z.number().int(),
}).meta({ id: 'Delegation' });
export type DelegationView = z.infer<typeof DelegationView>;
/** Those of the reader, and what they may give: from which mandate of theirs to which others of the city. */
export const DelegationsView = z.object({
  items: z.array(DelegationView),
  giver: z.object({ mandate: Id, function: z.string(), organisation: z.string(), to: z.string().nullable(), themes: z.array(z.string()), receivers: z.array(z.object({ mandate: Id, function: z.string(), name: z.string() })) }).nullable(),
}).meta({ id: 'Delegations' });
export type DelegationsView = z.infer<typeof DelegationsView>;

/** The secretariat stands in for a mandate whose person has no access, by an authority that it records. */
export const StandInBody = z.object({ id: Id, mandate: Id, authority: z.string().max(3_000).transform(cleanText).pipe(z.string().min(10).max(1_000)), styled: line(STYLED_MAX), to: Day });
export type StandInBody = z.infer<typeof StandInBody>;
export const STAND_IN_DAYS_MAX = 92;
/** Somebody in office in a city who has no account; `id` becomes that of the person and of the mandate. */
export const WithoutAccessBody = z.object({ id: Id, name: line(120), organisation: z.string().max(80), function: line(200), from: Day, to: Day.nullable().default(null) });
export type WithoutAccessBody = z.infer<typeof WithoutAccessBody>;
export const WithoutAccessQuery = z.object({ q: z.string().max(100).default('') });
export const WithoutAccessView = z.object({ mandate: Id, function: z.string(), name: z.string(), organisation: z.string(), country: z.string(), version: z.number().int() }).meta({ id: 'WithoutAccess' });
export type WithoutAccessView = z.infer<typeof WithoutAccessView>;
