import type { AttachmentView, AuthorView, Naming, OnBehalf, PostView, ReactionKind, ReactionView } from '@passerelle/contract';
import type { Actor } from '../platform/index.js';
import { regionOf, withheldAuthor } from './withheld.js';
import { canEditPost, canRemovePost, canRestorePost } from './forum.policy.js';

/** Order of `post.reaction_counts`. */
export const REACTIONS: readonly ReactionKind[] = ['useful', 'thanks', 'agree', 'same-here'];

/** What a decision that stands holds a message in. */
export type Held = 'hide' | 'remove' | null;

export interface PostRow {
  id: string; thread_id: string; position: number; state: 'visible' | 'removed' | 'event'; body: string; html: string; language: 'fr' | 'en'; version: number;
  author_person_id: string; author_name: string; author_function: string; organisation: string; organisation_slug: string; country: string;
  reaction_counts: number[]; my_reactions: string[] | null; attachment_count: number;
  event: { type: string; params: Record<string, string> } | null;
  reply_to_id: string | null; reply_position: number | null; reply_organisation: string | null;
  removed_by: string | null; removed_at: string | null; held: Held; moderated_at: string | null; created_at: string; edited_at: string | null; thread_writable: boolean; space_id: string; naming: Naming; on_behalf: OnBehalf | null;
}

export interface AuthorColumns {
  author_name: string; author_function: string; organisation: string; organisation_slug: string; country: string; naming: Naming;
  /** Where only one's own name is told: undefined. */
  on_behalf?: OnBehalf | null;
}

/** The function held when the message was written, never the present one; nobody in a thread that withholds names. */
export const presentAuthor = (row: AuthorColumns): AuthorView =>
  row.naming === 'shown'
    ? { name: row.author_name, function: row.author_function, organisation: row.organisation, organisationSlug: row.organisation_slug, country: row.country, ...(row.on_behalf && { onBehalf: row.on_behalf }) }
    : withheldAuthor(row.naming === 'region' ? regionOf(row.country) : null);

export function presentReactions(counts: number[], mine: string[] | null): ReactionView[] {
  return REACTIONS.flatMap((kind, index) => {
    const count = counts[index] ?? 0;
    return count > 0 ? [{ kind, count, mine: mine?.includes(kind) ?? false }] : [];
  });
}

const moderationOf = ({ held, removed_at: removedAt, moderated_at: editedAt, state }: PostRow): PostView['moderated'] => {
  if (held && removedAt) return { act: held === 'remove' ? 'removed' : 'hidden', at: removedAt };
  return editedAt && state === 'visible' ? { act: 'edited', at: editedAt } : null;
};

const NOTHING = { edit: false, remove: false, restore: false };

/** A message as `viewer` may see it now; `viewer` null is a reader without own marks. A removed one keeps its place, not its words. */
export function presentPost(row: PostRow, attachments: AttachmentView[], viewer: Actor | null): PostView {
  const hidden = row.state === 'removed';
  return {
    id: row.id, thread: row.thread_id, position: row.position,
    body: hidden ? '' : row.body, html: hidden ? '' : row.html, language: row.language, version: row.version,
    author: presentAuthor(row), createdAt: row.created_at, editedAt: row.edited_at, state: row.state,
    replyTo: row.reply_to_id && row.reply_position !== null ? { id: row.reply_to_id, position: row.reply_position, organisation: row.naming === 'shown' ? (row.reply_organisation ?? '') : '' } : null,
    reactions: hidden ? [] : presentReactions(row.reaction_counts, row.my_reactions),
    attachments: hidden ? [] : attachments,
    event: row.event,
    moderated: moderationOf(row),
    mine: viewer !== null && row.author_person_id === viewer.personId,
    abilities: viewer ? { edit: canEditPost(viewer, row, row.thread_writable && !viewer.silentSpaceIds.includes(row.space_id)), remove: canRemovePost(viewer, row), restore: canRestorePost(viewer, row) } : NOTHING,
  };
}
