import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type DataExportView, EXPORT_DAYS, EXPORTS_PER_WEEK } from '@passerelle/contract';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { v7 as uuid } from 'uuid';
import { recordAudit } from '../audit/index.js';
import { type Actor, Database, DomainError, ENV, type Env, faultWords, IdReused, Jobs, NotFound } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { rowsOf, SECTIONS } from './sections.js';

const JOB = 'data-export';
const EVERY_TEN_MINUTES = '*/10 * * * *';
/** Exports that one turn makes; the next goes on. */
const TURN = 20;
const TRIES = 3;
const COLUMNS = 'id, state, requested_at AS "requestedAt", ready_at AS "readyAt", expires_at AS "expiresAt", bytes::int AS bytes';

interface Waiting {
  id: string; account_id: string; person_id: string;
}

/** A copy of all that is stored about somebody: asked for, made in the background, fetched for some days by its owner alone. */
@Injectable()
export class DataExportService implements OnModuleInit {
  private readonly folder: string;
  private readonly attachments: string;
  private readonly logger = new Logger(DataExportService.name);

  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly jobs: Jobs,
    @Inject(ENV) env: Env,
  ) {
    this.folder = join(env.dataDir, 'exports');
    this.attachments = join(env.dataDir, 'attachments');
    jobs.every(EVERY_TEN_MINUTES, JOB, () => this.work());
  }

  async onModuleInit(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
  }

  list(actor: Actor): Promise<DataExportView[]> {
    return this.database.rows<DataExportView & Record<string, unknown>>(`SELECT ${COLUMNS} FROM data_export WHERE account_id = $1 ORDER BY requested_at DESC LIMIT 10`, [actor.accountId]);
  }

  /** Asks for a copy. Repeating it is answered with what was asked. @throws DomainError `quota-exceeded` beyond three in seven days or while one is being made. */
  async ask(actor: Actor, id: string): Promise<{ created: boolean; view: DataExportView }> {
    const created = await this.write.run(actor, async ({ tx }) => {
      // One at a time for an account: two tabs can't ask twice.
      await tx.row('SELECT 1 FROM account WHERE id = $1 FOR UPDATE', [actor.accountId]);
      const same = await tx.row<{ account_id: string }>('SELECT account_id FROM data_export WHERE id = $1', [id]);
      if (same && same.account_id !== actor.accountId) throw new IdReused();
      if (same) return false;
      const recent = await tx.row<{ asked: number; waiting: number }>(
        `SELECT count(*) FILTER (WHERE state <> 'failed') AS asked, count(*) FILTER (WHERE state = 'waiting') AS waiting FROM data_export WHERE account_id = $1 AND requested_at > now() - interval '7 days'`, [actor.accountId]);
      if (recent && (recent.waiting > 0 || recent.asked >= EXPORTS_PER_WEEK)) throw new DomainError('quota-exceeded', 'conflict', { max: EXPORTS_PER_WEEK });
      await tx.run('INSERT INTO data_export (id, account_id) VALUES ($1, $2)', [id, actor.accountId]);
      await recordAudit(tx, actor, { act: 'export.asked', subjectKind: 'account', subjectId: actor.accountId });
      return true;
    });
    if (created) await this.jobs.soon(JOB);
    return { created, view: await this.get(actor, id) };
  }

  /** The copy itself, for its owner, while it is kept. */
  async open(actor: Actor, id: string): Promise<{ stream: ReadStream; bytes: number }> {
    const row = await this.database.row<{ storage_key: string; bytes: number }>(
      `SELECT storage_key, bytes::int FROM data_export WHERE id = $1 AND account_id = $2 AND state = 'ready' AND expires_at > now()`, [id, actor.accountId]);
    if (!row) throw new NotFound();
    return { stream: createReadStream(join(this.folder, row.storage_key)), bytes: row.bytes };
  }

  /** Makes what was asked for, and forgets what has had its time. */
  async work(): Promise<void> {
    await this.expire();
    for (let made = 0; made < TURN; made += 1) {
      const next = await this.database.row<Waiting & Record<string, unknown>>(
        `UPDATE data_export e SET tries = tries + 1 FROM account a WHERE a.id = e.account_id AND e.id = (
           SELECT id FROM data_export WHERE state = 'waiting' AND tries < ${TRIES} ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING e.id, e.account_id, a.person_id`);
      if (!next) break;
      await this.make(next).catch((error: unknown) => this.logger.warn(`An export could not be made: ${faultWords(error)}`));
    }
    await this.database.run(`UPDATE data_export SET state = 'failed' WHERE state = 'waiting' AND tries >= ${TRIES}`);
  }

  private async make({ id, account_id, person_id }: Waiting): Promise<void> {
    const key = uuid();
    const path = join(this.folder, key);
    try {
      // A disk that is full or gone fails this copy, not the server.
      await pipeline(this.pack(account_id, person_id), createWriteStream(`${path}.part`, { mode: 0o600 }));
      await rename(`${path}.part`, path);
    } catch (error) {
      await rm(`${path}.part`, { force: true });
      throw error;
    }
    const { size } = await stat(path);
    const kept = await this.database.run(
      `UPDATE data_export SET state = 'ready', storage_key = $2, bytes = $3, ready_at = now(), expires_at = now() + interval '${EXPORT_DAYS} days' WHERE id = $1 AND state = 'waiting'`, [id, key, size]);
    if (kept === 0) await rm(path, { force: true });
  }

  /** One JSON file for each table, and the files as they are. Rows and files go one after the other, so that memory stays small. */
  private async *pack(accountId: string, personId: string): AsyncGenerator<Uint8Array> {
    const chunks: Uint8Array[] = [];
    const zip = new Zip((error, chunk) => {
      if (error) throw error;
      chunks.push(chunk);
    });
    const add = (entry: ZipDeflate | ZipPassThrough, content: Buffer) => {
      zip.add(entry);
      entry.push(content, true);
      return chunks.splice(0);
    };
    for (const section of SECTIONS) {
      const rows = await this.database.rows<{ row: unknown }>(rowsOf(section), [accountId, personId]);
      yield* add(new ZipDeflate(`${section.part}/${section.table}.json`, { level: 6 }), Buffer.from(JSON.stringify(rows.map(({ row }) => row), null, 2)));
    }
    const files = await this.database.rows<{ id: string; name: string; storage_key: string }>('SELECT id, name, storage_key FROM attachment WHERE owner_account_id = $1', [accountId]);
    // A file that is gone from the disk leaves its line in files/attachment.json.
    for (const { id, name, storage_key } of files) yield* add(new ZipPassThrough(`files/contents/${id}-${name}`), await readFile(join(this.attachments, storage_key)).catch(() => Buffer.alloc(0)));
    zip.end();
    yield* chunks;
  }

  private async expire(): Promise<void> {
    const gone = await this.database.rows<{ storage_key: string | null }>(
      `UPDATE data_export SET state = 'expired' WHERE state = 'ready' AND expires_at <= now() RETURNING storage_key`);
    for (const { storage_key } of gone) if (storage_key) await rm(join(this.folder, storage_key), { force: true });
  }

  private async get(actor: Actor, id: string): Promise<DataExportView> {
    const view = await this.database.row<DataExportView & Record<string, unknown>>(`SELECT ${COLUMNS} FROM data_export WHERE id = $1 AND account_id = $2`, [id, actor.accountId]);
    if (!view) throw new NotFound();
    return view;
  }
}
