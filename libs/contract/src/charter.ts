import { z } from 'zod';
import { Id, Instant } from './common.js';
import { cleanLine, cleanText } from './forum.js';
import { CharterRule, MEASURES, ModerationRule } from './moderation.js';

export const RULES_MAX = 40;
export const PREPARED_MAX = 100;

const line = (max: number) => z.string().max(3 * max).transform(cleanLine).pipe(z.string().min(3).max(max));
const text = (min: number, max: number) => z.string().max(3 * max).transform(cleanText).pipe(z.string().min(min).max(max));
const version = z.number().int().min(0).max(2_000_000_000);

/** Short and stable: decisions and figures name the rule by it. */
export const RuleId = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
/** A rule as the secretariat words it. Version 0: there is none of this id yet. A retired one stays with the decisions that name it. */
export const RuleBody = z.object({ version, fr: line(160), en: line(160), textFr: text(0, 2_000).default(''), textEn: text(0, 2_000).default(''), position: z.number().int().min(1).max(999), retired: z.boolean().default(false) });
export type RuleBody = z.infer<typeof RuleBody>;
export const RuleVersionView = ModerationRule.omit({ id: true }).extend({ version: z.number().int(), textFr: z.string(), textEn: z.string(), at: Instant, by: z.string() }).meta({ id: 'RuleVersion' });
export type RuleVersionView = z.infer<typeof RuleVersionView>;
export const RulesView = z.object({ items: z.array(CharterRule) });
export type RulesView = z.infer<typeof RulesView>;

/** Reasons to begin a decision with, in both languages: the letter is in the author's. */
export const PreparedReasonBody = z.object({
  version, rule: RuleId, measure: z.enum(MEASURES).nullable(), labelFr: line(80), labelEn: line(80), factsFr: text(10, 2_000), factsEn: text(10, 2_000), remedyFr: text(10, 1_000), remedyEn: text(10, 1_000),
});
export type PreparedReasonBody = z.infer<typeof PreparedReasonBody>;
export const PreparedReasonView = PreparedReasonBody.extend({ id: Id, updatedAt: Instant }).meta({ id: 'PreparedReason' });
export type PreparedReasonView = z.infer<typeof PreparedReasonView>;
