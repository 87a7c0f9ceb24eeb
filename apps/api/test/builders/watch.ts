import type { CasesPage, CaseView, HeldView, WatchDefinition, WatchRuleView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import type { TestApp } from '../support/app.js';
import type { Member, Space } from './forum.js';

export const aRuleBody = (changes: { space?: string | null; definition?: WatchDefinition; action?: string; name?: string; id?: string } = {}) => ({
  id: uuid(), space: null, name: 'Offres commerciales', action: 'hold', definition: { kind: 'words', terms: ['remise', 'promo*'] }, ...changes,
});

const post = async (app: TestApp, who: Member, path: string, body: unknown) => {
  const answer = await app.call('POST', path, { cookie: who.cookie, body });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer.json as unknown;
};

/** A rule of one space, tried and in force. */
export async function buildRule(app: TestApp, by: Member, space: Space | null, changes: Parameters<typeof aRuleBody>[0] = {}): Promise<WatchRuleView> {
  const body = aRuleBody({ space: space?.id ?? null, ...changes });
  await post(app, by, '/api/moderation/watch-rules', body);
  await post(app, by, `/api/moderation/watch-rules/${body.id}/trial`, { version: 1 });
  return (await post(app, by, `/api/moderation/watch-rules/${body.id}/activate`, { version: 1 })) as WatchRuleView;
}

export const deactivate = (app: TestApp, by: Member, rule: WatchRuleView) => post(app, by, `/api/moderation/watch-rules/${rule.id}/deactivate`, { version: rule.version });

export const heldOf = async (app: TestApp, who: Member) => ((await app.call('GET', '/api/me/held', { cookie: who.cookie })).json as unknown as { items: HeldView[] }).items;

/** The case of what is held. */
export async function heldCase(app: TestApp, who: Member, id: string): Promise<CaseView> {
  const { items } = (await app.call('GET', '/api/moderation/cases', { cookie: who.cookie })).json as unknown as CasesPage;
  const one = items.find(({ target }) => target.id === id);
  if (!one) throw new Error('No such case');
  return (await app.call('GET', `/api/moderation/cases/${one.id}`, { cookie: who.cookie })).json as unknown as CaseView;
}
