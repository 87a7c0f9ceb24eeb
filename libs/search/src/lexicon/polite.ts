export const POLITE: readonly string[] = [];
export const HOLLOW_WORDS: readonly string[] = [];
