import { z } from 'zod';
import { AuthorView, PostView, ReadView, ThreadRow } from './forum.js';
import { Id, Instant } from './common.js';

/**
 * Facts of the event log. `data` is the object as the receiver may see it now, or null when it can no longer be read
 * (removed, out of sight) or when ids say all.
 */
export const eventTypes = [
  'thread.created', 'thread.edited', 'thread.moved', 'thread.left', 'thread.split', 'thread.merged', 'thread.summarised',
  'post.created', 'post.edited', 'post.removed', 'post.restored', 'post.reacted',
  'read.moved', 'follow.changed', 'draft.saved', 'practice.published', 'practice.edited', 'practice.advanced', 'practice.closed', 'practice.marked', 'transfer.recorded', 'transfer.moved', 'access.changed', 'session.ended', 'profile.edited',
  'project.created', 'project.edited', 'project.moved', 'project.joined', 'project.left', 'project.updated', 'project.followed', 'need.edited', 'need.moved', 'offer.edited', 'introduction.moved',
  'space.edited', 'space.joined', 'space.left', 'space.requested', 'space.answered', 'space.invited',
  'case.moved', 'decision.made', 'report.answered',
  'watch.changed', 'held.moved',
  'audit.added',
  'accession.moved',
  'delegation.changed', 'mailbox.changed',
  'relay.sent', 'relay.read', 'attachment.read', 'search.renewed', 'person.erased',
] as const;
export type EventType = (typeof eventTypes)[number];

export const EventView = z.object({
  /** Opaque; grows in commit order. */
  cursor: z.string(),
  type: z.enum(eventTypes),
  at: Instant,
  space: Id.nullable(),
  thread: Id.optional(),
  post: Id.optional(),
  actor: AuthorView.nullable(),
  data: z.unknown(),
}).meta({ id: 'Event' });
export type EventView = z.infer<typeof EventView>;
/** What `data` holds, by type; other types carry null or small facts. */
export const eventData = {
  'thread.created': ThreadRow, 'thread.edited': ThreadRow, 'thread.moved': ThreadRow,
  'post.created': PostView, 'post.edited': PostView, 'post.removed': PostView, 'post.restored': PostView, 'post.reacted': PostView,
  'read.moved': ReadView,
} as const;

export const EventsQuery = z.object({ since: z.string().max(40).optional(), limit: z.coerce.number().int().min(1).max(500).default(100) });
export type EventsQuery = z.infer<typeof EventsQuery>;
export const EventsPage = z.object({ items: z.array(EventView), cursor: z.string(), more: z.boolean() });
export type EventsPage = z.infer<typeof EventsPage>;

export const PresenceReader = z.object({ function: z.string(), organisation: z.string(), country: z.string() });
export type PresenceReader = z.infer<typeof PresenceReader>;
export interface Presence { thread: string; readers: PresenceReader[]; typing: PresenceReader[] }
/** Somebody wrote in a space that the session may see, in a thread that this socket does not watch. */
export interface Activity { cursor: string; type: EventType; space: string; thread: string; lastPosition?: number }
export type WatchResult = { ok: true; cursor: string } | { ok: false; code: string };

export interface ServerToClientEvents {
  event: (event: EventView) => void;
  activity: (activity: Activity) => void;
  presence: (presence: Presence) => void;
  /** The first message on each connection: the present cursor and the server's version. */
  welcome: (hello: { cursor: string; version: string }) => void;
}
export interface ClientToServerEvents {
  watch: (body: { thread: string }, ack: (result: WatchResult) => void) => void;
  unwatch: (body: { thread: string }, ack?: (result: WatchResult) => void) => void;
  typing: (body: { thread: string }) => void;
}
