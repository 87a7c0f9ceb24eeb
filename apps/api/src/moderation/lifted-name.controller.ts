import { Controller, HttpCode, HttpStatus, Injectable, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id, type LiftedNameView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { recordAudit } from '../audit/index.js';
import { liftName } from '../forum/index.js';
import { type Actor, CurrentActor, DomainError, NotFound, type Sql } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { assertNotBarred } from './case.service.js';
import { lockCase, type StoredCase } from './case-store.js';

/** The one way to a name that a thread withholds: for a case that one has taken, and never without a trace. */
@Injectable()
export class LiftedNameService {
  constructor(private readonly write: WriteTransaction) {}

  /** @throws DomainError `not-possible-now` for a case that somebody else has or nobody, `recused`. */
  async lift(actor: Actor, caseId: string): Promise<LiftedNameView> {
    return this.write.run(actor, async ({ tx }) => {
      const one = await lockCase(tx, actor, caseId);
      assertNotBarred(actor, one);
      if (one.claimed_by !== actor.personId || one.state !== 'open') throw new DomainError('not-possible-now', 'conflict');
      const post = await namelessPost(tx, one);
      const name = await liftName({ tx }, actor, post);
      await noteLook(tx, actor, one, post);
      return name;
    });
  }
}

/** A line in the record of administration, which the secretariat reads; of a confidential space nothing stands there, and the look stays with the case. */
async function noteLook(tx: Sql, actor: Actor, one: StoredCase, post: string): Promise<void> {
  if (!one.confidential) return recordAudit(tx, actor, { act: 'post.name-lifted', subjectKind: 'post', subjectId: post, detail: { case: one.id } });
  await tx.run('INSERT INTO moderation_note (id, case_id, author_person_id, author_function, body) VALUES ($1, $2, $3, $4, $5)', [uuid(), one.id, actor.personId, actor.capacity?.function ?? actor.role, LOOKED[actor.language]]);
}
const LOOKED = { fr: 'Le nom de l’auteur a été consulté.', en: 'The name of the author was looked up.' };

/** The message that a case is about, or the first of its thread. @throws NotFound where no names are withheld. */
async function namelessPost(tx: Sql, { target_kind: kind, target_id: id }: StoredCase): Promise<string> {
  if (kind !== 'post' && kind !== 'thread') throw new NotFound();
  const post = await tx.row<{ id: string }>(
    `SELECT p.id FROM post p JOIN thread t ON t.id = p.thread_id AND t.naming <> 'shown' WHERE ${kind === 'post' ? 'p.id = $1' : 'p.thread_id = $1 AND p.position = 1'}`, [id]);
  if (!post) throw new NotFound();
  return post.id;
}

@ApiTags('moderation')
@Controller()
export class LiftedNameController {
  constructor(private readonly service: LiftedNameService) {}

  @Post('moderation/cases/:id/name')
  @HttpCode(HttpStatus.OK)
  lift(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<LiftedNameView> {
    return this.service.lift(actor, id);
  }
}
