import { Injectable } from '@nestjs/common';
import { type CreateNeedBody, type EditNeedBody, NEED_LIFE, type NeedActionBody, type NeedContent, needGaps, nextNeedState, stepsFrom } from '@passerelle/contract';
import { requestHash } from '../forum/index.js';
import { type Actor, Database, DomainError, Forbidden, InvalidInput, type Sql, StaleVersion } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { assertWriter, isRepeat, signatureOf } from './capacity.js';
import { assertSameRequest, assertVocabulary, refuseGaps, sameContent } from './gaps.js';
import { canEditNeed, isOwner, matchRoles } from './match.policy.js';
import { loadNeed, recordNeedFact } from './need-store.js';
import { CITIES_OF } from './project-store.js';

/** Writes of needs: what a city asks the others for. */
@Injectable()
export class NeedService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly database: Database,
  ) {}

  /** Starts a draft of the actor's city. A repeat of the same request gives the stored one. */
  async create(actor: Actor, { id, content }: CreateNeedBody): Promise<{ created: boolean }> {
    assertWriter(actor);
    refuseGaps(needGaps(content, { complete: false }));
    const hash = requestHash(content);
    const created = await this.write.run(actor, async (write) => {
      const { organisationId } = actor.capacity;
      const columns = await this.columns(write.tx, organisationId, content);
      const added = await write.tx.run(
        `INSERT INTO need (id, organisation_id, owner_person_id, owner_name, owner_function, request_hash, content, title, language, concept_id, wanted, visibility, project_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING`, [id, organisationId, ...signatureOf(actor), hash, ...columns]);
      if (added > 0) await recordNeedFact(write, 'need.edited', { id, organisationId, published: false, visibility: content.visibility });
      return added > 0;
    });
    if (!created) assertSameRequest(await this.database.row('SELECT id AS ref, version, request_hash, owner_person_id AS person FROM need WHERE id = $1', [id]), actor.personId, hash);
    return { created };
  }

  /** Replaces the words. What is published stays complete; the same words again are answered as done. */
  async edit(actor: Actor, id: string, { version, content }: EditNeedBody): Promise<void> {
    await this.write.run(actor, async (write) => {
      const need = await loadNeed(write.tx, actor, id, { lock: true });
      if (!canEditNeed(actor, need)) throw new Forbidden();
      if (sameContent(need.content, content)) return;
      if (need.version !== version) throw new StaleVersion(need.version);
      refuseGaps(needGaps(content, { complete: need.state !== 'draft' }));
      const columns = await this.columns(write.tx, need.organisationId, content);
      await write.tx.run(
        `UPDATE need SET content = $2, title = $3, language = $4, concept_id = $5, wanted = $6, visibility = $7, project_id = $8, version = version + 1, updated_at = now() WHERE id = $1`, [id, ...columns]);
      // Who had it open learns also that it is discreet from now on, without a word of it.
      await recordNeedFact(write, 'need.edited', { ...need, visibility: [need.content.visibility, content.visibility].includes('members') ? 'members' : 'discreet' });
    });
  }

  /** Takes one step of NEED_LIFE. Repeating the last one is answered as done. */
  async act(actor: Actor, id: string, body: NeedActionBody): Promise<void> {
    const { action } = body;
    await this.write.run(actor, async (write) => {
      const need = await loadNeed(write.tx, actor, id, { lock: true });
      if (isRepeat(actor, need, body)) return;
      const { from, by, needs = [] } = NEED_LIFE[action];
      if (!from.includes(need.state)) throw new DomainError('not-possible-now', 'conflict', { state: need.state, action });
      if (!stepsFrom(NEED_LIFE, need.state, matchRoles(actor, need)).includes(action)) throw by.includes('signatory') && isOwner(actor, need) ? new DomainError('mandate-required', 'forbidden') : new Forbidden();
      if (need.version !== body.version) throw new StaleVersion(need.version);
      if (needs.includes('entry')) refuseGaps(needGaps(need.content, { complete: true }));
      await setNeedState(write.tx, actor, id, action, { state: nextNeedState(need.state, action), delegation: by.includes('signatory') ? need.delegation : null });
      await recordNeedFact(write, 'need.moved', { ...need, published: need.published || action === 'publish', visibility: need.content.visibility });
    });
  }

  /** Columns that lists read. @throws InvalidInput for an unknown concept, or a project of other cities. */
  private async columns(tx: Sql, organisationId: string, content: NeedContent): Promise<unknown[]> {
    await assertVocabulary(tx, null, content.concept ? [content.concept] : [], 'content.concept');
    const project = content.project && (await tx.row<{ id: string }>(`SELECT p.id FROM project p WHERE p.ref = $1 AND $2::uuid IN (${CITIES_OF('p.id')})`, [content.project, organisationId]));
    if (content.project && !project) throw new InvalidInput('content.project', 'not_found');
    return [JSON.stringify(content), content.title, content.language, content.concept, content.wanted, content.visibility, project ? project.id : null];
  }
}

/** Being published again begins the days anew; a draft is its city's alone. */
export async function setNeedState(tx: Sql, actor: Actor, id: string, action: string, { state, delegation }: { state: string; delegation: string | null }): Promise<void> {
  await tx.run(
    `UPDATE need SET state = $2, published_at = CASE $2 WHEN 'published' THEN now() WHEN 'draft' THEN NULL ELSE published_at END, last_action = $3, delegation_id = CASE WHEN $2 = 'published' THEN $4 ELSE delegation_id END, version = version + 1, updated_at = now() WHERE id = $1`,
    [id, state, JSON.stringify({ action, person: actor.personId, ...(delegation && { delegation }) }), delegation]);
}
