import { Injectable } from '@nestjs/common';
import { type CreateProjectBody, type EditProjectBody, PROJECT_LIFE, PROJECT_NEEDS, type ProjectActionBody, type ProjectContent, projectGaps, type ProjectNeed, nextStage, stepsFrom } from '@passerelle/contract';
import { slugify } from '@passerelle/text';
import { v7 as uuid } from 'uuid';
import { assertAppears, insertThread, renderPostHtml, requestHash } from '../forum/index.js';
import { MentionIndex } from '../organisations/index.js';
import { type Actor, type Capacity, Database, DomainError, Forbidden, InvalidInput, type Sql, StaleVersion } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { Watch, WatchDesk } from '../watch/index.js';
import { assertWriter, isRepeat, signatureOf } from './capacity.js';
import { assertSameRequest, assertVocabulary, refuseGaps, sameContent } from './gaps.js';
import { DERIVED, derivedColumns, loadProject, type StoredProject } from './project-store.js';
import { canEditProject, isLead, rolesOf } from './project.policy.js';

const REASON_MIN = 10;

/** Writes of the sheet of a project and of its stage. */
@Injectable()
export class ProjectService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly database: Database,
    private readonly mentions: MentionIndex,
    private readonly watch: Watch,
    private readonly desk: WatchDesk,
  ) {}

  /** Starts a project of the actor's city as an idea, with its thread. A repeat of the same request gives the stored one. */
  async create(actor: Actor, { id, content }: CreateProjectBody): Promise<{ created: boolean; ref: string }> {
    assertWriter(actor);
    refuseGaps(projectGaps(content, 'idea'));
    const hash = requestHash(content);
    // Short and stable: the city, and eight signs of the id that the client has drawn.
    const ref = `${slugify(actor.capacity.organisation).slice(0, 40)}-${id.replaceAll('-', '').slice(-8)}`;
    const problem = await renderPostHtml(content.problem, content.language, this.mentions);
    const created = await this.write.run(actor, async (write) => {
      await assertVocabulary(write.tx, content.theme, content.concepts, 'content.concepts');
      const added = await write.tx.run(
        `INSERT INTO project (id, ref, organisation_id, owner_person_id, owner_name, owner_function, request_hash, ${DERIVED.join(', ')})
         VALUES (${Array.from({ length: 7 + DERIVED.length }, (_, place) => `$${place + 1}`).join(', ')}) ON CONFLICT DO NOTHING`,
        [id, ref, actor.capacity.organisationId, ...signatureOf(actor), hash, ...derivedColumns(content)]);
      if (added === 0) return false;
      await claimFiles(write.tx, actor, id, content);
      await this.openThread(write, actor, id, content, problem, hash);
      write.record({ type: 'project.created', audience: 'members', subject: id });
      return true;
    });
    if (created) return { created, ref };
    const stored = await this.database.row<{ ref: string; version: number; request_hash: Buffer; person: string }>('SELECT ref, version, request_hash, owner_person_id AS person FROM project WHERE id = $1', [id]);
    assertSameRequest(stored, actor.personId, hash);
    return { created: false, ref: stored?.ref ?? ref };
  }

  /** Replaces the sheet. The version seen must be the stored one; the same words again are answered as done. */
  async edit(actor: Actor, ref: string, body: EditProjectBody): Promise<void> {
    await this.write.run(actor, async ({ tx, record }) => {
      const project = await loadProject(tx, actor, ref, { lock: true });
      if (!canEditProject(actor, project)) throw new Forbidden();
      if (sameContent(project.content, body.content)) return;
      if (project.version !== body.version) throw new StaleVersion(project.version);
      refuseGaps(projectGaps(body.content, needOf(project)));
      await assertVocabulary(tx, body.content.theme, body.content.concepts, 'content.concepts');
      await claimFiles(tx, actor, project.id, body.content);
      await tx.run(
        `UPDATE project SET ${DERIVED.map((column, place) => `${column} = $${place + 2}`).join(', ')}, version = version + 1, updated_at = now() WHERE id = $1`, [project.id, ...derivedColumns(body.content)]);
      record({ type: 'project.edited', audience: 'members', subject: project.id });
    });
  }

  /** Takes one step of PROJECT_LIFE. Repeating the last one is answered as done. @throws DomainError that names what is missing. */
  async act(actor: Actor, ref: string, body: ProjectActionBody): Promise<void> {
    await this.write.run(actor, async ({ tx, record }) => {
      const project = await loadProject(tx, actor, ref, { lock: true });
      if (isRepeat(actor, project, body)) return;
      assertAllowed(actor, project, body);
      if (project.version !== body.version) throw new StaleVersion(project.version);
      const needs = PROJECT_LIFE[body.action].needs ?? [];
      if (needs.includes('reason') && body.reason.length < REASON_MIN) throw new InvalidInput('reason', 'too_small');
      for (const need of needs) if (need !== 'reason') refuseGaps(projectGaps(project.content, need));
      const next = nextStage(project, body.action);
      await tx.run('UPDATE project SET stage = $2, stage_before = $3, stage_at = now(), version = version + 1, updated_at = now() WHERE id = $1', [project.id, next.stage, next.before]);
      await tx.run(
        'INSERT INTO project_transition (id, project_id, action, from_stage, to_stage, actor_person_id, actor_name, actor_function, reason, delegation_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
        [uuid(), project.id, body.action, project.stage, next.stage, actor.personId, actor.name, actor.capacity?.function ?? '', body.reason, PROJECT_LIFE[body.action].by.includes('signatory') ? project.delegation : null]);
      record({ type: 'project.moved', audience: 'members', subject: project.id });
    });
  }

  /** The project's thread stands in the open space of its theme; where a network has no such space it has none. @throws Reconsider where a rule would hold a message. */
  private async openThread(write: Write, actor: Actor & { capacity: Capacity }, projectId: string, content: ProjectContent, problem: Awaited<ReturnType<typeof renderPostHtml>>, hash: Buffer): Promise<void> {
    const space = await write.tx.row<{ id: string; slug: string }>(`SELECT id, slug FROM space WHERE slug = $1 AND access = 'open' AND archived_at IS NULL AND id = ANY($2::uuid[])`, [content.theme, actor.spaceIds]);
    if (!space) return;
    const { title, language, theme } = content;
    const text = { title, html: problem.html };
    const inTurn = await this.watch.paces(actor, { space: space.id });
    const caught = assertAppears(await (inTurn ? this.watch.judgeInTurn(write.tx, actor, { space: space.id }, text) : this.watch.judge(actor, { space: space.id }, text, write.tx)));
    const post = await insertThread(write, actor, { id: uuid(), spaceId: space.id, spaceSlug: space.slug, kind: 'project', title, body: content.problem, ...problem, language, theme, hash, projectId });
    if (post && caught) await this.desk.open(write, { kind: 'post', id: post, space: space.id, person: actor.personId, organisation: actor.capacity.organisationId, rules: caught.rules });
  }
}

/** What the sheet must keep holding at its stage. */
const needOf = ({ stage }: Pick<StoredProject, 'stage'>): ProjectNeed => PROJECT_NEEDS.find((need) => need === stage) ?? 'idea';

function assertAllowed(actor: Actor, project: StoredProject, { action }: ProjectActionBody): void {
  const { from, by } = PROJECT_LIFE[action];
  if (!from.includes(project.stage)) throw new DomainError('not-possible-now', 'conflict', { state: project.stage, action });
  if (stepsFrom(PROJECT_LIFE, project.stage, rolesOf(actor, project)).includes(action)) return;
  throw by.includes('signatory') && isLead(actor, project) ? new DomainError('mandate-required', 'forbidden') : new Forbidden();
}

/** Documents become part of the project, read under its rule. @throws InvalidInput for files of somebody else. */
async function claimFiles(tx: Sql, actor: Actor, projectId: string, content: ProjectContent): Promise<void> {
  const files = [...new Set(content.documents.map((document) => document.attachment))];
  if (files.length === 0) return;
  await tx.run('UPDATE attachment SET project_id = $1 WHERE id = ANY($2::uuid[]) AND owner_account_id = $3 AND post_id IS NULL AND practice_id IS NULL AND project_id IS NULL AND accession_document_id IS NULL', [projectId, files, actor.accountId]);
  const own = await tx.rows<{ id: string }>('SELECT id FROM attachment WHERE id = ANY($1::uuid[]) AND project_id = $2', [files, projectId]);
  const foreign = content.documents.findIndex((document) => !own.some((file) => file.id === document.attachment));
  if (foreign >= 0) throw new InvalidInput(`content.documents.${foreign}.attachment`, 'not_found');
}
