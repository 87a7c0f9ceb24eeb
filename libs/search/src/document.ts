import { RANKING } from './ranking.js';
import { conceptForm, contentForms, type Senses } from './senses.js';
import { isStopWord, type TextLanguage } from './stems.js';
import { tokenize } from './tokens.js';

export const LANGUAGES = ['fr', 'en'] as const;
const TITLE_WORDS_MAX = 8;

/** Something that can be found. */
export interface SearchDocument<Facet extends string> {
  /** Unique; a document added again replaces the one before. */
  key: string;
  /** Documents of one kind are compared in length with each other. */
  kind: string;
  /** Who may see it; what it means is the caller's. */
  scope: string;
  /** Empty: the text has no language (a name), or it is not known. */
  language: TextLanguage | '';
  title: string;
  summary: string;
  body: string;
  /** Names of the people and places that the content belongs to. */
  names: string;
  /** Names of the countries and regions it is in. */
  places: string;
  concepts: readonly string[];
  /** All names of its concepts and other words for them. */
  synonyms: string;
  /** Factor on its rank: 1 is neutral. */
  usefulness: number;
  /** Milliseconds since 1970, 0 where it has no date. */
  at: number;
  facets: Partial<Record<Facet, readonly string[]>>;
}

/** The form under which something is indexed whose title is just these words. */
export const titleForm = (forms: readonly string[]) => `= ${forms.join(' ')}`;

/** The words of a document, weighted by where they stand, how long it is, and its texts as words in their order. */
export function readDocument(document: SearchDocument<string>, senses: Senses): { counts: Map<string, number>; length: number; texts: string[][] } {
  const counts = new Map<string, number>();
  const texts: string[][] = [];
  const count = (form: string, weight: number) => counts.set(form, (counts.get(form) ?? 0) + weight);
  const languages = document.language === '' ? LANGUAGES : [document.language];
  const readField = (text: string, weight: number): number => {
    if (text === '') return 0;
    const [all, telling]: [string[], string[]] = [[], []];
    for (const { form, joined } of tokenize(text)) {
      if (!joined) all.push(form);
      if (isStopWord(form)) continue;
      count(form, weight);
      if (!joined) telling.push(form);
    }
    texts.push(all);
    for (const language of languages) for (const form of senses.expressionsIn(telling, language)) count(form, weight);
    return telling.length;
  };
  const { field } = RANKING;
  const length = readField(document.title, field.title) + readField(document.summary, field.summary) + readField(document.body, field.body) + readField(document.names, field.names);
  // What was added for finding only makes no text longer.
  readField(document.places, field.places);
  readField(document.synonyms, field.synonyms);
  for (const concept of document.concepts) count(conceptForm(concept), field.concept);
  const title = contentForms(document.title);
  if (title.length > 0 && title.length <= TITLE_WORDS_MAX) count(titleForm(title), 1);
  return { counts, length, texts };
}
