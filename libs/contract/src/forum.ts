import { z } from 'zod';
import { Id, Instant, Language, OnBehalf, PageQuery } from './common.js';

export const TITLE_MIN = 10;
export const TITLE_MAX = 160;
export const BODY_MAX = 20_000;
export const MENTIONS_MAX = 10;
export const ATTACHMENTS_MAX = 5;
export const UNDO_MINUTES = 10;

export const SpaceAccess = z.enum(['open', 'closed', 'confidential']);
export type SpaceAccess = z.infer<typeof SpaceAccess>;
export const ThreadKind = z.enum(['discussion', 'question', 'project', 'practice', 'announcement']);
export type ThreadKind = z.infer<typeof ThreadKind>;
/** Kinds a member may open; threads of kind practice belong to a practice. */
export const WritableThreadKind = z.enum(['discussion', 'question', 'project', 'announcement']);
export const ThreadStatus = z.enum(['open', 'answered', 'closed']);
export type ThreadStatus = z.infer<typeof ThreadStatus>;
export const ReactionKind = z.enum(['useful', 'thanks', 'agree', 'same-here']);
export type ReactionKind = z.infer<typeof ReactionKind>;
export const ThreadFilter = z.enum(['all', 'new', 'unread', 'followed', 'unanswered', 'mine']);
export type ThreadFilter = z.infer<typeof ThreadFilter>;

/** One line of letters, digits, punctuation: no control, zero-width or direction-changing character stays; French needs its no-break spaces. */
export const cleanLine = (text: string) =>
  text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, (run) => (/[\n\t\u2028\u2029]/.test(run) ? ' ' : '')).replace(/\s+/gu, (run) => /[\u00a0\u202f]/.exec(run)?.[0] ?? ' ').trim();
/** As cleanLine, keeping line breaks. Zero-width joiners stay: emoji and several scripts need them. */
export const cleanText = (text: string) =>
  text.normalize('NFC').replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '').replace(/[ \t]+$/gm, '').trim();

const Title = z.string().max(2_000).transform(cleanLine).pipe(z.string().min(TITLE_MIN).max(TITLE_MAX));
const Body = z.string().max(60_000).transform(cleanText).pipe(z.string().min(1).max(BODY_MAX));

/** Whether authors of a thread are named; `withheld` is the Chatham House rule, `region` the same with a part of the world. */
export const Naming = z.enum(['shown', 'withheld', 'region']);
export type Naming = z.infer<typeof Naming>;
export const Region = z.enum(['west-africa', 'central-africa', 'east-africa', 'north-africa', 'europe', 'americas', 'middle-east', 'asia-pacific']);
export type Region = z.infer<typeof Region>;

export const AuthorView = z.object({
  /** Stable per person; compare with `me.account.id` through `mine`, never shown. */
  name: z.string(),
  function: z.string(),
  organisation: z.string(),
  organisationSlug: z.string(),
  country: z.string(),
  /** In a thread that withholds names nothing else tells who it is; the region only where the thread gives it. */
  withheld: z.object({ region: Region.nullable() }).optional(),
  onBehalf: OnBehalf.optional(),
}).meta({ id: 'Author' });
export type AuthorView = z.infer<typeof AuthorView>;

export const SpaceView = z.object({
  id: Id, slug: z.string(), name: z.string(), nameFr: z.string(), nameEn: z.string(),
  descriptionFr: z.string(), descriptionEn: z.string(),
  access: SpaceAccess,
  /** Threads with at least one unread message. */
  unread: z.number().int(),
  threadCount: z.number().int(),
  member: z.boolean(),
}).meta({ id: 'Space' });
export type SpaceView = z.infer<typeof SpaceView>;

export const AttachmentView = z.object({
  id: Id, name: z.string(), type: z.string(), bytes: z.number().int(),
  width: z.number().int().nullable(), height: z.number().int().nullable(),
  url: z.string(), thumbnailUrl: z.string().nullable(),
}).meta({ id: 'Attachment' });
export type AttachmentView = z.infer<typeof AttachmentView>;

export const ReactionView = z.object({ kind: ReactionKind, count: z.number().int(), mine: z.boolean() });
export type ReactionView = z.infer<typeof ReactionView>;

/** `event` rows are in-thread lines (moved, closed, split…) that take a position as messages do; `held` ones have none yet, their author alone sees them. */
export const PostState = z.enum(['visible', 'removed', 'event', 'held']);
/** What a rule of moderation found in a text. */
export const WatchFinding = z.object({ name: z.string(), words: z.array(z.string()) });
export type WatchFinding = z.infer<typeof WatchFinding>;
export const PostView = z.object({
  id: Id, thread: Id, position: z.number().int(),
  body: z.string(), html: z.string(), language: Language, version: z.number().int(),
  author: AuthorView, createdAt: Instant, editedAt: Instant.nullable(),
  state: PostState,
  replyTo: z.object({ id: Id, position: z.number().int(), organisation: z.string() }).nullable(),
  reactions: z.array(ReactionView),
  attachments: z.array(AttachmentView),
  /** Only for state `event`: what happened, with names of places as the reader may see them. */
  event: z.object({ type: z.string(), params: z.record(z.string(), z.string()) }).nullable(),
  mine: z.boolean(),
  /** What a decision of moderation did to it, as long as it stands. */
  moderated: z.object({ act: z.enum(['edited', 'hidden', 'removed']), at: Instant }).nullable(),
  /** It waits to be read by moderation; of a message that stands, the new text does. */
  waiting: z.object({ rules: z.array(WatchFinding), at: Instant }).optional(),
  abilities: z.object({ edit: z.boolean(), remove: z.boolean(), restore: z.boolean() }),
}).meta({ id: 'Post' });
export type PostView = z.infer<typeof PostView>;
export const PostsPage = z.object({ items: z.array(PostView), nextAfter: z.number().int().nullable() });
export type PostsPage = z.infer<typeof PostsPage>;

export const SpaceRef = z.object({ id: Id, slug: z.string(), nameFr: z.string(), nameEn: z.string(), access: SpaceAccess });
export type SpaceRef = z.infer<typeof SpaceRef>;

export const ThreadRow = z.object({
  id: Id, space: SpaceRef, kind: ThreadKind, title: z.string(), status: ThreadStatus, language: Language,
  theme: z.string().nullable(), author: AuthorView, postCount: z.number().int(), createdAt: Instant, lastActivityAt: Instant,
  lastPosition: z.number().int(), unread: z.number().int(), readPosition: z.number().int(), followed: z.boolean(),
  pinnedUntil: Instant.nullable(), naming: Naming,
}).meta({ id: 'ThreadRow' });
export type ThreadRow = z.infer<typeof ThreadRow>;

export const SummaryView = z.object({
  points: z.array(z.object({ html: z.string(), text: z.string(), isNew: z.boolean() })),
  whatChanged: z.string(), version: z.number().int(), updatedAt: Instant,
});
export const FollowLevel = z.enum(['all', 'needed', 'none']);
export type FollowLevel = z.infer<typeof FollowLevel>;
export const ThreadView = ThreadRow.extend({
  version: z.number().int(), cityCount: z.number().int(),
  summary: SummaryView.nullable(),
  /** What the thread belongs to, where the reader may read it. */
  practice: z.object({ ref: z.string(), title: z.string(), city: z.string() }).nullable(),
  project: z.object({ ref: z.string(), title: z.string() }).nullable(),
  relatedPractices: z.array(z.object({ ref: z.string(), title: z.string(), city: z.string(), country: z.string() })),
  follow: FollowLevel,
  readGeneration: z.number().int(),
  lastReadAt: Instant.nullable(),
  abilities: z.object({ reply: z.boolean(), edit: z.boolean(), moderate: z.boolean(), setStatus: z.boolean(), summarise: z.boolean(), withhold: z.boolean(), admit: z.boolean() }),
}).meta({ id: 'Thread' });
export type ThreadView = z.infer<typeof ThreadView>;

export const ThreadsQuery = PageQuery.extend({
  space: z.string().max(80).optional(), kind: ThreadKind.optional(), status: ThreadStatus.optional(), theme: z.string().max(80).optional(),
  filter: ThreadFilter.default('all'), sort: z.enum(['activity', 'newest']).default('activity'), organisation: z.string().max(80).optional(),
});
export type ThreadsQuery = z.infer<typeof ThreadsQuery>;
export const PostsQuery = z.object({
  after: z.coerce.number().int().min(0).max(2_000_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type PostsQuery = z.infer<typeof PostsQuery>;

/** The delegation by which somebody speaks for another; without it, in their own name. */
const ByDelegation = Id.optional();
/** A rule has asked the author to think again, and they send it all the same: moderation reads it first. */
const Insist = z.boolean().default(false);
export const CreateThreadBody = z.object({
  id: Id, space: z.string().max(80), kind: z.enum([...WritableThreadKind.options, 'practice']), title: Title, body: Body, language: Language,
  theme: z.string().max(80).nullable().optional(), attachments: z.array(Id).max(ATTACHMENTS_MAX).default([]),
  /** Reference of the practice that it is about; a thread of kind practice is that practice's discussion. */
  practice: z.string().regex(/^[a-z0-9-]{1,60}$/).optional(),
  naming: Naming.default('shown'), insist: Insist, delegation: ByDelegation,
}).refine((body) => body.kind !== 'practice' || body.practice !== undefined, { path: ['practice'] });
export type CreateThreadBody = z.infer<typeof CreateThreadBody>;
export const CreatePostBody = z.object({
  id: Id, body: Body, language: Language.optional(), replyTo: Id.nullable().optional(), attachments: z.array(Id).max(ATTACHMENTS_MAX).default([]),
  insist: Insist, delegation: ByDelegation,
});
export type CreatePostBody = z.infer<typeof CreatePostBody>;
export const EditPostBody = z.object({ body: Body, version: z.number().int().min(1), insist: Insist });
export type EditPostBody = z.infer<typeof EditPostBody>;
export const VersionBody = z.object({ version: z.number().int().min(1) });
export const EditThreadBody = z.object({
  version: z.number().int().min(1), title: Title.optional(), status: ThreadStatus.optional(),
  kind: WritableThreadKind.optional(), theme: z.string().max(80).nullable().optional(),
  pinnedUntil: Instant.nullable().optional(),
  /** From now on names are withheld: before the first reply only, and for good. */
  naming: Naming.exclude(['shown']).optional(), reason: z.string().trim().max(500).optional(),
});
export type EditThreadBody = z.infer<typeof EditThreadBody>;
export const SummaryBody = z.object({
  /** 0 when there is no summary yet. */
  version: z.number().int().min(0), points: z.array(z.string().max(2_000).transform(cleanText).pipe(z.string().min(1).max(600))).min(1).max(8),
  whatChanged: z.string().max(2_000).transform(cleanLine).pipe(z.string().max(600)),
});
export type SummaryBody = z.infer<typeof SummaryBody>;
export const MoveThreadBody = z.object({ id: Id, space: z.string().max(80), version: z.number().int().min(1), reason: z.string().trim().max(500).default('') });
export type MoveThreadBody = z.infer<typeof MoveThreadBody>;
export const SplitThreadBody = z.object({ id: Id, newThread: Id, title: Title, posts: z.array(Id).min(1).max(200), reason: z.string().trim().max(500).default('') });
export type SplitThreadBody = z.infer<typeof SplitThreadBody>;
export const MergeThreadBody = z.object({ id: Id, into: Id, reason: z.string().trim().max(500).default('') });
export type MergeThreadBody = z.infer<typeof MergeThreadBody>;
/** A moderator's act on threads, undoable for UNDO_MINUTES. */
export const ThreadActView = z.object({ id: Id, type: z.enum(['moved', 'split', 'merged', 'carried']), thread: Id, target: Id.nullable(), undoUntil: Instant, undone: z.boolean() }).meta({ id: 'ThreadAct' });
export type ThreadActView = z.infer<typeof ThreadActView>;

export const ReadBody = z.object({ position: z.number().int().min(0).max(2_000_000_000), generation: z.number().int().min(0).default(0) });
export type ReadBody = z.infer<typeof ReadBody>;
export const UnreadBody = z.object({ from: z.number().int().min(1).max(2_000_000_000), generation: z.number().int().min(0) });
export type UnreadBody = z.infer<typeof UnreadBody>;
export const ReadView = z.object({ thread: Id, position: z.number().int(), generation: z.number().int() }).meta({ id: 'ReadPosition' });
export type ReadView = z.infer<typeof ReadView>;
export const FollowBody = z.object({ level: FollowLevel });

export const DraftBody = z.object({
  sequence: z.number().int().min(1).max(2_000_000_000), body: z.string().max(60_000), title: z.string().max(2_000).default(''),
  space: z.string().max(80).nullable().default(null), kind: WritableThreadKind.nullable().default(null), replyTo: Id.nullable().default(null),
  naming: Naming.default('shown'),
});
export type DraftBody = z.infer<typeof DraftBody>;
export const DraftView = DraftBody.extend({ key: z.string(), updatedAt: Instant, threadTitle: z.string().nullable() }).meta({ id: 'Draft' });
export type DraftView = z.infer<typeof DraftView>;
/** `thread:UUID` (a reply), `new-thread`, `relay:UUID` (an answer) or `relay:practice:REF` and `relay:city:SLUG` (a first letter). */
export const DraftKey = z.string().regex(/^(new-thread|(thread|relay):[0-9a-f-]{36}|relay:(practice|city):[a-z0-9-]{1,80})$/);

export const RevisionView = z.object({ version: z.number().int(), body: z.string(), editedAt: Instant, editedBy: AuthorView }).meta({ id: 'Revision' });
export type RevisionView = z.infer<typeof RevisionView>;

/** One line of the local member list that answers `@` without a request per key. */
export const MentionTarget = z.object({
  /** Text inserted after `@`, e.g. `Maire de Dakar` or `Dakar`. */
  label: z.string(), function: z.string().nullable(), organisation: z.string(), organisationSlug: z.string(), country: z.string(), countryName: z.string(),
}).meta({ id: 'MentionTarget' });
export type MentionTarget = z.infer<typeof MentionTarget>;

export const ReportBody = z.object({
  id: Id.optional(), targetKind: z.enum(['post', 'thread', 'practice', 'profile']),
  /** Of a profile: the mandate, or `post:` and the id of a message that shows it. */
  targetId: z.string().max(80),
  reason: z.enum(['off-topic', 'disrespect', 'personal-data', 'false', 'advertising', 'impersonation', 'other']).or(z.string().trim().min(2).max(80)),
  text: z.string().max(2_000).transform(cleanText).default(''),
  /** In a confidential space where nobody may decide: one moderator outside may read this case. */
  tellModerator: z.boolean().default(false),
});
export type ReportBody = z.infer<typeof ReportBody>;
