import { UNDO_MINUTES } from '@passerelle/contract';
import { type Actor, canModerate, canReadThread, canWrite } from '../platform/index.js';

export interface ThreadState {
  id: string;
  space_id: string;
  /** The space takes words of the actor. */
  space_writable: boolean;
  status: string;
  merged_into_id: string | null;
  author_person_id: string;
  kind: string;
  /** The actor animates its space. */
  animates: boolean;
}

export interface PostState {
  state: string;
  author_person_id: string;
  removed_by: string | null;
  removed_at: string | null;
  /** A decision of moderation holds it away: it comes back by its case alone. */
  held: 'hide' | 'remove' | null;
  /** When moderation put its words in the place of the author's. */
  moderated_at: string | null;
}

export const isWritable = (thread: Pick<ThreadState, 'status' | 'merged_into_id'>) => thread.status !== 'closed' && thread.merged_into_id === null;
export const canReply = (actor: Actor, thread: ThreadState) => canReadThread(actor, thread) && canWrite(actor) && thread.space_writable && isWritable(thread);
/** Announcements speak for the association: moderation and secretariat only. */
export const canOpenThread = (actor: Actor, spaceId: string, kind: string) =>
  actor.spaceIds.includes(spaceId) && canWrite(actor) && (kind !== 'announcement' || canModerate(actor));
export const canEditThread = (actor: Actor, thread: ThreadState) => thread.space_writable && (canModerate(actor) || (thread.author_person_id === actor.personId && isWritable(thread)));
/** The one who asked says when the answer was found; only moderation closes. */
export const canSetStatus = (actor: Actor, thread: ThreadState, status: string) =>
  thread.space_writable && (canModerate(actor) || (thread.author_person_id === actor.personId && isWritable(thread) && status !== 'closed'));
export const canSummarise = (actor: Actor, thread: ThreadState) => thread.space_writable && (canModerate(actor) || thread.author_person_id === actor.personId);
/** Who may be admitted to this thread alone, and whether its names are withheld: moderation, and those who animate its space. */
export const canArrange = (actor: Actor, thread: ThreadState) => thread.space_writable && (thread.animates || canModerate(actor));

export const canEditPost = (actor: Pick<Actor, 'personId'>, post: PostState, threadWritable: boolean) =>
  post.state === 'visible' && post.moderated_at === null && post.author_person_id === actor.personId && threadWritable;
/** Of one's own only: somebody else's message is taken away by a decision of moderation, with its reasons and its appeal. */
export const canRemovePost = (actor: Actor, post: PostState) => post.state === 'visible' && post.author_person_id === actor.personId;
/** An undo for the one who removed it, for ten minutes. */
export const canRestorePost = (actor: Actor, post: PostState, now = Date.now()) =>
  post.state === 'removed' &&
  post.held === null &&
  post.removed_by === actor.personId &&
  post.removed_at !== null &&
  now - Date.parse(post.removed_at) < UNDO_MINUTES * 60_000;
