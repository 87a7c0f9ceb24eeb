import { z } from 'zod';
import { Day, Id, Instant, Language, PageQuery } from './common.js';
import { AccountView, NewPassword } from './accounts.js';
import { cleanLine, cleanText } from './forum.js';

const line = (max: number) => z.string().max(3 * max).transform(cleanLine).pipe(z.string().min(1).max(max));
export const InvitationBody = z.object({
  id: Id, email: z.email().max(320).transform((email) => email.toLowerCase()), language: Language, role: z.enum(['member', 'guest']), organisation: z.string().max(80), function: line(200),
  /** Last day of the mandate, if it is known. */
  mandateUntil: Day.nullable().default(null),
  /** Slug of a space to join. */
  space: z.string().max(80).nullable().default(null),
  /** Where the invitee lands. */
  thread: Id.nullable().default(null),
  note: z.string().max(3_000).transform(cleanText).pipe(z.string().max(1_000)).default(''),
});
export type InvitationBody = z.infer<typeof InvitationBody>;

/** Members and guests are invited by people; the first of the secretariat, by the operator of the service. */
const InvitedRole = z.enum(['member', 'guest', 'administrator']);

export const InvitationsQuery = PageQuery.extend({ cursor: Id.optional() });
export type InvitationsQuery = z.infer<typeof InvitationsQuery>;

export const InvitationView = z.object({
  id: Id, email: z.string(), language: Language, role: InvitedRole, organisation: z.object({ slug: z.string(), name: z.string(), country: z.string() }), function: z.string(), mandateUntil: z.string().nullable(),
  space: z.object({ slug: z.string(), fr: z.string(), en: z.string() }).nullable(), thread: z.object({ id: Id, title: z.string() }).nullable(), invitedBy: z.string(), state: z.enum(['pending', 'redeemed', 'revoked', 'expired']), sentCount: z.number().int(),
  createdAt: Instant, expiresAt: Instant, redeemedAt: Instant.nullable(),
}).meta({ id: 'Invitation' });
export type InvitationView = z.infer<typeof InvitationView>;

export const TokenBody = z.object({ token: z.string().max(100) });
export type TokenBody = z.infer<typeof TokenBody>;
/** What the invitee sees before anything is agreed to. */
export const OpenedInvitation = z.object({
  language: Language, role: InvitedRole, function: z.string(), organisation: z.string(), invitedBy: z.object({ function: z.string(), organisation: z.string() }), space: z.object({ fr: z.string(), en: z.string() }).nullable(), thread: z.string().nullable(), note: z.string(), expiresAt: Instant,
}).meta({ id: 'OpenedInvitation' });
export type OpenedInvitation = z.infer<typeof OpenedInvitation>;
export const InvitationCode = z.object({ code: z.string(), expiresAt: Instant }).meta({ id: 'InvitationCode' });
export type InvitationCode = z.infer<typeof InvitationCode>;

/** An invitation is opened by the token of its mail, or by the address that was invited and a code. */
const key = {
  token: z.string().max(100).optional(), email: InvitationBody.shape.email.optional(),
  code: z.string().max(40).transform((code) => code.replace(/\D/g, '')).optional(),
};
const hasKey = ({ token, email, code }: { token?: string | undefined; email?: string | undefined; code?: string | undefined }) => token !== undefined || (email !== undefined && code !== undefined);
export const InvitationKey = z.object(key).refine(hasKey, { path: ['token'], message: 'required' });
export type InvitationKey = z.infer<typeof InvitationKey>;

export const AcceptInvitationBody = z.object({
  ...key, name: line(120), password: NewPassword, language: Language,
  /** Needed: without it there is no account. */
  consentToData: z.literal(true), consentToMail: z.boolean(), sharedDevice: z.boolean().default(false),
}).refine(hasKey, { path: ['token'], message: 'required' });
export type AcceptInvitationBody = z.infer<typeof AcceptInvitationBody>;
export const AcceptedInvitation = z.object({ account: AccountView, landing: z.string() }).meta({ id: 'AcceptedInvitation' });
export type AcceptedInvitation = z.infer<typeof AcceptedInvitation>;
