import type { Sql } from '../platform/index.js';
import { listed, openToVisitors, publicFile } from '../practices/index.js';

interface Page {
  page: number;
  text: string;
}
type Owner = { kind: 'post'; id: string; threadId: string; spaceId: string } | { kind: 'practice' | 'project'; id: string };

/** A file whose text was read, with what it belongs to. */
export interface AttachmentText {
  attachmentId: string;
  owner: Owner;
  fileName: string;
  /** What the practice or project calls it; empty for files of messages. */
  title: string;
  /** Visitors and guests may open it too: a public document of an open practice. Files of messages follow the space. */
  openToVisitors: boolean;
  pages: Page[];
}

interface Row extends Record<string, unknown> {
  id: string; name: string; title: string | null; is_open: boolean; post_id: string | null; thread_id: string | null; space_id: string | null; practice_id: string | null; project_id: string | null; pages: Page[];
}

/**
 * Texts of attachments, of some or of all, as far as every reader of what they belong to may open them: those of visible messages, and
 * those that a listed practice or a project names. Of anything else, and of files without text, nothing is given back.
 */
export async function collectAttachments(tx: Sql, ids: readonly string[] | null): Promise<AttachmentText[]> {
  const rows = await tx.rows<Row>(COLLECT, [ids]);
  return rows.map((row) => ({ attachmentId: row.id, owner: ownerOf(row), fileName: row.name, title: row.title ?? '', openToVisitors: row.is_open, pages: row.pages }));
}

/** What attachments some messages, practices and projects have: their own facts change who may find those. */
export async function attachmentsOf(tx: Sql, owners: { posts?: readonly string[]; practices?: readonly string[]; projects?: readonly string[] }): Promise<string[]> {
  const { posts = [], practices = [], projects = [] } = owners;
  if (posts.length + practices.length + projects.length === 0) return [];
  const rows = await tx.rows<{ id: string }>(`SELECT id FROM attachment WHERE text_state = 'read' AND (post_id = ANY($1::uuid[]) OR practice_id = ANY($2::uuid[]) OR project_id = ANY($3::uuid[]))`, [posts, practices, projects]);
  return rows.map((row) => row.id);
}

function ownerOf(row: Row): Owner {
  if (row.post_id && row.thread_id && row.space_id) return { kind: 'post', id: row.post_id, threadId: row.thread_id, spaceId: row.space_id };
  return row.practice_id ? { kind: 'practice', id: row.practice_id } : { kind: 'project', id: row.project_id ?? '' };
}

/** The document of `content` that is this file; evidence of a practice has a label in the place of a title. */
const titleIn = (content: string) => `(SELECT coalesce(d ->> 'title', d ->> 'label') FROM jsonb_array_elements(coalesce(${content} -> 'documents', '[]') || coalesce(${content} -> 'evidence', '[]')) d WHERE d ->> 'attachment' = a.id::text LIMIT 1)`;
const named = (content: string, list: string) => `${content} -> '${list}' @> jsonb_build_array(jsonb_build_object('attachment', a.id))`;

const COLLECT = `
  SELECT a.id, a.name, a.post_id, a.practice_id, a.project_id, p.thread_id, t.space_id, (SELECT jsonb_agg(jsonb_build_object('page', g.page, 'text', g.text) ORDER BY g.page) FROM attachment_page g WHERE g.attachment_id = a.id) AS pages,
    coalesce(${openToVisitors('pr')} AND ${publicFile('pr', 'a.id')}, false) AS is_open, ${titleIn('coalesce(pr.content, j.content)')} AS title
  FROM attachment a LEFT JOIN post p ON p.id = a.post_id LEFT JOIN thread t ON t.id = p.thread_id LEFT JOIN practice pr ON pr.id = a.practice_id LEFT JOIN project j ON j.id = a.project_id
  WHERE a.text_state = 'read' AND ($1::uuid[] IS NULL OR a.id = ANY($1::uuid[])) AND EXISTS (SELECT 1 FROM attachment_page g WHERE g.attachment_id = a.id) AND (
    (p.state = 'visible' AND t.merged_into_id IS NULL)
    OR (${listed('pr')} AND (${named('pr.content', 'documents')} OR ${named('pr.content', 'evidence')}))
    OR ${named('j.content', 'documents')})
  ORDER BY a.id`;
