import { Injectable } from '@nestjs/common';
import type { Measure } from '@passerelle/contract';
import { Database, Jobs } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { lockThreadsOf, type StoredCase, tellModerators } from './case-store.js';
import { freeCase, LOST_CASES } from './judges.js';
import { Measures } from './measures.js';

const EVERY_TEN_MINUTES = '*/10 * * * *';
const TURN = 50;

/** Ends measures whose time is over, and frees cases whose judge is one no more. Sanctions of people end by their date alone; here they are noted as ended. */
@Injectable()
export class ModerationClock {
  constructor(
    private readonly write: WriteTransaction,
    private readonly measures: Measures,
    private readonly database: Database,
    jobs: Jobs,
  ) {
    jobs.every(EVERY_TEN_MINUTES, 'moderation', () => this.work());
  }

  async work(): Promise<void> {
    const over = await this.database.rows<Over>(`${OVER} ORDER BY d.ends_at LIMIT ${TURN}`);
    for (const one of over) await this.write.run(null, (write) => endOne(write, this.measures, one));
    const lost = await this.database.rows<{ id: string }>(`${LOST_CASES} LIMIT ${TURN}`);
    for (const { id } of lost) await this.write.run(null, (write) => free(write, id));
  }
}

type Over = Pick<StoredCase, 'target_kind' | 'target_id' | 'author_person_id'> & { id: string; case_id: string; measure: Measure };
const OVER = `
  SELECT d.id, d.case_id, d.measure, c.target_kind, c.target_id, c.author_person_id FROM moderation_decision d JOIN moderation_case c ON c.id = d.case_id
  WHERE d.ends_at <= now() AND d.undone_at IS NULL AND d.ended_at IS NULL`;

/** Threads, then the decision: the order of an undo and of an answer to an appeal, of which one may have come first. */
async function endOne(write: Write, measures: Measures, { id, case_id: caseId }: Over): Promise<void> {
  await lockThreadsOf(write.tx, caseId);
  const over = await write.tx.row<Over>(`${OVER} AND d.id = $1 FOR UPDATE OF d`, [id]);
  if (!over) return;
  await write.tx.run('UPDATE moderation_decision SET ended_at = now() WHERE id = $1', [id]);
  await measures.revert(write, null, over, over);
}

async function free(write: Write, caseId: string): Promise<void> {
  await write.tx.row('SELECT 1 FROM moderation_case WHERE id = $1 FOR UPDATE', [caseId]);
  if (await freeCase(write.tx, caseId)) await tellModerators(write, caseId);
}
