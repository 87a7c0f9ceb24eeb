import { z } from 'zod';
import { Id, Instant, Language } from './common.js';
import { cleanText } from './forum.js';
import { BATCH_MAX_BYTES } from './invitation-limits.js';

export const BATCH_CODES = [
  'malformed_csv', 'column_count', 'unknown_column', 'duplicate_column', 'missing_column', 'empty', 'too_many',
  'required', 'too_long', 'invalid_email', 'duplicate_email', 'unknown_language', 'unknown_role', 'invalid_date', 'past_date', 'unknown_city', 'ambiguous_city', 'other_city', 'unknown_space', 'ambiguous_space', 'not_managed', 'not_allowed', 'space_required',
] as const;
export type BatchCode = (typeof BATCH_CODES)[number];

export const InvitationBatchBody = z.object({
  id: Id,
  /** Without a word nothing is sent. */
  dryRun: z.boolean().default(true),
  /** Invites the others when some lines are wrong. */
  skipErrors: z.boolean().default(false),
  fileName: z.string().max(200),
  /** The file itself: UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs. */
  content: z.base64().max(Math.ceil(BATCH_MAX_BYTES / 3) * 4),
  /** Of the mail, where a line says nothing. */
  language: Language,
  note: z.string().max(3_000).transform(cleanText).pipe(z.string().max(1_000)).default(''),
});
export type InvitationBatchBody = z.infer<typeof InvitationBatchBody>;

export const BatchError = z.object({
  /** As a text editor counts, from 1. */
  line: z.number().int(),
  /** The heading as it stands in the file; empty when the whole line is meant. */
  column: z.string(), code: z.enum(BATCH_CODES),
  /** The beginning of what stands there. */
  value: z.string(),
});
export type BatchError = z.infer<typeof BatchError>;

/** `member` has an account already, `pending` an invitation that waits: neither is written to again. */
export const BATCH_OUTCOMES = ['invited', 'member', 'pending', 'refused'] as const;
export const BatchLine = z.object({ line: z.number().int(), email: z.string(), outcome: z.enum(BATCH_OUTCOMES) });
export type BatchLine = z.infer<typeof BatchLine>;

const counts = { lines: z.number().int(), invited: z.number().int(), known: z.number().int(), refused: z.number().int() };
export const InvitationBatchReport = z.object({
  id: Id, dryRun: z.boolean(),
  /** Whether invitations were sent: never on a dry run, nor with an error unless errors were to be skipped. */
  applied: z.boolean(), ...counts, entries: z.array(BatchLine), errors: z.array(BatchError),
}).meta({ id: 'InvitationBatchReport' });
export type InvitationBatchReport = z.infer<typeof InvitationBatchReport>;

/** A file that was sent, as the person who sent it sees it; nobody else does. */
export const InvitationBatchView = z.object({ id: Id, fileName: z.string(), createdAt: Instant, ...counts }).meta({ id: 'InvitationBatch' });
export type InvitationBatchView = z.infer<typeof InvitationBatchView>;
