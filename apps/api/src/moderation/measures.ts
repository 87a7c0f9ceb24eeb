import { Injectable } from '@nestjs/common';
import { type DecisionBody, LASTING, type Measure } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { ThreadActService } from '../forum/index.js';
import { MentionIndex } from '../organisations/index.js';
import { type Actor, DomainError, InvalidInput } from '../platform/index.js';
import { reinstate, withdrawByDecision } from '../practices/index.js';
import type { Write } from '../realtime/index.js';
import { refuse } from './watch/refusal.js';
import type { StoredCase } from './case-store.js';
import { close, hold, release, slow } from './held-things.js';
import { replaceWords, seenOf, settleWords, tellRetitled } from './replaced-words.js';
import { placeOf, type Placed, type Standing, standing, type Target } from './standing.js';

/** Makes measures true and takes them back. What another decision that stands holds is left as it is. */
@Injectable()
export class Measures {
  constructor(
    private readonly acts: ThreadActService,
    private readonly mentions: MentionIndex,
  ) {}

  /** @throws InvalidInput when what it speaks of is not there any more, DomainError `case-changed` when it is no longer what was read. */
  async apply(write: Write, actor: Actor, one: StoredCase, body: DecisionBody): Promise<void> {
    const { id, measure, duration } = body;
    if (one.target_kind === 'held') await refuse(write, actor, one);
    const placed = one.target_kind === 'post' || one.target_kind === 'thread' ? await placeOf(write, one) : null;
    if (one.target_kind === 'practice' || one.target_kind === 'profile') await write.tx.row(`SELECT 1 FROM ${one.target_kind === 'practice' ? 'practice' : 'mandate'} WHERE id = $1 FOR UPDATE`, [one.target_id]);
    if (body.seen !== null && body.seen !== (await seenOf(write.tx, one))) throw new DomainError('case-changed', 'conflict');
    if (measure === 'edit') {
      await replaceWords(write, this.mentions, one, { id, words: body.replacement ?? '' });
      return tellRetitled(write, actor, one);
    }
    if (measure === 'mute' || measure === 'suspend') return this.sanction(write, one, { id, measure, days: duration === 'definitive' ? null : duration });
    if (!LASTING.includes(measure)) return;
    const before = placed
      ? await this.hold(write, actor, { one, placed, body })
      : ((await withdrawByDecision(write, actor, one.target_id, body.facts)) ?? (await standing(write.tx, { id, measure }, one, null))?.state_before ?? null);
    await write.tx.run('UPDATE moderation_decision SET state_before = coalesce($2, state_before) WHERE id = $1', [id, before]);
  }

  /** An undo, the end of its time, or an appeal that was heard; the decision is already marked as over. */
  async revert(write: Write, actor: Actor | null, one: Target & Pick<StoredCase, 'author_person_id'>, { id, measure }: { id: string; measure: Measure }): Promise<void> {
    const { tx } = write;
    if (measure === 'edit') return settleWords(write, this.mentions, one);
    if (measure === 'mute' || measure === 'suspend') return this.lift(write, one, id);
    const decision = await tx.row<Standing>('SELECT id, measure, state_before, thread_id, act_id FROM moderation_decision WHERE id = $1', [id]);
    if (decision?.act_id && actor) return this.acts.takeBack(write, actor, decision.act_id);
    if (!decision?.state_before) return;
    if (one.target_kind === 'practice') {
      if (!(await standing(tx, decision, one, null))) await reinstate(write, actor, one.target_id, decision.state_before, '');
      return;
    }
    const placed = await placeOf(write, decision.thread_id ? { target_kind: 'thread', target_id: decision.thread_id } : one);
    if (measure === 'hide' || measure === 'remove') await hold(write, actor, placed, { post: one.target_id, before: decision.state_before });
    else if (!(await standing(tx, decision, one, placed))) await release(write, placed, decision);
  }

  /** @returns the state that it replaced; null when it found nothing to change. */
  private async hold(write: Write, actor: Actor, { one, placed, body }: { one: StoredCase; placed: Placed; body: DecisionBody }): Promise<string | null> {
    const { id, measure, destination } = body;
    const { tx } = write;
    if (measure === 'move') {
      if (!destination) throw new InvalidInput('destination', 'required');
      const act = await this.acts.displace(write, actor, { thread: placed.thread_id, post: one.target_kind === 'post' ? one.target_id : null }, destination);
      await tx.run('UPDATE moderation_decision SET act_id = $2 WHERE id = $1', [id, act]);
      return null;
    }
    const before = (await standing(tx, { id, measure }, one, placed))?.state_before;
    if (measure === 'hide' || measure === 'remove') {
      const found = await tx.row<{ state: string }>('SELECT state FROM post WHERE id = $1', [one.target_id]);
      // What its author had taken away already is held as well, and goes back to them only as it was.
      const kept = before ?? found?.state ?? null;
      await tx.run('UPDATE moderation_decision SET state_before = $2 WHERE id = $1', [id, kept]);
      await hold(write, actor, placed, { post: one.target_id, before: kept });
      return kept;
    }
    await tx.run('UPDATE moderation_decision SET thread_id = $2 WHERE id = $1', [id, placed.thread_id]);
    return (measure === 'close' ? await close(write, placed) : await slow(write, placed)) ?? before ?? null;
  }

  private async sanction(write: Write, { author_person_id: person }: StoredCase, { id, measure, days }: { id: string; measure: 'mute' | 'suspend'; days: number | null }): Promise<void> {
    if (!person) throw new InvalidInput('measure', 'no_author');
    await write.tx.run('INSERT INTO sanction (id, person_id, kind, decision_id, ends_at) VALUES ($1, $2, $3, $4, now() + make_interval(days => $5::int))', [uuid(), person, measure, id, days]);
    await tellAccess(write, person);
  }

  private async lift(write: Write, { author_person_id: person }: Pick<StoredCase, 'author_person_id'>, decision: string): Promise<void> {
    if (!person) return;
    await write.tx.run('UPDATE sanction SET lifted_at = now() WHERE decision_id = $1 AND lifted_at IS NULL', [decision]);
    await tellAccess(write, person);
  }
}

/** Rights have changed: sockets leave their rooms and sessions forget. */
export async function tellAccess({ tx, record }: Write, person: string): Promise<void> {
  const account = await tx.row<{ id: string }>('SELECT id FROM account WHERE person_id = $1', [person]);
  if (account) record({ type: 'access.changed', audience: 'account', account: account.id });
}
