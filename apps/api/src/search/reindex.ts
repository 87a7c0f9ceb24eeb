import type { Database } from '../platform/index.js';
import { collectCities, collectPosts, collectPractices, collectThreads } from './collect.js';
import { saveEntries, type SearchEntry } from './search-entry.js';

const BATCH = 500;
/** Key of the advisory lock: one process writes the index. */
export const INDEX_LOCK = 726_403;

/**
 * Builds the whole index anew and notes up to where in the event log it is right. Readers see the old index until then.
 * @returns the number of entries.
 */
export async function reindex(database: Database): Promise<number> {
  return database.transaction(async (tx) => {
    await tx.run('SELECT pg_advisory_xact_lock($1)', [INDEX_LOCK]);
    // The whole of a large network takes longer than a request may.
    await tx.run(`SELECT set_config('statement_timeout', '0', true)`);
    // Read first: what is committed while we collect is indexed once more from here.
    await tx.run(
      `INSERT INTO search_progress (id, cursor) SELECT 1, coalesce(max(cursor), 0) FROM event
       ON CONFLICT (id) DO UPDATE SET cursor = excluded.cursor`);
    await tx.run('DELETE FROM search_entry');
    const entries: SearchEntry[] = [...await collectPractices(tx, null), ...await collectCities(tx), ...await collectThreads(tx, null), ...await collectPosts(tx, null)];
    for (let start = 0; start < entries.length; start += BATCH) await saveEntries(tx, entries.slice(start, start + BATCH));
    return entries.length;
  });
}
