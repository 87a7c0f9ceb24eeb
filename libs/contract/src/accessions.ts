import { z } from 'zod';
import { Id, Instant, PageQuery, pageOf } from './common.js';
import { cleanLine, cleanText } from './forum.js';

const line = (min: number, max: number) => z.string().max(3 * max).transform(cleanLine).pipe(z.string().min(min).max(max));
const words = (min: number, max: number) => z.string().max(3 * max).transform(cleanText).pipe(z.string().min(min).max(max));
const version = z.number().int().min(1);

/** Member cities that a State may have by the statutes, since 2004. Associate cities and associations take no seat. */
export const SEATS_PER_STATE = 10;
/** Territories with a country code of their own that belong to a State of the network. */
export const TERRITORIES: Readonly<Record<string, string>> = { BL: 'FR', GF: 'FR', GP: 'FR', MF: 'FR', MQ: 'FR', NC: 'FR', PF: 'FR', PM: 'FR', RE: 'FR', WF: 'FR', YT: 'FR' };
/** Files that one document may hold: a deliberation comes with its annexes. */
export const ACCESSION_FILES_MAX = 5;

export const AccessionState = z.enum(['open', 'deferred', 'accepted', 'refused']);
export type AccessionState = z.infer<typeof AccessionState>;
/** What is asked for: a full member, or an associate with an advisory voice. */
export const SoughtMembership = z.enum(['member', 'associate']);
export type SoughtMembership = z.infer<typeof SoughtMembership>;
/** How a candidate shows that it wants to join: its council's deliberation, the decision of an association's Bureau, or, without an elected assembly, the favourable opinion of the supervising authority. */
export const AccessionInstrument = z.enum(['deliberation', 'bureau-decision', 'supervision-opinion']);
export type AccessionInstrument = z.infer<typeof AccessionInstrument>;
export const AccessionDocumentKind = z.enum(['letter', ...AccessionInstrument.options, 'dossier', 'entry-fee', 'first-fee']);
export type AccessionDocumentKind = z.infer<typeof AccessionDocumentKind>;
export const AccessionDocumentState = z.enum(['awaited', 'received', 'accepted']);
export type AccessionDocumentState = z.infer<typeof AccessionDocumentState>;
/** Due after the decision; the others are due before it. */
export const FEES: readonly AccessionDocumentKind[] = ['entry-fee', 'first-fee'];
export const documentsOf = (instrument: AccessionInstrument): AccessionDocumentKind[] => ['letter', instrument, 'dossier', ...FEES];

export const CapitalOpinion = z.enum(['favourable', 'reserved', 'unfavourable']);
export type CapitalOpinion = z.infer<typeof CapitalOpinion>;
export const AccessionOutcome = z.enum(['accepted', 'refused', 'deferred']);
export type AccessionOutcome = z.infer<typeof AccessionOutcome>;
/** The general assembly, once a year; the Bureau between two of its sessions, by delegation. */
export const AccessionBody = z.enum(['assembly', 'bureau']);
export type AccessionBody = z.infer<typeof AccessionBody>;

export const NewOrganisation = z.object({
  id: Id, name: line(1, 120), kind: z.enum(['city', 'association']), country: z.string().regex(/^[A-Z]{2}$/), population: z.number().int().min(0).max(100_000_000).nullable().default(null),
  /** The capital of its State. */
  capital: z.boolean().default(false),
});
export type NewOrganisation = z.infer<typeof NewOrganisation>;
/** The candidate: the slug of an organisation, or a new one. */
export const OpenAccessionBody = z.object({ id: Id, organisation: z.union([z.string().regex(/^[a-z0-9-]{1,80}$/), NewOrganisation]), sought: SoughtMembership, instrument: AccessionInstrument });
export type OpenAccessionBody = z.infer<typeof OpenAccessionBody>;
export const DocumentStateBody = z.object({ version, state: AccessionDocumentState });
export type DocumentStateBody = z.infer<typeof DocumentStateBody>;
/** `attachment`: an upload of whoever hands it in. */
export const HandInBody = z.object({ version, attachment: Id });
export type HandInBody = z.infer<typeof HandInBody>;
export const AccessionVersionBody = z.object({ version });
/** `letter`: the secretariat records an opinion that came on paper, with who signed it and its date. */
export const OpinionBody = z.object({ version, opinion: CapitalOpinion, words: words(1, 4_000), letter: z.object({ from: line(2, 200), on: z.iso.date() }).nullable().default(null) });
export type OpinionBody = z.infer<typeof OpinionBody>;
/** `session`: as the association names it, e.g. « 46e Assemblée générale, Lausanne »; its numbers are no counter. */
export const AccessionDecisionBody = z.object({ id: Id, version, outcome: AccessionOutcome, body: AccessionBody, session: line(2, 200), on: z.iso.date(), words: words(1, 4_000) });
export type AccessionDecisionBody = z.infer<typeof AccessionDecisionBody>;

/** Member cities of a State, and how many there may be. */
export const SeatsView = z.object({ country: z.string(), taken: z.number().int(), of: z.number().int() }).meta({ id: 'Seats' });
export type SeatsView = z.infer<typeof SeatsView>;
export const AccessionRow = z.object({
  id: Id, organisation: z.object({ slug: z.string(), name: z.string(), kind: z.enum(['city', 'association', 'region', 'partner']), country: z.string() }),
  sought: SoughtMembership, state: AccessionState, openedAt: Instant, decidedOn: z.string().nullable(),
  /** Null for a candidate that takes no seat. */
  seats: SeatsView.nullable(),
}).meta({ id: 'AccessionRow' });
export type AccessionRow = z.infer<typeof AccessionRow>;
export const AccessionsPage = pageOf(AccessionRow);
export type AccessionsPage = z.infer<typeof AccessionsPage>;
export const AccessionsQuery = PageQuery.extend({ state: z.enum(['waiting', 'decided']).optional(), country: z.string().regex(/^[A-Z]{2}$/).optional() });
export type AccessionsQuery = z.infer<typeof AccessionsQuery>;

const Signed = z.object({ function: z.string(), at: Instant });
export const AccessionDocumentView = z.object({
  kind: AccessionDocumentKind, state: AccessionDocumentState,
  /** Who last moved it, by function. */
  moved: Signed.nullable(), files: z.array(z.object({ id: Id, name: z.string(), type: z.string(), bytes: z.number().int(), by: z.string(), at: Instant })),
});
export type AccessionDocumentView = z.infer<typeof AccessionDocumentView>;
export const AccessionView = AccessionRow.extend({
  version: z.number().int(),
  opinion: z.object({
    state: z.enum(['not-needed', 'not-asked', 'asked', 'given']), askedAt: Instant.nullable(), capital: z.object({ slug: z.string(), name: z.string() }).nullable(),
    /** What it says: for the secretariat and the capital; null for others, who see that it was given. */
    given: z.object({ opinion: CapitalOpinion, words: z.string(), by: z.string(), on: z.string(), letter: z.boolean() }).nullable(),
  }),
  /** For the secretariat and the people of the candidate; null for others. */
  documents: z.array(AccessionDocumentView).nullable(),
  decisions: z.array(z.object({ id: Id, outcome: AccessionOutcome, body: AccessionBody, session: z.string(), on: z.string(), words: z.string() })),
  /** What an acceptance still lacks; for the secretariat. */
  lacking: z.array(z.enum(['documents', 'opinion', 'seat'])),
  abilities: z.object({ manage: z.boolean(), handIn: z.boolean(), giveOpinion: z.boolean() }),
}).meta({ id: 'Accession' });
export type AccessionView = z.infer<typeof AccessionView>;
