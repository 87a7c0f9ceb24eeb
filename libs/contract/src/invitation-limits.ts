/** How long an invitation holds. */
export const INVITATION_DAYS = 90;
/** Version of the words that people agree to; a new one asks again. */
export const CONSENT_VERSION = '2026-11';
export const CODE_DIGITS = 12;
/** For a code on the telephone; whoever reads it out knows whom they speak to. */
export const CODE_DAYS = 7;
/** Bounds of one file of people to invite. */
export const BATCH_MAX_LINES = 500;
export const BATCH_MAX_BYTES = 256 * 1024;
export const LINK_USES_MAX = 200;
