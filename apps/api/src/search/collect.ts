import { SEARCH_KINDS, type SearchKind } from '@passerelle/contract';
import type { Sql } from '../platform/index.js';
import { collectCities, collectPeople } from './collect-directory.js';
import { collectDocuments } from './collect-documents.js';
import { collectPosts, collectThreads } from './collect-forum.js';
import { collectPractices } from './collect-library.js';
import { collectNeeds, collectOffers, collectProjects } from './collect-projects.js';
import type { Entry } from './entry.js';
import type { Thesaurus } from './thesaurus.js';

/** Reads what is to be found of some ids, as it is now: what is hidden, removed or gone is not given back. */
export const COLLECTORS: Record<SearchKind, (tx: Sql, ids: string[], thesaurus: Thesaurus) => Promise<Entry[]>> = {
  practice: collectPractices, thread: collectThreads, post: collectPosts, project: collectProjects, city: collectCities, person: collectPeople, need: collectNeeds, offer: collectOffers, document: collectDocuments,
};

const ALL_IDS: Record<SearchKind, string> = {
  practice: 'SELECT id FROM practice', thread: 'SELECT id FROM thread', post: `SELECT id FROM post WHERE state = 'visible' AND position > 1`, project: 'SELECT id FROM project', city: 'SELECT id FROM organisation', person: 'SELECT DISTINCT organisation_id AS id FROM mandate',
  need: 'SELECT id FROM need', offer: 'SELECT id FROM offer', document: `SELECT id FROM attachment WHERE text_state = 'read'`,
};

/** All ids of a kind, oldest first: ids are made in the order of time. */
export const idsOf = async (sql: Sql, kind: SearchKind) => (await sql.rows<{ id: string }>(`${ALL_IDS[kind]} ORDER BY 1`)).map((row) => row.id);
export const KINDS = SEARCH_KINDS;
