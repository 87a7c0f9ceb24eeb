import { LISTED_STATES, type PracticeState } from '@passerelle/contract';
import { type Actor, canModerate, isGuest } from '../platform/index.js';

const IN_LISTED = `IN (${LISTED_STATES.map((state) => `'${state}'`).join(', ')})`;
/** Members find it in the library. */
export const listed = (practice: string) => `${practice}.state ${IN_LISTED}`;
/** Visitors, robots and guests may read it: a named official agreed, or it was drawn from a public source. */
export const openToVisitors = (practice: string) => `(${listed(practice)} AND (${practice}.consent IS NOT NULL OR ${practice}.source_url IS NOT NULL))`;

/** What the library shows: to members what is listed, to guests only what visitors may read. `guest` is the place of a boolean. */
export const inLibrary = (practice: string, guest: string) => `CASE WHEN ${guest}::boolean THEN ${openToVisitors(practice)} ELSE ${listed(practice)} END`;

/** What somebody may read, as the values of `readable()`. */
export const readerOf = (actor: Actor): [guest: boolean, moderator: boolean, organisation: string | null] => [isGuest(actor), canModerate(actor), actor.capacity?.organisationId ?? null];
/**
 * The one rule of visibility of practices. `guest`, `moderator` and `organisation` are the places of the values that
 * readerOf() gives. What is set aside stays readable by its address; drafts belong to the city alone.
 */
export const readable = (practice: string, guest: string, moderator: string, organisation: string) => `
  CASE WHEN ${guest}::boolean THEN ${openToVisitors(practice)}
  ELSE ${listed(practice)} OR ${practice}.state = 'archived' OR ${practice}.organisation_id = ${organisation}::uuid OR (${moderator}::boolean AND ${practice}.state <> 'draft') END`;

/** The same rule for an object in memory. */
export function canReadPractice(actor: Actor, practice: { state: PracticeState; organisationId: string | null; open: boolean }): boolean {
  if (isGuest(actor)) return practice.open;
  const own = practice.organisationId !== null && practice.organisationId === actor.capacity?.organisationId;
  return LISTED_STATES.includes(practice.state) || practice.state === 'archived' || own || (canModerate(actor) && practice.state !== 'draft');
}
