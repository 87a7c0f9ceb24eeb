import { describe, expect, it } from '@jest/globals';
import {
  currentNeedState, INTRODUCTION_LIFE, INTRODUCTION_STATES, type IntroductionAction, type IntroductionSide, type IntroductionStanding, moneyOf, NEED_DAYS, NEED_LIFE, NEED_STATES, type NeedAction, nextIntroduction,
  nextNeedState, nextOfferState, nextStage, OFFER_LIFE, OFFER_STATES, type OfferAction, PROJECT_LIFE, PROJECT_STAGES, type ProjectAction, projectGaps, type ProjectStanding,
} from '@passerelle/contract';
import fc from 'fast-check';
import { type Candidate, scoreMatch, type Wanted } from '../src/projects/match-score.js';
import { aProject } from './builders/projects.js';

/** One of the four lives, as the tests walk it. */
interface Walk<State> {
  life: Record<string, { from: readonly string[]; to: string; by: readonly string[] }>;
  states: readonly string[];
  start: State;
  next(now: State, action: string, by: string): State;
  name(state: State): string;
}
const project: Walk<ProjectStanding> = { life: PROJECT_LIFE, states: PROJECT_STAGES, start: { stage: 'idea', before: null }, next: (now, action) => nextStage(now, action as ProjectAction), name: (now) => now.stage };
const need: Walk<(typeof NEED_STATES)[number]> = { life: NEED_LIFE, states: NEED_STATES, start: 'draft', next: (now, action) => nextNeedState(now, action as NeedAction), name: (now) => now };
const offer: Walk<(typeof OFFER_STATES)[number]> = { life: OFFER_LIFE, states: OFFER_STATES, start: 'active', next: (now, action) => nextOfferState(now, action as OfferAction), name: (now) => now };
const introductionFrom = (helperWilling: boolean): Walk<IntroductionStanding> => ({
  life: INTRODUCTION_LIFE, states: INTRODUCTION_STATES, start: { state: 'proposed', helperWilling, helperKnows: helperWilling, declinedBy: null },
  next: (now, action, by) => nextIntroduction(now, action as IntroductionAction, by === 'decliner' ? (now.declinedBy ?? 'asker') : (by as IntroductionSide)), name: (now) => now.state,
});

/** Any sequence of actions by anybody who may, of which those that the state knows are taken. */
const walked = <State>({ life, start, next, name }: Walk<State>) =>
  fc.array(fc.tuple(fc.constantFrom(...Object.keys(life)), fc.nat()), { maxLength: 60 }).map((wanted) => {
    const trail = [start];
    const taken: string[] = [];
    for (const [action, seed] of wanted) {
      const now = trail.at(-1) ?? start;
      const { from = [], by = [] } = life[action] ?? {};
      if (!from.includes(name(now))) continue;
      trail.push(next(now, action, by[seed % by.length] ?? ''));
      taken.push(action);
    }
    return { end: trail.at(-1) ?? start, trail, taken };
  });

const waysOut = ({ life }: Pick<Walk<unknown>, 'life'>, state: string) => Object.values(life).filter(({ from, to, by }) => from.includes(state) && to !== state && by.length > 0);

describe.each([['a project', project], ['a need', need], ['an offer', offer], ['an introduction', introductionFrom(false)], ['an introduction of a city that came forward', introductionFrom(true)]] as [string, Walk<unknown>][])('the life of %s', (_name, walk) => {
  it('never ends in a state without a way out, along any path', () => {
    fc.assert(fc.property(walked(walk), ({ end }) => expect(waysOut(walk, walk.name(end))).not.toEqual([])), { numRuns: 1_000 });
  });

  it('has somebody for each transition, which begins and ends in states that exist', () => {
    for (const { from, to, by } of Object.values(walk.life)) {
      expect([by.length > 0, from.length > 0, [...from, ...(to === 'before' ? [] : [to])].every((state) => walk.states.includes(state))]).toEqual([true, true, true]);
    }
  });

  it('refuses an action from elsewhere', () => {
    fc.assert(
      fc.property(walked(walk), fc.constantFrom(...Object.keys(walk.life)), ({ end }, action) => {
        if (!walk.life[action]?.from.includes(walk.name(end))) expect(() => walk.next(end, action, walk.life[action]?.by[0] ?? '')).toThrow(RangeError);
      }),
    );
  });
});

describe('every state', () => {
  it.each([['a project', project], ['a need', need], ['an offer', offer], ['an introduction', introductionFrom(false)]] as [string, Walk<unknown>][])('of %s is reached by some path', (_name, walk) => {
    const reached = new Set<string>();
    const seen = new Set<string>();
    const open = [walk.start];
    for (let now = open.pop(); now; now = open.pop()) {
      if (seen.has(JSON.stringify(now))) continue;
      seen.add(JSON.stringify(now));
      reached.add(walk.name(now));
      for (const [action, { from, by }] of Object.entries(walk.life)) if (from.includes(walk.name(now))) for (const who of by) open.push(walk.next(now, action, who));
    }
    expect([...reached].sort()).toEqual([...walk.states].sort());
  });
});

describe('along any path', () => {
  it('a stopped project knows where it was, and no other one does', () => {
    fc.assert(fc.property(walked(project), ({ end }) => (end.stage === 'stopped') === (end.before !== null)), { numRuns: 1_000 });
  });

  it('a project runs only after it was funded', () => {
    fc.assert(fc.property(walked(project), ({ taken }) => !taken.includes('start') || taken.indexOf('fund') < taken.indexOf('start')), { numRuns: 1_000 });
  });

  it('two cities are in contact only after the yes of both, and the helping city hears of nothing before the asking one agreed or it came forward itself', () => {
    for (const willing of [false, true]) {
      fc.assert(
        fc.property(walked(introductionFrom(willing)), ({ trail, taken }) => {
          trail.forEach((state, index) => {
            const before = taken.slice(0, index);
            if (['accepted', 'under-way', 'concluded'].includes(state.state)) expect([before.includes('accept-by-asker'), before.includes('accept-by-helper') || willing || before.includes('reconsider')]).toEqual([true, true]);
            if (state.helperKnows) expect(willing || before.includes('accept-by-asker')).toBe(true);
          });
        }),
        { numRuns: 1_000 },
      );
    }
  });

  it('a refusal belongs to a side as long as it stands', () => {
    fc.assert(fc.property(walked(introductionFrom(false)), ({ trail }) => trail.every((state) => (state.state === 'declined') === (state.declinedBy !== null))), { numRuns: 1_000 });
  });
});

describe('time', () => {
  it('lets a published need expire after its days, and nothing else', () => {
    const published = '2026-01-01T00:00:00Z';
    const days = (count: number) => Date.parse(published) + count * 86_400_000;
    expect([currentNeedState('published', published, days(NEED_DAYS)), currentNeedState('published', published, days(NEED_DAYS) + 1), currentNeedState('in-contact', published, days(400))]).toEqual(['published', 'expired', 'in-contact']);
  });
});

describe('money', () => {
  const amount = fc.integer({ min: 1, max: 10_000_000 }).map((cents) => cents / 100);
  it('is balanced within one hundredth, whatever the lines, and the cities’ share lies between nothing and all', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 40 }), fc.double({ min: 0.9, max: 1.1, noNaN: true }), (lines, factor) => {
        const plan = lines.map((value, index) => ({ source: 'x', kind: index % 2 ? ('donor' as const) : ('city' as const), amount: Math.round(value * factor * 100) / 100, secured: false }));
        const money = moneyOf({ budget: lines.map((value) => ({ label: 'x', amount: value })), plan });
        expect(money.balanced).toBe(Math.abs(money.funded - money.budget) <= money.budget / 100);
        expect((money.citiesShare ?? 0) >= 0 && (money.citiesShare ?? 0) <= 10_000).toBe(true);
      }),
    );
  });

  it('asks each stage for what the earlier ones ask as well', () => {
    const empty = aProject({ objectives: [], budget: [], plan: [], calendar: { milestones: [{ id: '0190a000-0000-7000-8000-000000000000', title: 'Étude' }] } });
    const paths = (['idea', 'preparation', 'funded', 'running', 'finished'] as const).map((stage) => projectGaps(empty, stage).length);
    expect(paths).toEqual([0, 2, 4, 5, 6]);
  });
});

describe('the score of a match', () => {
  const need: Wanted = { concept: 'marches', wanted: ['visit'], population: 100_000, latitude: 14.7, longitude: -17.4, languages: ['fr'] };
  const candidate: Candidate = {
    population: 150_000, latitude: 16, longitude: -16.5, languages: ['en', 'fr'], sharedPartners: ['pnud'], offer: { id: '1', title: 'Une visite', forms: ['visit'] }, practice: { ref: 'p', title: 'Un marché', validated: true, availableFor: ['host'] },
  };
  it('says each reason with its points, and never more than what has data', () => {
    const { score, reasons } = scoreMatch(need, candidate);
    expect(reasons.map((reason) => [reason.code, reason.points])).toEqual([['same-concept', 40], ['validated-practice', 20], ['similar-size', 10], ['same-language', 5], ['near', 5], ['same-time', 5], ['shared-partner', 5], ['available', 5]]);
    expect([score, reasons[4]?.params, reasons[5]?.params]).toEqual([95, { km: '170' }, { minutes: '4' }]);
  });

  it('counts nothing for what is not known, and the short way round the earth', () => {
    const unknown: Candidate = { population: null, latitude: null, longitude: null, languages: [], sharedPartners: [], offer: null, practice: null };
    expect(scoreMatch(need, unknown)).toEqual({ score: 0, reasons: [] });
    expect(scoreMatch({ ...need, longitude: 179 }, { ...unknown, longitude: -179 }).reasons.map((reason) => reason.code)).toEqual(['same-time']);
  });
});
