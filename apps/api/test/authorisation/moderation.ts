import { v7 as uuid } from 'uuid';
import type { Line } from './lines.js';

const aDecision = () => ({ id: uuid(), version: 1, rule: 'sujet', facts: 'Des faits assez longs.', measure: 'keep', duration: null, remedy: 'Une voie de recours.' });

const aRule = (version: number) => ({ version, fr: 'Rester dans le sujet', en: 'Keep to the subject', position: 1 });
const aReason = (version: number) => ({ version, rule: 'sujet', measure: null, labelFr: 'Hors sujet', labelEn: 'Off topic', factsFr: 'Le message sort du sujet.', factsEn: 'The message is off the subject.', remedyFr: 'Ouvrez un autre fil.', remedyEn: 'Open another thread.' });

const aBulk = () => ({ items: [{ case: uuid(), id: uuid(), version: 1, seen: null }], rule: 'sujet', measure: 'keep', duration: null, french: { facts: 'Des faits assez longs.', remedy: 'Une voie de recours.' } });

export const atTheDesk: Line[] = [
  ['reads earlier words of a rule', 'GET', () => '/api/moderation/rules/sujet/versions', undefined, [200, 200, 404, 200, 200]],
  ['words a rule that has changed since', 'PUT', () => '/api/moderation/rules/sujet', () => aRule(99), [403, 403, 403, 403, 403, 409]],
  ['reads prepared reasons', 'GET', () => '/api/moderation/prepared-reasons', undefined, [200, 403, 403, 403, 200]],
  ['prepares a reason', 'PUT', () => `/api/moderation/prepared-reasons/${uuid()}`, () => aReason(99), [403, 403, 403, 403, 409]],
  ['removes a prepared reason that there is not', 'DELETE', () => `/api/moderation/prepared-reasons/${uuid()}?version=1`, undefined, [403, 403, 403, 403, 404]],
  ['reads the rules', 'GET', () => '/api/moderation/rules', undefined, [200, 200, 200, 200, 200]],
  // The member animates a confidential space: a desk of what is reported there.
  ['opens the queue', 'GET', () => '/api/moderation/cases', undefined, [200, 403, 403, 403, 200]],
  ['opens a case that there is not', 'GET', () => `/api/moderation/cases/${uuid()}`, undefined, [403, 403, 403, 403, 404]],
  ['takes a case', 'PUT', () => `/api/moderation/cases/${uuid()}/claim`, undefined, [403, 403, 403, 403, 404]],
  ['gives a case back', 'DELETE', () => `/api/moderation/cases/${uuid()}/claim`, undefined, [403, 403, 403, 403, 404]],
  ['writes a note', 'POST', () => `/api/moderation/cases/${uuid()}/notes`, () => ({ id: uuid(), body: 'Une note' }), [403, 403, 403, 403, 404]],
  ['asks for a withheld name', 'POST', () => `/api/moderation/cases/${uuid()}/name`, undefined, [403, 403, 403, 403, 404]],
  ['decides', 'POST', () => `/api/moderation/cases/${uuid()}/decision`, aDecision, [403, 403, 403, 403, 404]],
  ['decides on several', 'POST', () => '/api/moderation/decisions', () => aBulk(), [200, 403, 403, 403, 200]],
  ['answers an appeal', 'POST', () => `/api/moderation/cases/${uuid()}/answer`, () => ({ version: 1, outcome: 'upheld', answer: 'Une réponse assez longue.' }), [403, 403, 403, 403, 404]],
  ['undoes a decision that there is not', 'POST', () => `/api/moderation/decisions/${uuid()}/undo`, undefined, [404, 404, 404, 404, 404]],
  ['reads the letters to oneself', 'GET', () => '/api/me/moderation', undefined, [200, 200, 200, 200, 200]],
  ['contests a decision on somebody else', 'POST', () => `/api/me/decisions/${uuid()}/appeal`, () => ({ id: uuid(), body: 'Je conteste cela.' }), [404, 404, 404, 404, 404]],
  ['reads the register', 'GET', () => '/api/register', undefined, [200, 200, 404, 200, 200]],
];
