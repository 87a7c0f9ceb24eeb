import { z } from 'zod';
import { PracticesQuery } from './library.js';

/** Bounds of a file that goes in and of a list that goes out. */
export const EXCHANGE_MAX_LINES = 5_000;
export const EXCHANGE_MAX_BYTES = 32 * 1024 * 1024;

export const EXCHANGE_FORMATS = ['csv', 'json'] as const;
export type ExchangeFormat = (typeof EXCHANGE_FORMATS)[number];

/** The filters and the order of the list; French spreadsheets open a file with semicolons by a double click. */
export const PracticesExportQuery = PracticesQuery.omit({ limit: true, cursor: true }).extend({
  format: z.enum(EXCHANGE_FORMATS).default('csv'), separator: z.enum(['comma', 'semicolon']).default('comma'),
});
export type PracticesExportQuery = z.infer<typeof PracticesExportQuery>;

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
/** Without a word nothing is written. */
export const PracticesImportQuery = z.object({ dryRun: flag.prefault('true'), skipErrors: flag.prefault('false') });
export type PracticesImportQuery = z.infer<typeof PracticesImportQuery>;

export const PracticeImportError = z.object({
  /** As a text editor counts, from 1: where the line of the practice begins. */
  line: z.number().int(),
  /** The heading of the CSV column, or the path in the JSON entry; empty when the whole line is meant. */
  column: z.string(), code: z.string(),
  /** The beginning of what stands there. */
  value: z.string(),
  /** Bounds that were passed, for some codes. */
  min: z.number().optional(), max: z.number().optional(),
});
export type PracticeImportError = z.infer<typeof PracticeImportError>;

export const PracticeImportReport = z.object({
  dryRun: z.boolean(),
  /** Whether something was written: never on a dry run, nor with an error unless errors were to be skipped. */
  applied: z.boolean(),
  /** Practices read from the file, and what became or would become of them. */
  lines: z.number().int(), created: z.number().int(), updated: z.number().int(), unchanged: z.number().int(), refused: z.number().int(),
  changes: z.array(z.object({ line: z.number().int(), ref: z.string(), outcome: z.enum(['created', 'updated']) })),
  /** In the order of the file; `errorCount` tells when some are left off. */
  errors: z.array(PracticeImportError), errorCount: z.number().int(),
}).meta({ id: 'PracticeImportReport' });
export type PracticeImportReport = z.infer<typeof PracticeImportReport>;
