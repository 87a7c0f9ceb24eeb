import type { Actor } from './actor.js';
import { inForce } from './mandate.js';

/** A decision of moderation limits the person now. SQL; `person` is the place of an id. */
export const sanctioned = (person: string, kind: 'mute' | 'suspend') =>
  `EXISTS (SELECT 1 FROM sanction sn WHERE sn.person_id = ${person} AND sn.kind = '${kind}' AND sn.lifted_at IS NULL AND (sn.ends_at IS NULL OR sn.ends_at > now()))`;

/**
 * In office: a mandate of the person is in force, and moderation has not suspended them. With it ends, on the day, all that a
 * role and a place in a space give (docs/decisions/0026). SQL; `person` is the place of an id.
 */
export const inOffice = (person: string) => `(EXISTS (SELECT 1 FROM mandate hm WHERE hm.person_id = ${person} AND ${inForce('hm')}) AND NOT ${sanctioned(person, 'suspend')})`;

const INSIDE = (space: string, account: string) => `EXISTS (SELECT 1 FROM space_member sm WHERE sm.space_id = ${space}.id AND sm.person_id = ${account}.person_id)`;

/**
 * The visibility rule of spaces, written once, for those in office: open to members, closed and confidential to those who
 * belong; moderation reads closed spaces as well, confidential ones only by invitation; a guest sees what a guest was
 * invited to. SQL; `space` and `account` are aliases of rows.
 */
export const readableSpace = (space: string, account: string) =>
  `(${inOffice(`${account}.person_id`)} AND ((${space}.access = 'open' AND ${account}.role <> 'guest') OR (${space}.access = 'closed' AND ${account}.role IN ('moderator','administrator')) OR ${INSIDE(space, account)}))`;

/** That there is such a space, its name and description: of a closed one all members may know. */
export const knownSpace = (space: string, account: string) =>
  `(${readableSpace(space, account)} OR (${space}.access = 'closed' AND ${account}.role <> 'guest' AND ${inOffice(`${account}.person_id`)}))`;

/** The one rule of visibility of threads and their messages: their space may be read, or the reader was admitted to this thread alone. */
export const canReadThread = (actor: Actor, thread: { id: string; space_id: string }) => actor.spaceIds.includes(thread.space_id) || actor.threadIds.includes(thread.id);

/** The same in SQL: `thread` is the alias of its row, the others are the places of `actor.spaceIds` and `actor.threadIds`. */
export const readableThread = (thread: string, spaces: string, threads: string) => `(${thread}.space_id = ANY(${spaces}::uuid[]) OR ${thread}.id = ANY(${threads}::uuid[]))`;

/** Somebody may act today: they are in office, and moderation has not silenced them. SQL; `person` is the place of an id. */
export const actsToday = (person: string) => `(${inOffice(person)} AND NOT ${sanctioned(person, 'mute')})`;

/** Whether a space takes words of a person: it isn't archived, they are no mere reader of it, and moderation has not silenced them. SQL; both are places of ids. */
export const writableSpace = (space: string, person: string) => `(
  NOT EXISTS (SELECT 1 FROM space w WHERE w.id = ${space} AND w.archived_at IS NOT NULL)
  AND NOT ${sanctioned(person, 'mute')} AND NOT ${sanctioned(person, 'suspend')}
  AND NOT EXISTS (SELECT 1 FROM space_member w WHERE w.space_id = ${space} AND w.person_id = ${person} AND w.role = 'reader'))`;
