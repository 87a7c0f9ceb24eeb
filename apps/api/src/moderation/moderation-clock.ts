import { Injectable } from '@nestjs/common';
import type { Measure } from '@passerelle/contract';
import { Jobs } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import type { StoredCase } from './case-store.js';
import { Measures } from './measures.js';

const EVERY_TEN_MINUTES = '*/10 * * * *';
const TURN = 50;

/** Ends measures whose time is over. Sanctions of people end by their date alone; here they are noted as ended. */
@Injectable()
export class ModerationClock {
  constructor(
    private readonly write: WriteTransaction,
    private readonly measures: Measures,
    jobs: Jobs,
  ) {
    jobs.every(EVERY_TEN_MINUTES, 'moderation', () => this.work());
  }

  async work(): Promise<void> {
    for (let turn = 0; turn < TURN; turn += 1) if (!(await this.write.run(null, (write) => endOne(write, this.measures)))) return;
  }
}

async function endOne(write: Write, measures: Measures): Promise<boolean> {
  const over = await write.tx.row<Pick<StoredCase, 'target_kind' | 'target_id' | 'author_person_id'> & { id: string; measure: Measure }>(
    `SELECT d.id, d.measure, c.target_kind, c.target_id, c.author_person_id FROM moderation_decision d JOIN moderation_case c ON c.id = d.case_id
     WHERE d.ends_at <= now() AND d.undone_at IS NULL AND d.ended_at IS NULL ORDER BY d.ends_at LIMIT 1 FOR UPDATE OF d SKIP LOCKED`);
  if (!over) return false;
  await write.tx.run('UPDATE moderation_decision SET ended_at = now() WHERE id = $1', [over.id]);
  await measures.revert(write, null, over, over);
  return true;
}
