import { Injectable } from '@nestjs/common';
import type { ArchiveSpaceBody, CreateSpaceBody, EditSpaceBody, SpaceDetail } from '@passerelle/contract';
import { slugify } from '@passerelle/text';
import { recordAudit } from '../audit/index.js';
import { type Actor, canModerate, Forbidden, IdReused, InvalidInput, readableSpace, SessionStore, type Sql, StaleVersion } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { admit } from './belonging.js';
import { assertLiving, type LockedSpace, lockSpace } from './space-lock.js';
import { canManage, canSettle } from './space.policy.js';
import { SpaceQueries } from './space.queries.js';

const SUFFIX = 6;

/** Writes of spaces themselves: create, edit, archive. */
@Injectable()
export class SpaceService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly queries: SpaceQueries,
    private readonly sessions: SessionStore,
  ) {}

  /** Moderation and secretariat only; whoever creates it animates it. A repeat gives the stored space. */
  async create(actor: Actor, body: CreateSpaceBody): Promise<{ created: boolean; view: SpaceDetail }> {
    if (!canModerate(actor)) throw new Forbidden();
    const { slug, created } = await this.write.run(actor, async (write) => {
      const { tx, record } = write;
      const stored = await tx.row<{ slug: string; created_by: string | null; same: boolean }>(
        `SELECT slug, created_by, (name_fr, name_en, access) = ($2, $3, $4) AS same FROM space WHERE id = $1`, [body.id, body.nameFr, body.nameEn, body.access]);
      if (stored && (stored.created_by !== actor.personId || !stored.same)) throw new IdReused();
      if (stored) return { slug: stored.slug, created: false };
      await assertTheme(tx, body.theme);
      // The end of the id in every address: a taken name tells of no space that one can't see.
      const slug = `${slugify(body.nameFr).replace(/[^a-z0-9-]/g, '').slice(0, 60)}-${body.id.replaceAll('-', '').slice(-SUFFIX)}`;
      await tx.run(
        `INSERT INTO space (id, slug, access, name_fr, name_en, description_fr, description_en, theme_id, created_by, position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, (SELECT coalesce(max(position), 0) + 1 FROM space))`,
        [body.id, slug, body.access, body.nameFr, body.nameEn, body.descriptionFr, body.descriptionEn, body.theme, actor.personId]);
      await recordAudit(tx, actor, { act: 'space.created', subjectKind: 'space', subjectId: body.id, detail: { access: body.access } });
      await admit(write, actor, { space: body.id, person: actor.personId, act: 'space.member-admitted', role: 'animator' });
      await this.tellReaders(tx, record, body.id, []);
      return { slug, created: true };
    });
    if (created) this.sessions.forgetAll();
    return { created, view: await this.queries.get(actor, slug) };
  }

  /** Animators edit the descriptions, moderation all. The version seen must be the stored one. */
  async edit(actor: Actor, slug: string, body: EditSpaceBody): Promise<SpaceDetail> {
    const { version, descriptionFr, descriptionEn, ...settings } = body;
    const view = await this.write.run(actor, async ({ tx, record }) => {
      const space = await lockSpace(tx, actor, slug);
      if (!canManage(space) || (Object.values(settings).some((value) => value !== undefined) && !canSettle(space))) throw new Forbidden();
      assertLiving(space);
      if (space.version !== version) throw new StaleVersion(space.version);
      await assertTheme(tx, body.theme ?? null);
      // Whoever doesn't belong would shut themselves out, and the space might be left to nobody.
      if (body.access === 'confidential' && space.role === null) throw new InvalidInput('access', 'not_member');
      const before = await readersOf(tx, space.id);
      await tx.run('UPDATE space SET name_fr = $2, name_en = $3, description_fr = $4, description_en = $5, access = $6, theme_id = $7, version = version + 1 WHERE id = $1', [
        space.id, body.nameFr ?? space.name_fr, body.nameEn ?? space.name_en, descriptionFr ?? space.description_fr, descriptionEn ?? space.description_en, body.access ?? space.access,
        body.theme === undefined ? space.theme_id : body.theme]);
      const access = body.access && body.access !== space.access ? { from: space.access, to: body.access } : undefined;
      if (access) await withdrawRequests(tx, space.id);
      await recordAudit(tx, actor, { act: 'space.edited', subjectKind: 'space', subjectId: space.id, detail: { version: version + 1, fields: changedFields(space, body), ...(access && { access }) } });
      if (access) await this.tellReaders(tx, record, space.id, before);
      record({ type: 'space.edited', audience: 'space', space: space.id, subject: space.id });
      return this.queries.get(actor, slug, tx);
    });
    this.sessions.forgetAll();
    return view;
  }

  /** Read only and out of the lists, or back again. What holds already is answered as done. */
  async archive(actor: Actor, slug: string, { version, archived }: ArchiveSpaceBody): Promise<SpaceDetail> {
    const view = await this.write.run(actor, async ({ tx, record }) => {
      const space: LockedSpace = await lockSpace(tx, actor, slug);
      if (!canSettle(space)) throw new Forbidden();
      if (space.archived !== archived) {
        if (space.version !== version) throw new StaleVersion(space.version);
        await tx.run('UPDATE space SET archived_at = CASE WHEN $2::boolean THEN now() END, version = version + 1 WHERE id = $1', [space.id, archived]);
        if (archived) await withdrawRequests(tx, space.id);
        await recordAudit(tx, actor, { act: archived ? 'space.archived' : 'space.reopened', subjectKind: 'space', subjectId: space.id });
        record({ type: 'space.edited', audience: 'space', space: space.id, subject: space.id });
      }
      return this.queries.get(actor, slug, tx);
    });
    this.sessions.forgetAll();
    return view;
  }

  /** Each account whose right to read has changed hears of it; nobody else does. */
  private async tellReaders(tx: Sql, record: Write['record'], space: string, before: string[]): Promise<void> {
    const after = await readersOf(tx, space);
    const changed = [...before.filter((id) => !after.includes(id)), ...after.filter((id) => !before.includes(id))];
    for (const account of changed) record({ type: 'access.changed', audience: 'account', account });
  }
}

/** Which settings an edit changes: their names, not what they say. */
function changedFields(space: LockedSpace, body: EditSpaceBody): string[] {
  const stored: Omit<EditSpaceBody, 'version'> = { nameFr: space.name_fr, nameEn: space.name_en, descriptionFr: space.description_fr, descriptionEn: space.description_en, access: space.access, theme: space.theme_id };
  return (Object.keys(stored) as (keyof typeof stored)[]).filter((key) => body[key] !== undefined && body[key] !== stored[key]);
}

async function readersOf(tx: Sql, space: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(`SELECT a.id FROM account a JOIN space s ON s.id = $1 WHERE a.disabled_at IS NULL AND ${readableSpace('s', 'a')}`, [space]);
  return rows.map((row) => row.id);
}

/** Nobody waits for an answer that can't come. */
const withdrawRequests = (tx: Sql, space: string) => tx.run(`UPDATE space_request SET state = 'withdrawn', answered_at = now() WHERE space_id = $1 AND state = 'sent'`, [space]);

async function assertTheme(tx: Sql, theme: string | null): Promise<void> {
  if (theme !== null && !(await tx.row('SELECT 1 FROM theme WHERE id = $1', [theme]))) throw new InvalidInput('theme', 'not_found');
}
