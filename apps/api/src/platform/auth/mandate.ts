/** The period of a row holds today, by the day of UTC. SQL; `row` is its alias. */
const lasts = (row: string) => `(${row}.valid_from IS NULL OR ${row}.valid_from <= current_date) AND (${row}.valid_to IS NULL OR ${row}.valid_to >= current_date)`;
/** A mandate that holds today: it has begun, has not ended and is not suspended. SQL; `mandate` is its alias. */
export const inForce = (mandate: string) => `${lasts(mandate)} AND NOT EXISTS (SELECT 1 FROM mandate_suspension pause WHERE pause.mandate_id = ${mandate}.id AND ${lasts('pause')})`;

/**
 * Whoever holds the mandate does not sign for the organisation: the mandate has ended, or it only prepares for another and
 * may not act for it. That somebody only prepares does not end by itself: the end of a delegation gives nobody more
 * rights. The right to act ends with the delegation and with the mandate of whoever gave it. SQL, a boolean; `mandate` is
 * the place of its id. It's read with the row that is decided on, as what a session remembers may be half a minute old.
 */
export const preparesOnly = (mandate: string) => `(
  NOT EXISTS (SELECT 1 FROM mandate m WHERE m.id = ${mandate} AND ${inForce('m')})
  OR (EXISTS (SELECT 1 FROM delegation d WHERE d.to_mandate_id = ${mandate} AND d.scope = 'prepare' AND d.valid_from <= current_date)
    AND NOT EXISTS (SELECT 1 FROM delegation d JOIN mandate m ON m.id = d.from_mandate_id WHERE d.to_mandate_id = ${mandate} AND d.scope = 'act' AND ${lasts('d')} AND ${inForce('m')})))`;
