import { v7 as uuid } from 'uuid';
import type { Line } from './lines.js';
import { world } from './world.js';

const anInvitation = () => ({ id: uuid(), email: `${uuid()}@exemple.test`, language: 'fr', role: 'member', organisation: world.writerCity, function: 'Adjointe' });

const aFile = () => ({ id: uuid(), dryRun: false, fileName: 'agents.csv', language: 'fr', content: Buffer.from(`adresse;fonction;ville\n${uuid()}@exemple.test;Adjointe;${world.writerCity}\n`).toString('base64') });

// Into an office of the city of the writer: a city invites its own staff only.
export const invitations: Line[] = [
  ['lists those of the own city', 'GET', () => '/api/invitations', undefined, [200, 200, 403, 200, 200]],
  ['invites into another city', 'POST', () => '/api/invitations', anInvitation, [400, 400, 403, 400, 400, 201]],
  ['sends an invitation again that there is not', 'POST', () => `/api/invitations/${uuid()}/resend`, undefined, [404, 404, 403, 404, 404]],
  ['asks for a code of an invitation that there is not', 'POST', () => `/api/invitations/${uuid()}/code`, undefined, [404, 404, 403, 404, 404]],
  ['revokes an invitation that there is not', 'DELETE', () => `/api/invitations/${uuid()}`, undefined, [404, 404, 404, 404, 404]],
  ['lists the links for several people', 'GET', () => '/api/invitation-links', undefined, [200, 200, 403, 200, 200]],
  ['makes a link for several people into another city', 'POST', () => '/api/invitation-links', () => ({ ...anInvitation(), usesMax: 5, days: 30 }), [400, 400, 403, 400, 400, 201]],
  ['closes a link that there is not', 'DELETE', () => `/api/invitation-links/${uuid()}`, undefined, [404, 404, 403, 404, 404]],
  ['joins by a link that there is not', 'POST', () => '/api/invitation-links/join', () => ({ token: 'x' }), [401, 401, 403, 401, 401]],
  ['lists the files of people that one has sent', 'GET', () => '/api/invitation-batches', undefined, [200, 200, 403, 200, 200]],
  ['invites by a file', 'POST', () => '/api/invitation-batches', aFile, [200, 200, 403, 200, 200, 200]],
  ['takes the report of a file of somebody else', 'GET', () => `/api/invitation-batches/${uuid()}/file`, undefined, [404, 404, 403, 404, 404]],
];
