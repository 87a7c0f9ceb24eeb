import { Inject, Injectable } from '@nestjs/common';
import type { HandOverBody, HandOverLine, HandOverNoteBody, HandOverView, SuccessorView } from '@passerelle/contract';
import { recordAudit } from '../audit/index.js';
import { type Actor, assertAdministrator, Database, DomainError, enqueueMail, ENV, type Env, Forbidden, IdReused, InvalidInput, MailQueue, NotFound, type Sql, StaleVersion } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';
import { FOLLOWED, HAND_OVERS, THREADS, WORK } from './hand-over.sql.js';
import { mandateMail } from './mandate-mail.js';
import { SUCCESSORS } from './people.sql.js';

type Part = 'drafts' | 'projects' | 'follows' | 'questions';
interface Stored extends Omit<HandOverView, Part>, Record<string, unknown> {
  outgoing_person: string; organisation_id: string; function: string;
}

/** What passes from whoever leaves an office to whoever follows. Work belongs to the city and stays where it is; each side sees of it only what it may read. */
@Injectable()
export class HandOverService {
  constructor(
    private readonly database: Database,
    private readonly write: WriteTransaction,
    private readonly mails: MailQueue,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Who may follow in an office; for the secretariat. @throws Forbidden */
  async successors(actor: Actor, mandate: string): Promise<{ items: SuccessorView[] }> {
    await assertAdministrator(this.database, actor);
    return { items: await this.database.rows<SuccessorView & Record<string, unknown>>(SUCCESSORS, [mandate]) };
  }

  /** Names who takes over. Once more with the same two changes nothing. @throws InvalidInput for somebody of another city, IdReused, DomainError when it was taken over already */
  async open(actor: Actor, { id, from, to }: HandOverBody): Promise<{ created: boolean }> {
    const created = await this.write.run(actor, async ({ tx, record }) => {
      await assertAdministrator(tx, actor);
      if (!(await tx.row('SELECT 1 FROM mandate WHERE id = $1 FOR UPDATE', [from]))) throw new NotFound();
      const successor = (await tx.rows<{ mandateId: string }>(SUCCESSORS, [from])).find(({ mandateId }) => mandateId === to);
      const known = await tx.row<{ id: string; from_mandate_id: string; to_mandate_id: string; taken_at: string | null }>('SELECT id, from_mandate_id, to_mandate_id, taken_at FROM hand_over WHERE id = $1 OR from_mandate_id = $2 ORDER BY id = $1 DESC LIMIT 1', [id, from]);
      if (known && known.from_mandate_id !== from) throw new IdReused();
      if (known?.to_mandate_id === to) return false;
      if (known?.taken_at) throw new DomainError('not-possible-now', 'conflict');
      if (!successor) throw new InvalidInput('to', 'not_found');
      await tx.run('INSERT INTO hand_over (id, from_mandate_id, to_mandate_id) VALUES ($1, $2, $3) ON CONFLICT (from_mandate_id) DO UPDATE SET to_mandate_id = $3, version = hand_over.version + 1', [id, from, to]);
      await recordAudit(tx, actor, { act: 'hand-over.opened', subjectKind: 'mandate', subjectId: from, detail: { to } });
      await this.invite(tx, to);
      const account = await tx.row<{ id: string }>('SELECT a.id FROM account a JOIN mandate m ON m.person_id = a.person_id WHERE m.id = $1', [to]);
      if (account) record({ type: 'access.changed', audience: 'account', account: account.id });
      return !known;
    });
    this.mails.soon();
    return { created };
  }

  /** Those of which one is a side, with what one may read of each. */
  async mine(actor: Actor): Promise<{ items: HandOverView[] }> {
    return { items: await this.find(actor, null) };
  }

  /** What the outgoing person leaves in words. @throws Forbidden for the other side, StaleVersion */
  async note(actor: Actor, id: string, { version, note }: HandOverNoteBody): Promise<HandOverView> {
    await this.write.run(actor, async ({ tx }) => {
      const stored = await lock(tx, actor, id);
      if (stored.side !== 'outgoing') throw new Forbidden();
      if (stored.version !== version) throw new StaleVersion(stored.version);
      await tx.run('UPDATE hand_over SET note = $2, version = version + 1 WHERE id = $1', [id, note]);
    });
    return this.get(actor, id);
  }

  /** Takes over: follows what was followed, of what one may read. Once more changes nothing. @throws Forbidden for the other side, StaleVersion */
  async take(actor: Actor, id: string, version: number): Promise<HandOverView> {
    await this.write.run(actor, async ({ tx, record }) => {
      const stored = await lock(tx, actor, id);
      if (stored.side !== 'incoming') throw new Forbidden();
      if (stored.takenAt) return;
      if (stored.version !== version) throw new StaleVersion(stored.version);
      await tx.run(
        `INSERT INTO follow (account_id, thread_id, level) SELECT $4, w.thread_id, w.level FROM ${FOLLOWED} ON CONFLICT DO NOTHING`, [stored.outgoing_person, actor.spaceIds, actor.threadIds, actor.accountId]);
      await tx.run(
        `INSERT INTO project_follow (account_id, project_id, following) SELECT $2, w.project_id, w.following FROM project_follow w JOIN account a ON a.id = w.account_id WHERE a.person_id = $1 AND w.following ON CONFLICT DO NOTHING`,
        [stored.outgoing_person, actor.accountId]);
      await tx.run('UPDATE hand_over SET taken_at = now(), version = version + 1 WHERE id = $1', [id]);
      await recordAudit(tx, actor, { act: 'hand-over.taken', subjectKind: 'hand-over', subjectId: id });
      record({ type: 'profile.edited', audience: 'account', account: actor.accountId });
    });
    return this.get(actor, id);
  }

  private async invite(tx: Sql, mandate: string): Promise<void> {
    const to = await tx.row<{ email: string; language: 'fr' | 'en'; function: string; organisation: string }>(
      `SELECT a.email, a.interface_language AS language, m.function, o.name AS organisation FROM mandate m JOIN account a ON a.person_id = m.person_id JOIN organisation o ON o.id = m.organisation_id WHERE m.id = $1`, [mandate]);
    if (to) await enqueueMail(tx, { to: to.email, ...mandateMail('hand-over', { ...to, link: `${this.env.publicUrl}/passation` }) });
  }

  private async get(actor: Actor, id: string): Promise<HandOverView> {
    const [view] = await this.find(actor, id);
    if (!view) throw new NotFound();
    return view;
  }

  private async find(actor: Actor, id: string | null): Promise<HandOverView[]> {
    const stored = await this.database.rows<Stored>(HAND_OVERS, [actor.personId, id]);
    return Promise.all(stored.map((one) => this.present(actor, one)));
  }

  private async present(actor: Actor, { outgoing_person: outgoing, organisation_id: organisation, function: office, ...view }: Stored): Promise<HandOverView> {
    // Drafts are read by those in office; whoever has left sees what anybody of the network sees.
    const [work, threads] = await Promise.all([
      actor.capacity?.organisationId === organisation ? this.database.rows<HandOverLine & { part: Part } & Record<string, unknown>>(WORK, [organisation]) : [],
      this.database.rows<HandOverLine & { part: Part } & Record<string, unknown>>(THREADS, [outgoing, actor.spaceIds, actor.threadIds, organisation, office]),
    ]);
    const of = (wanted: Part) => [...work, ...threads].filter(({ part }) => part === wanted).map(({ kind, title, url, at }) => ({ kind, title, url, at }));
    return { ...(view as Omit<HandOverView, Part>), drafts: of('drafts'), projects: of('projects'), follows: of('follows'), questions: of('questions') };
  }
}

async function lock(tx: Sql, actor: Actor, id: string): Promise<Stored> {
  await tx.run('SELECT 1 FROM hand_over WHERE id = $1 FOR UPDATE', [id]);
  const stored = await tx.row<Stored>(HAND_OVERS, [actor.personId, id]);
  if (!stored) throw new NotFound();
  return stored;
}
