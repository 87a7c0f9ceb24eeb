import { actionsFrom, isOpenToVisitors, PRACTICE_LIFE, type PracticeAction, type PracticeRole, type PracticeStanding, REVIEW_CRITERIA, type ReviewBody, VALIDATION_MEAN } from '@passerelle/contract';
import { type Actor, canModerate, canWrite, isGuest } from '../platform/index.js';

/** What decides about a practice, as it is stored. */
export interface PracticeFacts extends PracticeStanding {
  organisationId: string | null;
  /** Country of the city. */
  country: string;
  /** It was drawn from a public source. */
  sourced: boolean;
  /** The actor only prepares for somebody else of the city. */
  preparesOnly: boolean;
  /** The actor was asked for an expert's opinion that is still open. */
  asked: boolean;
  /** The actor wrote, prepared or approved it. */
  workedOn: boolean;
  /** The actor has or had a function in a city of the country. */
  sameCountry: boolean;
}

export const isOwner = (actor: Actor, practice: Pick<PracticeFacts, 'organisationId'>) =>
  !isGuest(actor) && canWrite(actor) && practice.organisationId !== null && actor.capacity.organisationId === practice.organisationId;

/** Whether more than reading is to be decided: for everybody else nothing of that is asked. */
export const mayHavePart = (actor: Actor, practice: Pick<PracticeFacts, 'organisationId' | 'state'>) => isOwner(actor, practice) || canModerate(actor) || practice.state === 'in-expertise';

/** Nobody judges a practice of their own country, nor one they worked on. */
export const isImpartial = (practice: Pick<PracticeFacts, 'workedOn' | 'sameCountry'>) => !practice.workedOn && !practice.sameCountry;

/** In which parts the actor may act now. Somebody who judges is never also the owner. */
export function rolesOf(actor: Actor, practice: PracticeFacts): PracticeRole[] {
  const roles: PracticeRole[] = [];
  if (isOwner(actor, practice)) roles.push('owner', ...(practice.preparesOnly ? [] : (['approver'] as const)));
  if (canModerate(actor) && isImpartial(practice)) roles.push('moderator');
  if (practice.asked && isImpartial(practice)) roles.push('expert');
  return roles;
}

/** Actions to offer: those of the actor's parts, without what lacks its ground. */
export function offeredActions(actor: Actor, practice: PracticeFacts, verdict: Verdict): PracticeAction[] {
  return actionsFrom(practice.state, rolesOf(actor, practice)).filter((action) => {
    if (action === 'close-to-public') return practice.consent;
    if (action === 'ask-approval') return practice.preparesOnly;
    // An expert gives an opinion; moderation draws the conclusion.
    if (action === 'validate') return verdict === 'for' && canModerate(actor);
    if (action === 'return-with-advice') return verdict !== 'open' && canModerate(actor);
    return true;
  });
}

/** What visitors read is changed by those who sign for the city. */
export const needsSignatory = (practice: PracticeFacts) => practice.preparesOnly && isOpenToVisitors(practice, practice.sourced);
/** Only an owner changes the words, while nobody is reading them for a decision. */
export const canEditPractice = (actor: Actor, practice: PracticeFacts) =>
  isOwner(actor, practice) && !needsSignatory(practice) && !['submitted', 'in-review', 'in-expertise', 'archived', 'withdrawn', 'refused'].includes(practice.state);

export type Verdict = 'open' | 'for' | 'against';
/** What the experts' grids say together: open while one is missing, for when each speaks for it. */
export function verdictOf(grids: (ReviewBody['grid'] | null)[]): Verdict {
  if (grids.length === 0 || grids.some((grid) => grid === null)) return 'open';
  return grids.every((grid) => grid !== null && speaksFor(grid)) ? 'for' : 'against';
}
const speaksFor = (grid: ReviewBody['grid']) => {
  const marks = REVIEW_CRITERIA.map((criterion) => grid[criterion]);
  return marks.every((mark) => mark > 0) && marks.reduce((sum: number, mark) => sum + mark, 0) / marks.length >= VALIDATION_MEAN;
};

/** Whose turn it is. */
export function waitingFor(state: PracticeStanding['state'], approvalAsked: boolean): 'owner' | 'approver' | 'moderator' | 'expert' | 'nobody' {
  switch (state) {
    case 'draft':
      return approvalAsked ? 'approver' : 'owner';
    case 'to-complete':
    case 'to-confirm':
      return 'owner';
    case 'submitted':
    case 'in-review':
      return 'moderator';
    case 'in-expertise':
      return 'expert';
    default:
      return 'nobody';
  }
}

export const needsOf = (action: PracticeAction) => PRACTICE_LIFE[action].needs ?? [];
