import { v7 as uuid } from 'uuid';
import { aRuleBody } from '../builders/watch.js';
import { type Line, stale } from './lines.js';
import { world } from './world.js';

const RULES = '/api/moderation/watch-rules';
const made = new Map<string, string>();

/** A rule of the member in the closed or in the confidential space, who animates both. */
async function ruleOf(space: 'closed' | 'confidential', rest = ''): Promise<string> {
  const id = made.get(space) ?? uuid();
  if (!made.has(space)) await world.app.call('POST', RULES, { cookie: world.member.cookie, body: { ...aRuleBody({ space: world[space].id }), id } });
  made.set(space, id);
  return `${RULES}/${id}${rest}`;
}
const change = stale({ name: 'Un autre nom', action: 'hold', definition: { kind: 'words', terms: ['mot'] } });

export const withWatchedWords: Line[] = [
  ['reads the rules', 'GET', () => RULES, undefined, [200, 403, 403, 403, 200]],
  ['makes a rule for all spaces', 'POST', () => RULES, () => aRuleBody(), [403, 403, 403, 403, 201]],
  ['makes a rule for the closed space', 'POST', () => RULES, () => aRuleBody({ space: world.closed.id }), [201, 403, 403, 400, 201]],
  ['makes a rule for the confidential space', 'POST', () => RULES, () => aRuleBody({ space: world.confidential.id }), [201, 403, 400, 400, 400]],
  ['reads a rule of the closed space', 'GET', () => ruleOf('closed'), undefined, [200, 404, 404, 404, 200]],
  ['reads a rule of the confidential space', 'GET', () => ruleOf('confidential'), undefined, [200, 404, 404, 404, 404]],
  ['changes a rule of the closed space', 'PATCH', () => ruleOf('closed'), change, [409, 404, 404, 404, 409]],
  ['changes a rule of the confidential space', 'PATCH', () => ruleOf('confidential'), change, [409, 404, 404, 404, 404]],
  ['tries a rule of the confidential space', 'POST', () => ruleOf('confidential', '/trial'), stale({}), [409, 404, 404, 404, 404]],
  ['puts a rule of the confidential space in force', 'POST', () => ruleOf('confidential', '/activate'), stale({}), [409, 404, 404, 404, 404]],
  ['takes a rule of the confidential space out of force', 'POST', () => ruleOf('confidential', '/deactivate'), stale({}), [409, 404, 404, 404, 404]],
  // What is not there for somebody is gone for them.
  ['removes a rule of the confidential space', 'DELETE', () => ruleOf('confidential', '?version=99'), undefined, [409, 204, 204, 204, 204]],
  ['reads what waits of their own', 'GET', () => '/api/me/held', undefined, [200, 200, 200, 200, 200]],
  ['takes back what is not theirs', 'DELETE', () => `/api/me/held/${uuid()}`, undefined, [404, 404, 404, 404, 404]],
  // The member animates a confidential space, and has a desk for it.
  ['opens the whole queue', 'GET', () => '/api/moderation/queue', undefined, [200, 403, 403, 403, 200]],
  ['reads of a newcomer', 'GET', () => `/api/moderation/newcomers/${world.colleague.accountId}`, undefined, [403, 403, 403, 403, 200]],
  ['takes a newcomer on', 'PUT', () => `/api/moderation/newcomers/${world.colleague.accountId}/claim`, undefined, [403, 403, 403, 403, 200, 409]],
  ['gives a newcomer back', 'DELETE', () => `/api/moderation/newcomers/${world.colleague.accountId}/claim`, undefined, [403, 403, 403, 403, 200]],
  ['has seen a newcomer', 'POST', () => `/api/moderation/newcomers/${world.colleague.accountId}/seen`, undefined, [403, 403, 403, 403, 200]],
  ['lets through what there is not', 'POST', () => `/api/moderation/cases/${uuid()}/publish`, () => ({ version: 1 }), [403, 403, 403, 403, 404]],
];
