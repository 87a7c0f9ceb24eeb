import { z } from 'zod';
import { Id, Instant } from './common.js';

/** Parts of what is stored about somebody, in the order in which they are shown. */
export const DATA_PARTS = [
  'profile', 'mandates', 'consents', 'sign-in', 'spaces', 'messages', 'files', 'letters', 'practices', 'projects', 'reading', 'drafts', 'searches', 'moderation', 'records',
] as const;
export type DataPart = (typeof DATA_PARTS)[number];

/** Three acts apart: the account, what was written, or both. */
export const ERASURE_KINDS = ['account', 'content', 'both'] as const;
export type ErasureKind = (typeof ERASURE_KINDS)[number];
/** In which an erasure may be taken back. */
export const ERASURE_GRACE_DAYS = 14;
/** For which a finished export may be fetched. */
export const EXPORT_DAYS = 7;
/** Exports that one account may ask for in seven days. */
export const EXPORTS_PER_WEEK = 3;

export const DataExportView = z.object({
  id: Id, state: z.enum(['waiting', 'ready', 'failed', 'expired']), requestedAt: Instant, readyAt: Instant.nullable(), expiresAt: Instant.nullable(), bytes: z.number().int().nullable(),
}).meta({ id: 'DataExport' });
export type DataExportView = z.infer<typeof DataExportView>;

export const ErasureView = z.object({ id: Id, kind: z.enum(ERASURE_KINDS), requestedAt: Instant, dueAt: Instant, state: z.enum(['waiting', 'cancelled', 'done']) }).meta({ id: 'Erasure' });
export type ErasureView = z.infer<typeof ErasureView>;

/** Needed for an account, and asked apart from it; the second may be changed at any time. */
export const CONSENT_PURPOSES = ['data', 'mail'] as const;
export const ConsentView = z.object({ purpose: z.enum(CONSENT_PURPOSES), given: z.boolean(), textVersion: z.string(), at: Instant }).meta({ id: 'Consent' });
export type ConsentView = z.infer<typeof ConsentView>;
export const ConsentBody = z.object({ given: z.boolean() });
export type ConsentBody = z.infer<typeof ConsentBody>;

/** Acts of administration on an account or a person that have words of their own for whom they concern. */
export const TOLD_ACTS = ['account.erased', 'invitation.redeemed', 'mandate.began', 'mandate.ended', 'mandate.reinstated', 'mandate.suspended', 'newcomer.seen', 'role.changed', 'second-factor.reset'] as const;
/** Who acted without a function in a city. */
export const TOLD_ROLES = ['administrator', 'moderator', 'system'] as const;

export const MyDataView = z.object({
  parts: z.array(z.object({ part: z.enum(DATA_PARTS), count: z.number().int() })),
  /** Periods after which what is no longer needed goes, in days. */
  retention: z.object({ letters: z.number().int(), closedAccount: z.number().int(), logs: z.number().int(), events: z.number().int() }),
  /** Acts of administration and moderation that looked at the account or changed it, the newest first; at most 100. */
  reads: z.array(z.object({ at: Instant, act: z.enum([...TOLD_ACTS, 'other']), by: z.object({ function: z.string() }).or(z.object({ role: z.enum(TOLD_ROLES) })) })),
  /** What was agreed to and taken back, the newest first; at most 100. */
  consents: z.array(ConsentView),
  exports: z.array(DataExportView), erasures: z.array(ErasureView),
}).meta({ id: 'MyData' });
export type MyDataView = z.infer<typeof MyDataView>;

export const DataExportBody = z.object({ id: Id });
export type DataExportBody = z.infer<typeof DataExportBody>;
export const ErasureBody = z.object({ id: Id, kind: z.enum(ERASURE_KINDS) });
export type ErasureBody = z.infer<typeof ErasureBody>;
