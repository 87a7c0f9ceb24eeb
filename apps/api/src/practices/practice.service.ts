import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type CreatePracticeBody, type EditPracticeBody, isOpenToVisitors, LISTED_STATES, PracticeContent, type PracticeGap, practiceGaps, type PracticeRevisionView } from '@passerelle/contract';
import { slugify } from '@passerelle/text';
import { type Actor, canWrite, Database, DomainError, Forbidden, IdReused, InvalidInput, isGuest, NotFound, preparesOnly, type Sql, StaleVersion, themeOf } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { claimFiles } from './practice-files.js';
import { derivedColumns, KEEP_FORMER, loadPractice, ownerAccounts, type Signature, type StoredPractice } from './practice-store.js';
import { canEditPractice, isOwner, needsSignatory } from './practice.policy.js';

/** Autosaves of one hand within this time are one revision. */
const REVISION_MINUTES = 10;

/** @param delegation by which the actor signs for another. */
export const signatureOf = (actor: Actor, delegation: string | null = null): Signature => ({
  person: actor.personId, name: actor.name, function: actor.capacity?.function ?? '', at: new Date().toISOString(), ...(delegation && { delegation }),
});

/** @throws DomainError `entry-incomplete`, which says where and why. */
export function refuseGaps(gaps: PracticeGap[]): void {
  if (gaps.length > 0) throw new DomainError('entry-incomplete', 'invalid', { gaps }, gaps.map(({ path, code }) => ({ path: `content.${path}`, message: code })));
}

/** Tells the people of the city, and all members when the library shows it. */
export async function recordPracticeFact(write: Write, practice: Pick<StoredPractice, 'id' | 'organisationId' | 'ref'>, facts: { listed: 'practice.published' | 'practice.edited' | 'practice.closed' | null; extraAccounts?: string[] }): Promise<void> {
  if (facts.listed) write.record({ type: facts.listed, audience: 'members', subject: practice.id, detail: { ref: practice.ref } });
  const accounts = new Set([...(await ownerAccounts(write.tx, practice.organisationId)), ...(facts.extraAccounts ?? [])]);
  for (const account of [...accounts].sort()) write.record({ type: 'practice.advanced', audience: 'account', account, subject: practice.id, detail: { ref: practice.ref } });
}

/** Writes of the words of a practice: create, change, restore an earlier revision. */
@Injectable()
export class PracticeService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly database: Database,
  ) {}

  /** Starts a draft of the actor's city. A repeat of the same request gives the stored one. @returns its reference. */
  async create(actor: Actor, body: CreatePracticeBody): Promise<{ created: boolean; ref: string }> {
    if (!canWrite(actor) || isGuest(actor)) throw new Forbidden();
    const hash = createHash('sha256').update(JSON.stringify(body.content)).digest();
    const { capacity } = actor;
    // Short and stable: the city, and eight signs of the id that the client has drawn.
    const ref = `${slugify(capacity.organisation).slice(0, 40)}-${body.id.replaceAll('-', '').slice(-8)}`;
    const created = await this.write.run(actor, async (write) => {
      await this.assertVocabulary(write.tx, body.content, capacity.organisationId);
      const added = await write.tx.run(
        `INSERT INTO practice (id, ref, organisation_id, city_name, country, title, summary, language, theme_id, concepts, year_start, year_end, cost_range, content, state, owner_person_id, prepared_by, request_hash)
         SELECT $1, $2, o.id, o.name, o.country, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'draft', $12, $13, $14 FROM organisation o WHERE o.id = $15 ON CONFLICT DO NOTHING`,
        [body.id, ref, ...derivedColumns(body.content), JSON.stringify(body.content), actor.personId, JSON.stringify(signatureOf(actor)), hash, capacity.organisationId]);
      if (added === 0) return false;
      await claimFiles(write.tx, actor, body.id, body.content);
      await this.keepRevision(write.tx, actor, body.id, 1, body.content);
      await recordPracticeFact(write, { id: body.id, ref, organisationId: capacity.organisationId }, { listed: null });
      return true;
    });
    if (created) return { created, ref };
    const stored = await this.database.row<{ ref: string; version: number; request_hash: Buffer | null; owner_person_id: string }>('SELECT ref, version, request_hash, owner_person_id FROM practice WHERE id = $1', [body.id]);
    if (stored?.owner_person_id !== actor.personId) throw new IdReused();
    if (!stored.request_hash?.equals(hash)) throw new IdReused({ ref: stored.ref, version: stored.version });
    return { created: false, ref: stored.ref };
  }

  /**
   * Replaces the entry. The version seen must be the stored one; the same words again are answered as done.
   * @throws DomainError `entry-incomplete` when a practice in the library would lose what it needs there.
   */
  async edit(actor: Actor, ref: string, body: EditPracticeBody): Promise<void> {
    await this.write.run(actor, async (write) => {
      const practice = await loadPractice(write.tx, actor, ref, { lock: true });
      assertEditable(actor, practice);
      if (sameContent(practice.content, body.content)) return;
      if (practice.version !== body.version) throw new StaleVersion(practice.version);
      if (body.content.theme !== practice.content.theme) await assertSignsFor(write.tx, actor, practice, body.content.theme);
      await this.store(write, actor, practice, body.content);
    });
  }

  /** Takes the words of an earlier revision up again, as a new version. When they stand there already it is answered as done. */
  async restore(actor: Actor, ref: string, version: number, restored: number): Promise<void> {
    await this.write.run(actor, async (write) => {
      const practice = await loadPractice(write.tx, actor, ref, { lock: true });
      assertEditable(actor, practice);
      const revision = await write.tx.row<{ content: unknown }>('SELECT content FROM practice_revision WHERE practice_id = $1 AND version = $2', [practice.id, restored]);
      const content = revision && PracticeContent.parse(revision.content);
      if (content && sameContent(practice.content, content)) return;
      if (practice.version !== version) throw new StaleVersion(practice.version);
      if (!content) throw new NotFound();
      await this.store(write, actor, practice, content);
    });
  }

  /** Versions of the words, newest first, for those who may change or judge them. */
  async revisions(actor: Actor, ref: string): Promise<{ items: PracticeRevisionView[] }> {
    const practice = await loadPractice(this.database, actor, ref);
    if (!isOwner(actor, practice) && actor.role !== 'moderator' && actor.role !== 'administrator') throw new Forbidden();
    const rows = await this.database.rows<{ version: number; at: string; author_name: string; author_function: string; content: unknown }>(
      'SELECT version, at, author_name, author_function, content FROM practice_revision WHERE practice_id = $1 ORDER BY version DESC LIMIT 50', [practice.id]);
    return { items: rows.map((row, index) => ({ version: row.version, at: row.at, name: row.author_name, function: row.author_function, content: PracticeContent.parse(row.content), current: index === 0 })) };
  }

  private async store(write: Write, actor: Actor, practice: StoredPractice, content: PracticeContent): Promise<void> {
    const listed = LISTED_STATES.includes(practice.state);
    if (listed && !practice.sourced) refuseGaps(practiceGaps(content, practice.validated ? 'validate' : 'publish'));
    await this.assertVocabulary(write.tx, content, practice.organisationId);
    await claimFiles(write.tx, actor, practice.id, content);
    await write.tx.run(KEEP_FORMER, [[practice.id], practice.organisationId]);
    await write.tx.run(
      `UPDATE practice SET title = $2, summary = $3, language = $4, theme_id = $5, concepts = $6, year_start = $7, year_end = $8, cost_range = $9, content = $10, version = version + 1, updated_at = now() WHERE id = $1`,
      [practice.id, ...derivedColumns(content), JSON.stringify(content)]);
    await this.keepRevision(write.tx, actor, practice.id, practice.version + 1, content);
    await recordPracticeFact(write, practice, { listed: listed ? 'practice.edited' : null });
  }

  /**
   * While one hand types, the newest revision grows. A new one begins with another hand, and after each step of the
   * practice's life: neither another person's words nor those that were judged are lost.
   */
  private async keepRevision(tx: Sql, actor: Actor, practiceId: string, version: number, content: PracticeContent): Promise<void> {
    const signature = [actor.personId, actor.name, actor.capacity?.function ?? '', actor.capacity?.organisationId];
    const grown = await tx.run(
      `UPDATE practice_revision SET version = $2, content = $3, at = now() WHERE practice_id = $1 AND version = (SELECT max(version) FROM practice_revision WHERE practice_id = $1)
         AND author_person_id = $4 AND author_name = $5 AND author_function = $6 AND organisation_id = $7 AND at > now() - make_interval(mins => ${REVISION_MINUTES})
         AND at >= (SELECT state_at FROM practice WHERE id = $1)`, [practiceId, version, JSON.stringify(content), ...signature]);
    if (grown === 0)
      await tx.run('INSERT INTO practice_revision (practice_id, version, content, author_person_id, author_name, author_function, organisation_id) VALUES ($1, $2, $3, $4, $5, $6, $7)', [practiceId, version, JSON.stringify(content), ...signature]);
  }

  /** @throws InvalidInput for a theme or concept that the thesaurus does not know, for a city that there is not, for a project that is not the city's. */
  private async assertVocabulary(tx: Sql, content: PracticeContent, organisationId: string | null): Promise<void> {
    const known = await tx.row<{ theme: boolean; concepts: boolean; holders: boolean; project: boolean }>(
      `SELECT $1::text IS NULL OR EXISTS (SELECT 1 FROM theme WHERE id = $1) AS theme, NOT EXISTS (SELECT 1 FROM unnest($2::text[]) c(id) WHERE NOT EXISTS (SELECT 1 FROM concept k WHERE k.id = c.id)) AS concepts,
         NOT EXISTS (SELECT 1 FROM unnest($3::text[]) h(slug) WHERE NOT EXISTS (SELECT 1 FROM organisation o WHERE o.slug = h.slug)) AS holders,
         $4::text IS NULL OR EXISTS (SELECT 1 FROM project j WHERE j.ref = $4 AND (j.organisation_id = $5 OR EXISTS (SELECT 1 FROM project_city y WHERE y.project_id = j.id AND y.organisation_id = $5 AND y.left_at IS NULL))) AS project`,
      [content.theme, content.concepts, content.coHolders, content.linkedProject, organisationId]);
    if (!known?.theme) throw new InvalidInput('content.theme', 'not_found');
    if (!known.concepts) throw new InvalidInput('content.concepts', 'not_found');
    if (!known.holders) throw new InvalidInput('content.coHolders', 'not_found');
    if (!known.project) throw new InvalidInput('content.linkedProject', 'not_found');
  }
}

/** @throws Forbidden, or `mandate-required` when somebody who signs for the city may. */
function assertEditable(actor: Actor, practice: StoredPractice): void {
  if (canEditPractice(actor, practice)) return;
  throw isOwner(actor, practice) && needsSignatory(practice) ? new DomainError('mandate-required', 'forbidden') : new Forbidden();
}

/** What visitors read goes under another theme by the hand of somebody who signs for that one too. @throws DomainError `mandate-required` */
async function assertSignsFor(tx: Sql, actor: Actor, practice: StoredPractice, theme: string | null): Promise<void> {
  if (!isOpenToVisitors(practice, practice.sourced)) return;
  const row = await tx.row<{ prepares: boolean }>(`SELECT ${preparesOnly('$1', themeOf('$2'))} AS prepares`, [actor.capacity?.mandateId ?? null, theme]);
  if (row?.prepares) throw new DomainError('mandate-required', 'forbidden');
}

const sameContent = (a: PracticeContent, b: PracticeContent) => JSON.stringify(a) === JSON.stringify(b);
