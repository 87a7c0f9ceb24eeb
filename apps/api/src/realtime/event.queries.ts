import { Injectable } from '@nestjs/common';
import type { EventsPage, EventsQuery } from '@passerelle/contract';
import { type Actor, Database, DomainError, isGuest, readableThread } from '../platform/index.js';
import type { LogRow } from './event-log.js';
import { presentEvent } from './event-view.js';
import { EventViews } from './event-views.js';

/** Catch-up: everything the caller may see after a cursor, in commit order. */
@Injectable()
export class EventQueries {
  constructor(
    private readonly database: Database,
    private readonly views: EventViews,
  ) {}

  /**
   * @throws DomainError `cursor-invalid` for what was never a cursor here, `cursor-expired` (410) when the log no longer
   * goes back so far: the client then reloads.
   */
  async since(actor: Actor, query: EventsQuery): Promise<EventsPage> {
    const bounds = await this.database.row<{ first: number; last: number }>('SELECT coalesce(min(cursor), 0) AS first, coalesce(max(cursor), 0) AS last FROM event');
    const { first, last } = bounds ?? { first: 0, last: 0 };
    if (query.since === undefined) return { items: [], cursor: String(last), more: false };
    if (!/^\d{1,15}$/.test(query.since) || Number(query.since) > last) throw new DomainError('cursor-invalid', 'invalid', {}, [{ path: 'since', message: 'cursor_invalid' }]);
    const since = Number(query.since);
    if (since < first - 1) throw new DomainError('cursor-expired', 'gone');
    // Read up to `last` only: what commits meanwhile belongs to the next page, so the cursor never jumps over it.
    const rows = await this.database.rows<LogRow>(VISIBLE, [since, last, actor.spaceIds, actor.accountId, !isGuest(actor), query.limit + 1, actor.threadIds]);
    const page = rows.slice(0, query.limit);
    const contents = await this.views.load(page, actor);
    const more = rows.length > query.limit;
    return { items: page.map((row, index) => presentEvent(row, contents[index] ?? { actor: null, data: null })), cursor: String(more ? (page.at(-1)?.cursor ?? last) : last), more };
  }
}

// The visibility rule of facts: a thread's facts follow the thread to the space where it is now.
const VISIBLE = `
  SELECT e.cursor, e.type, e.at, e.audience, e.actor_person_id, coalesce(t.space_id, e.space_id) AS space_id, e.thread_id, e.post_id, e.account_id, e.subject_id, e.detail
  FROM event e LEFT JOIN thread t ON e.audience = 'thread' AND t.id = e.thread_id
  WHERE e.cursor > $1 AND e.cursor <= $2 AND CASE e.audience
    WHEN 'thread' THEN ${readableThread('t', '$3', '$7')}
    WHEN 'space' THEN e.space_id = ANY($3::uuid[])
    WHEN 'account' THEN e.account_id = $4
    WHEN 'members' THEN $5
    ELSE false END
  ORDER BY e.cursor LIMIT $6`;
