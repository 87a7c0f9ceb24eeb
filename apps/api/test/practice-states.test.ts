import { describe, expect, it } from '@jest/globals';
import {
  actionsFrom, emptyPractice, emptyTransfer, isOpenToVisitors, LISTED_STATES, nextStanding, PRACTICE_LIFE, PRACTICE_STATES, type PracticeAction, PracticeContent, type PracticeRole, type PracticeStanding, TransferContent,
} from '@passerelle/contract';
import fc from 'fast-check';

const ACTIONS = Object.keys(PRACTICE_LIFE) as PracticeAction[];
const EVERYBODY: PracticeRole[] = ['owner', 'approver', 'moderator', 'expert', 'system'];
const START: PracticeStanding = { state: 'draft', before: null, consent: false, validated: false };

/** Any way through the states: each number chooses among the actions that the state knows. */
const walk = fc.array(fc.nat({ max: 1_000 }), { maxLength: 60 }).map((choices) => {
  const taken: PracticeAction[] = [];
  let standing = START;
  for (const choice of choices) {
    const known = actionsFrom(standing.state, EVERYBODY);
    const action = known[choice % known.length];
    if (!action) break;
    standing = nextStanding(standing, action);
    taken.push(action);
  }
  return { standing, taken };
});

describe('the life of a practice, along any path', () => {
  it('never ends in a state without a way out', () => {
    fc.assert(fc.property(walk, ({ standing }) => expect(actionsFrom(standing.state, EVERYBODY)).not.toEqual([])), { numRuns: 2_000 });
  });

  it('is open to visitors only after consent, which nothing but opening gives', () => {
    fc.assert(
      fc.property(walk, ({ standing, taken }) => {
        if (!isOpenToVisitors(standing, false)) return;
        const lastOf = (...actions: PracticeAction[]) => Math.max(...actions.map((action) => taken.lastIndexOf(action)));
        expect(lastOf('open-to-public')).toBeGreaterThan(lastOf('close-to-public', 'withdraw', 'revise'));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is called public only with consent, which can be taken back from every state that shows it', () => {
    fc.assert(
      fc.property(walk, ({ standing }) => {
        if (standing.state === 'public') expect(standing.consent).toBe(true);
        if (isOpenToVisitors(standing, false)) expect(actionsFrom(standing.state, ['owner'])).toContain('close-to-public');
      }),
      { numRuns: 2_000 },
    );
  });

  it('reaches the library only through a moderator', () => {
    fc.assert(
      fc.property(walk, ({ standing, taken }) => {
        if (LISTED_STATES.includes(standing.state)) expect(taken).toContain('publish');
      }),
      { numRuns: 2_000 },
    );
  });

  it('carries an expert’s mark only after one was asked for and given', () => {
    fc.assert(fc.property(walk, ({ standing, taken }) => standing.validated === false || taken.indexOf('send-to-experts') < taken.indexOf('validate')), { numRuns: 2_000 });
  });

  it('knows what it returns to when it was set aside', () => {
    fc.assert(fc.property(walk, ({ standing }) => !['in-expertise', 'to-confirm'].includes(standing.state) || standing.before !== null), { numRuns: 2_000 });
  });
});

describe('what the screens begin with', () => {
  it('is what the schemas make of nothing', () => {
    expect(emptyPractice()).toEqual(PracticeContent.parse({}));
    expect(emptyTransfer()).toEqual(TransferContent.parse({}));
  });
});

describe('each transition', () => {
  it('has somebody who takes it, and begins and ends in states that exist', () => {
    for (const action of ACTIONS) {
      const { by, from, to } = PRACTICE_LIFE[action];
      expect(by.length).toBeGreaterThan(0);
      expect([...from, ...(to === 'before' ? [] : [to])].every((state) => PRACTICE_STATES.includes(state))).toBe(true);
    }
  });

  it('makes every state reachable', () => {
    const reached = new Set([START.state]);
    const seen = new Set<string>();
    const open = [START];
    for (let standing = open.pop(); standing; standing = open.pop()) {
      for (const action of actionsFrom(standing.state, EVERYBODY)) {
        const next = nextStanding(standing, action);
        reached.add(next.state);
        if (!seen.has(JSON.stringify(next))) open.push(next);
        seen.add(JSON.stringify(next));
      }
    }
    expect([...reached].sort()).toEqual([...PRACTICE_STATES].sort());
  });
});
