import type { DelegationView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import type { Answer, TestApp } from '../support/app.js';
import type { Member } from './forum.js';
import { mandateOf } from './spaces.js';

/** @param days from today, in UTC. */
export const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export const aDelegation = async (app: TestApp, giver: Member, receiver: Member, changes: Record<string, unknown> = {}) => ({
  id: uuid(), giver: await mandateOf(app, giver), receiver: await mandateOf(app, receiver), scope: 'act', themes: [] as string[], from: day(0), to: day(30), styled: 'Madame la Maire de Kaolack', ...changes,
});

export const give = async (app: TestApp, giver: Member, receiver: Member, changes: Record<string, unknown> = {}): Promise<Answer> =>
  app.call('POST', '/api/delegations', { cookie: giver.cookie, body: await aDelegation(app, giver, receiver, changes) });

/** Gives one through the API. */
export async function buildGiven(app: TestApp, giver: Member, receiver: Member, changes: Record<string, unknown> = {}): Promise<DelegationView> {
  const answer = await give(app, giver, receiver, changes);
  if (answer.status !== 201) throw new Error(`buildGiven: ${answer.status} ${answer.text}`);
  return answer.json as unknown as DelegationView;
}

export const withdraw = (app: TestApp, who: Member, delegation: Pick<DelegationView, 'id' | 'version'>): Promise<Answer> =>
  app.call('POST', `/api/delegations/${delegation.id}/end`, { cookie: who.cookie, body: { version: delegation.version } });
