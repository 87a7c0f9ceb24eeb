import { Injectable } from '@nestjs/common';
import type { HeldCaseView } from '@passerelle/contract';
import { plainText } from '@passerelle/text/markdown';
import { type AttachmentRow, type HeldPost, presentAttachment } from '../../forum/index.js';
import { Database } from '../../platform/index.js';
import { marksOf } from '../../watch/index.js';

type Row = Pick<HeldPost, 'kind' | 'state' | 'title' | 'body' | 'rules' | 'attachments'> & { at: string; before: string | null; function: string; organisation: string; country: string };
const TEXT_MAX = 20_000;

/** What waits to be read, as moderation reads it: the case is one that the reader sees. */
@Injectable()
export class HeldCaseQueries {
  constructor(private readonly database: Database) {}

  /** Null once it has appeared or was taken back. */
  async ofCase(id: string, isNamed: boolean): Promise<HeldCaseView | null> {
    const row = await this.database.row<Row & Record<string, unknown>>(HELD_CASE, [id]);
    if (!row) return null;
    const files = row.attachments.length === 0 ? [] : await this.database.rows<AttachmentRow & Record<string, unknown>>('SELECT id, name, type, bytes, width, height, thumbnail_key FROM attachment WHERE id = ANY($1::uuid[])', [row.attachments]);
    const text = plainText(row.body, TEXT_MAX);
    return {
      kind: row.kind, state: row.state, title: row.title, at: row.at, text: { text, marks: marksOf(text, row.rules.flatMap(({ words }) => words)) }, before: row.before === null ? null : plainText(row.before, TEXT_MAX),
      by: isNamed ? { function: row.function, organisation: row.organisation, country: row.country } : null, attachments: files.map(presentAttachment),
    };
  }
}

// $1 what is held.
const HELD_CASE = `
  SELECT h.kind, h.state, h.title, h.body, h.rules, h.attachments, h.created_at AS at, h.author_function AS function, o.name AS organisation, o.country, CASE WHEN p.state = 'visible' AND p.version = (h.proposal ->> 'version')::int THEN p.body END AS before
  FROM held_post h JOIN organisation o ON o.id = h.author_organisation_id LEFT JOIN post p ON p.id = h.post_id WHERE h.id = $1`;
