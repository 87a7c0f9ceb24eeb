import { Inject, Injectable } from '@nestjs/common';
import { DATA_PARTS, type MyDataView, TOLD_ACTS, TOLD_ROLES } from '@passerelle/contract';
import { type Actor, Database, ENV, type Env } from '../platform/index.js';
import { ConsentService } from './consent.service.js';
import { DataExportService } from './data-export.service.js';
import { ErasureService } from './erasure.service.js';
import { countOf, SECTIONS } from './sections.js';

const READS_MAX = 100;
const COUNTS = SECTIONS.map((section, at) => `SELECT ${at} AS at, (${countOf(section)}) AS count`).join(' UNION ALL ');

interface AuditRow extends Record<string, unknown> {
  at: string; act: string; by: string;
}

/** The page "my data". */
@Injectable()
export class MyDataQueries {
  constructor(
    private readonly database: Database,
    private readonly consents: ConsentService,
    private readonly exports: DataExportService,
    private readonly erasures: ErasureService,
    @Inject(ENV) private readonly env: Env,
  ) {}

  async get(actor: Actor): Promise<MyDataView> {
    const [counts, reads, consents, exports, erasures] = await Promise.all([
      this.database.rows<{ at: number; count: number }>(COUNTS, [actor.accountId, actor.personId]),
      this.database.rows<AuditRow>(
        `SELECT at, act, actor_function AS by FROM audit_entry WHERE ((subject_kind = 'account' AND subject_id = ($1::uuid)::text) OR (subject_kind = 'person' AND subject_id = ($2::uuid)::text)) AND actor_person_id IS DISTINCT FROM $2::uuid
         ORDER BY at DESC LIMIT ${READS_MAX}`, [actor.accountId, actor.personId]),
      this.consents.list(actor),
      this.exports.list(actor),
      this.erasures.list(actor),
    ]);
    const { letterDays, closedAccountDays, logDays } = this.env.retention;
    const sums = new Map<string, number>();
    for (const { at, count } of counts) {
      const part = SECTIONS[at]?.part ?? '';
      sums.set(part, (sums.get(part) ?? 0) + count);
    }
    return {
      parts: DATA_PARTS.map((part) => ({ part, count: sums.get(part) ?? 0 })), retention: { letters: letterDays, closedAccount: closedAccountDays, logs: logDays, events: this.env.eventRetentionDays }, reads: reads.map(presentRead), consents, exports, erasures,
    };
  }
}

/** The record knows acts and roles by codes: those without words are one kind. */
function presentRead({ at, act, by }: AuditRow): MyDataView['reads'][number] {
  const role = TOLD_ROLES.find((one) => one === by);
  return { at, act: TOLD_ACTS.find((one) => one === act) ?? 'other', by: role ? { role } : { function: by } };
}
