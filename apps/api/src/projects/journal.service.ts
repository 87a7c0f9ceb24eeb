import { Injectable } from '@nestjs/common';
import type { ProjectUpdateBody } from '@passerelle/contract';
import { renderPostHtml, requestHash } from '../forum/index.js';
import { MentionIndex } from '../organisations/index.js';
import { type Actor, Database, Forbidden, NotFound } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { assertWriter, signatureOf } from './capacity.js';
import { assertSameRequest } from './gaps.js';
import { FOLLOWERS, loadProject } from './project-store.js';
import { canRemoveUpdate, canUpdate } from './project.policy.js';

/** The journal of a project and those who follow it. */
@Injectable()
export class JournalService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly database: Database,
    private readonly mentions: MentionIndex,
  ) {}

  /** Adds a line of a city that takes part; followers are told. A repeat of the same request is answered as done. */
  async add(actor: Actor, ref: string, body: ProjectUpdateBody): Promise<{ created: boolean }> {
    const hash = requestHash(ref, body.body, body.language);
    const { html } = await renderPostHtml(body.body, body.language, this.mentions);
    const created = await this.write.run(actor, async (write) => {
      const project = await loadProject(write.tx, actor, ref, { lock: true });
      assertWriter(actor);
      if (!canUpdate(actor, project)) throw new Forbidden();
      const [person, name, office] = signatureOf(actor);
      const added = await write.tx.run(
        `INSERT INTO project_update (id, project_id, body, html, language, author_person_id, author_organisation_id, author_name, author_function, request_hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`, [body.id, project.id, body.body, html, body.language, person, actor.capacity.organisationId, name, office, hash]);
      if (added === 0) return false;
      await write.tx.run('UPDATE project SET updated_at = now() WHERE id = $1', [project.id]);
      await this.tell(write, project.id, body.id);
      return true;
    });
    if (!created) assertSameRequest(await this.database.row('SELECT request_hash, author_person_id AS person FROM project_update WHERE id = $1', [body.id]), actor.personId, hash);
    return { created };
  }

  /** Takes a line back: its author or moderation. Twice is once. */
  async remove(actor: Actor, ref: string, id: string): Promise<void> {
    await this.write.run(actor, async ({ tx, record }) => {
      const project = await loadProject(tx, actor, ref, { lock: true });
      const update = await tx.row<{ author_person_id: string }>('SELECT author_person_id FROM project_update WHERE id = $1 AND project_id = $2', [id, project.id]);
      if (!update) throw new NotFound();
      if (!canRemoveUpdate(actor, update)) throw new Forbidden();
      const removed = await tx.run('UPDATE project_update SET removed_at = now(), removed_by = $2 WHERE id = $1 AND removed_at IS NULL', [id, actor.personId]);
      if (removed > 0) record({ type: 'project.edited', audience: 'members', subject: project.id });
    });
  }

  /** Follows or stops following, whatever the city does. */
  async follow(actor: Actor, ref: string, following: boolean): Promise<void> {
    await this.write.run(actor, async ({ tx, record }) => {
      const project = await loadProject(tx, actor, ref);
      if (project.following === following) return;
      await tx.run(
        `INSERT INTO project_follow (project_id, account_id, following) VALUES ($1, $2, $3)
         ON CONFLICT (project_id, account_id) DO UPDATE SET following = excluded.following, at = now()`, [project.id, actor.accountId, following]);
      record({ type: 'project.followed', audience: 'account', account: actor.accountId, subject: project.id, detail: { following } });
    });
  }

  /** One fact for the page, one for each follower. */
  private async tell({ tx, record }: Write, projectId: string, update: string): Promise<void> {
    record({ type: 'project.updated', audience: 'members', subject: projectId, detail: { update } });
    for (const { id } of await tx.rows<{ id: string }>(FOLLOWERS, [projectId])) record({ type: 'project.updated', audience: 'account', account: id, subject: projectId, detail: { update } });
  }
}
