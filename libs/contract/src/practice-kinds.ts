import type { PracticeContent } from './practice-content.js';
import type { TransferContent } from './transfers.js';

// Plain values, apart from the schemas: the screens use these and do not carry the validator with them.

export const COST_RANGES = ['<50k', '50k-250k', '250k-1M', '1M-5M', '>5M', 'unknown'] as const;
export const PRACTICE_STATUSES = ['planned', 'running', 'finished', 'stopped'] as const;
export const SUPPORT_KINDS = ['administrative', 'financial', 'political', 'technical'] as const;
export const EVIDENCE_KINDS = ['evaluation', 'press', 'data', 'photo'] as const;
export const TRANSFERABILITY_LEVELS = ['easy', 'with-adaptation', 'hard'] as const;
export const AVAILABILITIES = ['call', 'visit', 'host', 'mission', 'documents'] as const;

/** Reasons for which an entry may be refused, and no other. */
export const REFUSAL_REASONS = ['off-topic', 'personal-data', 'advertising', 'no-consent'] as const;
/** The five criteria of an expert, each from 0 to 4. */
export const REVIEW_CRITERIA = ['evidence', 'usefulness', 'clarity', 'sustainability', 'inclusion'] as const;

/** What may be missing or wrong in an entry; the screens put each into words. */
export const PRACTICE_GAP_CODES = [
  'required', 'too_few_words', 'too_many_words', 'too_short', 'too_long', 'capitals', 'too_few', 'too_many', 'before_start', 'over_total', 'unknown_currency', 'range_differs', 'number_or_reason', 'alt', 'photo_consent', 'place', 'address',
] as const;

/** What may be wrong with a line of an import beside the codes of the validator and those of a gap in the entry. */
export const PRACTICE_IMPORT_CODES = [
  'malformed_csv', 'malformed_json', 'malformed_cell', 'column_count', 'unknown_column', 'duplicate_column', 'missing_column', 'required', 'invalid_ref', 'duplicate_ref',
  'unknown_city', 'ambiguous_city', 'city_differs', 'unknown_state', 'state_not_importable', 'state_differs', 'consent_required', 'source_of_draft', 'not_editable', 'unknown_theme', 'unknown_concept',
  'unknown_attachment', 'not_a_number', 'not_a_boolean', 'invalid_address', 'unstorable_text',
] as const;

/** An empty entry, as the schema would make it (tested). */
export const emptyPractice = (): PracticeContent => ({
  title: '', language: 'fr', theme: null, concepts: [], start: null, end: null, status: null, problem: '', solution: '', summary: '', contact: '', steps: [], resources: '', skills: '', costRange: null, cost: null,
  costPublic: false, costNote: '', funding: [], partners: [], beneficiaries: { count: null, estimated: false, text: '', women: null, youth: null }, results: [], noNumberReason: '', evidence: [], difficulties: '',
  successFactors: '', conditions: '', transferability: { level: null, text: '' }, legalContext: '', gender: { marker: null, note: '' }, climateMarker: null, sdgs: [], locationHidden: false, photos: [], documents: [],
  availableFor: [], awards: [], coHolders: [], linkedProject: null, translation: null,
});

/** An empty record of a transfer, as the schema would make it (tested). */
export const emptyTransfer = (): TransferContent => ({
  motive: '', parts: [], exchanges: [], adaptations: '', cost: '', obstacles: '', after6: '', after18: '', quote: '', quoteConsent: false,
});
