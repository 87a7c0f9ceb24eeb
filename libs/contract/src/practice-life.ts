/**
 * The life of a practice: every state, every way from one to another, who may take it and what it needs. Pure; the server
 * enforces it, the client shows what is possible, a property test walks it.
 */
export const PRACTICE_STATES = [
  'draft', 'submitted', 'in-review', 'to-complete', 'published', 'public', 'in-expertise', 'validated', 'to-confirm', 'archived', 'withdrawn', 'refused',
] as const;
export type PracticeState = (typeof PRACTICE_STATES)[number];

/** States in which members find the practice in the library. */
export const LISTED_STATES: readonly PracticeState[] = ['published', 'public', 'in-expertise', 'validated', 'to-confirm'];

/** `owner`: somebody with a function in the city; `approver`: of them, who acts in their own name; `system`: the clock. */
export type PracticeRole = 'owner' | 'approver' | 'moderator' | 'expert' | 'system';

export type PracticeAction =
  | 'ask-approval' | 'submit' | 'take' | 'ask-completion' | 'resubmit' | 'publish' | 'refuse' | 'open-to-public' | 'close-to-public' | 'send-to-experts' | 'validate' | 'return-with-advice'
  | 'let-age' | 'confirm' | 'archive' | 'reopen' | 'withdraw' | 'revise';

interface Transition {
  from: readonly PracticeState[];
  /** `before`: the listed state that the practice had before it was set aside. */
  to: PracticeState | 'before';
  by: readonly PracticeRole[];
  /** What the entry must hold. */
  entry?: 'submit' | 'publish' | 'validate';
  needs?: readonly ('reason' | 'consent' | 'open' | 'verdict' | 'age')[];
}

const PUBLISHED = ['published', 'public', 'validated'] as const;

export const PRACTICE_LIFE: Readonly<Record<PracticeAction, Transition>> = {
  'ask-approval': { from: ['draft', 'to-complete'], to: 'draft', by: ['owner'], entry: 'submit' },
  submit: { from: ['draft'], to: 'submitted', by: ['approver'], entry: 'submit' },
  take: { from: ['submitted'], to: 'in-review', by: ['moderator'] },
  'ask-completion': { from: ['in-review'], to: 'to-complete', by: ['moderator'], needs: ['reason'] },
  resubmit: { from: ['to-complete'], to: 'submitted', by: ['approver'], entry: 'submit' },
  publish: { from: ['in-review'], to: 'published', by: ['moderator'], entry: 'publish' },
  refuse: { from: ['submitted', 'in-review'], to: 'refused', by: ['moderator'], needs: ['reason'] },
  'open-to-public': { from: ['published', 'validated'], to: 'public', by: ['approver'], needs: ['consent'] },
  // Consent may be taken back at any time: with experts or waiting to be confirmed, the practice stays where it is.
  'close-to-public': { from: ['public', 'validated', 'in-expertise', 'to-confirm'], to: 'published', by: ['owner', 'moderator'], needs: ['open'] },
  'send-to-experts': { from: ['published', 'public'], to: 'in-expertise', by: ['moderator'] },
  validate: { from: ['in-expertise'], to: 'validated', by: ['moderator', 'expert'], entry: 'validate', needs: ['verdict'] },
  'return-with-advice': { from: ['in-expertise'], to: 'before', by: ['moderator', 'expert'], needs: ['verdict'] },
  'let-age': { from: PUBLISHED, to: 'to-confirm', by: ['system'], needs: ['age'] },
  // At any time; before it is asked for it changes nothing but the date.
  confirm: { from: [...PUBLISHED, 'to-confirm'], to: 'before', by: ['owner'] },
  archive: { from: [...PUBLISHED, 'to-confirm'], to: 'archived', by: ['owner', 'moderator'] },
  reopen: { from: ['archived'], to: 'to-confirm', by: ['owner', 'moderator'] },
  withdraw: { from: ['submitted', 'in-review', 'to-complete', 'published', 'public', 'in-expertise', 'validated', 'to-confirm', 'archived'], to: 'withdrawn', by: ['owner', 'moderator'], needs: ['reason'] },
  revise: { from: ['refused', 'withdrawn'], to: 'draft', by: ['owner'] },
};

/** Months after which a practice asks whether it still holds. */
export const CONFIRM_AFTER_MONTHS = 18;
/** Months after which its city is reminded that it will be asked. */
export const REMIND_AFTER_MONTHS = 12;
/** Working days for moderation, days for an expert; after them the work goes to somebody else. */
export const REVIEW_WORKING_DAYS = 5;
export const EXPERT_DAYS = 15;

export interface PracticeStanding {
  state: PracticeState;
  /** The listed state kept while the practice is with experts or to be confirmed. */
  before: PracticeState | null;
  /** A named official of the city has agreed to publication for everybody. */
  consent: boolean;
  /** An expert's mark was given; it stays while the practice is opened or closed to the public. */
  validated: boolean;
}

/** Actions that one of `roles` may take in this state, whatever else they need. */
export const actionsFrom = (state: PracticeState, roles: readonly PracticeRole[]): PracticeAction[] =>
  (Object.keys(PRACTICE_LIFE) as PracticeAction[]).filter((action) => PRACTICE_LIFE[action].from.includes(state) && PRACTICE_LIFE[action].by.some((role) => roles.includes(role)));

/**
 * The standing after an action. Consent is given with `open-to-public` and ends with what closes the practice.
 * @throws RangeError when the state knows no such action.
 */
export function nextStanding(now: PracticeStanding, action: PracticeAction): PracticeStanding {
  const { from, to } = PRACTICE_LIFE[action];
  if (!from.includes(now.state)) throw new RangeError(`No ${action} from ${now.state}`);
  const consent = action === 'open-to-public' ? true : action === 'close-to-public' || action === 'withdraw' || action === 'revise' ? false : now.consent;
  const validated = action === 'validate' ? true : action === 'withdraw' || action === 'revise' ? false : now.validated;
  const before = action === 'send-to-experts' || action === 'let-age' || action === 'archive' ? (now.state === 'to-confirm' ? now.before : now.state) : now.before;
  if (action === 'close-to-public') {
    const closed = validated ? 'validated' : 'published';
    const aside = now.state === 'in-expertise' || now.state === 'to-confirm';
    return { state: aside ? now.state : closed, before: now.before === 'public' ? closed : now.before, consent, validated };
  }
  if (action === 'confirm' && now.state !== 'to-confirm') return { state: now.state, before: now.before, consent, validated };
  const target = to === 'before' ? (now.before ?? 'published') : to;
  return { state: target, before: to === 'before' ? null : before, consent, validated };
}

/**
 * Visitors may read it: a named official has agreed, and it is among the listed states. An entry drawn from a public source
 * needs nobody's consent; it says so on its page.
 */
export const isOpenToVisitors = ({ state, consent }: Pick<PracticeStanding, 'state' | 'consent'>, sourced: boolean): boolean => (consent || sourced) && LISTED_STATES.includes(state);
