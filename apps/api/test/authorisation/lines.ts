/**
 * One request and what each role gets: the member whose thing it is, a colleague, a guest of the closed space, an outsider, a moderator;
 * a sixth status for the secretariat where it differs from the moderator's.
 */
export type Line = [name: string, method: string, path: () => string | Promise<string>, body: (() => unknown) | undefined, statuses: number[]];

/** Whoever may change something is told that it has changed since. */
export const stale = (changes: object) => () => ({ version: 99, ...changes });
