import type { EventView } from '@passerelle/contract';
import type { LogRow } from './event-log.js';
import type { EventContent } from './event-views.js';

/** A row of the log and what it shows, as it travels. */
export function presentEvent(row: LogRow, content: EventContent): EventView {
  return {
    cursor: String(row.cursor),
    type: row.type,
    at: row.at,
    space: row.space_id,
    ...(row.thread_id && { thread: row.thread_id }),
    ...(row.post_id && { post: row.post_id }),
    actor: content.actor,
    data: content.data,
  };
}
