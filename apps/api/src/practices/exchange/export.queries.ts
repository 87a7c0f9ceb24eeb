import { Injectable } from '@nestjs/common';
import { EXCHANGE_MAX_LINES, PracticeContent, type PracticesExportQuery, type PracticeState } from '@passerelle/contract';
import { type Actor, csvLine, Database, DomainError, isGuest } from '../../platform/index.js';
import { libraryArguments, PRACTICE_LIST } from '../practice.sql.js';
import { listed, openToVisitors, publicContent } from '../practice.visibility.js';
import { CONTENT_COLUMNS, contentOf, HEAD_COLUMNS, writeCell } from './columns.js';

const AT_ONCE = 250;
const BYTE_ORDER_MARK = '\ufeff';

/** A practice as a file carries it. */
export interface ExportedPractice {
  ref: string; city: string; country: string; state: PracticeState; sourceUrl: string | null; otherSources: string[]; label: string; content: PracticeContent;
}

interface Row extends Omit<ExportedPractice, 'content'>, Record<string, unknown> {
  content: unknown;
}

// The rule of visibility stands here again: a practice may leave the library while a long list is on its way.
const ROWS = `
  SELECT p.ref, p.city_name AS city, p.country, p.state, p.source_url AS "sourceUrl", p.other_sources AS "otherSources", p.label, p.content
  FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted(id, place) JOIN practice p ON p.id = wanted.id
  WHERE CASE WHEN $2::boolean THEN ${openToVisitors('p')} ELSE ${listed('p')} END ORDER BY wanted.place`;

/** The library as a file, with the filters, the order and the visibility of its list. */
@Injectable()
export class PracticeExport {
  constructor(private readonly database: Database) {}

  /**
   * The text of the file, piece by piece.
   * @throws DomainError `too-large` when more practices match than one file holds: a file that lacks some would not say so.
   */
  async open(actor: Actor, query: PracticesExportQuery): Promise<AsyncIterable<string>> {
    const found = await this.database.rows<{ id: string }>(`SELECT id FROM (${PRACTICE_LIST[query.sort]}) found ORDER BY k1, k2, ref`, [...libraryArguments(actor, query), null, null, null, EXCHANGE_MAX_LINES + 1]);
    if (found.length > EXCHANGE_MAX_LINES) throw new DomainError('too-large', 'too-large', { maxLines: EXCHANGE_MAX_LINES });
    const practices = this.practices(found.map((row) => row.id), isGuest(actor));
    return query.format === 'json' ? asJson(practices) : asCsv(practices, query.separator === 'semicolon' ? ';' : ',');
  }

  private async *practices(ids: string[], guest: boolean): AsyncGenerator<ExportedPractice[]> {
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      const rows = await this.database.rows<Row>(ROWS, [ids.slice(start, start + AT_ONCE), guest]);
      yield rows.map((row) => {
        const content = PracticeContent.parse(row.content);
        return { ...row, content: guest ? publicContent(content) : content };
      });
    }
  }
}

async function* asCsv(practices: AsyncIterable<ExportedPractice[]>, separator: string): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine([...HEAD_COLUMNS, ...CONTENT_COLUMNS].map((column) => column.heading), separator);
  for await (const batch of practices) {
    yield batch.map((practice) => csvLine([...HEAD_COLUMNS.map((column) => writeCell(column, practice[column.path])), ...contentOf(practice.content)], separator)).join('');
  }
}

/** One practice a line, so that the numbers of lines in a report mean something. */
async function* asJson(practices: AsyncIterable<ExportedPractice[]>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const batch of practices) {
    if (batch.length === 0) continue;
    yield before + batch.map((practice) => JSON.stringify(practice)).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
