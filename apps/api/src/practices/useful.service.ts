import { Injectable } from '@nestjs/common';
import { type Actor, canWrite, Forbidden, isGuest } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { loadPractice } from './practice-store.js';
import { isOwner } from './practice.policy.js';

/** "Useful for my city": named to members, no stars. */
@Injectable()
export class UsefulService {
  constructor(private readonly write: WriteTransaction) {}

  /** Sets or takes back the mark; both may be repeated. A city does not mark its own practice. */
  async mark(actor: Actor, ref: string, on: boolean): Promise<void> {
    await this.write.run(actor, async ({ tx, record }) => {
      const practice = await loadPractice(tx, actor, ref);
      if (!canWrite(actor) || isGuest(actor) || isOwner(actor, practice)) throw new Forbidden();
      const changed = on
        ? await tx.run('INSERT INTO practice_useful (practice_id, person_id, organisation_id, function) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [practice.id, actor.personId, actor.capacity.organisationId, actor.capacity.function])
        : await tx.run('DELETE FROM practice_useful WHERE practice_id = $1 AND person_id = $2', [practice.id, actor.personId]);
      if (changed > 0) record({ type: 'practice.marked', audience: 'members', subject: practice.id, detail: { ref } });
    });
  }
}
