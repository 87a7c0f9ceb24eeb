import type { SpaceDetail, SpaceRole } from '@passerelle/contract';

/** What decides on the acts in a space, read with the locked row. */
export interface Standing {
  access: 'open' | 'closed' | 'confidential';
  archived: boolean;
  /** The role in the space and the one of the account. */
  role: SpaceRole | null;
  account_role: string;
  reads: boolean;
  /** Reads, but neither writes nor manages, by a decision of moderation. */
  muted: boolean;
}

const moderates = ({ account_role, reads, muted }: Standing) => reads && !muted && (account_role === 'moderator' || account_role === 'administrator');
/** Members, requests and invitations: the animators, and moderation where it reads. */
export const canManage = (standing: Standing) => (standing.role === 'animator' && !standing.muted) || moderates(standing);
/** Name, access, theme and archive. */
export const canSettle = moderates;
export const canSeeMembers = (standing: Standing) => standing.role !== null || canManage(standing);
/** An open space by whoever reads it, a closed one by moderation, which reads it as well. */
export const canJoin = (standing: Standing) => !standing.archived && standing.role === null && (standing.access === 'open' ? standing.account_role !== 'guest' : moderates(standing));
/** Newcomers to the network are brought into an open space by whoever reads it, past the door of another by whoever keeps it. */
export const canBring = (standing: Standing) => !standing.archived && standing.reads && !standing.muted && (standing.access === 'open' || canManage(standing));
export const canAsk = ({ access, archived, role, reads, account_role, muted }: Standing) => access === 'closed' && !archived && !muted && role === null && !reads && account_role !== 'guest';

export const abilitiesOf = (standing: Standing, waits: boolean): SpaceDetail['abilities'] => ({
  read: standing.reads, join: canJoin(standing), ask: canAsk(standing) && !waits, leave: standing.role !== null,
  members: canSeeMembers(standing), manage: canManage(standing), settle: canSettle(standing),
});
