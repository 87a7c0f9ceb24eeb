import type { SearchField } from './search-kinds.js';

/** What an operator may speak of. */
export type SearchOperator = SearchField | 'before' | 'after';

/** Names under which an operator may be typed; the first in each language is the one that is written. */
export const OPERATORS: Readonly<Record<SearchOperator, Readonly<Record<'fr' | 'en', readonly [string, ...string[]]>>>> = {
  kind: { fr: ['type', 'nature'], en: ['kind'] },
  theme: { fr: ['thème', 'theme'], en: ['theme'] },
  concept: { fr: ['notion', 'concept'], en: ['concept'] },
  country: { fr: ['pays'], en: ['country'] },
  city: { fr: ['ville'], en: ['city'] },
  author: { fr: ['auteur', 'autrice'], en: ['author'] },
  size: { fr: ['taille'], en: ['size'] },
  language: { fr: ['langue'], en: ['language'] },
  year: { fr: ['année', 'annee'], en: ['year'] },
  status: { fr: ['statut', 'état', 'etat'], en: ['status'] },
  cost: { fr: ['coût', 'cout'], en: ['cost'] },
  before: { fr: ['avant'], en: ['before'] },
  after: { fr: ['après', 'apres', 'depuis'], en: ['after', 'since'] },
};

/** What somebody typed, taken apart. */
export interface ParsedSearch {
  /** Words, none of which is required. */
  words: string[];
  /** Expressions in quotes. */
  phrases: string[];
  /** Words and expressions after a minus. */
  excluded: string[];
  operators: { field: SearchField; value: string }[];
  before: string | null;
  after: string | null;
}

// A minus, an operator's name, a value in quotes or without blanks; quotes that nobody closes run to the end.
const PART = /(?<minus>(?<=^|\s)-)?(?:(?<name>\p{L}+):)?(?:"(?<quoted>[^"]*)(?:"|$)|(?<plain>[^\s"]+))/gu;
const QUOTES = /[«“„]\s*|\s*[»”]/gu;
const OPERATOR_OF = new Map(Object.entries(OPERATORS).flatMap(([operator, names]) => [...names.fr, ...names.en].map((name): [string, SearchOperator] => [name, operator as SearchOperator])));
const hasWord = (text: string) => /[\p{L}\p{N}]/u.test(text);

/** Reads a query as it was typed: `boues "station de traitement" -latrines ville:Dakar avant:2024`. Reads anything. */
export function parseSearch(typed: string): ParsedSearch {
  const parsed: ParsedSearch = { words: [], phrases: [], excluded: [], operators: [], before: null, after: null };
  for (const { groups = {} } of typed.normalize('NFC').replace(QUOTES, '"').matchAll(PART)) {
    const value = (groups['quoted'] ?? groups['plain'] ?? '').trim();
    const name = groups['name']?.toLowerCase() ?? '';
    const operator = OPERATOR_OF.get(name);
    if (!hasWord(value)) continue;
    if (operator === 'before' || operator === 'after') readTime(parsed, operator, value);
    else if (operator) parsed.operators.push({ field: operator, value });
    else if (groups['minus']) parsed.excluded.push(value);
    else if (groups['quoted'] !== undefined && !name) parsed.phrases.push(value);
    else parsed.words.push(name ? `${groups['name']} ${value}` : value);
  }
  return parsed;
}

function readTime(parsed: ParsedSearch, operator: 'before' | 'after', value: string): void {
  if (isDate(value)) parsed[operator] = value;
  else parsed.words.push(value);
}

/** A year, a month or a day. */
const isDate = (value: string) => /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(value);

const quoted = (value: string) => (/[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value);
/** An operator as it is written in a query. */
export const writeOperator = (operator: SearchOperator, value: string, language: 'fr' | 'en') => `${OPERATORS[operator][language][0]}:${quoted(value)}`;

/** The same query with an operator more. */
export const withOperator = (typed: string, operator: string) => `${typed.trim()} ${operator}`.trim();

/** The same query without the operators of a kind whose value `drops` says. */
export function withoutOperators(typed: string, operator: SearchOperator, drops: (value: string) => boolean): string {
  return typed
    .replace(PART, (part, ...rest) => {
      const groups = rest.at(-1) as Record<string, string | undefined>;
      return OPERATOR_OF.get(groups['name']?.toLowerCase() ?? '') === operator && drops(groups['quoted'] ?? groups['plain'] ?? '') ? '' : part;
    })
    .replace(/\s+/g, ' ')
    .trim();
}
