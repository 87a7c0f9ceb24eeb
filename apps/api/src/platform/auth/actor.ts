import type { Language, Role } from '@passerelle/contract';

/** The capacity in which somebody writes: function held in an organisation now. */
export interface Capacity {
  mandateId: string;
  function: string;
  organisationId: string;
  organisation: string;
  organisationSlug: string;
  country: string;
}

/** Who acts: resolved from the session cookie, the only input of every policy. */
export interface Actor {
  accountId: string;
  personId: string;
  sessionId: string;
  name: string;
  /** In which they act now: that of the account while in office, else a guest's. */
  role: Role;
  capacity: Capacity | null;
  /** Ids of the spaces that may be read. */
  spaceIds: string[];
  /** Ids of single threads to which a guest was admitted. */
  threadIds: string[];
  /** Of those spaces, the ones that take no words of this actor: archived, or read only. */
  silentSpaceIds: string[];
  /** May read but not write, by a decision of moderation. */
  muted: boolean;
  /** The role demands a second factor and there is none: nothing but setting one up is possible. */
  factorDue: boolean;
  /** Said at the sign-in: nothing may stay on this device. */
  sharedDevice: boolean;
  showPresence: boolean;
  language: Language;
  /** Messages older than this count as read. */
  unreadSince: string;
  /** When the account was made. */
  joinedAt: string;
}

export const canModerate = (actor: Actor) => actor.role === 'moderator' || actor.role === 'administrator';
export const isGuest = (actor: Actor) => actor.role === 'guest';
/** Writing needs a function held in an organisation: each message shows it. */
export const canWrite = (actor: Actor): actor is Actor & { capacity: Capacity } => actor.capacity !== null && !actor.muted;
/** Decides for moderation today: the role alone is not enough. In SQL: the role and actsToday(). */
export const judgesToday = (actor: Actor) => canModerate(actor) && canWrite(actor);
