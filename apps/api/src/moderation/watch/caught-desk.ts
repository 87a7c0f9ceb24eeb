import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, type Sql } from '../../platform/index.js';
import type { Write } from '../../realtime/index.js';
import { type CaughtThing, type Desk, type Finding, WatchDesk } from '../../watch/index.js';
import { joinCase, tellModerators, visibleCase } from '../case-store.js';
import { hasJudgeFor } from '../judges.js';

/** What one case remembers of what was found: the newest. */
const FOUND_MAX = 20;

interface Seen extends Record<string, unknown> {
  account: string; id: string;
}
/** Open cases about a thread, its messages and what is held in it, with those who see them. $1 thread. */
const SEEN_CASES = `
  SELECT a.id AS account, c.id FROM moderation_case c JOIN account a ON a.disabled_at IS NULL AND ${visibleCase('c', 'a')}
  WHERE c.state = 'open' AND c.target_id IN (SELECT $1::text UNION ALL SELECT id::text FROM post WHERE thread_id = $1::uuid UNION ALL SELECT id::text FROM held_post WHERE thread_id = $1::uuid) ORDER BY a.id, c.id`;

/** What rules have caught comes to the queue like what members report. */
@Injectable()
export class CaughtDesk implements Desk, OnModuleInit {
  constructor(
    private readonly desk: WatchDesk,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.desk.take(this);
  }

  async open(write: Write, thing: CaughtThing): Promise<string> {
    const caseId = await joinCase(write.tx, thing.kind, { id: thing.id, space_id: thing.space, author_person_id: thing.person, author_organisation_id: thing.organisation });
    await this.note(write, caseId, thing.rules);
    return caseId;
  }

  async touch(write: Write, caseId: string, rules: Finding[]): Promise<void> {
    await write.tx.run(`UPDATE moderation_case SET version = version + 1, caught = NULL WHERE id = $1 AND state = 'open'`, [caseId]);
    await this.note(write, caseId, rules);
  }

  async close(write: Write, caseId: string): Promise<void> {
    const closed = await write.tx.run(`UPDATE moderation_case SET state = 'decided', decided_at = now(), version = version + 1, claimed_by = NULL, claimed_at = NULL, caught = NULL WHERE id = $1 AND state = 'open'`, [caseId]);
    if (closed > 0) await tellModerators(write, caseId);
  }

  async follow({ tx, record }: Write, thread: string, move: () => Promise<unknown>): Promise<void> {
    const before = await tx.rows<Seen>(SEEN_CASES, [thread]);
    await move();
    const seen = new Map([...before, ...(await tx.rows<Seen>(SEEN_CASES, [thread]))].map((one) => [`${one.account} ${one.id}`, one]));
    for (const { account, id } of seen.values()) record({ type: 'case.moved', audience: 'account', account, subject: id });
  }

  hasJudge(sql: Sql, space: string, author: Parameters<Desk['hasJudge']>[2]): Promise<boolean> {
    return hasJudgeFor(sql, { space_id: space, author_person_id: author.person, author_organisation_id: author.organisation });
  }

  async reads(account: string, held: string): Promise<boolean> {
    return (await this.database.row(`SELECT 1 FROM moderation_case c JOIN account a ON a.id = $2 WHERE c.target_kind = 'held' AND c.target_id = $1 AND ${visibleCase('c', 'a')} LIMIT 1`, [held, account])) !== undefined;
  }

  private async note(write: Write, caseId: string, rules: Finding[]): Promise<void> {
    const stored = await write.tx.row<{ caught: Finding[] | null }>('SELECT caught FROM moderation_case WHERE id = $1', [caseId]);
    await write.tx.run('UPDATE moderation_case SET caught = $2 WHERE id = $1', [caseId, JSON.stringify([...(stored?.caught ?? []), ...rules].slice(-FOUND_MAX))]);
    await tellModerators(write, caseId);
  }
}
