/** The period of a row holds on a day, today unless it says another, by the day of UTC. SQL; `row` is its alias. */
const lasts = (row: string, day = 'current_date') => `(${row}.valid_from IS NULL OR ${row}.valid_from <= ${day}) AND (${row}.valid_to IS NULL OR ${row}.valid_to >= ${day})`;
/** A mandate that holds today or on another day: it has begun, has not ended and is not suspended. SQL; `mandate` is its alias. */
export const inForce = (mandate: string, day?: string) => `${lasts(mandate, day)} AND NOT EXISTS (SELECT 1 FROM mandate_suspension pause WHERE pause.mandate_id = ${mandate}.id AND ${lasts('pause', day)})`;

/** Nobody can sign in as the person of a mandate: there is no account, or it is closed. SQL; `mandate` is its alias. */
export const withoutAccess = (mandate: string) => `NOT EXISTS (SELECT 1 FROM account access WHERE access.person_id = ${mandate}.person_id AND access.disabled_at IS NULL)`;

/**
 * A delegation that holds today. It ends with either mandate, and for good when one of them is suspended. The secretariat stands in
 * only for somebody without access. SQL; `d` is the delegation, `giver` and `receiver` are its mandates.
 */
export const holds = (d: string, giver: string, receiver: string) => `(
  ${d}.ended_at IS NULL AND ${lasts(d)} AND ${inForce(giver)} AND ${inForce(receiver)}
  AND NOT EXISTS (SELECT 1 FROM mandate_suspension since WHERE since.mandate_id IN (${giver}.id, ${receiver}.id) AND since.valid_from <= current_date AND coalesce(since.valid_to, current_date) >= greatest(${d}.valid_from, since.valid_from))
  AND (${d}.scope <> 'stand-in' OR (${withoutAccess(giver)} AND EXISTS (SELECT 1 FROM account s WHERE s.person_id = ${receiver}.person_id AND s.role = 'administrator' AND s.disabled_at IS NULL))))`;

/** What limits somebody to themes covers a thing: no theme is listed, or all those of the thing are. A thing without a theme is for those without limits. SQL arrays. */
const covers = (limits: string, themes: string) => `(${limits} = '{}' OR (${themes} <> '{}' AND ${themes} <@ ${limits}))`;

/** The themes of a thing that has one or none, as the rules below read them. SQL; `theme` is the place of its id. */
export const themeOf = (theme: string) => `array_remove(ARRAY[${theme}]::text[], NULL)`;

/** Delegations with the mandates of both sides. SQL, what stands after FROM. */
export const DELEGATIONS = 'delegation dlg JOIN mandate giver ON giver.id = dlg.from_mandate_id JOIN mandate taker ON taker.id = dlg.to_mandate_id';
/** SQL, a condition on the rows of DELEGATIONS: by it the mandate acts in what has these themes. */
const empowers = (mandate: string, themes: string) => `dlg.to_mandate_id = ${mandate} AND ${holds('dlg', 'giver', 'taker')} AND ${covers('dlg.themes', themes)} AND ${covers('giver.themes', themes)}`;

/**
 * Somebody was made to prepare for another, and signs nothing in their own name. That does not end by itself: the end of a delegation gives
 * nobody more rights. SQL; `mandate` is the place of its id.
 */
export const onlyPrepares = (mandate: string) => `EXISTS (SELECT 1 FROM delegation dlg WHERE dlg.to_mandate_id = ${mandate} AND dlg.scope = 'prepare' AND dlg.valid_from <= current_date)`;
/** The mandate signs in its own right for what has these themes. SQL; `mandate` is the place of its id. */
const signsAlone = (mandate: string, themes: string) => `(NOT ${onlyPrepares(mandate)} AND EXISTS (SELECT 1 FROM mandate own WHERE own.id = ${mandate} AND ${inForce('own')} AND ${covers('own.themes', themes)}))`;

/** The delegation by which a mandate signs for what has these themes, the latest given; null when it signs in its own right, or not at all. SQL. */
export const signsBy = (mandate: string, themes: string) => `
  (CASE WHEN NOT ${signsAlone(mandate, themes)} THEN (SELECT dlg.id FROM ${DELEGATIONS} WHERE dlg.scope = 'act' AND ${empowers(mandate, themes)} ORDER BY dlg.given_at DESC, dlg.id LIMIT 1) END)`;

/**
 * Whoever holds the mandate does not sign for the organisation in what has these themes: the mandate has ended or does not cover them, or it
 * only prepares for another, and no delegation to act covers them either. SQL, a boolean. It's read with the row that is decided on, as what
 * a session remembers may be half a minute old.
 */
export const preparesOnly = (mandate: string, themes: string) => `(NOT ${signsAlone(mandate, themes)} AND ${signsBy(mandate, themes)} IS NULL)`;

/** The mandate is limited to other themes, and no delegation to act covers these. SQL, a boolean. */
export const outsideThemes = (mandate: string, themes: string) => `
  (EXISTS (SELECT 1 FROM mandate own WHERE own.id = ${mandate} AND NOT ${covers('own.themes', themes)}) AND ${signsBy(mandate, themes)} IS NULL)`;

/** The delegation that somebody names is one by which their mandate speaks, where the thing has these themes. SQL, a boolean. */
export const speaksBy = (delegation: string, mandate: string, themes: string) => `
  EXISTS (SELECT 1 FROM ${DELEGATIONS} WHERE dlg.id = ${delegation} AND dlg.scope IN ('act', 'stand-in') AND ${empowers(mandate, themes)})`;
/** The same without regard to themes. */
export const heldBy = (delegation: string, mandate: string) => `
  EXISTS (SELECT 1 FROM ${DELEGATIONS} WHERE dlg.id = ${delegation} AND dlg.scope IN ('act', 'stand-in') AND dlg.to_mandate_id = ${mandate} AND ${holds('dlg', 'giver', 'taker')})`;

/** How somebody is named in whose name another acts. SQL; `dlg`, its `giver` and the organisation, `seat`. */
export const STYLED = `coalesce(dlg.styled, giver.function || ', ' || seat.name)`;
/** In whose name something was done, as the delegation was given; null where nobody else's. SQL, jsonb; `delegation` is the place of its id. */
export const onBehalf = (delegation: string) => `
  CASE WHEN ${delegation} IS NOT NULL THEN (SELECT jsonb_build_object('by', CASE dlg.scope WHEN 'stand-in' THEN 'secretariat' ELSE 'delegation' END, 'of', ${STYLED})
    FROM delegation dlg JOIN mandate giver ON giver.id = dlg.from_mandate_id JOIN organisation seat ON seat.id = giver.organisation_id WHERE dlg.id = ${delegation}) END`;
