import type { SavedSearchView, SearchHit, SearchResult, Suggestions } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { LiveIndex } from '../../src/search/index.js';
import type { TestApp } from '../support/app.js';
import { read } from './demonstration.js';
import type { Member } from './forum.js';

/** Somebody signed in, or their cookie. */
export type Reader = Member | string;
const cookieOf = (who: Reader) => (typeof who === 'string' ? who : who.cookie);

/** The index of the server knows all that is committed. */
export const indexed = (app: TestApp): Promise<void> => app.app.get(LiveIndex).settled();
/** After rows were written past the services, which no fact tells of. */
export const rebuilt = (app: TestApp): Promise<void> => app.app.get(LiveIndex).rebuild();

/** The page of a query, with parameters beside its words. */
export const find = (app: TestApp, who: Reader, q: string, more: Record<string, string> = {}): Promise<SearchResult> =>
  read(app, cookieOf(who), `/api/search?${new URLSearchParams({ q, limit: '50', ...more })}`);
export const suggest = async (app: TestApp, who: Reader, q: string) => (await read<Suggestions>(app, cookieOf(who), `/api/search/suggest?${new URLSearchParams({ q })}`)).hits;

/** Follows a query. @returns the id of the saved search. */
export async function follow(app: TestApp, who: Member, q: string): Promise<string> {
  const id = uuid();
  await app.call('POST', '/api/saved-searches', { cookie: who.cookie, body: { id, q } });
  return id;
}
/** How much is new of a saved search that was last looked at long ago. */
export async function freshOf(app: TestApp, who: Member, id: string): Promise<number | undefined> {
  await app.database.run(`UPDATE saved_search SET seen_at = now() - interval '1 year' WHERE id = $1`, [id]);
  return (await read<{ items: SavedSearchView[] }>(app, who.cookie, '/api/saved-searches')).items.find((item) => item.id === id)?.fresh;
}

/** What a hit leads to, by kind. */
export const namesOf = (hits: readonly Pick<SearchHit, 'kind' | 'title'>[]) => hits.map(({ kind, title }) => `${kind} ${title}`).sort();
/** The text of an excerpt without its marks, and what is marked in it. */
export const unmarked = (excerpt: string) => excerpt.replaceAll(/[\u0002\u0003]/g, '');
export const marksOf = (excerpt: string) => [...excerpt.matchAll(/\u0002([^\u0003]*)\u0003/g)].map(([, mark]) => mark);

const SOON_MS = 2_000;
/** Waits until the server finds so many, without helping its index. @throws when that takes two seconds or more. */
export async function soon(app: TestApp, who: Reader, q: string, total: number, more: Record<string, string> = {}): Promise<SearchResult> {
  const started = Date.now();
  for (;;) {
    const result = await find(app, who, q, more);
    if (result.total === total) return result;
    if (Date.now() - started > SOON_MS) throw new Error(`${q}: ${result.total} found after ${SOON_MS} ms, not ${total}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
