import type { SearchFacet, SearchField } from './search-kinds.js';

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

const both = (name: string) => ({ fr: name, en: name });
/** Names under which values are written in operators; other values are written by their label. The server reads all of these, in either language. */
export const VALUE_NAMES: Partial<Record<SearchFacet, Readonly<Record<string, Readonly<Record<'fr' | 'en', string>>>>>> = {
  kind: {
    practice: { fr: 'pratique', en: 'practice' }, thread: { fr: 'fil', en: 'thread' }, post: both('message'), project: { fr: 'projet', en: 'project' }, city: { fr: 'ville', en: 'city' },
    person: { fr: 'personne', en: 'person' }, need: { fr: 'besoin', en: 'need' }, offer: { fr: 'offre', en: 'offer' }, document: both('document'),
  },
  size: { small: { fr: 'petite', en: 'small' }, medium: { fr: 'moyenne', en: 'medium' }, large: { fr: 'grande', en: 'large' }, unknown: { fr: 'inconnue', en: 'unknown' } },
  language: { fr: { fr: 'français', en: 'French' }, en: { fr: 'anglais', en: 'English' } },
  cost: { '<50k': both('<50k'), '50k-250k': both('50k-250k'), '250k-1M': both('250k-1M'), '1M-5M': both('1M-5M'), '>5M': both('>5M'), unknown: { fr: 'inconnu', en: 'unknown' } },
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
  /** From the end of that time on. */
  after: string | null;
  /** From its beginning on. */
  from: string | null;
}

// A minus, an operator's name, a value in quotes or without blanks; quotes that nobody closes run to the end.
const PART = /(?<minus>(?<=^|\s)-)?(?:(?<name>\p{L}+):)?(?:"(?<quoted>[^"]*)(?:"|$)|(?<plain>[^\s"]+))/gu;
const QUOTES = /[«“„]\s*|\s*[»”]/gu;
const OPERATOR_OF = new Map(Object.entries(OPERATORS).flatMap(([operator, names]) => [...names.fr, ...names.en].map((name): [string, SearchOperator] => [name, operator as SearchOperator])));
/** Names of `after` that include the time they give. */
const SINCE = new Set(['depuis', 'since']);
const asTyped = (typed: string) => typed.normalize('NFC').replace(QUOTES, '"');
const hasWord = (text: string) => /[\p{L}\p{N}]/u.test(text);

/** Reads a query as it was typed: `boues "station de traitement" -latrines ville:Dakar avant:2024`. Reads anything. */
export function parseSearch(typed: string): ParsedSearch {
  const parsed: ParsedSearch = { words: [], phrases: [], excluded: [], operators: [], before: null, after: null, from: null };
  for (const { groups = {} } of asTyped(typed).matchAll(PART)) {
    const value = (groups['quoted'] ?? groups['plain'] ?? '').trim();
    const { name } = groups;
    const operator = operatorOf(name);
    if (!hasWord(value)) continue;
    // What is shut out is never asked for: « -ville:Dakar » shuts the word out.
    if (groups['minus']) parsed.excluded.push(value);
    else if (operator === 'before' || operator === 'after') readTime(parsed, SINCE.has(name?.toLowerCase() ?? '') ? 'from' : operator, value);
    else if (operator) parsed.operators.push({ field: operator, value });
    else if (groups['quoted'] !== undefined && !name) parsed.phrases.push(value);
    else parsed.words.push(name ? `${name} ${value}` : value);
  }
  return parsed;
}

function readTime(parsed: ParsedSearch, bound: 'before' | 'after' | 'from', value: string): void {
  if (isDate(value)) parsed[bound] = value;
  else parsed.words.push(value);
}

/** A year, a month or a day. */
const isDate = (value: string) => /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(value);

const quoted = (value: string) => (/[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value);
/** An operator as it is written in a query. */
export const writeOperator = (operator: SearchOperator, value: string, language: 'fr' | 'en') => `${OPERATORS[operator][language][0]}:${quoted(value)}`;
/** As `writeOperator`, for a value of a facet under the name that people know it by. */
export const writeValue = (facet: SearchFacet, { value, label }: { value: string; label: string }, language: 'fr' | 'en') => writeOperator(facet, VALUE_NAMES[facet]?.[value]?.[language] ?? label, language);

/** The same query with an operator more. */
export const withOperator = (typed: string, operator: string) => `${typed.trim()} ${operator}`.trim();

/** The same query without the operators of a kind whose value `drops` says. */
export const withoutOperators = (typed: string, operator: SearchOperator, drops: (value: string) => boolean): string =>
  rewritten(typed, (part, { minus, name, quoted: inQuotes, plain }) => (!minus && operatorOf(name) === operator && drops((inQuotes ?? plain ?? '').trim()) ? '' : part));

/** The same query with the words of its expressions, whatever their order. */
export const withoutQuotes = (typed: string): string => rewritten(typed, (part, { minus, name, quoted: inQuotes }) => (inQuotes !== undefined && !minus && !name ? inQuotes : part));

/** The same query with nothing shut out. */
export const withoutExcluded = (typed: string): string => rewritten(typed, (part, { minus }) => (minus ? '' : part));

const operatorOf = (name: string | undefined) => OPERATOR_OF.get(name?.toLowerCase() ?? '');
const rewritten = (typed: string, change: (part: string, groups: Record<string, string | undefined>) => string): string =>
  asTyped(typed)
    .replace(PART, (part, ...rest) => change(part, rest.at(-1) as Record<string, string | undefined>))
    .replace(/\s+/g, ' ')
    .trim();
