import { v7 as uuid } from 'uuid';
import { day as dayFromNow } from '../builders/delegations.js';
import type { Line } from './lines.js';
import { world } from './world.js';

const day = () => ({ version: 1, from: '2026-01-01' });
const somebody = () => `/api/people/${world.writer.personId}`;

const aDelegation = () => ({ id: uuid(), giver: uuid(), receiver: uuid(), scope: 'act', from: dayFromNow(0), to: dayFromNow(1), styled: 'Le maire' });
const aStandIn = () => ({ id: uuid(), mandate: uuid(), authority: 'Lettre du maire', styled: 'Le maire', to: dayFromNow(1) });
const anAbsentee = () => ({ id: uuid(), name: 'Maire', organisation: 'nulle-part', function: 'Maire', from: '2026-01-01' });

/** Mandates and roles are for the secretariat; a hand-over for its two sides, and there is none here. */
export const aboutPeople: Line[] = [
  ['lists people', 'GET', () => '/api/people', undefined, [403, 403, 403, 403, 403, 200]],
  ['reads somebody', 'GET', somebody, undefined, [403, 403, 403, 403, 403, 200]],
  ['leaves a role as it is', 'PUT', () => `${somebody()}/role`, () => ({ was: 'member', role: 'member' }), [403, 403, 403, 403, 403, 200]],
  ['gives an office in no city', 'POST', () => `${somebody()}/mandates`, () => ({ id: uuid(), organisation: 'nulle-part', function: 'Maire', from: '2026-01-01' }), [403, 403, 403, 403, 403, 400]],
  ['ends a mandate that there is not', 'POST', () => `/api/mandates/${uuid()}/end`, () => ({ version: 1, last: '2026-01-01' }), [403, 403, 403, 403, 403, 404]],
  ['suspends a mandate that there is not', 'POST', () => `/api/mandates/${uuid()}/suspend`, () => ({ id: uuid(), ...day(), reason: 'Délégation spéciale' }), [403, 403, 403, 403, 403, 404]],
  ['reinstates a mandate that there is not', 'POST', () => `/api/mandates/${uuid()}/reinstate`, day, [403, 403, 403, 403, 403, 404]],
  ['limits a mandate that there is not', 'PUT', () => `/api/mandates/${uuid()}/themes`, () => ({ version: 1, themes: [] }), [403, 403, 403, 403, 403, 404]],
  ['lists the own delegations', 'GET', () => '/api/delegations', undefined, [200, 200, 403, 200, 200]],
  ["gives a delegation from somebody else's mandate", 'POST', () => '/api/delegations', aDelegation, [403, 403, 403, 403, 403]],
  ["ends somebody else's delegation", 'POST', () => `/api/delegations/${uuid()}/end`, () => ({ version: 1 }), [404, 404, 404, 404, 404]],
  ['lists people without access', 'GET', () => '/api/people-without-access', undefined, [403, 403, 403, 403, 403, 200]],
  ['records somebody in no city', 'POST', () => '/api/people-without-access', anAbsentee, [403, 403, 403, 403, 403, 400]],
  ['stands in for a mandate that there is not', 'POST', () => '/api/stand-ins', aStandIn, [403, 403, 403, 403, 403, 404]],
  ['reads the mailbox of no city', 'GET', () => '/api/role-mailboxes/nulle-part', undefined, [403, 403, 403, 403, 403, 404]],
  ["reads the mailbox of somebody else's city", 'GET', () => `/api/role-mailboxes/${world.writerCity}`, undefined, [403, 403, 403, 403, 403, 200]],
  ["sets somebody else's mailbox", 'PUT', () => `/api/role-mailboxes/${world.writerCity}`, () => ({ address: 'cabinet@exemple.test', language: 'fr', version: 99 }), [403, 403, 403, 403, 403, 409]],
  ["takes somebody else's mailbox away", 'DELETE', () => `/api/role-mailboxes/${world.writerCity}?version=1`, undefined, [403, 403, 403, 403, 403, 204]],
  ['lists who could follow', 'GET', () => `/api/mandates/${uuid()}/successors`, undefined, [403, 403, 403, 403, 403, 200]],
  ['names who follows on nobody', 'POST', () => '/api/hand-overs', () => ({ id: uuid(), from: uuid(), to: uuid() }), [403, 403, 403, 403, 403, 404]],
  ['lists the own hand-overs', 'GET', () => '/api/hand-overs', undefined, [200, 200, 200, 200, 200]],
  ["leaves a note in somebody else's", 'PATCH', () => `/api/hand-overs/${uuid()}`, () => ({ version: 1, note: 'Bonjour' }), [404, 404, 404, 404, 404]],
  ["takes somebody else's", 'POST', () => `/api/hand-overs/${uuid()}/take`, () => ({ version: 1 }), [404, 404, 404, 404, 404]],
];
