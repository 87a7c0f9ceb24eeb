import { HOLLOW_WORDS, POLITE } from './lexicon/polite.js';
import { RANKING, type Why } from './ranking.js';
import { conceptForm, contentForms, expressionForm, type Found, type Senses, type Term } from './senses.js';
import { isStopWord, stem } from './stems.js';
import { tokenize } from './tokens.js';
import { COUNT_BITS, type Vocabulary } from './vocabulary.js';

/** A form that answers a word of the query. */
export interface Alternative {
  form: number;
  weight: number;
  why: Why;
  /** Id of the concept that joins it with the word, if one does. */
  concept?: string;
  /** Countries where it is said so, if not everywhere. */
  countries?: readonly string[];
}
/** One word of the query with all that answers it, the most certain first. */
export interface Group {
  word: string;
  /** Below 1 for words that questions have whatever they are about. */
  share: number;
  alternatives: Alternative[];
}
/** Neighbouring words of the query which together may be an expression that other words can stand for. */
export interface Span {
  groups: Group[];
  /** What answers the whole expression; empty for a single word. */
  alternatives: Alternative[];
}

const LANGUAGES = ['fr', 'en'] as const;
const WORDS_MAX = 40;
const PREFIX_MIN = 3;
const PREFIX_FORMS = 30;
const SPELLING_FORMS = 6;
const ALTERNATIVES_MAX = 80;
/** A word found so rarely may be a misspelling of one found this many times more. */
const RARE = 2;
const MUCH_MORE = 20;

export interface PlanOptions {
  /** Country of the reader: its own words come first. */
  country?: string;
  /** The last word is still being typed. */
  typing?: boolean;
  /** Whether the reader sees a document: how a word is understood must not tell what the others hold. */
  isSeen(document: number): boolean;
}

/** What to look for, given the words of a query. */
export function planQuery(text: string, vocabulary: Vocabulary, senses: Senses, options: PlanOptions): Span[] {
  const words = queryWords(text);
  const stems = { fr: words.map((word) => stem(word, 'fr')), en: words.map((word) => stem(word, 'en')) };
  const planner = new Planner(vocabulary, options, words.length >= RANKING.longFrom);
  const spans: Span[] = [];
  for (let at = 0; at < words.length; ) {
    const found = LANGUAGES.flatMap((language) => senses.at(stems[language], at, language));
    const length = found.reduce((longest, { length: one }) => Math.max(longest, one), 1);
    const groups = words.slice(at, at + length).map((word, index) => {
      const single = LANGUAGES.flatMap((language) => senses.at(stems[language], at + index, language)).filter((one) => one.length === 1);
      return planner.group(word, single, options.typing === true && at + index === words.length - 1);
    });
    const whole = length > 1 ? found.filter((one) => one.length === length) : [];
    spans.push({ groups, alternatives: planner.meant(whole, whole.flatMap(({ expressions }) => expressions.map(({ keys }) => expressionForm(keys)))) });
    at += length;
  }
  return spans;
}

/** The words of a query that say something; all of them where none does. Each once. */
function queryWords(text: string): string[] {
  const all = tokenize(text).flatMap((token) => (token.joined ? [] : [token.form]));
  const telling = all.filter((form) => !isStopWord(form));
  return [...new Set(telling.length > 0 ? telling : all)].slice(0, WORDS_MAX);
}

/** Words of politeness and of asking, which every question has. */
const HOLLOW = new Set([...POLITE, ...HOLLOW_WORDS].flatMap((expression) => tokenize(expression).map((token) => token.form)));

class Planner {
  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly options: PlanOptions,
    /** Whether the query has words enough for weak signs to add up. */
    private readonly isLong: boolean,
  ) {}

  group(word: string, single: Found[], typing: boolean): Group {
    const { vocabulary } = this;
    const best = new Map<number, Alternative>();
    const put = (alternative: Alternative) => {
      const known = best.get(alternative.form);
      if (!known || known.weight < alternative.weight) best.set(alternative.form, alternative);
    };
    const add = (form: number, why: Why, weight: number = RANKING.why[why]) => put({ form, why, weight });
    const exact = [vocabulary.find(word)].find((form) => form !== undefined && this.seen(form, 1) > 0);
    if (exact !== undefined) add(exact, 'exact');
    // A word that is known in one language only has the stem of that one.
    const spoken = exact === undefined ? LANGUAGES : LANGUAGES.filter((language) => vocabulary.isSpoken(exact, language));
    for (const language of spoken) for (const form of vocabulary.withStem(word, language)) add(form, 'stem');
    let certain = 0;
    for (const form of best.keys()) if (certain <= RARE) certain += this.seen(form, RARE + 1);
    for (const form of vocabulary.withFamily(word)) add(form, 'family');
    if (this.isLong) for (const form of vocabulary.withHead(word)) add(form, 'head');
    for (const alternative of this.meant(single, [])) put(alternative);
    if (word.length >= PREFIX_MIN && (typing || (certain === 0 && word.length > PREFIX_MIN)))
      for (const form of vocabulary.withPrefix(word, PREFIX_FORMS, (other) => this.seen(other, 1) > 0)) add(form, 'prefix');
    if (certain <= RARE && !/\d/.test(word) && (best.size === 0 || single.length === 0)) this.misspelt(word, certain, add);
    return { word, share: this.isLong && HOLLOW.has(word) ? RANKING.hollow : 1, alternatives: [...best.values()].sort((a, b) => b.weight - a.weight).slice(0, ALTERNATIVES_MAX) };
  }

  private misspelt(word: string, certain: number, add: (form: number, why: Why, weight: number) => void): void {
    const needed = Math.max(1, MUCH_MORE * certain);
    for (const { id, distance } of this.vocabulary.spelledLike(word, SPELLING_FORMS, (form) => this.seen(form, needed) >= needed)) {
      const weight = RANKING.why.spelling - RANKING.edit * distance;
      const form = this.vocabulary.forms[id]!;
      add(id, 'spelling', weight);
      for (const language of LANGUAGES) if (this.vocabulary.isSpoken(id, language)) for (const other of this.vocabulary.withStem(form, language)) add(other, 'spelling', weight * RANKING.why.stem);
    }
  }

  /** Documents with a form that the reader sees, counted no further than `enough`. */
  private seen(form: number, enough: number): number {
    const list = this.vocabulary.list(form);
    let count = 0;
    for (let index = 0; count < enough && index < this.vocabulary.sizes[form]!; index += 1) if (this.options.isSeen(list[index]! >>> COUNT_BITS)) count += 1;
    return count;
  }

  /** All that says the same as these expressions, without the forms in `but`. */
  meant(found: Found[], but: string[]): Alternative[] {
    const alternatives: Alternative[] = [];
    for (const { expressions } of found)
      for (const { sense, term, keys } of expressions) {
        const certainty = this.certainty(term);
        const concept = sense.concept ? { concept: sense.concept } : {};
        const push = (form: number, why: Why, countries?: readonly string[]) => alternatives.push({ form, why, weight: RANKING.why[why] * certainty, ...concept, ...(countries && { countries }) });
        const tagged = sense.concept ? this.vocabulary.find(conceptForm(sense.concept)) : undefined;
        if (tagged !== undefined) push(tagged, 'concept');
        for (const other of sense.terms) {
          const why: Why = other.language === term.language ? (sense.concept ? 'concept' : 'synonym') : 'translation';
          for (const form of this.formsOf(other, keys)) push(form, why, other.countries);
        }
      }
    const left = new Set(but.map((form) => this.vocabulary.find(form)));
    return alternatives.filter(({ form }) => !left.has(form)).sort((a, b) => b.weight - a.weight);
  }

  /** A word of another country's usage is a weaker sign than one of the reader's own. */
  private certainty(term: Term): number {
    if (!term.countries) return 1;
    return this.options.country && term.countries.includes(this.options.country) ? 1.1 : 0.85;
  }

  private formsOf(term: Term, but: readonly string[]): readonly number[] {
    const forms = contentForms(term.text);
    const keys = forms.map((form) => stem(form, term.language));
    if (keys.length === 1) return keys[0] === but[0] && but.length === 1 ? [] : this.vocabulary.withStem(forms[0]!, term.language);
    const id = this.vocabulary.find(expressionForm(keys));
    return id === undefined ? [] : [id];
  }
}
