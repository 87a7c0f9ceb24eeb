import { NEED_DAYS } from '@passerelle/contract';
import { type Actor, canModerate } from '../platform/index.js';

/** The state as it reads now: an old published need counts as expired, without a job that writes it (currentNeedState). */
export const NEED_STATE = (need: string) => `CASE WHEN ${need}.state = 'published' AND ${need}.published_at < now() - interval '${NEED_DAYS} days' THEN 'expired' ELSE ${need}.state END`;

/** What somebody may read, as the values of needReadable(). Guests are refused before (assertMember). */
export const needReader = (actor: Actor): [moderator: boolean, organisation: string | null] => [canModerate(actor), actor.capacity?.organisationId ?? null];

/**
 * The one rule of visibility of needs: its city reads them all; others what is published or was when it ended. Of a discreet one only moderation
 * and the city whom it was brought together with.
 */
export const needReadable = (need: string, moderator: string, organisation: string) => `
  (${need}.organisation_id = ${organisation}::uuid OR (${need}.published_at IS NOT NULL AND (${moderator}::boolean OR ${need}.visibility = 'members'
    OR EXISTS (SELECT 1 FROM introduction i WHERE i.need_id = ${need}.id AND i.helper_knows AND i.helper_organisation_id = ${organisation}::uuid))))`;
