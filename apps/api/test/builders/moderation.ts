import type { CaseRow, CasesPage, CaseView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { ModerationClock } from '../../src/moderation/index.js';
import type { Answer, TestApp } from '../support/app.js';
import { buildMember, buildPost, buildSpace, buildThread, type Member } from './forum.js';

/** Two moderators of the association itself, so that nobody's city or country sets them aside. */
export async function buildModerators(app: TestApp): Promise<[first: Member, second: Member]> {
  const id = uuid();
  await app.database.run(`INSERT INTO organisation (id, slug, kind, name, country, country_name) VALUES ($1, $2, 'association', 'Association', 'FR', 'France')`, [id, `association-${id.slice(-8)}`]);
  return [await buildMember(app, { role: 'moderator', organisationId: id }), await buildMember(app, { role: 'moderator', organisationId: id })];
}

/** Acts of moderation on one server. */
export class Desk {
  constructor(private readonly app: TestApp) {}

  ask(who: Member, method: string, path: string, body?: unknown): Promise<Answer> {
    return this.app.call(method, path, { cookie: who.cookie, ...(body !== undefined && { body }) });
  }

  async read<T>(who: Member, path: string): Promise<T> {
    return (await this.ask(who, 'GET', path)).json as unknown as T;
  }

  report(who: Member, targetKind: string, targetId: string, changes: Record<string, unknown> = {}): Promise<Answer> {
    return this.ask(who, 'POST', '/api/reports', { id: uuid(), targetKind, targetId, reason: 'other', text: '', ...changes });
  }

  /** The open case about a thing; of several kinds, `kind`. */
  async caseOf(who: Member, target: string, kind: CaseRow['kind'] = 'report'): Promise<CaseRow> {
    const found = (await this.read<CasesPage>(who, '/api/moderation/cases')).items.find((one) => one.target.id === target && one.kind === kind);
    if (!found) throw new Error('No such case');
    return found;
  }

  view(who: Member, id: string): Promise<CaseView> {
    return this.read<CaseView>(who, `/api/moderation/cases/${id}`);
  }

  /** Decides on what is open about a thing. */
  async decide(who: Member, target: string, changes: Record<string, unknown>): Promise<{ id: string; answer: Answer }> {
    const one = await this.caseOf(who, target);
    const id = uuid();
    return { id, answer: await this.ask(who, 'POST', `/api/moderation/cases/${one.id}/decision`, aDecision({ id, version: one.version, ...changes })) };
  }

  undo(who: Member, decision: string): Promise<Answer> {
    return this.ask(who, 'POST', `/api/moderation/decisions/${decision}/undo`);
  }

  /** Lets the time of a decision be over. */
  async end(decision: string): Promise<void> {
    await this.app.database.run('UPDATE moderation_decision SET ends_at = now() WHERE id = $1', [decision]);
    await this.app.app.get(ModerationClock).work();
  }

  contest(author: Member, decision: string, changes: Record<string, unknown> = {}): Promise<Answer> {
    return this.ask(author, 'POST', `/api/me/decisions/${decision}/appeal`, { id: uuid(), body: 'Ce message répondait à une question.', ...changes });
  }

  /** The author contests, somebody answers. */
  async appeal(author: Member, judge: Member, { decision, target, outcome }: { decision: string; target: string; outcome: string }): Promise<Answer> {
    await this.contest(author, decision);
    const one = await this.caseOf(judge, target, 'appeal');
    return this.ask(judge, 'POST', `/api/moderation/cases/${one.id}/answer`, { version: one.version, outcome, answer: 'Le recours est fondé sur un fait nouveau.' });
  }
}

export const aDecision = (changes: Record<string, unknown> = {}) => ({
  id: uuid(), version: 1, rule: 'sujet', facts: 'Le message sort du sujet du fil.', measure: 'keep', duration: null, remedy: 'Vous pouvez ouvrir un autre fil.', ...changes,
});

/** Moderation silences or suspends somebody for a message. */
export async function buildSanction(app: TestApp, who: Member, measure: 'mute' | 'suspend'): Promise<void> {
  const [[judge], reader, desk] = [await buildModerators(app), await buildMember(app), new Desk(app)];
  const post = await buildPost(app, who, (await buildThread(app, reader, await buildSpace(app))).id);
  await desk.report(reader, 'post', post.id);
  const { answer } = await desk.decide(judge, post.id, { measure, duration: 3 });
  if (answer.status !== 201) throw new Error(`buildSanction: ${answer.status} ${answer.text}`);
}
