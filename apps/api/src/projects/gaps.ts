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

/** The stored request under an id that was not free: the same one is a retry. @throws IdReused for anything else. */
export function assertSameRequest(stored: { request_hash: Buffer; person: string } | undefined, person: string, hash: Buffer): void {
  if (!stored || stored.person !== person || !stored.request_hash.equals(hash)) throw new IdReused();
}

export const sameContent = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
