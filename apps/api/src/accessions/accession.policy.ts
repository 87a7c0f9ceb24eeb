import type { AccessionState, AccessionView, CapitalOpinion } from '@passerelle/contract';
import { type Actor, canWrite, isGuest } from '../platform/index.js';

/** What acts and screens decide on. */
export interface AccessionFacts {
  state: AccessionState;
  organisationId: string;
  isCapital: boolean;
  capitalId: string | null;
  askedAt: string | null;
  opinion: CapitalOpinion | null;
  documentsComplete: boolean;
  seats: { taken: number; of: number } | null;
}

export const isWaiting = ({ state }: Pick<AccessionFacts, 'state'>) => state === 'open' || state === 'deferred';
/** Fees are due after an acceptance; nothing is due after a refusal. */
export const takesDocuments = ({ state }: Pick<AccessionFacts, 'state'>, isFee: boolean) => (isFee ? state === 'accepted' : state === 'open' || state === 'deferred');

export const canManage = (actor: Actor) => actor.role === 'administrator';
export const isOfCandidate = (actor: Actor, { organisationId }: Pick<AccessionFacts, 'organisationId'>) => canWrite(actor) && !isGuest(actor) && actor.capacity.organisationId === organisationId;
/** Whether the person signs for the capital is read with the write that it decides. */
export const isOfCapital = (actor: Actor, { capitalId }: Pick<AccessionFacts, 'capitalId'>) => canWrite(actor) && !isGuest(actor) && capitalId !== null && actor.capacity.organisationId === capitalId;

export function opinionState({ isCapital, opinion, askedAt }: Pick<AccessionFacts, 'isCapital' | 'opinion' | 'askedAt'>): AccessionView['opinion']['state'] {
  if (isCapital) return 'not-needed';
  return opinion ? 'given' : askedAt ? 'asked' : 'not-asked';
}

/**
 * What an acceptance lacks. The opinion is no veto: whatever it says, the assembly decides, and a capital that was asked and keeps silent
 * holds nobody up. The number of seats is a statute: it has no exception.
 */
export function lackingFor(facts: AccessionFacts): AccessionView['lacking'] {
  return [
    ...(facts.documentsComplete ? [] : (['documents'] as const)),
    ...(opinionState(facts) === 'not-asked' ? (['opinion'] as const) : []),
    ...(facts.seats && facts.seats.taken >= facts.seats.of ? (['seat'] as const) : []),
  ];
}
