import { Injectable } from '@nestjs/common';
import type { NewcomerView, QueueItem, QueuePage, QueueQuery } from '@passerelle/contract';
import { plainText } from '@passerelle/text/markdown';
import { z } from 'zod';
import { type Actor, canModerate, Database, CursorBigInt, decodeCursor, encodeCursor, Forbidden, judgesToday, NotFound } from '../../platform/index.js';
import { type CaseColumns, hasDesk, presentCase } from '../moderation.queries.js';
import { NEWCOMER, QUEUE, QUEUE_COUNTS } from './queue.sql.js';

type Incoming = Extract<QueueItem, { type: 'practice' }>['practice'];
interface QueueRow extends CaseColumns {
  type: QueueItem['type']; key: number; entry: string; practice: Incoming | null; newcomer: NewcomerView | null;
}
type Counts = QueuePage['counts'] & QueuePage['kinds'] & Pick<QueuePage, 'late' | 'oldest' | 'moderators'> & Record<string, unknown>;
const After = z.tuple([CursorBigInt, z.uuid()]);
const TEXT_MAX = 200;

/** All that waits for moderation, in one list. */
@Injectable()
export class QueueQueries {
  constructor(private readonly database: Database) {}

  /** @throws Forbidden for whoever has no desk. */
  async page(actor: Actor, { which, kind, space, days, target, measure, moderator, limit, cursor }: QueueQuery): Promise<QueuePage> {
    if (!(await hasDesk(this.database, actor))) throw new Forbidden();
    const values = [actor.accountId, actor.personId, actor.capacity?.organisationId ?? null, actor.spaceIds, actor.threadIds, which, ...[kind, space, days, target, measure, moderator].map((value) => value ?? null)];
    const after = cursor === undefined ? [null, null] : decodeCursor(cursor, After);
    const [rows, counts] = await Promise.all([this.database.rows<QueueRow>(QUEUE, [...values, ...after, limit + 1]), this.database.row<Counts>(QUEUE_COUNTS, values)]);
    if (!counts) throw new NotFound();
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const { all, mine, free, report, appeal, held, practice, newcomer, late, oldest, moderators } = counts;
    return {
      items: page.flatMap((row) => presentItem(actor, row) ?? []), nextCursor: rows.length > limit && last ? encodeCursor([last.key, last.entry]) : null,
      counts: { all, mine, free }, kinds: { report, appeal, held, practice, newcomer }, late, oldest, moderators: canModerate(actor) ? moderators : [],
    };
  }

  /** @throws Forbidden, NotFound */
  async newcomer(actor: Actor, id: string): Promise<NewcomerView> {
    if (!judgesToday(actor)) throw new Forbidden();
    const row = await this.database.row<{ newcomer: NewcomerView }>(NEWCOMER, [actor.accountId, actor.personId, id, actor.spaceIds, actor.threadIds]);
    if (!row) throw new NotFound();
    return presentNewcomer(row.newcomer);
  }
}

function presentItem(actor: Actor, row: QueueRow): QueueItem | null {
  switch (row.type) {
    case 'case':
      return { type: 'case', case: presentCase(actor, row) };
    case 'practice':
      return row.practice && { type: 'practice', practice: row.practice };
    case 'newcomer':
      return row.newcomer && { type: 'newcomer', newcomer: presentNewcomer(row.newcomer) };
  }
}

const presentNewcomer = (one: NewcomerView): NewcomerView => ({ ...one, messages: one.messages.map((message) => ({ ...message, text: plainText(message.text, TEXT_MAX) })) });
