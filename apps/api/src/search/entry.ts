import type { SearchFacet, SearchKind } from '@passerelle/contract';
import type { SearchDocument } from '@passerelle/search';
import { type Actor, canModerate, canReadThread, isGuest } from '../platform/index.js';

/** Facets of the index: those that people see, and what operators may ask for. */
export const INDEX_FACETS = ['kind', 'theme', 'concept', 'country', 'size', 'language', 'year', 'status', 'cost', 'city', 'author'] as const satisfies readonly (SearchFacet | 'city' | 'author')[];
export type IndexFacet = (typeof INDEX_FACETS)[number];

/** One thing that can be found, as it is now: what is indexed and what a hit shows are the same. */
export interface Entry extends SearchDocument<IndexFacet> {
  kind: SearchKind;
  id: string;
  ref: string | null;
  url: string;
  place: { name: string; country: string } | null;
  /** When it was written or last published; null where that says nothing. */
  date: string | null;
  author: string | null;
  /** What a hit is shown under, where its own title is empty. */
  heading: string | null;
  threadKind: string | null;
  /** Of an attachment. */
  file: { type: string; bytes: number } | null;
  /** Texts of an attachment's pages. */
  pages: { page: number; text: string }[];
}

/** Who may find an entry. A thread has a scope of its own where guests were admitted to it alone; `cities` are ids of organisations, to which moderation is added. */
export const SCOPES = { members: 'members', guests: 'guests', space: (id: string) => `space ${id}`, thread: (space: string, thread: string) => `space ${space} ${thread}`, cities: (ids: readonly string[]) => `cities ${ids.join(' ')}` } as const;

/** Whether somebody may find what stands under a scope. Guests find what visitors may read, and the spaces they belong to. */
export function seesScope(actor: Actor): (scope: string) => boolean {
  const organisation = actor.capacity?.organisationId;
  return (scope) => {
    const [kind, space = '', thread = ''] = scope.split(' ');
    if (kind === 'space') return canReadThread(actor, { id: thread, space_id: space });
    if (isGuest(actor)) return scope === SCOPES.guests;
    if (scope === SCOPES.members) return true;
    return scope.startsWith('cities ') && (canModerate(actor) || (organisation !== undefined && scope.split(' ').includes(organisation)));
  };
}

const YEAR_MS = 365.25 * 24 * 60 * 60_000;
// A practice or a city is an answer, a thread holds several, a message is a part of one.
const KIND_WEIGHT: Record<SearchKind, number> = { practice: 1.2, city: 1.15, project: 1.15, thread: 1.1, need: 1.05, offer: 1.05, post: 1, document: 1, person: 0.9 };

/**
 * Factor on the rank of an entry: its kind, a little for what others have found useful and for what is recent. All of it
 * together moves an entry less than one word of the query more would.
 */
export function usefulnessOf(kind: SearchKind, facts: { validated?: boolean; takenUp?: number; at?: string | null }, now: number): number {
  const age = facts.at ? Math.max(0, now - Date.parse(facts.at)) / YEAR_MS : 5;
  return KIND_WEIGHT[kind] * (facts.validated ? 1.06 : 1) * (1 + 0.03 * Math.log2(1 + (facts.takenUp ?? 0))) * (1 + 0.06 * Math.exp(-age / 2));
}

/** An entry with all that its kind does not need left empty. */
export const entryOf = (entry: Pick<Entry, 'kind' | 'id' | 'scope' | 'language' | 'title' | 'body' | 'url' | 'usefulness'> & Partial<Entry>): Entry => ({
  key: keyOf(entry.kind, entry.id), ref: null, place: null, date: null, author: null, heading: null, threadKind: null, file: null, pages: [], summary: '', names: '', places: '', concepts: [], synonyms: '',
  at: entry.date ? Date.parse(entry.date) : 0, ...entry, facets: { kind: [entry.kind], ...(entry.language && { language: [entry.language] }), ...entry.facets },
});

export const keyOf = (kind: SearchKind, id: string) => `${kind}:${id}`;
/** The key of what visitors may read of it, where that is less or for others. */
export const openKeyOf = (kind: 'practice' | 'document', id: string) => `${kind}:${id}:open`;
/** Kind and id of a key. */
export const partsOf = (key: string): { kind: SearchKind; id: string } => {
  const [kind, id = ''] = key.split(':');
  return { kind: kind as SearchKind, id };
};
