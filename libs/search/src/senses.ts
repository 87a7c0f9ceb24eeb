import { isStopWord, stem, type TextLanguage } from './stems.js';
import { tokenize } from './tokens.js';

/** One way to say it. */
export interface Term {
  text: string;
  language: TextLanguage;
  /** Countries (ISO 3166-1 alpha-2) where it is said so; elsewhere it may mean something else. */
  countries?: readonly string[];
}

/** Words and expressions that mean the same, or a concept of the thesaurus with all its names. */
export interface Sense {
  /** The concept's id, empty for a set of synonyms. */
  concept: string;
  terms: readonly Term[];
}

/** An expression as it is compared: the stems of its words that say something. */
interface Expression {
  keys: readonly string[];
  term: Term;
  sense: Sense;
}
/** Expressions that begin at one word of a text. */
export interface Found {
  length: number;
  expressions: Expression[];
}

/** The form under which a concept is indexed where somebody has named it for the content. */
export const conceptForm = (concept: string) => `# ${concept}`;
/** The form under which an expression of several words is indexed. */
export const expressionForm = (keys: readonly string[]) => keys.join(' ');

/** The folded words of a text that say something, compounds taken apart. */
export const contentForms = (text: string) => tokenize(text).flatMap((token) => (token.joined || isStopWord(token.form) ? [] : [token.form]));

/** Which words and expressions mean which sense. Built once from the thesaurus and the lexicon. */
export class Senses {
  private readonly byFirst = { fr: new Map<string, Expression[]>(), en: new Map<string, Expression[]>() };
  /** How many expressions it knows. */
  readonly size: number;

  constructor(senses: readonly Sense[]) {
    let size = 0;
    for (const sense of senses)
      for (const term of sense.terms) {
        const keys = contentForms(term.text).map((form) => stem(form, term.language));
        if (keys.length === 0) continue;
        size += 1;
        const map = this.byFirst[term.language];
        const list = map.get(keys[0]!);
        if (list) list.push({ keys, term, sense });
        else map.set(keys[0]!, [{ keys, term, sense }]);
      }
    this.size = size;
  }

  /** What begins at word `at` of a text whose words have these stems, longest first. */
  at(stems: readonly string[], at: number, language: TextLanguage): Found[] {
    const byLength = new Map<number, Expression[]>();
    for (const expression of this.byFirst[language].get(stems[at]!) ?? []) {
      const { keys } = expression;
      if (keys.every((key, index) => key === stems[at + index])) byLength.set(keys.length, [...(byLength.get(keys.length) ?? []), expression]);
    }
    return [...byLength].map(([length, expressions]) => ({ length, expressions })).sort((a, b) => b.length - a.length);
  }

  /** Forms under which the expressions of several words of a text are indexed. */
  expressionsIn(forms: readonly string[], language: TextLanguage): string[] {
    const map = this.byFirst[language];
    const found: string[] = [];
    for (let at = 0; at < forms.length - 1; at += 1) {
      const first = map.get(stem(forms[at]!, language));
      if (!first) continue;
      const seen = new Set<string>();
      for (const { keys } of first) {
        if (keys.length < 2 || !keys.every((key, index) => index === 0 || (at + index < forms.length && key === stem(forms[at + index]!, language)))) continue;
        seen.add(expressionForm(keys));
      }
      found.push(...seen);
    }
    return found;
  }
}
