/** Letters between a member and a city; the bounds alone, so that the client's bundle takes no schema for them. */
export const LETTER_MAX = 4_000;
/** Conversations that one account may open within a day. */
export const RELAYS_PER_DAY = 10;
