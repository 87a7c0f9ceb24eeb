import { INTRODUCTION_LIFE, type IntroductionAction, type IntroductionRole, type IntroductionSide, type IntroductionStanding, type IntroductionState, type MatchRole, type OnBehalf, stepsFrom } from '@passerelle/contract';
import { type Actor, canModerate, canWrite, isGuest } from '../platform/index.js';

const belongs = (actor: Actor, organisationId: string) => canWrite(actor) && !isGuest(actor) && actor.capacity.organisationId === organisationId;

export interface OwnedFacts {
  organisationId: string;
  /** The actor only prepares for somebody else of the city. */
  preparesOnly: boolean;
  /** By which the actor signs for another; null in their own right. */
  delegation: string | null;
  /** In whose name it was signed. */
  onBehalf: OnBehalf | null;
}
export const isOwner = (actor: Actor, owned: OwnedFacts) => belongs(actor, owned.organisationId);
/** In which parts the actor may act on a need or an offer. */
export function matchRoles(actor: Actor, owned: OwnedFacts): MatchRole[] {
  const roles: MatchRole[] = [];
  if (isOwner(actor, owned)) roles.push('owner', ...(owned.preparesOnly ? [] : (['signatory'] as const)));
  if (canModerate(actor)) roles.push('moderator');
  return roles;
}

/** A need is rewritten while it looks for help. */
export const canEditNeed = (actor: Actor, need: OwnedFacts & { state: string }) => isOwner(actor, need) && need.state !== 'met' && need.state !== 'closed';
/** An offer that is put away is taken out again first. */
export const canEditOffer = (actor: Actor, offer: OwnedFacts & { state: string }) => isOwner(actor, offer) && offer.state !== 'archived';
export const isLooking = (need: { state: string }) => need.state === 'published' || need.state === 'in-contact';
export const canPropose = (actor: Actor, need: OwnedFacts & { state: string }) => isLooking(need) && (matchRoles(actor, need).includes('signatory') || canModerate(actor));
export const canComeForward = (actor: Actor, need: OwnedFacts & { state: string }) => isLooking(need) && canWrite(actor) && !isGuest(actor) && !need.preparesOnly && !isOwner(actor, need);

export interface IntroductionFacts extends IntroductionStanding {
  askerId: string; helperId: string;
  preparesOnly: boolean;
}
/** On which side the actor stands. A party first: who judges for the network in its own matter reads what its city reads. */
export const sideOf = (actor: Actor, { askerId, helperId, helperKnows }: IntroductionFacts): IntroductionSide =>
  belongs(actor, askerId) ? 'asker' : helperKnows && belongs(actor, helperId) ? 'helper' : 'moderator';

/** A side speaks through those who sign for it. */
export function introductionRoles(actor: Actor, introduction: IntroductionFacts): IntroductionRole[] {
  const side = sideOf(actor, introduction);
  if (side === 'moderator' ? !canModerate(actor) : introduction.preparesOnly) return [];
  return introduction.declinedBy === side ? [side, 'decliner'] : [side];
}
export const introductionActions = (actor: Actor, introduction: IntroductionFacts): IntroductionAction[] => stepsFrom(INTRODUCTION_LIFE, introduction.state, introductionRoles(actor, introduction));

/** A refusal and its reason stay with the side that declined and with moderation. */
export const mayReadRefusal = (actor: Actor, introduction: IntroductionFacts) => ['moderator', introduction.declinedBy].includes(sideOf(actor, introduction));
/** The state as the actor reads it. */
export const shownState = (actor: Actor, introduction: IntroductionFacts): IntroductionState | 'no-answer' => (introduction.state === 'declined' && !mayReadRefusal(actor, introduction) ? 'no-answer' : introduction.state);
/** The two sides write to each other once both have agreed. */
export const canCorrespond = (actor: Actor, introduction: IntroductionFacts) =>
  ['accepted', 'under-way', 'concluded'].includes(introduction.state) && (belongs(actor, introduction.askerId) || belongs(actor, introduction.helperId));
