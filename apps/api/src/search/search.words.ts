import type { Language, SearchHit } from '@passerelle/contract';

/** What programs get beside each value; the client has texts of its own. */
export const WHY: Record<Language, Record<SearchHit['whyCode'], string>> = {
  fr: { words: 'Le texte contient vos mots', title: 'Le titre contient vos mots', spelling: 'L’orthographe du titre est proche' },
  en: { words: 'The text contains your words', title: 'The title contains your words', spelling: 'The title is spelt alike' },
};
export const KIND_NAMES: Record<Language, Record<SearchHit['kind'], string>> = {
  fr: { practice: 'Pratiques', thread: 'Fils', post: 'Messages', city: 'Villes' },
  en: { practice: 'Practices', thread: 'Threads', post: 'Messages', city: 'Cities' },
};
export const LANGUAGE_NAMES: Record<Language, string> = { fr: 'Français', en: 'English' };
