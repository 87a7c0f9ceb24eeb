import { v7 as uuid } from 'uuid';
import { type Line, stale } from './lines.js';
import { world } from './world.js';

const aSpace = () => ({ id: uuid(), nameFr: 'Un espace d’essai', nameEn: 'A trial space', descriptionFr: '', descriptionEn: '', access: 'open', theme: null });
const closed = (rest = '') => `/api/spaces/${world.closed.slug}${rest}`;
const confidential = (rest = '') => `/api/spaces/${world.confidential.slug}${rest}`;
const aReason = () => ({ id: uuid(), reason: 'Notre ville prépare le même projet.' });
const anInvitation = () => ({ id: uuid(), mandate: uuid(), role: 'member' });
/** Of the writer, a plain member of both. */
const memberOf = async (space: { id: string }) =>
  `/api/space-members/${(await world.app.database.row<{ id: string }>('SELECT id FROM space_member WHERE space_id = $1 AND person_id = $2', [space.id, world.writer.personId]))?.id}`;

export const aboutSpaces: Line[] = [
  ['lists the spaces that may be known', 'GET', () => '/api/spaces/directory', undefined, [200, 200, 200, 200, 200]],
  ['lists the spaces that may be read', 'GET', () => '/api/spaces', undefined, [200, 200, 200, 200, 200]],
  ['creates a space', 'POST', () => '/api/spaces', aSpace, [403, 403, 403, 403, 201]],
  ['opens the card of a closed space', 'GET', () => closed(), undefined, [200, 200, 200, 200, 200]],
  ['opens the card of a confidential space', 'GET', () => confidential(), undefined, [200, 200, 404, 404, 404]],
  ['describes a closed space', 'PATCH', () => closed(), stale({ descriptionFr: 'Autre' }), [409, 403, 403, 403, 409]],
  ['opens a closed space to all', 'PATCH', () => closed(), stale({ access: 'open' }), [403, 403, 403, 403, 409]],
  ['describes a confidential space', 'PATCH', () => confidential(), stale({ descriptionFr: 'Autre' }), [409, 403, 404, 404, 404]],
  ['archives a closed space', 'PUT', () => closed('/archive'), stale({ archived: true }), [403, 403, 403, 403, 409]],
  ['archives a confidential space', 'PUT', () => confidential('/archive'), stale({ archived: true }), [403, 403, 404, 404, 404]],
  ['sees who belongs to a closed space', 'GET', () => closed('/members'), undefined, [200, 200, 200, 403, 200]],
  ['sees who belongs to a confidential space', 'GET', () => confidential('/members'), undefined, [200, 200, 404, 404, 404]],
  ['looks for people to invite', 'GET', () => closed('/candidates?q=ville'), undefined, [200, 403, 403, 403, 200]],
  ['looks for people to invite in confidence', 'GET', () => confidential('/candidates?q=ville'), undefined, [200, 403, 404, 404, 404]],
  ['reads who asks to join', 'GET', () => closed('/requests'), undefined, [200, 403, 403, 403, 200]],
  ['reads who asks to join in confidence', 'GET', () => confidential('/requests'), undefined, [200, 403, 404, 404, 404]],
  ['asks to join a closed space', 'POST', () => closed('/requests'), aReason, [409, 409, 409, 201, 403]],
  ['asks to join a confidential space', 'POST', () => confidential('/requests'), aReason, [409, 409, 404, 404, 404]],
  ['answers a request that there is not', 'POST', () => `/api/space-requests/${uuid()}/answer`, () => ({ accept: true }), [404, 404, 404, 404, 404]],
  ['takes a request back that there is not', 'DELETE', () => `/api/space-requests/${uuid()}`, undefined, [404, 404, 404, 404, 404]],
  ['reads who was invited', 'GET', () => closed('/invitations'), undefined, [200, 403, 403, 403, 200]],
  ['reads who was invited in confidence', 'GET', () => confidential('/invitations'), undefined, [200, 403, 404, 404, 404]],
  ['invites nobody', 'POST', () => closed('/invitations'), anInvitation, [400, 403, 403, 403, 400]],
  ['invites nobody in confidence', 'POST', () => confidential('/invitations'), anInvitation, [400, 403, 404, 404, 404]],
  ['reads own invitations', 'GET', () => '/api/space-invitations', undefined, [200, 200, 200, 200, 200]],
  ['answers an invitation that there is not', 'POST', () => `/api/space-invitations/${uuid()}/answer`, () => ({ accept: true }), [404, 404, 404, 404, 404]],
  ['withdraws an invitation that there is not', 'DELETE', () => `/api/space-invitations/${uuid()}`, undefined, [404, 404, 404, 404, 404]],
  ['changes the role of a member', 'PATCH', () => memberOf(world.closed), () => ({ role: 'member' }), [200, 403, 403, 404, 200]],
  ['changes a role in confidence', 'PATCH', () => memberOf(world.confidential), () => ({ role: 'member' }), [200, 403, 404, 404, 404]],
  ['removes a member that there is not', 'DELETE', () => `/api/space-members/${uuid()}`, undefined, [404, 404, 404, 404, 404]],
  ['joins a confidential space', 'PUT', () => confidential('/membership'), undefined, [200, 200, 404, 404, 404]],
  ['joins an open space', 'PUT', () => `/api/spaces/${world.otherSpace}/membership`, undefined, [200, 200, 404, 200, 200]],
  ['leaves an open space', 'DELETE', () => `/api/spaces/${world.otherSpace}/membership`, undefined, [204, 204, 404, 204, 204]],
  ['sees who was admitted to a thread', 'GET', () => `/api/threads/${world.thread}/guests`, undefined, [200, 403, 403, 404, 200]],
  ['sees who was admitted in confidence', 'GET', () => `/api/threads/${world.hidden}/guests`, undefined, [200, 403, 404, 404, 404]],
  ['looks for guests', 'GET', () => `/api/threads/${world.thread}/guest-candidates?q=ville`, undefined, [200, 403, 403, 404, 200]],
  ['admits nobody to a thread', 'POST', () => `/api/threads/${world.thread}/guests`, () => ({ id: uuid(), mandate: uuid() }), [400, 403, 403, 404, 400]],
  ['sends away a guest that there is not', 'DELETE', () => `/api/thread-guests/${uuid()}`, undefined, [404, 404, 404, 404, 404]],
  ['withholds names when it is too late', 'PATCH', () => `/api/threads/${world.thread}`, stale({ naming: 'withheld' }), [409, 403, 403, 404, 409]],
];
