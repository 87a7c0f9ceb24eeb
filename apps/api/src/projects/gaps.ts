import type { ProjectGap } from '@passerelle/contract';
import { DomainError, IdReused, InvalidInput, type Sql } from '../platform/index.js';

/** @throws DomainError `entry-incomplete`, which says where and why. */
export function refuseGaps(gaps: ProjectGap[]): void {
  if (gaps.length > 0) throw new DomainError('entry-incomplete', 'invalid', { gaps }, gaps.map(({ path, code }) => ({ path: `content.${path}`, message: code })));
}

/** @throws InvalidInput for a theme or concept that the thesaurus does not know. */
export async function assertVocabulary(sql: Sql, theme: string | null, concepts: string[], path: string): Promise<void> {
  const known = await sql.row<{ theme: boolean; concepts: boolean }>(
    `SELECT $1::text IS NULL OR EXISTS (SELECT 1 FROM theme WHERE id = $1) AS theme, NOT EXISTS (SELECT 1 FROM unnest($2::text[]) c(id) WHERE NOT EXISTS (SELECT 1 FROM concept k WHERE k.id = c.id)) AS concepts`,
    [theme, concepts]);
  if (!known?.theme) throw new InvalidInput('content.theme', 'not_found');
  if (!known.concepts) throw new InvalidInput(path, 'not_found');
}

interface StoredRequest {
  request_hash: Buffer; person: string;
  /** Of a sheet that may be changed: whoever made it and never heard so can go on from there. */
  ref?: string; version?: number;
}

/** The stored request under an id that was not free: the same one is a retry. @throws IdReused for anything else. */
export function assertSameRequest(stored: StoredRequest | undefined, person: string, hash: Buffer): void {
  if (stored?.person !== person) throw new IdReused();
  const { request_hash: known, ref, version } = stored;
  if (!known.equals(hash)) throw new IdReused(ref !== undefined && version !== undefined ? { ref, version } : undefined);
}

export const sameContent = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
