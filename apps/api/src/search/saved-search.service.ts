import { Injectable } from '@nestjs/common';
import type { SavedSearchBody, SavedSearchView } from '@passerelle/contract';
import { type Actor, Database, DomainError, IdReused, NotFound } from '../platform/index.js';
import { SearchService } from './search.service.js';

const SAVED_MAX = 30;

interface Row extends Record<string, unknown> {
  id: string; q: string; created_at: string; seen_at: string;
}

/** Searches that somebody follows, each with what came since they last looked. */
@Injectable()
export class SavedSearchService {
  constructor(
    private readonly database: Database,
    private readonly search: SearchService,
  ) {}

  async list(actor: Actor): Promise<{ items: SavedSearchView[] }> {
    const rows = await this.database.rows<Row>('SELECT id, q, created_at, seen_at FROM saved_search WHERE account_id = $1 ORDER BY created_at DESC, id', [actor.accountId]);
    return { items: await Promise.all(rows.map((row) => this.present(actor, row))) };
  }

  /** Saving the same again, from another tab or after a lost answer, changes nothing. @throws IdReused, DomainError `quota-exceeded` */
  async save(actor: Actor, { id, q, seenAt }: SavedSearchBody): Promise<{ created: boolean; view: SavedSearchView }> {
    const { created, row } = await this.database.transaction(async (tx) => {
      await tx.run('SELECT 1 FROM account WHERE id = $1 FOR UPDATE', [actor.accountId]);
      const same = await tx.row<Row & { account_id: string }>('SELECT id, q, created_at, seen_at, account_id FROM saved_search WHERE id = $1 OR (account_id = $2 AND q = $3)', [id, actor.accountId, q]);
      if (same && (same.account_id !== actor.accountId || same.q !== q)) throw new IdReused();
      if (same) return { created: false, row: same };
      const added = await tx.row<Row>(
        `INSERT INTO saved_search (id, account_id, q, seen_at) SELECT $1, $2, $3, least(coalesce($4::timestamptz, now()), now()) WHERE (SELECT count(*) FROM saved_search WHERE account_id = $2) < ${SAVED_MAX}
         RETURNING id, q, created_at, seen_at`, [id, actor.accountId, q, seenAt ?? null]);
      if (!added) throw new DomainError('quota-exceeded', 'conflict', { max: SAVED_MAX });
      return { created: true, row: added };
    });
    return { created, view: await this.present(actor, row) };
  }

  /** What is there now has been seen. @throws NotFound when it is not one's own. */
  async markSeen(actor: Actor, id: string): Promise<SavedSearchView> {
    const row = await this.database.row<Row>('UPDATE saved_search SET seen_at = now() WHERE id = $1 AND account_id = $2 RETURNING id, q, created_at, seen_at', [id, actor.accountId]);
    if (!row) throw new NotFound();
    return this.present(actor, row);
  }

  /** Removing twice is as removing once. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.run('DELETE FROM saved_search WHERE id = $1 AND account_id = $2', [id, actor.accountId]);
  }

  private async present(actor: Actor, row: Row): Promise<SavedSearchView> {
    return { id: row.id, q: row.q, createdAt: new Date(row.created_at).toISOString(), seenAt: new Date(row.seen_at).toISOString(), fresh: await this.search.countSince(actor, row.q, new Date(row.seen_at)) };
  }
}
