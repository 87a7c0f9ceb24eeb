import { v7 as uuid } from 'uuid';
import type { Line } from './lines.js';
import { world } from './world.js';

const anInvitation = () => ({ id: uuid(), email: `${uuid()}@exemple.test`, language: 'fr', role: 'member', organisation: world.writerCity, function: 'Adjointe' });

// Into an office of the city of the writer: a city invites its own staff only.
export const invitations: Line[] = [
  ['lists those of the own city', 'GET', () => '/api/invitations', undefined, [200, 200, 403, 200, 200]],
  ['invites into another city', 'POST', () => '/api/invitations', anInvitation, [400, 400, 403, 400, 400, 201]],
  ['sends an invitation again that there is not', 'POST', () => `/api/invitations/${uuid()}/resend`, undefined, [404, 404, 403, 404, 404]],
  ['revokes an invitation that there is not', 'DELETE', () => `/api/invitations/${uuid()}`, undefined, [404, 404, 404, 404, 404]],
];
