import { z } from 'zod';
import { Id, Instant, PageQuery, pageOf } from './common.js';
import { cleanLine, cleanText, SpaceAccess } from './forum.js';

export const SPACE_NAME_MIN = 3;
export const SPACE_NAME_MAX = 80;
export const SPACE_DESCRIPTION_MAX = 600;
export const JOIN_REASON_MIN = 10;
export const JOIN_WORDS_MAX = 1_000;

/** An animator manages members and requests, a member writes, a reader reads. */
export const SpaceRole = z.enum(['animator', 'member', 'reader']);
export type SpaceRole = z.infer<typeof SpaceRole>;
export const RequestState = z.enum(['sent', 'accepted', 'declined', 'withdrawn']);

const Name = z.string().max(400).transform(cleanLine).pipe(z.string().min(SPACE_NAME_MIN).max(SPACE_NAME_MAX));
const Description = z.string().max(3_000).transform(cleanText).pipe(z.string().max(SPACE_DESCRIPTION_MAX));
const Words = z.string().max(5_000).transform(cleanText).pipe(z.string().max(JOIN_WORDS_MAX));

const fields = { nameFr: Name, nameEn: Name, descriptionFr: Description, descriptionEn: Description, access: SpaceAccess, theme: z.string().max(80).nullable() };
export const CreateSpaceBody = z.object({ id: Id, ...fields });
export type CreateSpaceBody = z.infer<typeof CreateSpaceBody>;
/** Animators change the descriptions, moderation all of it. */
export const EditSpaceBody = z.object(fields).partial().extend({ version: z.number().int().min(1) });
export type EditSpaceBody = z.infer<typeof EditSpaceBody>;
export const ArchiveSpaceBody = z.object({ version: z.number().int().min(1), archived: z.boolean() });
export type ArchiveSpaceBody = z.infer<typeof ArchiveSpaceBody>;

export const JoinRequestView = z.object({ id: Id, state: RequestState, reason: z.string(), words: z.string(), at: Instant, answeredAt: Instant.nullable() });

/** A space as whoever may know of it sees it; what is in it is for its readers. */
export const SpaceCard = z.object({
  id: Id, slug: z.string(), nameFr: z.string(), nameEn: z.string(), descriptionFr: z.string(), descriptionEn: z.string(),
  access: SpaceAccess, theme: z.string().nullable(), archived: z.boolean(),
  /** Null for whoever may not read the space. */
  memberCount: z.number().int().nullable(), threadCount: z.number().int().nullable(),
  role: SpaceRole.nullable(),
  /** The reader's latest request to join that waits or was declined. */
  request: JoinRequestView.nullable(),
}).meta({ id: 'SpaceCard' });
export type SpaceCard = z.infer<typeof SpaceCard>;
export const SpaceDetail = SpaceCard.extend({
  version: z.number().int(),
  /** Requests that wait; 0 for whoever doesn't decide on them. */
  waiting: z.number().int(),
  abilities: z.object({ read: z.boolean(), join: z.boolean(), ask: z.boolean(), leave: z.boolean(), members: z.boolean(), manage: z.boolean(), settle: z.boolean() }),
}).meta({ id: 'SpaceDetail' });
export type SpaceDetail = z.infer<typeof SpaceDetail>;
export const DirectoryQuery = z.object({ archived: z.enum(['true', 'false']).default('false') });
export type DirectoryQuery = z.infer<typeof DirectoryQuery>;

const holder = { function: z.string(), organisation: z.string(), organisationSlug: z.string(), country: z.string() };
export const SpaceMemberView = z.object({ id: Id, ...holder, role: SpaceRole, joinedAt: Instant, own: z.boolean() }).meta({ id: 'SpaceMember' });
export type SpaceMemberView = z.infer<typeof SpaceMemberView>;
export const SpaceMembersPage = pageOf(SpaceMemberView);
export const SpaceMembersQuery = PageQuery;
export type SpaceMembersQuery = z.infer<typeof SpaceMembersQuery>;
export const SetRoleBody = z.object({ role: SpaceRole });
export type SetRoleBody = z.infer<typeof SetRoleBody>;

/** Somebody in office who may be invited; `id` is the mandate. */
export const CandidateView = z.object({ id: Id, ...holder, state: z.enum(['free', 'invited', 'member']) }).meta({ id: 'Candidate' });
export type CandidateView = z.infer<typeof CandidateView>;
export const CandidatesQuery = z.object({ q: z.string().trim().min(2).max(80) });
export type CandidatesQuery = z.infer<typeof CandidatesQuery>;
export const InviteToSpaceBody = z.object({ id: Id, mandate: Id, role: SpaceRole.default('member') });
export type InviteToSpaceBody = z.infer<typeof InviteToSpaceBody>;
export const SentInvitationView = z.object({ id: Id, ...holder, role: SpaceRole, state: RequestState, at: Instant }).meta({ id: 'SentInvitation' });
export type SentInvitationView = z.infer<typeof SentInvitationView>;
/** An invitation as the invitee sees it: before the answer, of the space only what a card says. */
export const ReceivedInvitationView = z.object({
  id: Id, role: SpaceRole, at: Instant, by: z.object(holder),
  space: z.object({ nameFr: z.string(), nameEn: z.string(), descriptionFr: z.string(), descriptionEn: z.string(), access: SpaceAccess }),
}).meta({ id: 'ReceivedInvitation' });
export type ReceivedInvitationView = z.infer<typeof ReceivedInvitationView>;
export const AnswerInvitationBody = z.object({ accept: z.boolean() });
export type AnswerInvitationBody = z.infer<typeof AnswerInvitationBody>;
/** What became of an invitation; the slug leads to the space once it was accepted. */
export const AnsweredInvitation = z.object({ id: Id, state: RequestState, slug: z.string().nullable() });
export type AnsweredInvitation = z.infer<typeof AnsweredInvitation>;

export const JoinRequestBody = z.object({ id: Id, reason: Words.pipe(z.string().min(JOIN_REASON_MIN)) });
export type JoinRequestBody = z.infer<typeof JoinRequestBody>;
/** A request as those who decide see it. */
export const SpaceRequestView = JoinRequestView.extend(holder).meta({ id: 'SpaceRequest' });
export type SpaceRequestView = z.infer<typeof SpaceRequestView>;
export const AnswerRequestBody = z.object({ accept: z.boolean(), words: Words.default('') }).refine((body) => body.accept || body.words !== '', { path: ['words'] });
export type AnswerRequestBody = z.infer<typeof AnswerRequestBody>;

/** Somebody from outside the space who was admitted to one thread of it. */
export const ThreadGuestView = z.object({ id: Id, ...holder, at: Instant }).meta({ id: 'ThreadGuest' });
export type ThreadGuestView = z.infer<typeof ThreadGuestView>;
export const GuestCandidateView = z.object({ id: Id, ...holder }).meta({ id: 'GuestCandidate' });
export type GuestCandidateView = z.infer<typeof GuestCandidateView>;
export const AdmitGuestBody = z.object({ id: Id, mandate: Id });
export type AdmitGuestBody = z.infer<typeof AdmitGuestBody>;
