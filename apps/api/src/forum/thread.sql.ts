import { onBehalf, readableThread } from '../platform/index.js';

/** Unread messages beyond this count are shown as "99+". */
const UNREAD_MAX = 100;

// $1 account, $2 person, $3 spaces, $4 the instant before which all counts as read.
export const THREAD_COLUMNS = `
  t.id, t.space_id, s.slug AS space_slug, s.name_fr AS space_name_fr, s.name_en AS space_name_en, s.access AS space_access, t.kind, t.title, t.status, t.language, t.theme_id,
  t.naming, t.author_name, t.author_function, ${onBehalf('t.delegation_id')} AS on_behalf, o.name AS organisation, o.slug AS organisation_slug, o.country, t.post_count, t.created_at, t.last_activity_at, t.last_position,
  coalesce(rp.position, 0) AS read_position, coalesce(f.level, 'none') <> 'none' AS followed, CASE WHEN t.pinned_until > now() THEN t.pinned_until END AS pinned_until,
  (SELECT count(*) FROM (SELECT 1 FROM post p WHERE p.thread_id = t.id AND p.position > coalesce(rp.position, 0) AND p.state = 'visible' AND p.author_person_id <> $2
    AND (rp.position IS NOT NULL OR p.created_at > $4) LIMIT ${UNREAD_MAX}) u) AS unread`;
export const THREAD_FROM = `
  FROM thread t JOIN space s ON s.id = t.space_id JOIN organisation o ON o.id = t.author_organisation_id
  LEFT JOIN read_position rp ON rp.thread_id = t.id AND rp.account_id = $1 LEFT JOIN follow f ON f.thread_id = t.id AND f.account_id = $1`;
/** Readable and not merged into another thread; `threads` is the place of `actor.threadIds`. */
export const threadVisible = (threads: string) => `${readableThread('t', '$3', threads)} AND t.merged_into_id IS NULL`;
/** Something in the thread may be unread: cheap, decided on the row of the thread. */
export const THREAD_UNREAD = `t.last_position > coalesce(rp.position, 0) AND (rp.position IS NOT NULL OR t.last_activity_at > $4)`;
/** Whether somebody animates a space; both are places of ids. */
export const animates = (space: string, person: string) => `EXISTS (SELECT 1 FROM space_member an WHERE an.space_id = ${space} AND an.person_id = ${person} AND an.role = 'animator')`;
/** Nobody has replied yet, not even with words that were removed since. */
export const unanswered = (thread: string) => `NOT EXISTS (SELECT 1 FROM post re WHERE re.thread_id = ${thread} AND re.position > 1 AND re.state <> 'event')`;
