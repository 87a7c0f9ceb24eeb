import type { LiftedNameView } from '@passerelle/contract';
import { type Actor, canModerate, Forbidden, NotFound, readableThread } from '../platform/index.js';
import type { Write } from '../realtime/index.js';

/** Who wrote a message of a thread that withholds names: for one case of moderation only, which records each look. Nothing else on the server gives such a name to anybody. */
export async function liftName({ tx }: Pick<Write, 'tx'>, actor: Actor, post: string): Promise<LiftedNameView> {
  if (!canModerate(actor)) throw new Forbidden();
  const author = await tx.row<LiftedNameView & Record<string, unknown>>(
    `SELECT p.author_name AS name, p.author_function AS function, o.name AS organisation, o.country FROM post p JOIN thread t ON t.id = p.thread_id JOIN organisation o ON o.id = p.author_organisation_id
     WHERE p.id = $1 AND ${readableThread('t', '$2', '$3')}`, [post, actor.spaceIds, actor.threadIds]);
  if (!author) throw new NotFound();
  return author;
}
