import type { Sql } from '../database/database.js';
import { inOffice, readableSpace } from './reading.js';

/** What somebody may read now, read with the rows of the write that it decides. */
export interface Reading {
  accountId: string;
  spaceIds: string[];
  threadIds: string[];
}

/** What a person who is not the one who acts may read; undefined without an account. */
export async function readingOf(sql: Sql, personId: string): Promise<Reading | undefined> {
  const row = await sql.row<{ account_id: string; space_ids: string[]; thread_ids: string[] }>(READING, [personId]);
  return row && { accountId: row.account_id, spaceIds: row.space_ids, threadIds: row.thread_ids };
}

const READING = `
  SELECT a.id AS account_id, ARRAY(SELECT sp.id FROM space sp WHERE ${readableSpace('sp', 'a')}) AS space_ids, ARRAY(SELECT g.thread_id FROM thread_guest g WHERE g.person_id = a.person_id AND ${inOffice('a.person_id')}) AS thread_ids
  FROM account a WHERE a.person_id = $1 AND a.disabled_at IS NULL`;
