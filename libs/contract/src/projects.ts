import { z } from 'zod';
import { Id, Instant, Language, OnBehalf, pageOf, PageQuery } from './common.js';
import { BODY_MAX, cleanLine, cleanText } from './forum.js';
import { SUPPORT_KINDS } from './practice-kinds.js';
import {
  INTRODUCTION_LIFE, type IntroductionAction, NEED_LIFE, NEED_STATES, type NeedAction, OFFER_LIFE, OFFER_STATES, type OfferAction, PROJECT_LIFE, PROJECT_STAGES, type ProjectAction,
} from './project-life.js';

// Bounds only: what is needed when stands in project-life.
const line = (max: number) => z.string().max(4 * max).transform(cleanLine).pipe(z.string().max(max));
const text = (max: number) => z.string().max(2 * max).transform(cleanText).pipe(z.string().max(max));
const markdown = z.string().max(60_000).transform(cleanText).pipe(z.string().min(1).max(BODY_MAX));
const money = z.number().min(0).max(1e13);
const version = z.number().int().min(1);
const Currency = z.string().regex(/^[A-Z]{3}$/);
/** A year, a month or a day that exists. */
const PartialDate = z.string().regex(/^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, { abort: true }).refine((date) => new Date(date).toISOString().startsWith(date), 'no such day');
const keys = <T extends string>(life: Record<T, unknown>) => z.enum(Object.keys(life) as [T, ...T[]]);
/** ISO 639-1. */
const Tongue = z.string().regex(/^[a-z]{2}$/);
const Period = z.object({ from: PartialDate.nullable().default(null), to: PartialDate.nullable().default(null) });

export const FUNDING_KINDS = ['city', 'state', 'network', 'donor', 'bank', 'private', 'other'] as const;
export const SOUGHT_KINDS = ['expertise', 'partner', 'visit', 'funding'] as const;

/** The sheet of a project as it is written, piece by piece. */
export const ProjectContent = z.object({
  title: line(300).default(''), language: Language.default('fr'), theme: z.string().max(80).nullable().default(null), concepts: z.array(z.string().max(80)).max(5).default([]),
  problem: text(8_000).default(''), objectives: z.array(line(300)).max(12).default([]),
  calendar: z.object({
    start: PartialDate.nullable().default(null), end: PartialDate.nullable().default(null),
    milestones: z.array(z.object({ id: Id, title: line(200), due: PartialDate.nullable().default(null), done: z.boolean().default(false) })).max(30).default([]),
  }).prefault({}),
  currency: Currency.nullable().default(null), budget: z.array(z.object({ label: line(200), amount: money })).max(40).default([]),
  plan: z.array(z.object({ source: line(200), kind: z.enum(FUNDING_KINDS), amount: money, secured: z.boolean().default(false) })).max(20).default([]),
  partners: z.array(z.object({ name: line(200), kind: line(60).default(''), support: z.array(z.enum(SUPPORT_KINDS)).max(4).default([]) })).max(30).default([]),
  sought: z.array(z.object({ kind: z.enum(SOUGHT_KINDS), text: line(500).default('') })).max(12).default([]),
  risks: z.array(z.object({ text: line(500), answer: line(1_000).default('') })).max(20).default([]),
  documents: z.array(z.object({ attachment: Id, title: line(200).default('') })).max(20).default([]),
}).meta({ id: 'ProjectContent' });
export type ProjectContent = z.infer<typeof ProjectContent>;

export const CreateProjectBody = z.object({ id: Id, content: ProjectContent });
export type CreateProjectBody = z.infer<typeof CreateProjectBody>;
export const EditProjectBody = z.object({ version, content: ProjectContent });
export type EditProjectBody = z.infer<typeof EditProjectBody>;
export const ProjectActionBody = z.object({ version, action: keys<ProjectAction>(PROJECT_LIFE), reason: text(2_000).default('') });
export type ProjectActionBody = z.infer<typeof ProjectActionBody>;
/** A line of the journal. */
export const ProjectUpdateBody = z.object({ id: Id, body: markdown, language: Language.default('fr') });
export type ProjectUpdateBody = z.infer<typeof ProjectUpdateBody>;

const list = z.union([z.string().max(80), z.array(z.string().max(80)).max(20)]).transform((v) => (Array.isArray(v) ? v : v.split(','))).optional();
const Facet = z.array(z.object({ value: z.string(), label: z.string(), count: z.number().int() }));
const CityRef = z.object({ name: z.string(), slug: z.string(), country: z.string(), countryName: z.string() });
const By = z.object({ name: z.string(), function: z.string(), organisation: z.string(), organisationSlug: z.string(), country: z.string() });

export const ProjectsQuery = PageQuery.extend({ theme: list, country: list, stage: list, sought: list, organisation: z.string().max(80).optional(), sort: z.enum(['recent', 'newest', 'title']).default('recent') });
export type ProjectsQuery = z.infer<typeof ProjectsQuery>;
export const ProjectRow = z.object({
  id: Id, ref: z.string(), title: z.string(), stage: z.enum(PROJECT_STAGES), theme: z.string(), concepts: z.array(z.string()), lead: CityRef, joined: z.array(CityRef),
  sought: z.array(z.enum(SOUGHT_KINDS)), start: z.string().nullable(), end: z.string().nullable(), budget: z.number(), currency: z.string().nullable(),
  /** Share of the plan that cities pay, in basis points. */
  citiesShare: z.number().int().nullable(), milestones: z.object({ done: z.number().int(), total: z.number().int() }), updatedAt: Instant,
}).meta({ id: 'ProjectRow' });
export type ProjectRow = z.infer<typeof ProjectRow>;
export const ProjectsPage = z.object({
  items: z.array(ProjectRow), nextCursor: z.string().nullable(), total: z.number().int(), facets: z.object({ theme: Facet, country: Facet, stage: Facet, sought: Facet }),
});
export type ProjectsPage = z.infer<typeof ProjectsPage>;
export const ProjectsBoard = z.object({ columns: z.array(z.object({ stage: z.enum(PROJECT_STAGES), count: z.number().int(), items: z.array(ProjectRow) })) });
export type ProjectsBoard = z.infer<typeof ProjectsBoard>;
export const ProjectUpdateView = z.object({ id: Id, body: z.string(), html: z.string(), language: Language, by: By, at: Instant, canRemove: z.boolean() }).meta({ id: 'ProjectUpdate' });
export type ProjectUpdateView = z.infer<typeof ProjectUpdateView>;
export const ProjectUpdatesPage = z.object({ items: z.array(ProjectUpdateView), nextCursor: z.string().nullable() });
export type ProjectUpdatesPage = z.infer<typeof ProjectUpdatesPage>;
export const ProjectView = ProjectRow.extend({
  content: ProjectContent, version: z.number().int(), createdAt: Instant, stageSince: Instant,
  money: z.object({ budget: z.number(), funded: z.number(), secured: z.number(), citiesShare: z.number().int().nullable(), balanced: z.boolean() }),
  /** The lead first, then by the day of joining; who left stays with the day. */
  cities: z.array(CityRef.extend({ lead: z.boolean(), joinedAt: Instant, leftAt: Instant.nullable(), byFunction: z.string(), onBehalf: OnBehalf.nullable() })),
  thread: z.object({ id: Id, title: z.string(), postCount: z.number().int() }).nullable(),
  files: z.array(z.object({ id: Id, name: z.string(), type: z.string(), bytes: z.number().int() })),
  updates: ProjectUpdatesPage, followers: z.number().int(), following: z.boolean(),
  needs: z.array(z.object({ id: Id, title: z.string(), state: z.enum(NEED_STATES) })),
  /** Practices of the library that came from it. */
  practices: z.array(z.object({ ref: z.string(), title: z.string() })),
  history: z.array(z.object({ action: z.string(), from: z.string(), to: z.string(), reason: z.string(), name: z.string(), function: z.string(), at: Instant, onBehalf: OnBehalf.nullable() })),
  abilities: z.object({ edit: z.boolean(), update: z.boolean(), join: z.boolean(), leave: z.boolean(), draftPractice: z.boolean(), actions: z.array(keys<ProjectAction>(PROJECT_LIFE)) }),
}).meta({ id: 'Project' });
export type ProjectView = z.infer<typeof ProjectView>;

export const HELP_FORMS = ['advice', 'document', 'visit', 'mission', 'training', 'partner', 'equipment'] as const;
export const NeedContent = z.object({
  title: line(300).default(''), language: Language.default('fr'), concept: z.string().max(80).nullable().default(null), problem: text(4_000).default(''), wanted: z.array(z.enum(HELP_FORMS)).max(7).default([]),
  urgency: z.enum(['low', 'normal', 'high']).default('normal'), period: Period.prefault({}), languages: z.array(Tongue).max(6).default([]), budget: z.object({ amount: money, currency: Currency }).nullable().default(null),
  travelPaidBy: z.enum(['asking', 'helping', 'shared', 'third-party', 'undecided']).default('undecided'),
  /** `discreet`: for the own city, moderation, and cities that the own city has agreed to meet. */
  visibility: z.enum(['members', 'discreet']).default('members'),
  /** The function that answers; never an address. */
  contact: line(200).default(''),
  /** Reference of a project that the city leads or has joined. */
  project: z.string().max(80).nullable().default(null),
}).meta({ id: 'NeedContent' });
export type NeedContent = z.infer<typeof NeedContent>;
export const OfferContent = z.object({
  title: line(300).default(''), language: Language.default('fr'), concepts: z.array(z.string().max(80)).max(5).default([]), forms: z.array(z.enum(HELP_FORMS)).max(7).default([]),
  capacity: line(500).default(''), conditions: text(2_000).default(''), languages: z.array(Tongue).max(6).default([]), period: Period.prefault({}), contact: line(200).default(''),
}).meta({ id: 'OfferContent' });
export type OfferContent = z.infer<typeof OfferContent>;

export const CreateNeedBody = z.object({ id: Id, content: NeedContent });
export type CreateNeedBody = z.infer<typeof CreateNeedBody>;
export const EditNeedBody = z.object({ version, content: NeedContent });
export type EditNeedBody = z.infer<typeof EditNeedBody>;
export const NeedActionBody = z.object({ version, action: keys<NeedAction>(NEED_LIFE) });
export type NeedActionBody = z.infer<typeof NeedActionBody>;
export const CreateOfferBody = z.object({ id: Id, content: OfferContent });
export type CreateOfferBody = z.infer<typeof CreateOfferBody>;
export const EditOfferBody = z.object({ version, content: OfferContent });
export type EditOfferBody = z.infer<typeof EditOfferBody>;
export const OfferActionBody = z.object({ version, action: keys<OfferAction>(OFFER_LIFE) });
export type OfferActionBody = z.infer<typeof OfferActionBody>;
/** Whom to bring together: the city of an offer, a city by its slug, or without either the actor's own, who comes forward. */
export const CreateIntroductionBody = z.object({ id: Id, need: Id, offer: Id.optional(), organisation: z.string().max(80).optional(), message: text(2_000).default('') });
export type CreateIntroductionBody = z.infer<typeof CreateIntroductionBody>;
export const IntroductionActionBody = z.object({ version, action: keys<IntroductionAction>(INTRODUCTION_LIFE), reason: text(2_000).default('') });
export type IntroductionActionBody = z.infer<typeof IntroductionActionBody>;
export const IntroductionMessageBody = z.object({ id: Id, body: markdown });
export type IntroductionMessageBody = z.infer<typeof IntroductionMessageBody>;

/** Why two cities fit; the client makes a sentence of the code and its values. */
export const MATCH_CODES = ['same-concept', 'validated-practice', 'similar-size', 'same-language', 'near', 'same-time', 'shared-partner', 'available'] as const;
export const MatchReason = z.object({ code: z.enum(MATCH_CODES), points: z.number().int(), params: z.record(z.string(), z.string()) });
export type MatchReason = z.infer<typeof MatchReason>;

export const INTRODUCTION_STATES = ['proposed', 'accepted-by-a', 'accepted', 'under-way', 'concluded', 'declined'] as const;
export type IntroductionState = (typeof INTRODUCTION_STATES)[number];
export const IntroductionMessageView = z.object({ id: Id, body: z.string(), html: z.string(), by: By, at: Instant, mine: z.boolean() });
export type IntroductionMessageView = z.infer<typeof IntroductionMessageView>;
/** In the order in which they were written; `nextCursor` leads to earlier ones. */
export const IntroductionMessagesPage = pageOf(IntroductionMessageView);
export type IntroductionMessagesPage = z.infer<typeof IntroductionMessagesPage>;
export const IntroductionView = z.object({
  id: Id, version: z.number().int(),
  /** The side that did not decline reads `no-answer`. */
  state: z.enum([...INTRODUCTION_STATES, 'no-answer']), side: z.enum(['asker', 'helper', 'moderator']),
  need: z.object({ id: Id, title: z.string(), concept: z.string().nullable() }), asker: CityRef, helper: CityRef, offer: z.object({ id: Id, title: z.string() }).nullable(),
  proposedBy: z.object({ function: z.string(), organisation: z.string(), at: Instant, onBehalf: OnBehalf.nullable() }), message: z.string(), score: z.number().int(), reasons: z.array(MatchReason),
  /** For the side that declined and for moderation. */
  declined: z.object({ by: z.enum(['asker', 'helper', 'moderator']), reason: z.string() }).nullable(),
  /** The newest ones; `earlier` is the cursor of those before, null when there are none. */
  messages: z.array(IntroductionMessageView), earlier: z.string().nullable(), canWrite: z.boolean(), actions: z.array(keys<IntroductionAction>(INTRODUCTION_LIFE)),
}).meta({ id: 'Introduction' });
export type IntroductionView = z.infer<typeof IntroductionView>;

const matchFilters = { theme: list, concept: list, country: list, form: list, state: list, organisation: z.string().max(80).optional() };
export const NeedsQuery = PageQuery.extend({ ...matchFilters, project: z.string().max(80).optional() });
export type NeedsQuery = z.infer<typeof NeedsQuery>;
export const OffersQuery = PageQuery.extend(matchFilters);
export type OffersQuery = z.infer<typeof OffersQuery>;
const MatchFacets = z.object({ theme: Facet, country: Facet, form: Facet, state: Facet });
export const NeedRow = z.object({
  id: Id, title: z.string(), concept: z.string().nullable(), theme: z.string().nullable(), state: z.enum(NEED_STATES), urgency: z.enum(['low', 'normal', 'high']), wanted: z.array(z.enum(HELP_FORMS)),
  city: CityRef, project: z.object({ ref: z.string(), title: z.string() }).nullable(), publishedAt: Instant.nullable(), expiresAt: Instant.nullable(), updatedAt: Instant,
}).meta({ id: 'NeedRow' });
export type NeedRow = z.infer<typeof NeedRow>;
export const NeedsPage = z.object({ items: z.array(NeedRow), nextCursor: z.string().nullable(), total: z.number().int(), facets: MatchFacets });
export type NeedsPage = z.infer<typeof NeedsPage>;
/** `propose`: for the city or as moderator; `comeForward`: as a city that could help. */
export const NeedView = NeedRow.extend({
  content: NeedContent, version: z.number().int(), onBehalf: OnBehalf.nullable(), introductions: z.array(IntroductionView),
  abilities: z.object({ edit: z.boolean(), propose: z.boolean(), comeForward: z.boolean(), actions: z.array(keys<NeedAction>(NEED_LIFE)) }),
}).meta({ id: 'Need' });
export type NeedView = z.infer<typeof NeedView>;
export const OfferRow = z.object({
  id: Id, title: z.string(), concepts: z.array(z.string()), themes: z.array(z.string()), state: z.enum(OFFER_STATES), forms: z.array(z.enum(HELP_FORMS)), city: CityRef, updatedAt: Instant,
}).meta({ id: 'OfferRow' });
export type OfferRow = z.infer<typeof OfferRow>;
export const OffersPage = z.object({ items: z.array(OfferRow), nextCursor: z.string().nullable(), total: z.number().int(), facets: MatchFacets });
export type OffersPage = z.infer<typeof OffersPage>;
export const OfferView = OfferRow.extend({ content: OfferContent, version: z.number().int(), onBehalf: OnBehalf.nullable(), abilities: z.object({ edit: z.boolean(), actions: z.array(keys<OfferAction>(OFFER_LIFE)) }) }).meta({ id: 'Offer' });
export type OfferView = z.infer<typeof OfferView>;
export const SuggestionView = z.object({
  organisation: CityRef, score: z.number().int(), reasons: z.array(MatchReason), offer: z.object({ id: Id, title: z.string() }).nullable(), practice: z.object({ ref: z.string(), title: z.string() }).nullable(),
}).meta({ id: 'Suggestion' });
export type SuggestionView = z.infer<typeof SuggestionView>;
export const IntroductionsQuery = PageQuery.extend({ open: z.enum(['true', 'false']).optional() });
export type IntroductionsQuery = z.infer<typeof IntroductionsQuery>;
export const IntroductionsPage = z.object({ items: z.array(IntroductionView), nextCursor: z.string().nullable() });
export type IntroductionsPage = z.infer<typeof IntroductionsPage>;
