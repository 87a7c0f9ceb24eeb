import type { EventView, SpaceDetail } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import type { Answer, TestApp } from '../support/app.js';
import { until } from '../support/app.js';
import type { Member, Space } from './forum.js';

export const aSpaceBody = (changes: Record<string, unknown> = {}) => ({
  id: uuid(), nameFr: 'Commission des marchés', nameEn: 'Committee on markets', descriptionFr: 'Règles des marchés.', descriptionEn: 'Rules of markets.', access: 'closed', theme: null, ...changes,
});
export const aRequestBody = (changes: Record<string, unknown> = {}) => ({ id: uuid(), reason: 'Notre ville reconstruit son marché central.', ...changes });

/** Creates a space through the API; whoever creates it animates it. */
export async function createSpace(app: TestApp, moderator: Member, changes: Record<string, unknown> = {}): Promise<SpaceDetail> {
  const answer = await app.call('POST', '/api/spaces', { cookie: moderator.cookie, body: aSpaceBody(changes) });
  if (answer.status !== 201) throw new Error(`createSpace: ${answer.status} ${answer.text}`);
  return answer.json as unknown as SpaceDetail;
}

export const mandateOf = async (app: TestApp, who: Member) => (await app.database.row<{ id: string }>('SELECT id FROM mandate WHERE person_id = $1', [who.personId]))?.id ?? '';
export const memberPath = async (app: TestApp, space: Pick<Space, 'id'>, who: Member) =>
  `/api/space-members/${(await app.database.row<{ id: string }>('SELECT id FROM space_member WHERE space_id = $1 AND person_id = $2', [space.id, who.personId]))?.id ?? uuid()}`;
export const invite = async (app: TestApp, by: Member, space: Pick<Space, 'slug'>, who: Member, changes: Record<string, unknown> = {}): Promise<Answer> =>
  app.call('POST', `/api/spaces/${space.slug}/invitations`, { cookie: by.cookie, body: { id: uuid(), mandate: await mandateOf(app, who), ...changes } });
export const heard = (events: EventView[], type: string) => until(() => events.some((event) => event.type === type), `${type} at a socket`);
