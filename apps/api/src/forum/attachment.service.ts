import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { cleanLine } from '@passerelle/contract';
import { fileTypeFromFile } from 'file-type';
import sharp from 'sharp';
import { v7 as uuid } from 'uuid';
import { AttachmentReader, firstTextState } from '../attachment-text/index.js';
import { fileReaderOf, readableFile } from '../organisations/index.js';
import { type Actor, Database, DomainError, ENV, type Env, faultWords, NotFound, readableThread } from '../platform/index.js';
import { publicFile, readable, readerOf, shownFile } from '../practices/index.js';
import { WatchDesk } from '../watch/index.js';
import { type AttachmentRow, presentAttachment } from './attachment.presenter.js';

const IMAGES = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/heic']);
const DOCUMENTS = new Set([
  'application/pdf', 'application/zip', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation', 'application/vnd.oasis.opendocument.text', 'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation', 'audio/mpeg', 'audio/ogg', 'video/mp4',
]);
const PLAIN = /\.(txt|csv|md)$/i;
const BEGINNING_BYTES = 8_192;
const IMAGE_EDGE = 1920;
const THUMBNAIL_EDGE = 320;
/** A picture of more pixels is a decompression bomb or of no use on a screen. */
const PIXELS_MAX = 50_000_000;

type FileRow = AttachmentRow & { storage_key: string };
const FILE_COLUMNS = 'a.id, a.name, a.type, a.bytes, a.width, a.height, a.storage_key, a.thumbnail_key';

export interface StoredFile {
  name: string;
  type: string;
  bytes: number;
  stream: ReadStream;
}

/** Files joined to messages: type told by content, pictures made anew without metadata, read under the rule of the thread. */
@Injectable()
export class AttachmentService implements OnModuleInit {
  private readonly folder: string;
  private readonly logger = new Logger(AttachmentService.name);

  constructor(
    private readonly database: Database,
    private readonly texts: AttachmentReader,
    private readonly desk: WatchDesk,
    @Inject(ENV) private readonly env: Env,
  ) {
    this.folder = join(env.dataDir, 'attachments');
    // Pictures are rare and memory is not: no cache of decoded ones, one at a time.
    sharp.cache(false);
    sharp.concurrency(1);
  }

  async onModuleInit(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
  }

  /**
   * Takes an uploaded file in. Repeating it for the same id gives the stored attachment.
   * @param path the complete upload; it is moved away.
   * @throws DomainError `unsupported-type`, `image-unreadable` or `too-large`.
   */
  async accept(actor: Actor, id: string, name: string, path: string) {
    const existing = await this.find(id, actor);
    if (existing) return presentAttachment(existing);
    // Never the id of a client: no upload can write over a file that is there.
    const key = uuid();
    const { size } = await stat(path);
    if (size > this.env.maxUploadBytes) throw new DomainError('too-large', 'too-large', { maxBytes: this.env.maxUploadBytes });
    const type = await sniff(path, name);
    const safeName = cleanLine(name).replace(/[/\\:*?"<>|]/g, '_').slice(0, 120) || 'fichier';
    const stored = IMAGES.has(type) ? await this.storeImage(key, path) : await this.storeFile(key, path, type, size);
    await this.database.run(
      `INSERT INTO attachment (id, owner_account_id, name, type, bytes, width, height, storage_key, thumbnail_key, text_state) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT (id) DO NOTHING`,
      [id, actor.accountId, stored.extension ? safeName.replace(/\.[^.]*$/, '') + stored.extension : safeName, stored.type, stored.bytes, stored.width, stored.height, key, stored.thumbnail, firstTextState(stored.type)]);
    if (IMAGES.has(type)) await unlink(path);
    const row = await this.find(id, actor);
    if (!row) {
      for (const file of [key, stored.thumbnail]) if (file) await unlink(join(this.folder, file));
      throw new DomainError('id-reused', 'conflict');
    }
    if (firstTextState(row.type) === 'waiting') this.texts.soon();
    return presentAttachment(row);
  }

  /** A file for a reader of its message, practice, project or candidature, while it stands there; for its owner while it belongs to none, and for whoever reads what is held with it. */
  async open(actor: Actor, id: string, thumbnail: boolean): Promise<StoredFile> {
    const row = (await this.readable(actor, id)) ?? (await this.ofHeld(actor, id));
    if (!row || (thumbnail && !row.thumbnail_key)) throw new NotFound();
    const path = join(this.folder, thumbnail ? (row.thumbnail_key ?? '') : row.storage_key);
    const { size } = await stat(path);
    return { name: row.name, type: thumbnail ? 'image/webp' : row.type, bytes: size, stream: createReadStream(path) };
  }

  private readable(actor: Actor, id: string): Promise<FileRow | undefined> {
    return this.database.row<FileRow>(
      `SELECT ${FILE_COLUMNS} FROM attachment a
       LEFT JOIN post p ON p.id = a.post_id LEFT JOIN thread t ON t.id = p.thread_id LEFT JOIN practice pr ON pr.id = a.practice_id
         LEFT JOIN accession_document ad ON ad.id = a.accession_document_id LEFT JOIN accession ac ON ac.id = ad.accession_id
       WHERE a.id = $1 AND ((a.post_id IS NULL AND a.practice_id IS NULL AND a.project_id IS NULL AND a.accession_document_id IS NULL AND a.owner_account_id = $2) OR (p.state = 'visible' AND ${readableThread('t', '$3', '$7')})
         OR (pr.id IS NOT NULL AND (${readable('pr', '$4', '$5', '$6')}) AND (NOT $4::boolean OR ${publicFile('pr', 'a.id')}) AND ${shownFile('pr', 'a.id', '$5', '$6')})
         OR (ac.id IS NOT NULL AND ${readableFile('ac', '$8', '$9')})
         OR (NOT $4::boolean AND EXISTS (SELECT 1 FROM project j WHERE j.id = a.project_id AND j.content -> 'documents' @> jsonb_build_array(jsonb_build_object('attachment', a.id)))))`, [id, actor.accountId, actor.spaceIds, ...readerOf(actor), actor.threadIds, ...fileReaderOf(actor)]);
  }

  /** Files of what is held are read with it: by those who see its case. */
  private async ofHeld(actor: Actor, id: string): Promise<FileRow | undefined> {
    const row = await this.database.row<FileRow & { held: string }>(
      `SELECT ${FILE_COLUMNS}, h.id AS held FROM attachment a JOIN held_post h ON a.id = ANY(h.attachments) AND h.state IN ('waiting', 'refused')
       WHERE a.id = $1 AND a.post_id IS NULL AND a.practice_id IS NULL AND a.project_id IS NULL AND a.accession_document_id IS NULL LIMIT 1`, [id]);
    return row && (await this.desk.reads(actor.accountId, row.held)) ? row : undefined;
  }

  private find(id: string, actor: Actor) {
    return this.database.row<AttachmentRow & Record<string, unknown>>('SELECT id, name, type, bytes, width, height, thumbnail_key FROM attachment WHERE id = $1 AND owner_account_id = $2', [id, actor.accountId]);
  }

  /** Re-encodes: the orientation is applied, position, camera and any hidden content are left out. */
  private async storeImage(key: string, path: string) {
    try {
      const image = sharp(path, { limitInputPixels: PIXELS_MAX, failOn: 'error' }).rotate();
      const { data, info } = await image.clone().resize(IMAGE_EDGE, IMAGE_EDGE, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 75 }).toBuffer({ resolveWithObject: true });
      await writeFile(join(this.folder, `${key}.part`), data);
      await rename(join(this.folder, `${key}.part`), join(this.folder, key));
      await sharp(data).resize(THUMBNAIL_EDGE, THUMBNAIL_EDGE, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 60 }).toFile(join(this.folder, `${key}-thumbnail`));
      const { size } = await stat(join(this.folder, key));
      return { type: 'image/webp', extension: '.webp', bytes: size, width: info.width, height: info.height, thumbnail: `${key}-thumbnail` };
    } catch (error) {
      this.logger.debug(`An image was refused: ${faultWords(error)}`);
      throw new DomainError('image-unreadable', 'unsupported-type');
    }
  }

  private async storeFile(key: string, path: string, type: string, bytes: number) {
    await rename(path, join(this.folder, key));
    return { type, extension: '', bytes, width: null, height: null, thumbnail: null };
  }
}

/** The type that the content has, whatever the name says. @throws DomainError `unsupported-type`. */
async function sniff(path: string, name: string): Promise<string> {
  const found = await fileTypeFromFile(path);
  if (found && (IMAGES.has(found.mime) || DOCUMENTS.has(found.mime))) return found.mime;
  if (!found && PLAIN.test(name) && !(await beginningOf(path)).includes(0)) return 'text/plain; charset=utf-8';
  throw new DomainError('unsupported-type', 'unsupported-type');
}

/** A file may be as large as memory: only its beginning is looked at. */
async function beginningOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
