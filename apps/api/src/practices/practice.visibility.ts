import { emptyPractice, isAddress, LISTED_STATES, type PracticeContent } from '@passerelle/contract';
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

/** Fields that everybody reads once a practice is open: what it was, what came of it, what it cost roughly. */
const PUBLIC_FIELDS = ['title', 'language', 'theme', 'concepts', 'start', 'end', 'status', 'summary', 'costRange', 'costPublic', 'partners', 'beneficiaries', 'results', 'noNumberReason', 'sdgs', 'locationHidden', 'awards', 'coHolders', 'availableFor'] as const satisfies (keyof PracticeContent)[];

/** The entry as a guest reads it: full text, exact sums and members' documents stay with members, unless the city said otherwise. */
export function publicContent(content: PracticeContent): PracticeContent {
  const open = Object.fromEntries(PUBLIC_FIELDS.map((field) => [field, content[field]]));
  const money = content.costPublic ? { cost: content.cost, costNote: content.costNote, funding: content.funding } : { funding: content.funding.map(({ amount: _, ...line }) => line) };
  const translation = content.translation && { ...content.translation, problem: '', solution: '', difficulties: '' };
  return { ...emptyPractice(), ...open, ...money, translation, contact: isAddress(content.contact) ? '' : content.contact, photos: content.photos.filter((photo) => photo.consent), documents: content.documents.filter((document) => document.access === 'public') };
}

/** The entry names the file, or the reader is one of those who read its earlier versions too. Places as in readable(). */
export const shownFile = (practice: string, attachment: string, moderator: string, organisation: string) => `
  (${moderator}::boolean OR ${practice}.organisation_id = ${organisation}::uuid OR EXISTS (
    SELECT 1 FROM unnest(ARRAY['photos', 'documents', 'evidence']) list WHERE ${practice}.content -> list @> jsonb_build_array(jsonb_build_object('attachment', ${attachment}))))`;

/** The file `attachment` of an open practice is one that a guest may read: a picture with consent or a public document. */
export const publicFile = (practice: string, attachment: string) => `
  (${practice}.content -> 'photos' @> jsonb_build_array(jsonb_build_object('attachment', ${attachment}, 'consent', true)) OR ${practice}.content -> 'documents' @> jsonb_build_array(jsonb_build_object('attachment', ${attachment}, 'access', 'public')))`;
