import { v7 as uuid } from 'uuid';
import { type Actor, Forbidden, type Sql } from '../platform/index.js';
import { requestHash } from './request-hash.js';

export interface EventLine {
  type: 'moved' | 'split' | 'merged' | 'closed' | 'reopened' | 'answered' | 'pinned' | 'undone' | 'retitled';
  params: Record<string, string>;
}

/** Adds an in-thread line ("moved from … to …") at the next position; it is no message and counts as none. */
export async function addEventLine(tx: Sql, actor: Actor, threadId: string, line: EventLine): Promise<string> {
  if (!actor.capacity) throw new Forbidden();
  const id = uuid();
  await tx.run(
    `WITH t AS (UPDATE thread SET last_position = last_position + 1 WHERE id = $1 RETURNING last_position)
     INSERT INTO post (id, thread_id, position, state, body, html, language, author_person_id, author_organisation_id, author_name, author_function, event, request_hash)
     SELECT $2, $1, t.last_position, 'event', '', '', 'fr', $3, $4, $5, $6, $7, $8 FROM t`,
    [threadId, id, actor.personId, actor.capacity.organisationId, actor.name, actor.capacity.function, JSON.stringify(line), requestHash(id)]);
  return id;
}
