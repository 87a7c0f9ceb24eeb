import { inOffice } from '../../platform/index.js';

/** The space is one whose rules the account makes: its animators, and moderation except where a space is confidential. SQL; aliases of rows. */
export const settlesRules = (space: string, account: string) => `(${inOffice(`${account}.person_id`)} AND (
  EXISTS (SELECT 1 FROM space_member an WHERE an.space_id = ${space}.id AND an.person_id = ${account}.person_id AND an.role = 'animator')
  OR (${space}.access <> 'confidential' AND ${account}.role IN ('moderator', 'administrator'))))`;

/** Rules that the account makes and reads: those of such a space, and for moderation those of all. SQL; `s` is the space of the rule `r`, `a` the account. */
export const ruleSettled = `CASE WHEN r.space_id IS NULL THEN a.role IN ('moderator', 'administrator') AND ${inOffice('a.person_id')} ELSE ${settlesRules('s', 'a')} END`;

const SPACE = (s: string) => `jsonb_build_object('id', ${s}.id, 'slug', ${s}.slug, 'nameFr', ${s}.name_fr, 'nameEn', ${s}.name_en, 'access', ${s}.access)`;
export const RULE_COLUMNS = `
  r.id, r.version, r.space_id, r.name, r.action, r.definition, r.active, r.tried_at, r.tried_scanned, r.tried_caught, r.updated_at, r.updated_function, CASE WHEN s.id IS NOT NULL THEN ${SPACE('s')} END AS space`;
/** $1 account. */
export const RULES = `SELECT ${RULE_COLUMNS} FROM watch_rule r JOIN account a ON a.id = $1 LEFT JOIN space s ON s.id = r.space_id WHERE ${ruleSettled}`;
/** $1 account. */
export const PLACES = `SELECT s.id, s.slug, s.name_fr AS "nameFr", s.name_en AS "nameEn", s.access FROM space s JOIN account a ON a.id = $1 WHERE s.archived_at IS NULL AND ${settlesRules('s', 'a')} ORDER BY s.position, s.id`;
