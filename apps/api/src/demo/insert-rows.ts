import type { Sql } from '../platform/index.js';

type Row = Record<string, unknown>;

/**
 * Inserts rows of one table in one statement. All rows have the keys of the first; `bytea` travels as `\x…` text.
 * @param conflict what follows `ON CONFLICT`, e.g. `(slug) DO NOTHING`.
 * @returns the number of rows inserted or updated.
 */
export async function insertRows(tx: Sql, table: string, rows: Row[], conflict?: string): Promise<number> {
  const [first] = rows;
  if (!first) return 0;
  const columns = Object.keys(first).join(', ');
  return tx.run(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)${conflict ? ` ON CONFLICT ${conflict}` : ''}`,
    [JSON.stringify(rows)]);
}

/** A digest as jsonb carries it to a `bytea` column. */
export const asBytea = (digest: Buffer) => `\\x${digest.toString('hex')}`;
