import { Controller, HttpCode, HttpStatus, Injectable, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id, type LiftedNameView } from '@passerelle/contract';
import { liftName } from '../forum/index.js';
import { type Actor, CurrentActor, DomainError, NotFound, type Sql } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { barOf, lockCase, type StoredCase } from './case-store.js';

/** The one way to a name that a thread withholds: for a case that one has taken, and never without a line in the record. */
@Injectable()
export class LiftedNameService {
  constructor(private readonly write: WriteTransaction) {}

  /** @throws DomainError `not-possible-now` for a case that somebody else has or nobody, `recused`. */
  async lift(actor: Actor, caseId: string): Promise<LiftedNameView> {
    return this.write.run(actor, async ({ tx }) => {
      const one = await lockCase(tx, actor, caseId);
      if (barOf(actor, one)) throw new DomainError('recused', 'forbidden');
      if (one.claimed_by !== actor.personId || one.state !== 'open') throw new DomainError('not-possible-now', 'conflict');
      return liftName({ tx }, actor, { post: await namelessPost(tx, one), caseId });
    });
  }
}

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
