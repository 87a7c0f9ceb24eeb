import { z } from 'zod';
import { AUDIT_ACT_WORDS, type AuditAct } from './audit-words.js';
import { Id, Instant, Language } from './common.js';

export const AUDIT_ACTS = Object.keys(AUDIT_ACT_WORDS).sort() as AuditAct[];
/** More lines than one file holds are refused rather than cut: a file that lacks some would not say so. */
export const AUDIT_EXPORT_MAX_LINES = 50_000;

/**
 * `person`: words of a name, of who acted or to whom it was done. `organisation`: slug of a city in which one of them holds or held an office.
 * `from`, `to`: days of UTC, both included. `reference`: an id or a number that stands in the line.
 */
export const AuditFilters = z.object({
  act: z.string().max(80).optional(), person: z.string().max(100).optional(), organisation: z.string().max(80).optional(), from: z.iso.date().optional(), to: z.iso.date().optional(), reference: z.string().trim().max(100).optional(),
});
export type AuditFilters = z.infer<typeof AuditFilters>;
export const AuditQuery = AuditFilters.extend({ limit: z.coerce.number().int().min(1).max(100).default(20), cursor: z.string().max(500).optional() });
export type AuditQuery = z.infer<typeof AuditQuery>;
export const AuditExportBody = z.object({ format: z.enum(['csv', 'json']), language: Language, filters: AuditFilters.default({}) });
export type AuditExportBody = z.infer<typeof AuditExportBody>;

/** Names are those of now; the function is that of then. */
export const AuditLineView = z.object({
  id: Id, at: Instant,
  /** An act as `AUDIT_ACT_WORDS` names it, or one of an older version. */
  act: z.string(),
  /** `person` null: the clock or an operator. */
  actor: z.object({ person: z.object({ id: Id, name: z.string() }).nullable(), function: z.string() }),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable(), url: z.string().nullable() }),
  /** To whom it was done, where it was done to somebody. */
  person: z.object({ id: Id, name: z.string() }).nullable(),
  detail: z.record(z.string(), z.unknown()),
}).meta({ id: 'AuditLine' });
export type AuditLineView = z.infer<typeof AuditLineView>;
export const AuditPage = z.object({ items: z.array(AuditLineView), nextCursor: z.string().nullable() }).meta({ id: 'AuditPage' });
export type AuditPage = z.infer<typeof AuditPage>;
