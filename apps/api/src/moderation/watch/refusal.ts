import { lockHeld, settleHeld } from '../../forum/index.js';
import { type Actor, DomainError } from '../../platform/index.js';
import type { Write } from '../../realtime/index.js';
import type { StoredCase } from '../case-store.js';

/** It does not appear. @throws DomainError `not-possible-now` when it does not wait any more. */
export async function refuse({ tx, record }: Write, actor: Actor, one: Pick<StoredCase, 'target_id' | 'author_person_id'>): Promise<void> {
  const held = await lockHeld(tx, one.target_id);
  if (held?.state !== 'waiting') throw new DomainError('not-possible-now', 'conflict');
  await settleHeld(tx, held.id, 'refused', actor.personId);
  const account = await tx.row<{ id: string }>('SELECT id FROM account WHERE person_id = $1', [held.author_person_id]);
  if (account) record({ type: 'held.moved', audience: 'account', account: account.id, subject: held.id });
}
