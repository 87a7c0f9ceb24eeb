import { Injectable } from '@nestjs/common';
import type { DraftBody, DraftView } from '@passerelle/contract';
import { type Actor, Database, DomainError, NotFound, readableThread } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';

const DRAFTS_MAX = 200;
const KEEP_DAYS = 180;

interface DraftRow {
  key: string; sequence: number; content: (Omit<DraftBody, 'sequence' | 'naming'> & Partial<Pick<DraftBody, 'naming'>>) | null; updated_at: string; thread_title: string | null;
}

const SELECT = `
  SELECT d.key, d.sequence, d.content, d.updated_at, t.title AS thread_title
  FROM draft d LEFT JOIN thread t ON d.key = 'thread:' || t.id AND ${readableThread('t', '$2', '$3')}`;

/** What is being written, kept on the server with a sequence: an older tab can't overwrite a newer text. */
@Injectable()
export class DraftService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly database: Database,
  ) {}

  async list(actor: Actor): Promise<{ items: DraftView[] }> {
    const rows = await this.database.rows<DraftRow & Record<string, unknown>>(`${SELECT} WHERE d.account_id = $1 AND d.content IS NOT NULL ORDER BY d.updated_at DESC LIMIT ${DRAFTS_MAX}`, [actor.accountId, actor.spaceIds, actor.threadIds]);
    return { items: rows.flatMap((row) => presentDraft(row) ?? []) };
  }

  async get(actor: Actor, key: string): Promise<DraftView> {
    const row = await this.database.row<DraftRow & Record<string, unknown>>(`${SELECT} WHERE d.account_id = $1 AND d.key = $4`, [actor.accountId, actor.spaceIds, actor.threadIds, key]);
    const view = row && presentDraft(row);
    if (!view) throw new NotFound();
    return view;
  }

  /** Stores a newer text. @throws DomainError `stale-draft` with the stored sequence when this one is not newer. */
  async save(actor: Actor, key: string, body: DraftBody): Promise<DraftView> {
    const { sequence, ...content } = body;
    await this.write.run(actor, async ({ tx, record }) => {
      await tx.run(`DELETE FROM draft WHERE account_id = $1 AND updated_at < now() - interval '${KEEP_DAYS} days'`, [actor.accountId]);
      const saved = await tx.run(
        `INSERT INTO draft AS d (account_id, key, sequence, content) SELECT $1, $2, $3, $4 WHERE (SELECT count(*) FROM draft WHERE account_id = $1 AND key <> $2) < ${DRAFTS_MAX}
         ON CONFLICT (account_id, key) DO UPDATE SET sequence = $3, content = $4, updated_at = now()
           WHERE d.sequence < $3 OR (d.sequence = $3 AND d.content = $4::jsonb)`, [actor.accountId, key, sequence, JSON.stringify(content)]);
      if (saved === 0) throw await this.refusal(actor, key);
      record({ type: 'draft.saved', audience: 'account', account: actor.accountId, subject: key, detail: { sequence } });
    });
    return this.get(actor, key);
  }

  /** Published or thrown away: the place stays with its sequence, so that a stale tab can't bring the text back. */
  async discard(actor: Actor, key: string, sequence: number): Promise<void> {
    await this.write.run(actor, async ({ tx, record }) => {
      const done = await tx.run(
        `INSERT INTO draft AS d (account_id, key, sequence) VALUES ($1, $2, $3)
         ON CONFLICT (account_id, key) DO UPDATE SET sequence = $3, content = NULL, updated_at = now() WHERE d.sequence <= $3`, [actor.accountId, key, sequence]);
      if (done === 0) throw await this.refusal(actor, key);
      record({ type: 'draft.saved', audience: 'account', account: actor.accountId, subject: key, detail: { sequence } });
    });
  }

  private async refusal(actor: Actor, key: string): Promise<DomainError> {
    const stored = await this.database.row<{ sequence: number }>('SELECT sequence FROM draft WHERE account_id = $1 AND key = $2', [actor.accountId, key]);
    return stored ? new DomainError('stale-draft', 'conflict', { sequence: stored.sequence }) : new DomainError('quota-exceeded', 'conflict', { max: DRAFTS_MAX });
  }
}

const presentDraft = (row: DraftRow): DraftView | null =>
  // A draft from before threads could withhold names has no word on it.
  row.content && { key: row.key, sequence: row.sequence, ...row.content, naming: row.content.naming ?? 'shown', updatedAt: row.updated_at, threadTitle: row.thread_title };
