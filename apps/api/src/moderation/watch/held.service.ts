import { Injectable } from '@nestjs/common';
import { HeldRelease } from '../../forum/index.js';
import { type Actor, DomainError, StaleVersion } from '../../platform/index.js';
import { WriteTransaction } from '../../realtime/index.js';
import { assertNotBarred, noteInRecord } from '../case.service.js';
import { lockCase, tellModerators } from '../case-store.js';

/** What moderation does with what rules have held: let it appear; a refusal is a decision with reasons like any other. */
@Injectable()
export class HeldService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly held: HeldRelease,
  ) {}

  /**
   * Lets it appear, now. Repeating it is answered as done.
   * @throws StaleVersion when it has changed meanwhile; `not-possible-now` when it is decided, or taken by somebody else, or its author may not write there; `thread-closed`; `recused`.
   */
  async release(actor: Actor, caseId: string, version: number): Promise<void> {
    await this.write.run(actor, async (write) => {
      const { tx } = write;
      const one = await lockCase(tx, actor, caseId);
      if (one.target_kind !== 'held' || one.kind !== 'report') throw new DomainError('not-possible-now', 'conflict');
      const held = await tx.row<{ state: string; settled_by: string | null }>('SELECT state, settled_by FROM held_post WHERE id = $1', [one.target_id]);
      if (held?.state === 'published' && held.settled_by === actor.personId) return;
      assertNotBarred(actor, one);
      if (one.state !== 'open' || (one.claimed_by !== null && one.claimed_by !== actor.personId)) throw new DomainError('not-possible-now', 'conflict');
      if (one.version !== version) throw new StaleVersion(one.version);
      await tx.run(`UPDATE moderation_case SET state = 'decided', decided_at = now(), version = version + 1, claimed_by = NULL, claimed_at = NULL WHERE id = $1`, [caseId]);
      await noteInRecord(tx, actor, one, { act: 'held.released' });
      await tellModerators(write, caseId);
      const released = await this.held.release(write, one.target_id, actor.personId);
      // Of what was taken back no word is kept.
      if (released === 'superseded') await tx.run('UPDATE moderation_case SET caught = NULL WHERE id = $1', [caseId]);
    });
  }
}
