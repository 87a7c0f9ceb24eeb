import type { SpaceCard, SpaceDetail } from '@passerelle/contract';
import { abilitiesOf, canManage } from './space.policy.js';
import type { SpaceRow } from './space.sql.js';

export const presentCard = (row: SpaceRow): SpaceCard => ({
  id: row.id, slug: row.slug, nameFr: row.nameFr, nameEn: row.nameEn, descriptionFr: row.descriptionFr, descriptionEn: row.descriptionEn, access: row.access, theme: row.theme, archived: row.archived,
  memberCount: row.memberCount, threadCount: row.threadCount, role: row.role,
  request: row.request_id === null || (row.state !== 'sent' && row.state !== 'declined') ? null : { id: row.request_id, state: row.state, reason: row.reason, words: row.words, at: row.created_at, answeredAt: row.answered_at },
});

export function presentSpace(row: SpaceRow): SpaceDetail {
  const card = presentCard(row);
  return { ...card, version: row.version, waiting: canManage(row) ? row.waiting : 0, abilities: abilitiesOf(row, card.request?.state === 'sent') };
}
