import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EventType } from '@passerelle/contract';
import { Database } from '../platform/index.js';
import { type EventContent, EventViews, type LogRow } from '../realtime/index.js';
import { listed } from './practice.visibility.js';

const PRACTICE_FACTS = ['practice.published', 'practice.edited', 'practice.advanced', 'practice.closed', 'practice.marked', 'transfer.recorded', 'transfer.moved'] as const satisfies EventType[];

/** Facts about practices say which one and its counts as they are now, and whether it stands for many; the page reads the rest. */
@Injectable()
export class PracticeLive implements OnModuleInit {
  constructor(
    private readonly views: EventViews,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.views.register(PRACTICE_FACTS, (rows) => this.load(rows));
  }

  private async load(rows: LogRow[]): Promise<EventContent[]> {
    const found = await this.database.rows<{ id: string; ref: string; listed: boolean; useful: number; taken_up: number }>(
      `SELECT p.id, p.ref, ${listed('p')} AS listed, (SELECT count(*) FROM practice_useful u WHERE u.practice_id = p.id) AS useful,
         p.taken_up_count AS taken_up
       FROM practice p WHERE p.id = ANY($1::uuid[])`, [[...new Set(rows.flatMap((row) => row.subject_id ?? []))]]);
    const byId = new Map(found.map((row) => [row.id, row]));
    return rows.map((row) => {
      const practice = byId.get(row.subject_id ?? '');
      // A personal fact goes to accounts of the city or of the desk; a public one is silent about what left the library.
      if (!practice || (row.audience === 'members' && !practice.listed && row.type !== 'practice.closed')) return { actor: null, data: null };
      return { actor: null, data: { ref: practice.ref, listed: practice.listed, usefulCount: practice.useful, takenUpCount: practice.taken_up, ...(row.detail['many'] === true && { many: true }) } };
    });
  }
}
