import type { CostRange } from './cost-range.js';
import type { PracticeContent, PracticeField } from './practice-content.js';
import type { PRACTICE_GAP_CODES } from './practice-kinds.js';

/** How far an entry is to go: the short form, the library, the expert's mark. Each needs all of the earlier ones. */
export type PracticeNeed = 'submit' | 'publish' | 'validate';
/** What is missing or wrong: where, a stable code that the client puts into words, and its bounds. */
export interface PracticeGap {
  path: string;
  code: (typeof PRACTICE_GAP_CODES)[number];
  min?: number;
  max?: number;
}

/** The seven answers of the short form, in their order. */
export const SHORT_FORM = ['title', 'theme', 'start', 'problem', 'solution', 'summary', 'contact'] as const satisfies readonly PracticeField[];

/** Bounds in words, counted as wordCount() does. */
export const WORDS = { problem: [30, 250], solution: [50, 600], summary: [60, 120], difficulties: [20, 250], resources: [1, 150] } as const;

/** Words as a reader counts them: runs of letters and digits, an elided article with its noun as one. */
export const wordCount = (text: string): number => text.match(/[\p{L}\p{N}]+(?:[’'\-–.,][\p{L}\p{N}]+)*/gu)?.length ?? 0;

/** A contact is a function; a mail address or a telephone number would be shown to everybody who reads it. Years are none. */
export const isAddress = (contact: string): boolean => /@|(?:\d[\s.-]?){6}/.test(contact.replace(/\b(?:19|20)\d\d\b/g, ''));

const EUROS: [number, CostRange][] = [[50_000, '<50k'], [250_000, '50k-250k'], [1_000_000, '250k-1M'], [5_000_000, '1M-5M']];
/** The range in euros of an exact cost, or null without one. */
export function rangeOfCost(cost: PracticeContent['cost']): CostRange | null {
  if (!cost) return null;
  const euros = cost.amount / cost.rate;
  return EUROS.find(([limit]) => euros < limit)?.[1] ?? '>5M';
}

const words = (path: keyof typeof WORDS, text: string): PracticeGap[] => {
  const [min, max] = WORDS[path];
  const count = wordCount(text);
  if (count === 0) return [{ path, code: 'required', min, max }];
  return count < min ? [{ path, code: 'too_few_words', min, max }] : count > max ? [{ path, code: 'too_many_words', min, max }] : [];
};
const required = (path: PracticeField, there: unknown): PracticeGap[] => (there ? [] : [{ path, code: 'required' }]);
const atLeast = (path: PracticeField, list: unknown[], min: number): PracticeGap[] => (list.length >= min ? [] : [{ path, code: list.length === 0 ? 'required' : 'too_few', min }]);
const isCapitals = (text: string) => /\p{Lu}.*\p{Lu}/u.test(text) && text === text.toUpperCase();

/** What never fits, whatever the entry is for: dates, sums, currencies, pictures. */
export function contradictions(content: PracticeContent): PracticeGap[] {
  const gaps: PracticeGap[] = [];
  const { start, end, cost } = content;
  // A bare year ends with its last month.
  if (start && end && (end.length === 4 ? `${end}-12` : end) < start) gaps.push({ path: 'end', code: 'before_start' });
  if (cost && !Intl.supportedValuesOf('currency').includes(cost.currency)) gaps.push({ path: 'cost.currency', code: 'unknown_currency' });
  const funded = content.funding.reduce((sum, line) => sum + (line.amount ?? 0), 0);
  if (cost && funded > cost.amount * 1.01) gaps.push({ path: 'funding', code: 'over_total' });
  const shares = content.funding.reduce((sum, line) => sum + (line.percent ?? 0), 0);
  if (shares > 101) gaps.push({ path: 'funding', code: 'over_total' });
  if (cost && content.costRange && content.costRange !== rangeOfCost(cost)) gaps.push({ path: 'costRange', code: 'range_differs' });
  return gaps;
}

/** A sourced entry was written by the network from a public source: nobody of the city is asked for a contact or a consent. */
export function practiceGaps(content: PracticeContent, need: PracticeNeed): PracticeGap[] {
  const gaps = [...contradictions(content), ...submitGaps(content)];
  if (need !== 'submit') gaps.push(...publishGaps(content));
  if (need === 'validate') gaps.push(...validateGaps(content));
  return gaps;
}

function submitGaps(content: PracticeContent): PracticeGap[] {
  const { title } = content;
  const titleGaps: PracticeGap[] = !title ? required('title', false) : title.length < 10 ? [{ path: 'title', code: 'too_short', min: 10, max: 120 }] : title.length > 120 ? [{ path: 'title', code: 'too_long', min: 10, max: 120 }] : isCapitals(title) ? [{ path: 'title', code: 'capitals' }] : [];
  return [
    ...titleGaps, ...required('theme', content.theme), ...atLeast('concepts', content.concepts, 1), ...required('start', content.start),
    ...words('problem', content.problem), ...words('solution', content.solution), ...words('summary', content.summary), ...required('contact', content.contact),
    ...(isAddress(content.contact) ? [{ path: 'contact', code: 'address' } as const] : []),
  ];
}

function publishGaps(content: PracticeContent): PracticeGap[] {
  const hasNumber = content.results.some((row) => /\d/.test(row.before + row.after));
  return [
    ...(content.resources || content.skills ? (wordCount(content.resources) > WORDS.resources[1] ? words('resources', content.resources) : []) : required('resources', false)),
    ...required('costRange', content.costRange ?? content.cost), ...atLeast('partners', content.partners, 1),
    ...required('beneficiaries', content.beneficiaries.count !== null || content.beneficiaries.text), ...atLeast('results', content.results, 1),
    ...(content.results.length > 0 && !hasNumber && !content.noNumberReason ? [{ path: 'results', code: 'number_or_reason' } as const] : []),
    ...words('difficulties', content.difficulties), ...required('transferability', content.transferability.level), ...required('gender', content.gender.marker !== null),
    ...atLeast('sdgs', content.sdgs, 1), ...atLeast('photos', content.photos, 1),
    ...content.photos.flatMap((photo, index): PracticeGap[] => [
      ...(photo.alt ? [] : [{ path: `photos.${index}.alt`, code: 'alt' } as const]), ...(photo.consent ? [] : [{ path: `photos.${index}.consent`, code: 'photo_consent' } as const])]),
    ...atLeast('availableFor', content.availableFor, 1),
  ];
}

function validateGaps(content: PracticeContent): PracticeGap[] {
  return [
    ...atLeast('steps', content.steps, 2), ...atLeast('results', content.results, 2), ...atLeast('evidence', content.evidence, 1),
    ...required('successFactors', content.successFactors), ...required('conditions', content.conditions),
  ];
}
