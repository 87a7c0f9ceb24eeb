import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { type Actor, DomainError, Forbidden } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { assertWriter } from './capacity.js';
import { loadProject } from './project-store.js';
import { canJoin, canLeave, isLead } from './project.policy.js';

/** Cities join a project and leave it. */
@Injectable()
export class CityService {
  constructor(private readonly write: WriteTransaction) {}

  /** The actor's city joins. Twice, or by two of its people at once, is once. */
  async join(actor: Actor, ref: string): Promise<void> {
    await this.write.run(actor, async ({ tx, record }) => {
      const project = await loadProject(tx, actor, ref, { lock: true });
      assertWriter(actor);
      if (project.joined || isLead(actor, project)) return;
      if (!canJoin(actor, project)) throw project.preparesOnly ? new DomainError('mandate-required', 'forbidden') : new DomainError('not-possible-now', 'conflict', { state: project.stage, action: 'join' });
      await tx.run('INSERT INTO project_city (id, project_id, organisation_id, joined_by, joined_function, delegation_id) VALUES ($1, $2, $3, $4, $5, $6)', [uuid(), project.id, actor.capacity.organisationId, actor.personId, actor.capacity.function, project.delegation]);
      await tx.run('UPDATE project SET updated_at = now() WHERE id = $1', [project.id]);
      record({ type: 'project.joined', audience: 'members', subject: project.id });
    });
  }

  /** The actor's city leaves; its part in the past stays written. A city that is not in it has left. */
  async leave(actor: Actor, ref: string): Promise<void> {
    await this.write.run(actor, async ({ tx, record }) => {
      const project = await loadProject(tx, actor, ref, { lock: true });
      assertWriter(actor);
      // The lead can stop the project, not walk away from it.
      if (isLead(actor, project)) throw new Forbidden();
      if (!project.joined) return;
      if (!canLeave(actor, project)) throw new DomainError('mandate-required', 'forbidden');
      await tx.run('UPDATE project_city SET left_at = now(), left_by = $3 WHERE project_id = $1 AND organisation_id = $2 AND left_at IS NULL', [project.id, actor.capacity.organisationId, actor.personId]);
      record({ type: 'project.left', audience: 'members', subject: project.id });
    });
  }
}
