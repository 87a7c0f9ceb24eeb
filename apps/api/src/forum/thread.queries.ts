import { Injectable } from '@nestjs/common';
import type { Page, SpaceView, ThreadFilter, ThreadRow, ThreadsQuery, ThreadView } from '@passerelle/contract';
import { excerpt } from '@passerelle/text';
import { z } from 'zod';
import { inLibrary, readable, readerOf } from '../practices/index.js';
import { type Actor, canModerate, CursorInstant, Database, decodeCursor, encodeCursor, isGuest, NotFound, readableThread, type Sql } from '../platform/index.js';
import { canArrange, canEditThread, canReply, canSetStatus, canSummarise } from './forum.policy.js';
import { presentThread, type ThreadColumns } from './thread.presenter.js';
import { animates, THREAD_COLUMNS, THREAD_FROM, THREAD_UNREAD, threadVisible, unanswered } from './thread.sql.js';

const After = z.tuple([z.boolean(), CursorInstant, z.uuid()]);
const NEW_DAYS = 7;
const FILTERS: Record<ThreadFilter, string> = {
  all: 'true',
  new: `rp.position IS NULL AND t.created_at > greatest($4::timestamptz, now() - interval '${NEW_DAYS} days')`,
  unread: THREAD_UNREAD,
  followed: `coalesce(f.level, 'none') <> 'none'`,
  unanswered: `t.kind = 'question' AND t.status = 'open' AND t.post_count <= 1`,
  mine: 't.author_person_id = $2',
};
const KEY = { activity: 't.last_activity_at', newest: 't.created_at' } as const;

interface ThreadDetail extends ThreadColumns {
  version: number; city_count: number; merged_into_id: string | null; author_person_id: string; animates: boolean; unanswered: boolean;
  summary: { points: { html: string; text: string; isNew?: boolean }[]; whatChanged: string } | null; summary_version: number; summary_updated_at: string | null;
  practice_ref: string | null; practice_title: string | null; practice_city: string | null; project_ref: string | null; project_title: string | null; follow_level: ThreadView['follow'] | null; generation: number | null; read_at: string | null; concepts: string[];
}

/** Reads of spaces and threads; each list is one statement whatever its length. */
@Injectable()
export class ThreadQueries {
  constructor(private readonly database: Database) {}

  /** Spaces that the actor may see, with the number of threads that hold something unread. */
  async spaces(actor: Actor): Promise<{ items: SpaceView[] }> {
    const items = await this.database.rows<SpaceView & Record<string, unknown>>(SPACES, [actor.accountId, actor.personId, actor.spaceIds, actor.unreadSince, actor.language, actor.threadIds]);
    return { items };
  }

  /** Threads by activity or date, pinned ones first on the first page; the cursor is the place after the last row. */
  async list(actor: Actor, query: ThreadsQuery): Promise<Page<ThreadRow>> {
    const key = KEY[query.sort];
    const [pinned, at, id] = query.cursor ? decodeCursor(query.cursor, After) : [null, null, null];
    const rows = await this.database.rows<ThreadColumns & { key: string }>(
      `SELECT ${THREAD_COLUMNS}, ${key} AS key ${THREAD_FROM}
       WHERE ${threadVisible('$14')} AND (s.slug = $5 OR ($5::text IS NULL AND s.archived_at IS NULL)) AND ($6::text IS NULL OR t.kind = $6) AND ($7::text IS NULL OR t.status = $7)
         AND ($8::text IS NULL OR t.theme_id = $8) AND ($9::text IS NULL OR (o.slug = $9 AND t.naming = 'shown')) AND ${FILTERS[query.filter]}
         AND ($10::timestamptz IS NULL OR (coalesce(t.pinned_until, '-infinity') > now(), ${key}, t.id) < ($13::boolean, $10, $11::uuid))
       ORDER BY (coalesce(t.pinned_until, '-infinity') > now()) DESC, ${key} DESC, t.id DESC LIMIT $12`,
      [...this.viewer(actor), query.space ?? null, query.kind ?? null, query.status ?? null, query.theme ?? null, query.organisation ?? null, at, id, query.limit + 1, pinned, actor.threadIds],
    );
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return { items: page.map(presentThread), nextCursor: rows.length > query.limit && last ? encodeCursor([last.pinned_until !== null, last.key, last.id]) : null };
  }

  async get(actor: Actor, id: string, sql: Sql = this.database): Promise<ThreadView> {
    const row = await sql.row<ThreadDetail & Record<string, unknown>>(DETAIL, [...this.viewer(actor), id, ...readerOf(actor), actor.threadIds]);
    if (!row) throw new NotFound();
    const state = { id: row.id, space_id: row.space_id, space_writable: !actor.silentSpaceIds.includes(row.space_id), status: row.status, merged_into_id: row.merged_into_id, author_person_id: row.author_person_id, kind: row.kind, animates: row.animates };
    return {
      ...presentThread(row),
      version: row.version, cityCount: row.city_count,
      summary: row.summary && row.summary_updated_at
        ? { points: row.summary.points.map((point) => ({ ...point, isNew: point.isNew ?? false })), whatChanged: row.summary.whatChanged, version: row.summary_version, updatedAt: row.summary_updated_at }
        : null,
      practice: row.practice_ref ? { ref: row.practice_ref, title: row.practice_title ?? '', city: row.practice_city ?? '' } : null,
      project: row.project_ref ? { ref: row.project_ref, title: row.project_title ?? '' } : null,
      relatedPractices: await this.related(sql, actor, row),
      follow: row.follow_level ?? 'none', readGeneration: row.generation ?? 0, lastReadAt: row.read_at,
      abilities: {
        reply: canReply(actor, state), edit: canEditThread(actor, state), moderate: canModerate(actor),
        setStatus: canSetStatus(actor, state, 'answered'), summarise: canSummarise(actor, state),
        withhold: canArrange(actor, state) && row.naming === 'shown' && row.unanswered, admit: canArrange(actor, state),
      },
    };
  }

  /** Rows by id for facts already filtered by the rule, as a reader without own marks sees them. */
  async rowsByIds(ids: string[], viewer: Actor | null): Promise<(ThreadRow | undefined)[]> {
    const rows = await this.database.rows<ThreadColumns & Record<string, unknown>>(
      `SELECT ${THREAD_COLUMNS} ${THREAD_FROM} WHERE t.id = ANY($5::uuid[]) AND ($3::uuid[] IS NULL OR ${readableThread('t', '$3', '$6')})`,
      viewer ? [...this.viewer(viewer), ids, viewer.threadIds] : [NOBODY, NOBODY, null, new Date().toISOString(), ids, []]);
    const views = new Map(rows.map((row) => [row.id, presentThread(row)]));
    return ids.map((id) => views.get(id));
  }

  /** Threads whose title is near to what is being typed, at most five. */
  async similar(actor: Actor, title: string): Promise<{ items: ThreadRow[] }> {
    const rows = await this.database.rows<ThreadColumns & Record<string, unknown>>(
      `SELECT ${THREAD_COLUMNS} ${THREAD_FROM}
       WHERE ${threadVisible('$6')} AND s.archived_at IS NULL AND word_similarity(unaccent(lower($5)), unaccent(lower(t.title))) > 0.35
       ORDER BY word_similarity(unaccent(lower($5)), unaccent(lower(t.title))) DESC, t.last_activity_at DESC LIMIT 5`,
      [...this.viewer(actor), excerpt(title, 160), actor.threadIds]);
    return { items: rows.map(presentThread) };
  }

  private viewer(actor: Actor): unknown[] {
    return [actor.accountId, actor.personId, actor.spaceIds, actor.unreadSince];
  }

  private related(sql: Sql, actor: Actor, row: ThreadDetail): Promise<ThreadView['relatedPractices']> {
    return sql.rows(
      `SELECT ref, title, city_name AS city, country FROM practice
       WHERE ${inLibrary('practice', '$4')} AND ref IS DISTINCT FROM $1 AND (concepts && $2::text[] OR theme_id = $3)
       ORDER BY cardinality(ARRAY(SELECT unnest(concepts) INTERSECT SELECT unnest($2::text[]))) DESC, title LIMIT 3`,
      [row.practice_ref, row.concepts, row.theme_id, isGuest(actor)]);
  }
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

const SPACES = `
  SELECT s.id, s.slug, CASE WHEN $5 = 'en' THEN s.name_en ELSE s.name_fr END AS name, s.name_fr AS "nameFr", s.name_en AS "nameEn", s.description_fr AS "descriptionFr", s.description_en AS "descriptionEn",
    s.access, coalesce(c.unread, 0) AS unread, coalesce(c.threads, 0) AS "threadCount", EXISTS (SELECT 1 FROM space_member m WHERE m.space_id = s.id AND m.person_id = $2) AS member
  FROM space s LEFT JOIN (
    SELECT t.space_id, count(*) AS threads, count(*) FILTER (WHERE ${THREAD_UNREAD}) AS unread
    FROM thread t LEFT JOIN read_position rp ON rp.thread_id = t.id AND rp.account_id = $1
    WHERE ${threadVisible('$6')} GROUP BY t.space_id) c ON c.space_id = s.id
  WHERE s.id = ANY($3::uuid[]) AND s.archived_at IS NULL ORDER BY s.position, s.name_fr`;

// $5 the thread, $6 to $8 as readerOf() gives them, $9 single threads. Guests read no projects.
const DETAIL = `
  SELECT ${THREAD_COLUMNS}, t.version, t.merged_into_id, t.author_person_id, t.summary, t.summary_version, t.summary_updated_at, t.concepts, f.level AS follow_level, rp.generation, rp.read_at, ${animates('t.space_id', '$2')} AS animates, ${unanswered('t.id')} AS unanswered,
    (SELECT count(DISTINCT p.author_organisation_id) FROM post p WHERE p.thread_id = t.id AND p.state = 'visible') AS city_count,
    pr.ref AS practice_ref, pr.title AS practice_title, pr.city_name AS practice_city, pj.ref AS project_ref, pj.title AS project_title
  ${THREAD_FROM} LEFT JOIN practice pr ON pr.id = t.practice_id AND (${readable('pr', '$6', '$7', '$8')})
  LEFT JOIN project pj ON pj.id = t.project_id AND NOT $6::boolean
  WHERE t.id = $5 AND ${readableThread('t', '$3', '$9')}`;
