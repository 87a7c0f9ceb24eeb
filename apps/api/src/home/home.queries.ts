import { Injectable } from '@nestjs/common';
import type { HomeItem, HomeView } from '@passerelle/contract';
import { plainText } from '@passerelle/text/markdown';
import { type Actor, Database, inForce, isGuest, readableThread } from '../platform/index.js';
import { waitingHandOvers } from '../people/index.js';
import { listed, StandingQueries } from '../practices/index.js';
import { countWaitingIntroductions, follows } from '../projects/index.js';
import { RelayQueries } from '../relay/index.js';

const ITEMS_MAX = 7;
const EXCERPT = 160;
/** At most so many points of one kind, so that one lively thread leaves room for the others. */
const PER_KIND = 3;

interface Row {
  key: string; kind: HomeItem['kind']; thread_id: string | null; ref: string | null; position: number | null; title: string; body: string; at: string; count: number; read: boolean;
  author_function: string | null; organisation: string | null; country: string | null; theme: string | null;
}

/** What changed for one reader since the last visit: at most seven points, in eight statements whatever the network holds. */
@Injectable()
export class HomeQueries {
  constructor(
    private readonly database: Database,
    private readonly standings: StandingQueries,
    private readonly relays: RelayQueries,
  ) {}

  async home(actor: Actor): Promise<HomeView> {
    const account = await this.database.row<{ previous_visit_at: string | null }>('SELECT previous_visit_at FROM account WHERE id = $1', [actor.accountId]);
    const since = account?.previous_visit_at ?? null;
    const values = [actor.accountId, actor.personId, actor.spaceIds, actor.capacity?.organisationId ?? null, since ?? actor.unreadSince, actor.capacity?.function ?? '', !isGuest(actor), actor.threadIds];
    const [rows, counts, drafts, city, tasks, letters, introductions] = await Promise.all([
      this.database.rows<Row & Record<string, unknown>>(POINTS, values),
      this.database.row<{ followed: number; unread: number; saved: number; handed: number }>(COUNTS, [actor.accountId, actor.spaceIds, actor.unreadSince, actor.threadIds]),
      this.database.rows<HomeView['drafts'][number] & Record<string, unknown>>(DRAFTS, [actor.accountId, actor.spaceIds, actor.threadIds]),
      actor.capacity && !isGuest(actor) ? this.database.row<NonNullable<HomeView['city']> & Record<string, unknown>>(CITY, [actor.capacity.organisationId]) : undefined,
      this.standings.tasks(actor),
      this.relays.unread(actor),
      countWaitingIntroductions(this.database, actor),
    ]);
    return { since, items: choose(rows), unreadCount: counts?.unread ?? 0, followedCount: counts?.followed ?? 0, drafts, city: city ?? null, taskCount: tasks.items.filter((task) => task.kind !== 'draft').length + letters + introductions + (counts?.handed ?? 0), savedCount: counts?.saved ?? 0 };
  }
}

/** One thread is one point, under its strongest reason; unread ones first. */
function choose(rows: Row[]): HomeItem[] {
  const seen = new Set<string>();
  const perKind = new Map<string, number>();
  const chosen: HomeItem[] = [];
  for (const row of [...rows.filter((one) => !one.read), ...rows.filter((one) => one.read)]) {
    const place = row.thread_id ?? row.ref ?? row.key;
    const sameKind = perKind.get(row.kind) ?? 0;
    if (seen.has(place) || sameKind >= PER_KIND || chosen.length >= ITEMS_MAX) continue;
    seen.add(place);
    perKind.set(row.kind, sameKind + 1);
    chosen.push(presentPoint(row));
  }
  return chosen;
}

const presentPoint = (row: Row): HomeItem => ({
  key: row.key, kind: row.kind, title: row.title, at: row.at, count: row.count, read: row.read, theme: row.theme,
  url: row.thread_id ? `/fils/${row.thread_id}${row.position ? `#m${row.position}` : ''}` : `/${row.kind === 'project' ? 'projets' : 'pratiques'}/${row.ref ?? ''}`,
  excerpt: plainText(row.body, EXCERPT),
  author: row.author_function && row.organisation && row.country ? { function: row.author_function, organisation: row.organisation, country: row.country } : null,
});

// $1 account, $2 person, $3 spaces, $4 organisation, $5 since, $6 function, $7 whether library and projects may be seen, $8 single threads.
const THREAD_POST = `
  p.thread_id, NULL::text AS ref, p.position, t.title, p.body, p.created_at AS at, 1 AS count, coalesce(rp.position, 0) >= p.position AS read,
  CASE t.naming WHEN 'shown' THEN p.author_function END AS author_function, o.name AS organisation, o.country, t.theme_id AS theme
  FROM post p JOIN thread t ON t.id = p.thread_id JOIN organisation o ON o.id = p.author_organisation_id
  LEFT JOIN read_position rp ON rp.thread_id = t.id AND rp.account_id = $1`;
const VISIBLE = `${readableThread('t', '$3', '$8')} AND t.merged_into_id IS NULL`;
const POINTS = `
  (SELECT 'reply:' || p.id AS key, 'reply' AS kind, 1 AS rank, ${THREAD_POST}
   LEFT JOIN post parent ON parent.id = p.reply_to_id
   WHERE ${VISIBLE} AND p.state = 'visible' AND p.author_person_id <> $2 AND p.created_at > $5 AND (parent.author_person_id = $2 OR (t.author_person_id = $2 AND p.position > 1))
   ORDER BY p.created_at DESC LIMIT ${PER_KIND})
  UNION ALL
  (SELECT 'mention:' || p.id, 'mention', 2, ${THREAD_POST} JOIN post_mention m ON m.post_id = p.id AND m.organisation_id = $4 AND m.function IN ('', $6)
   WHERE ${VISIBLE} AND p.state = 'visible' AND p.author_person_id <> $2 AND p.created_at > $5
   ORDER BY p.created_at DESC LIMIT ${PER_KIND})
  UNION ALL
  (SELECT 'announcement:' || p.id, 'announcement', 3, ${THREAD_POST}
   WHERE ${VISIBLE} AND t.kind = 'announcement' AND p.position = 1 AND p.state = 'visible' AND p.author_person_id <> $2 AND t.created_at > $5
   ORDER BY t.created_at DESC LIMIT ${PER_KIND})
  UNION ALL
  (SELECT 'followed:' || t.id, 'followed', 4, t.id, NULL, coalesce(rp.position, 0) + 1, t.title, coalesce(t.summary->>'whatChanged', ''), t.last_activity_at, (t.last_position - coalesce(rp.position, 0)), false,
     NULL, NULL, NULL, t.theme_id
   FROM follow f JOIN thread t ON t.id = f.thread_id LEFT JOIN read_position rp ON rp.thread_id = t.id AND rp.account_id = $1
   WHERE f.account_id = $1 AND f.level <> 'none' AND ${VISIBLE} AND t.last_position > coalesce(rp.position, 0)
   ORDER BY t.last_activity_at DESC LIMIT ${PER_KIND})
  UNION ALL
  (SELECT 'project:' || u.id, 'project', 4, NULL, j.ref, NULL, j.title, u.body, u.at, 1, false, u.author_function, o.name, o.country, j.theme_id
   FROM project j CROSS JOIN LATERAL (SELECT * FROM project_update u WHERE u.project_id = j.id AND u.removed_at IS NULL AND u.author_person_id <> $2 AND u.at > $5 ORDER BY u.at DESC LIMIT 1) u
   JOIN organisation o ON o.id = u.author_organisation_id WHERE $7 AND ${follows('j', '$1', '$4')} ORDER BY u.at DESC LIMIT ${PER_KIND})
  UNION ALL
  (SELECT 'question:' || t.id, 'question', 5, ${THREAD_POST}
   WHERE ${VISIBLE} AND t.kind = 'question' AND t.status = 'open' AND t.post_count <= 2 AND p.position = 1 AND p.author_organisation_id <> $4
     AND t.theme_id IN (SELECT theme_id FROM practice WHERE organisation_id = $4 AND ${listed('practice')})
   ORDER BY t.last_activity_at DESC LIMIT ${PER_KIND})
  UNION ALL
  (SELECT 'practice:' || pr.ref, 'practice', 6, NULL, pr.ref, NULL, pr.title, pr.summary, pr.updated_at, 1, false, NULL, pr.city_name, pr.country, pr.theme_id
   FROM practice pr WHERE $7 AND ${listed('pr')} AND pr.updated_at > $5 AND pr.organisation_id IS DISTINCT FROM $4
     AND pr.theme_id IN (SELECT theme_id FROM practice WHERE organisation_id = $4 UNION SELECT t.theme_id FROM follow f JOIN thread t ON t.id = f.thread_id WHERE f.account_id = $1)
   ORDER BY pr.updated_at DESC, pr.ref LIMIT 2)
  ORDER BY rank, at DESC`;
const COUNTS = `
  SELECT count(*) FILTER (WHERE f.level <> 'none') AS followed, count(*) FILTER (WHERE t.last_position > coalesce(rp.position, 0) AND (rp.position IS NOT NULL OR t.last_activity_at > $3)) AS unread, (SELECT count(*) FROM saved_search WHERE account_id = $1) AS saved, ${waitingHandOvers('(SELECT person_id FROM account WHERE id = $1)')} AS handed
  FROM thread t LEFT JOIN follow f ON f.thread_id = t.id AND f.account_id = $1 LEFT JOIN read_position rp ON rp.thread_id = t.id AND rp.account_id = $1
  WHERE ${readableThread('t', '$2', '$4')} AND t.merged_into_id IS NULL`;
const DRAFTS = `
  SELECT d.key, coalesce(t.title, nullif(d.content->>'title', ''), '') AS title, d.updated_at AS "updatedAt"
  FROM draft d LEFT JOIN thread t ON d.key = 'thread:' || t.id AND ${readableThread('t', '$2', '$3')}
  WHERE d.account_id = $1 AND coalesce(d.content->>'body', '') <> '' AND d.key NOT LIKE 'relay:%' ORDER BY d.updated_at DESC LIMIT 3`;
const CITY = `
  SELECT o.slug, o.name, (SELECT count(DISTINCT m.function) FROM mandate m WHERE m.organisation_id = o.id AND ${inForce('m')}) AS people,
    (SELECT count(*) FROM practice pr WHERE pr.organisation_id = o.id AND ${listed('pr')}) AS practices,
    (SELECT count(DISTINCT x.to_name) FROM transfer x JOIN practice pr ON pr.id = x.practice_id WHERE pr.organisation_id = o.id AND x.state IN ('taken-up', 'taken-up-in-part') AND x.to_organisation_id IS DISTINCT FROM pr.organisation_id) AS "takenUp"
  FROM organisation o WHERE o.id = $1 AND o.kind = 'city'`;
