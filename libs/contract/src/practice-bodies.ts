import { z } from 'zod';
import { Id, PageQuery } from './common.js';
import { cleanLine, cleanText } from './forum.js';
import { PracticeContent } from './practice-content.js';
import { REFUSAL_REASONS } from './practice-kinds.js';
import { PRACTICE_LIFE, PRACTICE_STATES, type PracticeAction } from './practice-life.js';

const reason = z.string().max(4_000).transform(cleanText).pipe(z.string().max(2_000));

export const CreatePracticeBody = z.object({ id: Id, content: PracticeContent });
export type CreatePracticeBody = z.infer<typeof CreatePracticeBody>;
/** Replaces the fields that are given; the version is the one that was on the screen. */
export const EditPracticeBody = z.object({ version: z.number().int().min(1), content: PracticeContent });
export type EditPracticeBody = z.infer<typeof EditPracticeBody>;

export const PracticeActionName = z.enum(Object.keys(PRACTICE_LIFE) as [PracticeAction, ...PracticeAction[]]);
export const PracticeActionBody = z.object({
  version: z.number().int().min(1), action: PracticeActionName, reason: reason.default(''), reasonCode: z.enum(REFUSAL_REASONS).optional(),
  /** The official of the city who agrees to publication for everybody. */
  consentBy: z.object({ name: z.string().max(400).transform(cleanLine).pipe(z.string().min(2).max(120)), function: z.string().max(400).transform(cleanLine).pipe(z.string().min(2).max(120)) }).optional(),
  /** With `submit`: by which the secretariat hands its own draft to the city of somebody without access. */
  delegation: Id.optional(),
  /** Accounts of experts who are asked; without them the server proposes. */
  experts: z.array(Id).max(2).optional(),
});
export type PracticeActionBody = z.infer<typeof PracticeActionBody>;

const mark = z.number().int().min(0).max(4);
export const ReviewBody = z.object({
  grid: z.object({ evidence: mark, usefulness: mark, clarity: mark, sustainability: mark, inclusion: mark }),
  advice: reason.default(''),
});
export type ReviewBody = z.infer<typeof ReviewBody>;
/** The mean from which an expert's grid speaks for validation; no criterion may stand at 0. */
export const VALIDATION_MEAN = 2.5;

export const PracticeTask = z.object({
  kind: z.enum(['approve', 'complete', 'draft', 'review', 'expertise', 'confirm', 'transfer', 'late']), ref: z.string(), title: z.string(), city: z.string(), country: z.string(), version: z.number().int(),
  state: z.enum(PRACTICE_STATES), since: z.string(), dueAt: z.string().nullable(), preparedBy: z.string().nullable(), canSubmit: z.boolean(),
}).meta({ id: 'PracticeTask' });
export type PracticeTask = z.infer<typeof PracticeTask>;
export const PracticeTasks = z.object({ items: z.array(PracticeTask) });
export type PracticeTasks = z.infer<typeof PracticeTasks>;

export const PracticeRevisionView = z.object({ version: z.number().int(), at: z.string(), name: z.string(), function: z.string(), content: PracticeContent, current: z.boolean() }).meta({ id: 'PracticeRevision' });
export type PracticeRevisionView = z.infer<typeof PracticeRevisionView>;
export const RestorePracticeBody = z.object({ version: z.number().int().min(1), restore: z.number().int().min(1) });
export const OwnPracticesQuery = PageQuery;
