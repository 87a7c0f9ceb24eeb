import { type Actor, DomainError, NotFound, readableSpace, sanctioned, type Sql } from '../platform/index.js';
import type { Standing } from './space.policy.js';
import { KNOWN, SPACE_FROM } from './space.sql.js';

export interface LockedSpace extends Standing, Record<string, unknown> {
  id: string; slug: string; version: number; name_fr: string; name_en: string; description_fr: string; description_en: string; theme_id: string | null;
}

const LOCK = (where: string) => `
  SELECT s.id, s.slug, s.access, s.version, s.name_fr, s.name_en, s.description_fr, s.description_en, s.theme_id, s.archived_at IS NOT NULL AS archived, a.role AS account_role, own.role, ${readableSpace('s', 'a')} AS reads, ${sanctioned('a.person_id', 'mute')} AS muted
  ${SPACE_FROM} WHERE ${where} FOR UPDATE OF s`;

/** Locks a space that the actor may know of, with their rights as they are now; undefined when absent or hidden. */
export async function findAndLockSpace(tx: Sql, actor: Pick<Actor, 'accountId'>, slug: string): Promise<LockedSpace | undefined> {
  // Locked first, read then: a role that was given or taken meanwhile must count.
  await tx.run('SELECT 1 FROM space WHERE slug = $1 FOR UPDATE', [slug]);
  return tx.row<LockedSpace>(LOCK(`s.slug = $2 AND ${KNOWN}`), [actor.accountId, slug]);
}

/** The same. @throws NotFound */
export async function lockSpace(tx: Sql, actor: Actor, slug: string): Promise<LockedSpace> {
  const space = await findAndLockSpace(tx, actor, slug);
  if (!space) throw new NotFound();
  return space;
}

/** Locks the space of a member, a request or an invitation. @throws NotFound when absent or hidden. */
export async function lockSpaceOf(tx: Sql, actor: Actor, table: 'space_member' | 'space_request' | 'space_invitation', id: string): Promise<LockedSpace> {
  const found = await tx.row<{ slug: string }>(`SELECT s.slug FROM ${table} x JOIN space s ON s.id = x.space_id WHERE x.id = $1`, [id]);
  if (!found) throw new NotFound();
  return lockSpace(tx, actor, found.slug);
}

/** @throws DomainError `space-read-only` */
export function assertLiving(space: Pick<LockedSpace, 'archived'>): void {
  if (space.archived) throw new DomainError('space-read-only', 'conflict');
}
