export const TRANSLATIONS: readonly (readonly [fr: string, en: string])[] = [];
