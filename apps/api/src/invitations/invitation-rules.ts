import type { InvitationBody } from '@passerelle/contract';
import { type Actor, type Capacity, DomainError, Forbidden, InvalidInput, isGuest, preparesOnly, readableThread, type Sql } from '../platform/index.js';
import { canBring, findAndLockSpace } from '../spaces/index.js';

export type Inviter = Actor & { capacity: Capacity };
/** In whose name one is written. */
export type Sender = Pick<Inviter, 'personId' | 'role' | 'capacity'>;

/** Ids of where an invitation leads. */
export interface Places {
  organisation: string; space: string | null; thread: string | null;
}

/** The secretariat, and whoever signs for a city now. @throws Forbidden */
export async function assertMayInvite(sql: Sql, actor: Actor): Promise<Inviter> {
  const { capacity } = actor;
  if (!capacity || isGuest(actor) || actor.muted) throw new Forbidden();
  if (actor.role !== 'administrator' && (await sql.row<{ only: boolean }>(`SELECT ${preparesOnly('$1', `'{}'::text[]`)} AS only`, [capacity.mandateId]))?.only !== false) throw new Forbidden();
  return { ...actor, capacity };
}

/** Where the invitation leads: into offices of the own city only, and into spaces whose door the inviter keeps, and a thread that they read. @throws InvalidInput */
export async function placesOf(tx: Sql, actor: Inviter, body: Pick<InvitationBody, 'organisation' | 'role' | 'space' | 'thread'>): Promise<Places> {
  const isSecretariat = actor.role === 'administrator';
  const organisation = await tx.row<{ id: string }>('SELECT id FROM organisation WHERE slug = $1', [body.organisation]);
  if (!organisation || (!isSecretariat && organisation.id !== actor.capacity.organisationId)) throw new InvalidInput('organisation', 'not_found');
  if (body.role === 'guest' && !isSecretariat) throw new InvalidInput('role', 'not_allowed');
  if (body.role === 'guest' && !body.space && !body.thread) throw new InvalidInput('space', 'required');
  const space = body.space ? await findAndLockSpace(tx, actor, body.space) : undefined;
  if (body.space && !space) throw new InvalidInput('space', 'not_found');
  if (space && !canBring(space)) throw new InvalidInput('space', 'not_managed');
  if (body.thread) await assertLanding(tx, actor, { thread: body.thread, role: body.role, space });
  return { organisation: organisation.id, space: space?.id ?? null, thread: body.thread };
}

/** The thread lies in the space of the invitation; without one, in a space whose door the inviter keeps, and which a member reads anyway. */
async function assertLanding(tx: Sql, actor: Inviter, { thread, role, space }: { thread: string; role: string; space: { id: string } | undefined }): Promise<void> {
  const found = await tx.row<{ space_id: string; slug: string; access: string }>(
    `SELECT t.space_id, s.slug, s.access FROM thread t JOIN space s ON s.id = t.space_id WHERE t.id = $1 AND ${readableThread('t', '$2', '$3')}`, [thread, actor.spaceIds, actor.threadIds]);
  if (!found || (space && space.id !== found.space_id)) throw new InvalidInput('thread', 'not_found');
  if (space) return;
  if (role === 'member' && found.access !== 'open') throw new InvalidInput('space', 'required');
  const own = await findAndLockSpace(tx, actor, found.slug);
  if (!own || !canBring(own)) throw new InvalidInput('thread', 'not_managed');
}

/** Whether whoever invited may still bring somebody into a space: it may have closed since, or they may have left it or their office. */
export async function doorStands(sql: Sql, inviterPerson: string | null, slug: string): Promise<boolean> {
  const inviter = await sql.row<{ accountId: string }>('SELECT id AS "accountId" FROM account WHERE person_id = $1 AND disabled_at IS NULL', [inviterPerson]);
  const space = inviter && (await findAndLockSpace(sql, inviter, slug));
  return space !== undefined && canBring(space);
}

const DAY_QUOTA = { secretariat: 3_000, city: 300 };

/** Bounds what one person has mailed in a day. @throws DomainError `quota-exceeded` */
export async function assertQuota(tx: Sql, inviter: Inviter, more: number): Promise<void> {
  const max = inviter.role === 'administrator' ? DAY_QUOTA.secretariat : DAY_QUOTA.city;
  const row = await tx.row<{ sent: number }>(`SELECT coalesce(sum(sent_count), 0)::int AS sent FROM invitation WHERE inviter_person_id = $1 AND created_at > now() - interval '1 day'`, [inviter.personId]);
  if ((row?.sent ?? 0) + more > max) throw new DomainError('quota-exceeded', 'conflict', { max });
}

/** The day of UTC. */
export const today = () => new Date().toISOString().slice(0, 10);
