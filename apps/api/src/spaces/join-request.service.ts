import { Injectable } from '@nestjs/common';
import type { AnswerRequestBody, JoinRequestBody, SpaceDetail } from '@passerelle/contract';
import { recordAudit } from '../audit/index.js';
import { type Actor, DomainError, Forbidden, IdReused, NotFound, SessionStore, type Sql } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { admit, decidersOf } from './belonging.js';
import { assertLiving, lockSpace, lockSpaceOf } from './space-lock.js';
import { canAsk, canManage } from './space.policy.js';
import { SpaceQueries } from './space.queries.js';

interface RequestRow extends Record<string, unknown> {
  id: string; person_id: string; space_id: string; state: string; reason: string; words: string;
}

/** Asking to join a closed space with a reason, and the answer in words. */
@Injectable()
export class JoinRequestService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly queries: SpaceQueries,
    private readonly sessions: SessionStore,
  ) {}

  async ask(actor: Actor, slug: string, body: JoinRequestBody): Promise<{ created: boolean; view: SpaceDetail }> {
    const created = await this.write.run(actor, async ({ tx, record }) => {
      const space = await lockSpace(tx, actor, slug);
      const stored = await find(tx, body.id);
      if (stored && (stored.person_id !== actor.personId || stored.space_id !== space.id || stored.reason !== body.reason)) throw new IdReused();
      if (stored) return false;
      assertLiving(space);
      if (!canAsk(space)) throw space.role === null ? new Forbidden() : new DomainError('not-possible-now', 'conflict');
      const added = await tx.run('INSERT INTO space_request (id, space_id, person_id, reason) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [body.id, space.id, actor.personId, body.reason]);
      if (added === 0) throw new DomainError('not-possible-now', 'conflict');
      for (const account of await decidersOf(tx, space.id)) record({ type: 'space.requested', audience: 'account', account, subject: space.id });
      return true;
    });
    return { created, view: await this.queries.get(actor, slug) };
  }

  /** Takes one's own request back. */
  async withdraw(actor: Actor, id: string): Promise<void> {
    await this.write.run(actor, async ({ tx, record }) => {
      const request = await find(tx, id);
      if (request?.person_id !== actor.personId) throw new NotFound();
      const done = await tx.run(`UPDATE space_request SET state = 'withdrawn', answered_at = now() WHERE id = $1 AND state = 'sent'`, [id]);
      if (done > 0) for (const account of await decidersOf(tx, request.space_id)) record({ type: 'space.requested', audience: 'account', account, subject: request.space_id });
    });
  }

  /** Lets in or refuses, with words; the asker hears it at once. A repeat of the same answer is answered as done. */
  async answer(actor: Actor, id: string, { accept, words }: AnswerRequestBody): Promise<SpaceDetail> {
    const state = accept ? 'accepted' : 'declined';
    const { slug, account } = await this.write.run(actor, async (write) => {
      const { tx, record } = write;
      const space = await lockSpaceOf(tx, actor, 'space_request', id);
      if (!canManage(space)) throw space.reads ? new Forbidden() : new NotFound();
      const request = await find(tx, id);
      if (!request) throw new NotFound();
      if (request.state === state && request.words === words) return { slug: space.slug, account: null };
      assertLiving(space);
      if (request.state !== 'sent') throw new DomainError('not-possible-now', 'conflict', { state: request.state });
      await tx.run('UPDATE space_request SET state = $2, words = $3, answered_by = $4, answered_at = now() WHERE id = $1', [id, state, words, actor.personId]);
      await recordAudit(tx, actor, { act: `space.request-${state}`, subjectKind: 'space', subjectId: space.id, detail: { request: id } });
      const asker = await tx.row<{ id: string }>('SELECT id FROM account WHERE person_id = $1', [request.person_id]);
      if (accept) await admit(write, actor, { space: space.id, person: request.person_id, act: 'space.member-admitted', role: 'member', detail: { request: id } });
      if (asker) record({ type: 'space.answered', audience: 'account', account: asker.id, subject: space.id });
      for (const decider of await decidersOf(tx, space.id)) record({ type: 'space.requested', audience: 'account', account: decider, subject: space.id });
      return { slug: space.slug, account: asker?.id ?? null };
    });
    if (account) this.sessions.forgetAccount(account);
    return this.queries.get(actor, slug);
  }
}

const find = (tx: Sql, id: string) => tx.row<RequestRow>('SELECT id, person_id, space_id, state, reason, words FROM space_request WHERE id = $1 FOR UPDATE', [id]);
