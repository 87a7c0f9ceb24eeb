import type { SpaceRef, ThreadRow } from '@passerelle/contract';
import { type AuthorColumns, presentAuthor } from './post.presenter.js';

export interface ThreadColumns extends AuthorColumns {
  id: string; space_id: string; space_slug: string; space_name_fr: string; space_name_en: string; space_access: SpaceRef['access'];
  kind: ThreadRow['kind']; title: string; status: ThreadRow['status']; language: 'fr' | 'en'; theme_id: string | null;
  post_count: number; created_at: string; last_activity_at: string; last_position: number; unread: number; read_position: number; followed: boolean; pinned_until: string | null;
}

/** A thread as lists show it. */
export const presentThread = (row: ThreadColumns): ThreadRow => ({
  id: row.id,
  space: { id: row.space_id, slug: row.space_slug, nameFr: row.space_name_fr, nameEn: row.space_name_en, access: row.space_access },
  kind: row.kind, title: row.title, status: row.status, language: row.language, theme: row.theme_id, author: presentAuthor(row),
  postCount: row.post_count, createdAt: row.created_at, lastActivityAt: row.last_activity_at, naming: row.naming, lastPosition: row.last_position,
  unread: row.unread, readPosition: row.read_position, followed: row.followed, pinnedUntil: row.pinned_until,
});
