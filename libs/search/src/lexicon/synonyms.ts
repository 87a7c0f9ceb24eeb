export const SYNONYMS: readonly string[] = [];
export const ENGLISH_SYNONYMS: readonly string[] = [];
