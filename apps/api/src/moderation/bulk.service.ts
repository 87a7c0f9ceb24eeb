import { Injectable } from '@nestjs/common';
import type { BulkAnswer, BulkDecisionBody } from '@passerelle/contract';
import { type Actor, Database, DomainError, Forbidden } from '../platform/index.js';
import { CaseService } from './case.service.js';
import { hasDesk } from './moderation.queries.js';

/** One measure for the same reasons on several cases. */
@Injectable()
export class BulkService {
  constructor(
    private readonly database: Database,
    private readonly cases: CaseService,
  ) {}

  /**
   * Decides on each case by itself, in a write of its own: one that has changed, is somebody else's, or is not the actor's to decide is refused and says why,
   * and the others are done. Repeating the whole does what was not done.
   */
  async decide(actor: Actor, { items, rule, measure, duration, french, english }: BulkDecisionBody): Promise<BulkAnswer> {
    if (!(await hasDesk(this.database, actor))) throw new Forbidden();
    const readers = await this.database.rows<{ id: string }>(
      `SELECT c.id FROM moderation_case c JOIN account a ON a.person_id = c.author_person_id AND a.interface_language = 'en' WHERE c.id = ANY($1::uuid[])`, [items.map((item) => item.case)]);
    const ofEnglish = new Set(readers.map(({ id }) => id));
    const answer: BulkAnswer = { items: [] };
    for (const item of items) {
      const reasons = english && ofEnglish.has(item.case) ? english : french;
      const body = { id: item.id, version: item.version, seen: item.seen, rule, measure, duration, ...reasons, replacement: null, destination: null };
      const code = await this.cases.decide(actor, item.case, body).then(
        () => null,
        (error: unknown) => {
          if (error instanceof DomainError) return error.code;
          throw error;
        },
      );
      answer.items.push({ case: item.case, id: item.id, done: code === null, code });
    }
    return answer;
  }
}
