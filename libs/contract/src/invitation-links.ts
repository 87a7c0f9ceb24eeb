import { z } from 'zod';
import { Id, Instant, Language } from './common.js';
import { INVITATION_DAYS, LINK_USES_MAX } from './invitation-limits.js';
import { InvitationBody, OpenedInvitation, TokenBody } from './invitations.js';

/** A link that several people may use: each asks for an invitation of their own, to their own address. */
export const InvitationLinkBody = InvitationBody.omit({ email: true }).extend({ usesMax: z.number().int().min(1).max(LINK_USES_MAX), days: z.number().int().min(1).max(INVITATION_DAYS) });
export type InvitationLinkBody = z.infer<typeof InvitationLinkBody>;

/** `used` has no use left; `closed` no longer leads anywhere, as when whoever made it has left office. */
export const LINK_STATES = ['open', 'used', 'expired', 'revoked', 'closed'] as const;
export const InvitationLinkView = z.object({
  id: Id, role: z.enum(['member', 'guest']), organisation: z.object({ slug: z.string(), name: z.string() }), function: z.string(), space: z.object({ slug: z.string(), fr: z.string(), en: z.string() }).nullable(), thread: z.object({ id: Id, title: z.string() }).nullable(),
  state: z.enum(LINK_STATES), usesMax: z.number().int(), usedCount: z.number().int(), createdAt: Instant, expiresAt: Instant, invitedBy: z.string(),
  /** The link itself, for whoever made it. */
  url: z.string().nullable(),
}).meta({ id: 'InvitationLink' });
export type InvitationLinkView = z.infer<typeof InvitationLinkView>;

/** What somebody sees who opens such a link. */
export const OpenedLink = OpenedInvitation.extend({ role: z.enum(['member', 'guest']) }).meta({ id: 'OpenedInvitationLink' });
export type OpenedLink = z.infer<typeof OpenedLink>;

export const AskByLinkBody = TokenBody.extend({ email: InvitationBody.shape.email, language: Language });
export type AskByLinkBody = z.infer<typeof AskByLinkBody>;
/** Where somebody lands who has an account already. */
export const JoinedByLink = z.object({ landing: z.string() }).meta({ id: 'JoinedByInvitationLink' });
export type JoinedByLink = z.infer<typeof JoinedByLink>;
