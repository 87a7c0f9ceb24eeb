import { Injectable } from '@nestjs/common';
import { FOLDER_ENTRIES_MAX, FOLDERS_MAX, type PracticeFolderBody, type PracticeFolderPage, type PracticeFolderView } from '@passerelle/contract';
import { type Actor, Database, DomainError, IdReused, NotFound } from '../platform/index.js';
import { PRACTICE_COLUMNS, PRACTICE_FROM, type PracticeColumns, presentPractice } from './practice.presenter.js';
import { readable, readerOf } from './practice.visibility.js';

const FOLDERS = `
  SELECT f.id, f.name, coalesce((SELECT jsonb_agg(p.ref ORDER BY e.at) FROM practice_folder_entry e JOIN practice p ON p.id = e.practice_id WHERE e.folder_id = f.id AND (${readable('p', '$2', '$3', '$4')})), '[]') AS refs
  FROM practice_folder f WHERE f.account_id = $1`;

/** Collections that belong to one account. What its owner may no longer read is not in them. */
@Injectable()
export class FolderService {
  constructor(private readonly database: Database) {}

  async list(actor: Actor): Promise<{ items: PracticeFolderView[] }> {
    return { items: await this.database.rows<PracticeFolderView & Record<string, unknown>>(`${FOLDERS} ORDER BY f.created_at, f.id`, [actor.accountId, ...readerOf(actor)]) };
  }

  async get(actor: Actor, id: string): Promise<PracticeFolderPage> {
    const folder = await this.database.row<PracticeFolderView & Record<string, unknown>>(`${FOLDERS} AND f.id = $5`, [actor.accountId, ...readerOf(actor), id]);
    if (!folder) throw new NotFound();
    const rows = await this.database.rows<PracticeColumns & Record<string, unknown>>(`SELECT ${PRACTICE_COLUMNS} ${PRACTICE_FROM} WHERE p.ref = ANY($1::text[]) ORDER BY p.sort_title, p.ref`, [folder.refs]);
    return { ...folder, practices: rows.map(presentPractice) };
  }

  /** Makes or renames a folder; both may be repeated. @throws DomainError `quota-exceeded` beyond FOLDERS_MAX. */
  async save(actor: Actor, { id, name }: PracticeFolderBody): Promise<PracticeFolderView> {
    const saved = await this.database.run(
      `INSERT INTO practice_folder (id, account_id, name) SELECT $1, $2, $3 WHERE (SELECT count(*) FROM practice_folder WHERE account_id = $2 AND id <> $1) < ${FOLDERS_MAX}
       ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE practice_folder.account_id = $2`, [id, actor.accountId, name]);
    if (saved === 0) throw (await this.database.row('SELECT 1 FROM practice_folder WHERE id = $1', [id])) ? new IdReused() : new DomainError('quota-exceeded', 'conflict', { max: FOLDERS_MAX });
    const { items } = await this.list(actor);
    return items.find((folder) => folder.id === id) ?? { id, name, refs: [] };
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.run('DELETE FROM practice_folder WHERE id = $1 AND account_id = $2', [id, actor.accountId]);
  }

  /** Puts a practice in or takes it out; both may be repeated. */
  async place(actor: Actor, id: string, ref: string, inside: boolean): Promise<PracticeFolderView> {
    if (!inside) {
      await this.database.run('DELETE FROM practice_folder_entry e USING practice_folder f, practice p WHERE f.id = e.folder_id AND f.account_id = $1 AND f.id = $2 AND p.id = e.practice_id AND p.ref = $3', [actor.accountId, id, ref]);
    } else {
      const found = await this.database.row<{ full: boolean }>(
        `WITH place AS (SELECT f.id AS folder, p.id AS practice, (SELECT count(*) FROM practice_folder_entry e WHERE e.folder_id = f.id AND e.practice_id <> p.id) >= ${FOLDER_ENTRIES_MAX} AS "full"
           FROM practice_folder f, practice p WHERE f.id = $5 AND f.account_id = $1 AND p.ref = $6 AND (${readable('p', '$2', '$3', '$4')})),
         added AS (INSERT INTO practice_folder_entry (folder_id, practice_id) SELECT folder, practice FROM place WHERE NOT "full" ON CONFLICT DO NOTHING)
         SELECT "full" FROM place`, [actor.accountId, ...readerOf(actor), id, ref]);
      if (!found) throw new NotFound();
      if (found.full) throw new DomainError('quota-exceeded', 'conflict', { max: FOLDER_ENTRIES_MAX });
    }
    const { items } = await this.list(actor);
    const folder = items.find((one) => one.id === id);
    if (!folder) throw new NotFound();
    return folder;
  }
}
