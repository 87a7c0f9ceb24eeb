import { z } from 'zod';
import { AccessionState } from './accessions.js';
import { facetValues as facet, Id, OnBehalf, PageQuery } from './common.js';
import { CostRange } from './cost-range.js';
import { PracticeContent } from './practice-content.js';
import { PRACTICE_LIFE, PRACTICE_STATES, type PracticeAction } from './practice-life.js';

export const OrganisationKind = z.enum(['city', 'association', 'region', 'partner']);

export const PracticeRow = z.object({
  id: Id, ref: z.string(), title: z.string(), summary: z.string(), theme: z.string(), concepts: z.array(z.string()),
  city: z.object({ name: z.string(), slug: z.string().nullable(), country: z.string(), countryName: z.string() }),
  yearStart: z.number().int().nullable(), yearEnd: z.number().int().nullable(), costRange: CostRange,
  /** Cities that took the practice up or took up a part; interest is not counted. */
  takenUpCount: z.number().int(), hasTransfers: z.boolean(), validated: z.boolean(), language: z.enum(['fr', 'en']),
  /** Nobody has said for 18 months that it still holds. */
  toConfirm: z.boolean(),
}).meta({ id: 'PracticeRow' });
export type PracticeRow = z.infer<typeof PracticeRow>;
export const TransferState = z.enum(['interest', 'contact', 'understanding', 'adapting', 'trial', 'taken-up', 'taken-up-in-part', 'abandoned']);
export type TransferState = z.infer<typeof TransferState>;
export const TransferRow = z.object({
  id: Id, to: z.string(), slug: z.string().nullable(), country: z.string().nullable(), latitude: z.number().nullable(), longitude: z.number().nullable(), year: z.number().int().nullable(), note: z.string(), state: TransferState,
  /** Recorded by the receiving city itself, and not only noted in a source. */
  recorded: z.boolean(),
}).meta({ id: 'TransferRow' });
export type TransferRow = z.infer<typeof TransferRow>;
/** A practice near another one, with the reason. */
export const RelatedPractice = PracticeRow.pick({ id: true, ref: true, title: true, city: true }).extend({ sharedConcepts: z.array(z.string()), sameTheme: z.boolean() }).meta({ id: 'RelatedPractice' });
export type RelatedPractice = z.infer<typeof RelatedPractice>;
const Person = z.object({ name: z.string(), function: z.string(), at: z.string(), onBehalf: OnBehalf.nullable() });
/** Where an entry stands, for those who write, review or rate it. */
export const PracticeStandingView = z.object({
  state: z.enum(PRACTICE_STATES), before: z.enum(PRACTICE_STATES).nullable(),
  /** Who has to act next, and until when. */
  waitingFor: z.enum(['owner', 'approver', 'moderator', 'expert', 'nobody']), dueAt: z.string().nullable(), since: z.string(),
  preparedBy: Person.nullable(), approvedBy: Person.nullable(), approvalAskedAt: z.string().nullable(), consent: Person.nullable(),
  actions: z.array(z.enum(Object.keys(PRACTICE_LIFE) as [PracticeAction, ...PracticeAction[]])), canEdit: z.boolean(),
  history: z.array(z.object({ action: z.string(), from: z.string(), to: z.string(), name: z.string(), function: z.string(), reasonCode: z.string().nullable(), reason: z.string(), at: z.string(), onBehalf: OnBehalf.nullable() })),
  reviews: z.array(z.object({ id: Id, name: z.string(), function: z.string(), mine: z.boolean(), dueAt: z.string(), givenAt: z.string().nullable(), grid: z.record(z.string(), z.number()).nullable(), advice: z.string() })),
}).meta({ id: 'PracticeStanding' });
export type PracticeStandingView = z.infer<typeof PracticeStandingView>;
export const PracticeView = PracticeRow.extend({
  content: PracticeContent,
  /** Weight and kind of the documents and pictures named in the entry. */
  files: z.array(z.object({ id: Id, name: z.string(), type: z.string(), bytes: z.number().int() })), open: z.boolean(), confirmedOn: z.string().nullable(), publishedAt: z.string().nullable(),
  useful: z.object({ count: z.number().int(), mine: z.boolean(), by: z.array(z.object({ function: z.string(), organisation: z.string(), slug: z.string() })) }),
  /** Null for readers who have no part in it. */
  standing: PracticeStandingView.nullable(),
  sourceUrl: z.string().nullable(), otherSources: z.array(z.string()), label: z.string(),
  coHolders: z.array(z.object({ slug: z.string(), name: z.string(), country: z.string() })),
  /** Null for guests, and without one. */
  linkedProject: z.object({ ref: z.string(), title: z.string() }).nullable(),
  transfers: z.array(TransferRow), related: z.array(RelatedPractice), threads: z.array(z.object({ id: Id, title: z.string(), postCount: z.number().int() })),
  latitude: z.number().nullable(), longitude: z.number().nullable(), updatedAt: z.string(), version: z.number().int(),
}).meta({ id: 'Practice' });
export type PracticeView = z.infer<typeof PracticeView>;
/** What the library is narrowed by; each takes several values. */
export const PRACTICE_FACETS = ['theme', 'country', 'cost', 'size', 'takenUp', 'standing', 'validated', 'language'] as const;
export type PracticeFacet = (typeof PRACTICE_FACETS)[number];
export const PracticesPage = z.object({
  items: z.array(PracticeRow), nextCursor: z.string().nullable(), total: z.number().int(),
  facets: z.object({ theme: facet, country: facet, cost: facet, size: facet, takenUp: facet, standing: facet, validated: facet, language: facet }),
});
export type PracticesPage = z.infer<typeof PracticesPage>;
const list = z.union([z.string().max(80), z.array(z.string().max(80)).max(20)]).transform((v) => (Array.isArray(v) ? v : v.split(','))).optional();
/** `standing`: published (members), public, in-expertise, to-confirm; `takenUp` and `validated`: yes, no. */
export const PracticesQuery = PageQuery.extend({
  theme: list, country: list, cost: list, size: list, takenUp: list, standing: list, validated: list, language: list, organisation: z.string().max(80).optional(), sort: z.enum(['taken-up', 'newest', 'title']).default('taken-up'),
});
export type PracticesQuery = z.infer<typeof PracticesQuery>;

export const OrganisationRow = z.object({
  id: Id, slug: z.string(), kind: OrganisationKind, name: z.string(), country: z.string(), countryName: z.string(),
  latitude: z.number().nullable(), longitude: z.number().nullable(), population: z.number().int().nullable(),
  /** Absent membership: a demonstration row, never shown as a member. */
  membership: z.enum(['member', 'associate', 'candidate', 'suspended', 'honorary', 'former', 'participant', 'host', 'project']).nullable(),
  demonstration: z.boolean(), practiceCount: z.number().int(),
}).meta({ id: 'OrganisationRow' });
export type OrganisationRow = z.infer<typeof OrganisationRow>;
export const OrganisationView = OrganisationRow.extend({
  sourceUrl: z.string().nullable(),
  /** The latest candidature; guests are not told. */
  accession: z.object({ id: Id, state: AccessionState, decidedOn: z.string().nullable() }).nullable(),
  /** `profile`: what a report of the function names. */
  people: z.array(z.object({ function: z.string(), from: z.string().nullable(), profile: Id, themes: z.array(z.string()) })),
  practices: z.array(PracticeRow),
  threads: z.array(z.object({ id: Id, title: z.string(), status: z.string(), lastActivityAt: z.string() })),
  given: z.array(z.object({ ref: z.string(), title: z.string(), to: z.string(), slug: z.string().nullable(), country: z.string().nullable(), latitude: z.number().nullable(), longitude: z.number().nullable(), year: z.number().int().nullable(), note: z.string(), state: TransferState })),
  received: z.array(z.object({ ref: z.string(), title: z.string(), from: z.string(), slug: z.string().nullable(), country: z.string(), year: z.number().int().nullable(), note: z.string(), state: TransferState })),
}).meta({ id: 'Organisation' });
export type OrganisationView = z.infer<typeof OrganisationView>;
export const OrganisationsQuery = PageQuery.extend({ country: z.string().length(2).optional(), kind: OrganisationKind.optional(), members: z.enum(['true', 'false']).optional() });
export type OrganisationsQuery = z.infer<typeof OrganisationsQuery>;

export const ThemeView = z.object({ id: z.string(), fr: z.string(), en: z.string(), concepts: z.array(z.object({ id: z.string(), fr: z.string(), en: z.string() })) }).meta({ id: 'Theme' });
export type ThemeView = z.infer<typeof ThemeView>;

/** One numbered point of the home page. */
export const HomeItem = z.object({
  key: z.string(), kind: z.enum(['reply', 'mention', 'followed', 'project', 'question', 'practice', 'announcement']),
  title: z.string(), url: z.string(), excerpt: z.string(), at: z.string(), count: z.number().int(), read: z.boolean(),
  author: z.object({ function: z.string(), organisation: z.string(), country: z.string() }).nullable(), theme: z.string().nullable(),
});
export type HomeItem = z.infer<typeof HomeItem>;
export const HomeView = z.object({
  since: z.string().nullable(), items: z.array(HomeItem).max(7), unreadCount: z.number().int(),
  city: z.object({ slug: z.string(), name: z.string(), people: z.number().int(), practices: z.number().int(), takenUp: z.number().int() }).nullable(),
  followedCount: z.number().int(),
  /** What waits for this person: practices to approve, complete, review or confirm, letters to read, introductions to answer. */
  taskCount: z.number().int(),
  /** Saved searches: how much is new in them is asked for apart. */
  savedCount: z.number().int(), drafts: z.array(z.object({ key: z.string(), title: z.string(), updatedAt: z.string() })),
}).meta({ id: 'Home' });
export type HomeView = z.infer<typeof HomeView>;
