import { Injectable, Logger } from '@nestjs/common';
import type { EmptySearches } from '@passerelle/contract';
import { fold } from '@passerelle/text';
import { type Actor, Database, faultWords, Forbidden, isGuest } from '../platform/index.js';
import type { Request } from './request.js';

const WORDS_MAX = 100;
const SHOWN = 100;
const KEPT = '12 months';

/** What was looked for in vain, counted by day and without who asked: it tells the secretariat what the network lacks. */
@Injectable()
export class EmptySearchLog {
  private readonly logger = new Logger(EmptySearchLog.name);

  constructor(private readonly database: Database) {}

  /**
   * Only words: numbers and addresses may point to a person. Words that other criteria shut out are not what the network lacks, and
   * the secretariat that follows this list must not lengthen it.
   */
  async note(actor: Actor, { text, phrases, excluded, filters, from = -Infinity, before = Infinity }: Request): Promise<void> {
    const isNarrowed = excluded.length > 0 || Object.keys(filters).length > 0 || from > -Infinity || before < Infinity;
    const words = fold([text, ...phrases].filter((part) => !/@/.test(part)).join(' ')).replace(/\S*\d\S*/g, ' ').replace(/\s+/g, ' ').trim().slice(0, WORDS_MAX);
    if (words.length < 3 || isNarrowed || isGuest(actor) || actor.role === 'administrator') return;
    await this.database
      .run('INSERT INTO empty_search (words, day) VALUES ($1, current_date) ON CONFLICT (words, day) DO UPDATE SET count = empty_search.count + 1', [words])
      // The reader's answer does not depend on our statistics.
      .catch((error: unknown) => this.logger.warn(`A search without a hit was not counted: ${faultWords(error)}`));
  }

  /** @throws Forbidden for all but the secretariat. */
  async list(actor: Actor): Promise<EmptySearches> {
    if (actor.role !== 'administrator') throw new Forbidden();
    await this.database.run(`DELETE FROM empty_search WHERE day < current_date - interval '${KEPT}'`);
    const items = await this.database.rows<EmptySearches['items'][number]>(
      `SELECT words, sum(count)::int AS count, to_char(max(day), 'YYYY-MM-DD') AS "lastOn" FROM empty_search GROUP BY words ORDER BY sum(count) DESC, max(day) DESC, words LIMIT ${SHOWN}`);
    return { items };
  }
}
