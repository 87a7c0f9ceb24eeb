import { z } from 'zod';
import { Id, Language } from './common.js';
import { cleanLine, cleanText } from './forum.js';
import { AVAILABILITIES, EVIDENCE_KINDS, PRACTICE_STATUSES, SUPPORT_KINDS, TRANSFERABILITY_LEVELS } from './practice-kinds.js';
import { CostRange } from './cost-range.js';

/** The entry of a practice as it is written, piece by piece: bounds only; what is needed when stands in practice-rules. */
const line = (max: number) => z.string().max(4 * max).transform(cleanLine).pipe(z.string().max(max));
const text = (max: number) => z.string().max(2 * max).transform(cleanText).pipe(z.string().max(max));
const count = z.number().int().min(0).max(2_000_000_000);
const money = z.number().min(0).max(1e13);
/** A year or a month of a year. */
const PartialDate = z.string().regex(/^(19|20)\d\d(-(0[1-9]|1[0-2]))?$/);
const WebAddress = z.string().max(500).regex(/^https?:\/\/\S+$/);

const marker = z.union([z.literal(0), z.literal(1), z.literal(2)]);

const Step = z.object({ id: Id, title: line(120), text: text(2_000).default(''), duration: line(60).default('') });
const ResultRow = z.object({ indicator: line(200), before: line(60).default(''), after: line(60).default(''), unit: line(40).default(''), date: PartialDate.optional(), source: line(300).default('') });
const Partner = z.object({ name: line(200), kind: line(60).default(''), support: z.array(z.enum(SUPPORT_KINDS)).max(4).default([]) });
const Funding = z.object({ funder: line(200), kind: line(60).default(''), amount: money.optional(), percent: z.number().min(0).max(100).optional() });
const Photo = z.object({ attachment: Id, alt: line(300).default(''), credit: line(200).default(''), consent: z.boolean().default(false) });
const DocumentRef = z.object({ attachment: Id, title: line(200).default(''), access: z.enum(['public', 'members']).default('members'), pages: z.number().int().min(1).max(10_000).optional() });
/** Exact cost in the currency of the place; `rate` is how many units one euro was worth on `rateDate`. */
const ExactCost = z.object({ amount: money, currency: z.string().regex(/^[A-Z]{3}$/), rate: z.number().min(1e-6).max(1e7), rateDate: z.iso.date() });
/** A human translation beside the original, which binds. */
const Translation = z.object({ language: Language, title: line(300).default(''), summary: text(1_500).default(''), problem: text(4_000).default(''), solution: text(8_000).default(''), difficulties: text(4_000).default(''), translator: line(120).default('') });

export const PracticeContent = z.object({
  title: line(300).default(''), language: Language.default('fr'), theme: z.string().max(80).nullable().default(null), concepts: z.array(z.string().max(80)).max(5).default([]),
  start: PartialDate.nullable().default(null), end: PartialDate.nullable().default(null), status: z.enum(PRACTICE_STATUSES).nullable().default(null),
  problem: text(4_000).default(''), solution: text(8_000).default(''), summary: text(1_500).default(''),
  /** The function that answers questions; never an address. */
  contact: line(200).default(''),
  steps: z.array(Step).max(12).default([]), resources: text(2_000).default(''), skills: text(2_000).default(''),
  costRange: CostRange.nullable().default(null), cost: ExactCost.nullable().default(null), costPublic: z.boolean().default(false), costNote: line(300).default(''),
  funding: z.array(Funding).max(20).default([]), partners: z.array(Partner).max(30).default([]),
  beneficiaries: z.object({ count: count.nullable().default(null), estimated: z.boolean().default(false), text: line(300).default(''), women: count.nullable().default(null), youth: count.nullable().default(null) }).prefault({}),
  results: z.array(ResultRow).max(20).default([]), noNumberReason: line(300).default(''),
  evidence: z.array(z.object({ kind: z.enum(EVIDENCE_KINDS), label: line(200), url: WebAddress.optional(), attachment: Id.optional() })).max(20).default([]),
  difficulties: text(4_000).default(''), successFactors: text(4_000).default(''), conditions: text(4_000).default(''),
  transferability: z.object({ level: z.enum(TRANSFERABILITY_LEVELS).nullable().default(null), text: text(2_000).default('') }).prefault({}),
  legalContext: text(2_000).default(''), gender: z.object({ marker: marker.nullable().default(null), note: text(2_000).default('') }).prefault({}), climateMarker: marker.nullable().default(null),
  sdgs: z.array(z.number().int().min(1).max(17)).max(5).default([]), locationHidden: z.boolean().default(false),
  photos: z.array(Photo).max(12).default([]), documents: z.array(DocumentRef).max(20).default([]), availableFor: z.array(z.enum(AVAILABILITIES)).max(5).default([]),
  awards: z.array(line(200)).max(10).default([]),
  /** Slugs of other cities and associations that hold it together with this one; they do not write in the entry. */
  coHolders: z.array(z.string().regex(/^[a-z0-9-]{1,80}$/)).max(10).default([]),
  /** Reference of a project of the city that it came from; read by members only. */
  linkedProject: z.string().regex(/^[a-z0-9-]{1,80}$/).nullable().default(null),
  translation: Translation.nullable().default(null),
}).meta({ id: 'PracticeContent' });
export type PracticeContent = z.infer<typeof PracticeContent>;
export type PracticeField = keyof PracticeContent;

