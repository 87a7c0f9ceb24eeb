import { isAddress } from './practice-rules.js';
import type { IntroductionState, NeedContent, OfferContent, ProjectContent } from './projects.js';

/**
 * The lives of projects, needs, offers and introductions: every state, every way from one to another, who may take it and
 * what it needs. Pure; the server enforces it, the client shows what is possible, a property test walks it.
 */
interface Transition<State extends string, Role extends string, Need extends string> {
  from: readonly State[];
  /** `before`: the state in which it was when it was set aside. */
  to: State | 'before';
  by: readonly Role[];
  needs?: readonly Need[];
}
type Life<Action extends string, State extends string, Role extends string, Need extends string> = Readonly<Record<Action, Transition<State, Role, Need>>>;

/** Actions that one of `roles` may take in this state, whatever else they need. */
export const stepsFrom = <A extends string, S extends string, R extends string, N extends string>(life: Life<A, S, R, N>, state: S, roles: readonly R[]): A[] =>
  (Object.keys(life) as A[]).filter((action) => life[action].from.includes(state) && life[action].by.some((role) => roles.includes(role)));

const assertFrom = <A extends string, S extends string, R extends string, N extends string>(life: Life<A, S, R, N>, state: S, action: A) => {
  if (!life[action].from.includes(state)) throw new RangeError(`No ${action} from ${state}`);
  return life[action];
};

export const PROJECT_STAGES = ['idea', 'preparation', 'funded', 'running', 'finished', 'stopped'] as const;
export type ProjectStage = (typeof PROJECT_STAGES)[number];
/** How much of the sheet a stage needs; each needs all of the earlier ones. */
export const PROJECT_NEEDS = ['idea', 'preparation', 'funded', 'running', 'finished'] as const;
export type ProjectNeed = (typeof PROJECT_NEEDS)[number];
/** `lead`: somebody with a function in the lead city; `signatory`: of them, who acts in their own name. */
export type ProjectRole = 'lead' | 'signatory' | 'moderator';
export type ProjectAction = 'prepare' | 'rethink' | 'fund' | 'lose-funding' | 'start' | 'finish' | 'reopen' | 'stop' | 'resume';

export const PROJECT_LIFE: Life<ProjectAction, ProjectStage, ProjectRole, ProjectNeed | 'reason'> = {
  prepare: { from: ['idea'], to: 'preparation', by: ['lead'], needs: ['preparation'] },
  rethink: { from: ['preparation'], to: 'idea', by: ['lead'] },
  fund: { from: ['preparation'], to: 'funded', by: ['signatory'], needs: ['funded'] },
  'lose-funding': { from: ['funded'], to: 'preparation', by: ['signatory'], needs: ['reason'] },
  start: { from: ['funded'], to: 'running', by: ['signatory'], needs: ['running'] },
  finish: { from: ['running'], to: 'finished', by: ['signatory'], needs: ['finished'] },
  reopen: { from: ['finished'], to: 'running', by: ['signatory'], needs: ['reason'] },
  stop: { from: ['idea', 'preparation', 'funded', 'running'], to: 'stopped', by: ['signatory', 'moderator'], needs: ['reason'] },
  resume: { from: ['stopped'], to: 'before', by: ['signatory'] },
};
export interface ProjectStanding {
  stage: ProjectStage;
  /** The stage that a stopped project had. */
  before: ProjectStage | null;
}
/** @throws RangeError when the stage knows no such action. */
export function nextStage(now: ProjectStanding, action: ProjectAction): ProjectStanding {
  const { to } = assertFrom(PROJECT_LIFE, now.stage, action);
  return { stage: to === 'before' ? (now.before ?? 'idea') : to, before: action === 'stop' ? now.stage : null };
}

export const NEED_STATES = ['draft', 'published', 'in-contact', 'met', 'closed', 'expired'] as const;
export type NeedState = (typeof NEED_STATES)[number];
export type MatchRole = 'owner' | 'signatory' | 'moderator' | 'parties' | 'clock';
export type NeedAction = 'publish' | 'renew' | 'contact' | 'seek-on' | 'meet' | 'close' | 'revise' | 'expire';
/** Days for which a published need stands; its city may renew it. */
export const NEED_DAYS = 90;

export const NEED_LIFE: Life<NeedAction, NeedState, MatchRole, 'entry' | 'introduction' | 'age'> = {
  publish: { from: ['draft'], to: 'published', by: ['signatory'], needs: ['entry'] },
  renew: { from: ['published', 'expired'], to: 'published', by: ['owner'], needs: ['entry'] },
  // Taken with the acceptance of an introduction by the second of its cities, never by itself.
  contact: { from: ['published'], to: 'in-contact', by: ['parties'], needs: ['introduction'] },
  'seek-on': { from: ['in-contact'], to: 'published', by: ['owner'], needs: ['entry'] },
  meet: { from: ['published', 'in-contact', 'expired'], to: 'met', by: ['owner'] },
  close: { from: ['draft', 'published', 'in-contact', 'expired'], to: 'closed', by: ['owner', 'moderator'] },
  revise: { from: ['met', 'closed'], to: 'draft', by: ['owner'] },
  // The clock writes nothing: readers count an old published need as expired (currentNeedState).
  expire: { from: ['published'], to: 'expired', by: ['clock'], needs: ['age'] },
};
/** @throws RangeError when the state knows no such action. */
export const nextNeedState = (now: NeedState, action: NeedAction): NeedState => {
  const { to } = assertFrom(NEED_LIFE, now, action);
  return to === 'before' ? 'published' : to;
};
/** The state as it reads at `at`, in milliseconds. */
export const currentNeedState = (state: NeedState, publishedAt: string | null, at: number): NeedState =>
  state === 'published' && publishedAt !== null && at - Date.parse(publishedAt) > NEED_DAYS * 86_400_000 ? 'expired' : state;

export const OFFER_STATES = ['active', 'suspended', 'archived'] as const;
export type OfferState = (typeof OFFER_STATES)[number];
export type OfferAction = 'suspend' | 'resume' | 'archive' | 'restore';
export const OFFER_LIFE: Life<OfferAction, OfferState, MatchRole, never> = {
  suspend: { from: ['active'], to: 'suspended', by: ['owner', 'moderator'] },
  resume: { from: ['suspended'], to: 'active', by: ['signatory'] },
  archive: { from: ['active', 'suspended'], to: 'archived', by: ['owner', 'moderator'] },
  restore: { from: ['archived'], to: 'suspended', by: ['owner'] },
};
/** @throws RangeError when the state knows no such action. */
export const nextOfferState = (now: OfferState, action: OfferAction): OfferState => {
  const { to } = assertFrom(OFFER_LIFE, now, action);
  return to === 'before' ? 'active' : to;
};

/** `asker`: signs for the city in need; `helper`: for the city that may help; `decliner`: for the side that said no. */
export type IntroductionSide = 'asker' | 'helper' | 'moderator';
export type IntroductionRole = IntroductionSide | 'decliner';
export type IntroductionAction = 'accept-by-asker' | 'accept-by-helper' | 'begin' | 'conclude' | 'decline' | 'reopen' | 'reconsider';
export const INTRODUCTION_LIFE: Life<IntroductionAction, IntroductionState, IntroductionRole, 'reason'> = {
  // Straight to `accepted` when the helping city came forward itself.
  'accept-by-asker': { from: ['proposed'], to: 'accepted-by-a', by: ['asker'] },
  'accept-by-helper': { from: ['accepted-by-a'], to: 'accepted', by: ['helper'] },
  begin: { from: ['accepted'], to: 'under-way', by: ['asker', 'helper'] },
  conclude: { from: ['accepted', 'under-way'], to: 'concluded', by: ['asker', 'helper'] },
  decline: { from: ['proposed', 'accepted-by-a', 'accepted', 'under-way'], to: 'declined', by: ['asker', 'helper', 'moderator'], needs: ['reason'] },
  reopen: { from: ['concluded'], to: 'under-way', by: ['asker', 'helper'] },
  reconsider: { from: ['declined'], to: 'proposed', by: ['decliner'] },
};
export interface IntroductionStanding {
  state: IntroductionState;
  /** The helping city has come forward itself. */
  helperWilling: boolean;
  /** The helping city has heard of it: only after the asker's yes, so that an asker's refusal stays unknown. */
  helperKnows: boolean;
  declinedBy: IntroductionSide | null;
}
/** @param by the side that acts. @throws RangeError when the state knows no such action. */
export function nextIntroduction(now: IntroductionStanding, action: IntroductionAction, by: IntroductionSide): IntroductionStanding {
  const { to } = assertFrom(INTRODUCTION_LIFE, now.state, action);
  const target = action === 'accept-by-asker' && now.helperWilling ? 'accepted' : to === 'before' ? 'proposed' : to;
  return {
    state: target, helperKnows: now.helperKnows || action === 'accept-by-asker', helperWilling: action === 'reconsider' ? by === 'helper' : now.helperWilling,
    declinedBy: action === 'decline' ? by : null,
  };
}

/** What is missing or wrong: where, a stable code that the client puts into words, and its bounds. */
export interface ProjectGap {
  path: string;
  code: 'required' | 'too_short' | 'too_long' | 'capitals' | 'before_start' | 'after_end' | 'over_total' | 'unbalanced' | 'unknown_currency' | 'address';
  min?: number;
  max?: number;
}
export interface ProjectMoney {
  budget: number; funded: number; secured: number;
  /** Share of the plan that cities pay, in basis points (8000 = 80 %); null without a plan. */
  citiesShare: number | null;
  /** The plan covers the budget within one hundredth of it. */
  balanced: boolean;
}
const sum = (amounts: number[]) => Math.round(amounts.reduce((total, amount) => total + amount * 100, 0)) / 100;

/** Sums of budget and plan in the currency of the project. */
export function moneyOf({ budget: lines, plan }: Pick<ProjectContent, 'budget' | 'plan'>): ProjectMoney {
  const [budget, funded] = [sum(lines.map((line) => line.amount)), sum(plan.map((line) => line.amount))];
  const cities = sum(plan.filter((line) => line.kind === 'city').map((line) => line.amount));
  return {
    budget, funded, secured: sum(plan.filter((line) => line.secured).map((line) => line.amount)),
    citiesShare: funded > 0 ? Math.round((cities / funded) * 10_000) : null, balanced: budget > 0 && Math.abs(funded - budget) <= budget / 100,
  };
}

// A year or a month reaches from its first to its last day.
const firstDay = (date: string) => `${date}-01-01`.slice(0, 10);
const lastDay = (date: string) => (date.length === 4 ? `${date}-12-31` : date.length === 7 ? `${date}-31` : date);
const isCurrency = (code: string) => Intl.supportedValuesOf('currency').includes(code);

/** What never fits, whatever the stage: dates, sums, currencies. */
export function projectContradictions(content: ProjectContent): ProjectGap[] {
  const { calendar, currency, plan } = content;
  const { start, end, milestones } = calendar;
  const money = moneyOf(content);
  const gaps: ProjectGap[] = [];
  if (start && end && lastDay(end) < firstDay(start)) gaps.push({ path: 'calendar.end', code: 'before_start' });
  milestones.forEach(({ due }, index) => {
    if (due && start && lastDay(due) < firstDay(start)) gaps.push({ path: `calendar.milestones.${index}.due`, code: 'before_start' });
    if (due && end && firstDay(due) > lastDay(end)) gaps.push({ path: `calendar.milestones.${index}.due`, code: 'after_end' });
  });
  if (currency !== null && !isCurrency(currency)) gaps.push({ path: 'currency', code: 'unknown_currency' });
  if (currency === null && money.budget + money.funded > 0) gaps.push({ path: 'currency', code: 'required' });
  if (money.budget > 0 && plan.length > 0 && money.funded > money.budget * 1.01) gaps.push({ path: 'plan', code: 'over_total' });
  return gaps;
}

const TITLE = { min: 10, max: 120 };
const isCapitals = (text: string) => /\p{Lu}.*\p{Lu}/u.test(text) && text === text.toUpperCase();
const titleGaps = (title: string): ProjectGap[] =>
  title.length < TITLE.min ? [{ path: 'title', code: title ? 'too_short' : 'required', ...TITLE }] : title.length > TITLE.max ? [{ path: 'title', code: 'too_long', ...TITLE }] : isCapitals(title) ? [{ path: 'title', code: 'capitals' }] : [];
const required = (path: string, there: unknown): ProjectGap[] => (there ? [] : [{ path, code: 'required' }]);

/** All that keeps the sheet from the stage. */
export function projectGaps(content: ProjectContent, need: ProjectNeed): ProjectGap[] {
  const { calendar, concepts, objectives, budget, plan } = content;
  const reached = (stage: ProjectNeed) => PROJECT_NEEDS.indexOf(need) >= PROJECT_NEEDS.indexOf(stage);
  const gaps = [...projectContradictions(content), ...titleGaps(content.title), ...required('theme', content.theme), ...required('concepts', concepts.length), ...required('problem', content.problem)];
  if (reached('preparation')) gaps.push(...required('objectives', objectives.length), ...required('calendar.start', calendar.start));
  if (reached('funded')) {
    gaps.push(...required('budget', budget.length), ...required('plan', plan.length));
    if (budget.length > 0 && plan.length > 0 && !moneyOf(content).balanced && !gaps.some((gap) => gap.path === 'plan')) gaps.push({ path: 'plan', code: 'unbalanced' });
  }
  if (reached('running')) gaps.push(...required('calendar.end', calendar.end));
  if (reached('finished')) calendar.milestones.forEach((milestone, index) => gaps.push(...required(`calendar.milestones.${index}.done`, milestone.done)));
  return gaps;
}

const contactGaps = (contact: string): ProjectGap[] => (isAddress(contact) ? [{ path: 'contact', code: 'address' }] : required('contact', contact));
const periodGaps = ({ from, to }: { from: string | null; to: string | null }): ProjectGap[] => (from && to && lastDay(to) < firstDay(from) ? [{ path: 'period.to', code: 'before_start' }] : []);

/** What never fits in a need; with `complete` also what publication asks for. */
export function needGaps(content: NeedContent, { complete }: { complete: boolean }): ProjectGap[] {
  const gaps = periodGaps(content.period);
  if (content.budget && !isCurrency(content.budget.currency)) gaps.push({ path: 'budget.currency', code: 'unknown_currency' });
  if (complete) gaps.push(...titleGaps(content.title), ...required('concept', content.concept), ...required('problem', content.problem), ...required('wanted', content.wanted.length), ...contactGaps(content.contact));
  return gaps;
}

/** An offer is active at once, so it is whole at once. */
export const offerGaps = (content: OfferContent): ProjectGap[] => [
  ...titleGaps(content.title), ...required('concepts', content.concepts.length), ...required('forms', content.forms.length), ...contactGaps(content.contact), ...periodGaps(content.period)];
