import { z } from 'zod';

// The policy of pages forbids making code out of text, which the library would try in a browser.
if ('document' in globalThis) z.config({ jitless: true });

/** Client-made identifier of every stored object (UUID version 7). */
export const Id = z.uuid();
export const Language = z.enum(['fr', 'en']);
export type Language = z.infer<typeof Language>;

/** ISO 8601 in UTC, as PostgreSQL and JavaScript write it. */
export const Instant = z.iso.datetime({ offset: true });

/** A day of the calendar, of a year that people live in. */
export const Day = z.iso.date().refine((day) => day >= '1900-01-01' && day < '2200-01-01', { message: 'invalid_format' });

/** `{items, nextCursor}`: the shape of every list. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(300).optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** In whose name somebody acted, as it was then: by delegation, or as the secretariat for somebody without access. */
export const OnBehalf = z.object({ by: z.enum(['delegation', 'secretariat']), of: z.string() });
export type OnBehalf = z.infer<typeof OnBehalf>;

/** RFC 9457 with a stable `code`; `errors` locates invalid input. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: ProblemCode;
  params?: Record<string, unknown>;
  errors?: { path: string; message: string }[];
}

export const problemCodes = [
  'invalid-input', 'malformed-json', 'too-large', 'unauthenticated', 'wrong-credentials', 'wrong-code', 'challenge-expired', 'passkey-refused', 'fresh-sign-in-required', 'second-factor-demanded', 'link-invalid', 'forbidden',
  'foreign-origin', 'not-found', 'id-reused', 'stale-version', 'stale-draft', 'thread-closed', 'cursor-invalid',
  'cursor-expired', 'unsupported-type', 'image-unreadable', 'quota-exceeded', 'rate-limited', 'unavailable', 'undo-expired',
  'too-many-mentions', 'reply-depth', 'not-possible-now', 'entry-incomplete', 'mandate-required', 'delegation-ended', 'outside-delegation', 'outside-mandate', 'signs-already', 'has-access', 'consent-required', 'own-country', 'own-practice', 'no-expert', 'verdict-open', 'relay-limit', 'space-read-only', 'last-animator', 'last-administrator', 'names-settled', 'recused', 'case-changed', 'held-by-decision', 'decision-required', 'no-other-judge', 'reconsider', 'too-many-held', 'slow-mode', 'seats-full', 'accession-incomplete', 'method-not-allowed', 'internal',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** Values of a facet with the number of hits behind each. */
export const facetValues = z.array(z.object({ value: z.string(), label: z.string(), count: z.number().int() }));
export type FacetValue = { value: string; label: string; count: number };
