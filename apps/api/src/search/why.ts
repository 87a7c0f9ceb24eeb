import type { Language, SearchHit } from '@passerelle/contract';
import type { Alternative, Match, Matcher, SearchIndex } from '@passerelle/search';
import type { Entry, IndexFacet } from './entry.js';
import type { Shown } from './hits.js';
import { REASONS } from './search.words.js';
import type { Thesaurus } from './thesaurus.js';

const CERTAIN = ['exact', 'stem'];
const NOTES_MAX = 2;

interface Reason {
  asked: string;
  /** As the text writes it; empty for a concept that was only named. */
  found: string;
  alternative: Alternative;
  /** What the reader is not shown as text: who wrote it and for which city, where that lies, what the content is about. */
  by?: 'name' | 'place' | 'concept';
}
/** Why an entry was found, for people and for programs. */
export interface Explanation {
  why: string;
  whyCode: SearchHit['whyCode'];
  /** Other words that were found in the place of those asked for. */
  also: { asked: string; found: string; why: SearchHit['whyCode']; weight: number }[];
}

interface Tools {
  matcher: Matcher;
  index: SearchIndex<IndexFacet>;
  thesaurus: Thesaurus;
  language: Language;
  /** What of the query a folded word stands for. */
  asTyped: (asked: string) => string;
}

/** Says why, from what the title and the text of the entry hold; where they hold nothing, from what else it is found by. */
export function explain(entry: Entry, shown: Shown, tools: Tools): Explanation {
  const { matcher, index, language } = tools;
  const words = REASONS[language];
  if (matcher.asked.length === 0) return { why: words.filter, whyCode: 'filter', also: [] };
  const inWords = strongest([
    ...reasonsOf(entry.title, shown.title), ...reasonsOf(shown.text, shown.matches), ...matcher.conceptsAmong(entry.concepts, index.vocabulary).map((one) => ({ ...one, found: '' })),
  ]);
  const beside = besideWords(entry, matcher).filter(({ asked }) => !inWords.some((reason) => reason.asked === asked));
  const certain = inWords.filter(isCertain);
  const inTitle = certain.some(({ asked }) => shown.title.some((match) => match.asked === asked));
  const inText = certain.some(({ asked }) => shown.matches.some((match) => match.asked === asked));
  const place = entry.kind === 'document' ? 'document' : inTitle && inText ? 'both' : inTitle ? 'title' : 'text';
  const others = withoutParts([...inWords.filter((reason) => !isCertain(reason)), ...beside]).sort((a, b) => b.alternative.weight - a.alternative.weight);
  const sentences = [
    ...(certain.length > 0 ? [certain.length === matcher.asked.length ? words.all(certain.length, place) : words.some(certain.length, matcher.asked.length, place)] : beside.some(isCertain) ? [] : [words.none]),
    ...(shown.page === null ? [] : [words.page(shown.page)]), ...others.slice(0, NOTES_MAX).map((reason) => sentence(reason, entry, tools)),
  ];
  const least = [...certain, ...others].sort((a, b) => a.alternative.weight - b.alternative.weight)[0];
  const also = others.filter((reason) => reason.found !== '' && !isCertain(reason)).map(({ asked, found, alternative }) => ({ asked, found: found.toLowerCase(), why: alternative.why, weight: alternative.weight }));
  return { why: sentences.join(' '), whyCode: least ? codeOf(least) : 'meaning', also };
}

/** A word that only the thesaurus says of the content is there by its concept. */
const codeOf = (reason: Reason): SearchHit['whyCode'] => (reason.by === 'concept' && isCertain(reason) ? 'concept' : reason.alternative.why);

const isCertain = ({ alternative }: Reason) => CERTAIN.includes(alternative.why);
const reasonsOf = (text: string, matches: readonly Match[], by?: Reason['by']): Reason[] => matches.map(({ asked, alternative, start, end }) => ({ asked, alternative, found: text.slice(start, end), ...(by && { by }) }));

/** What an entry is found by that stands neither in its title nor in its text. */
const besideWords = (entry: Entry, matcher: Matcher): Reason[] =>
  strongest([...reasonsOf(entry.names, matcher.in(entry.names), 'name'), ...reasonsOf(entry.places, matcher.in(entry.places), 'place'), ...reasonsOf(entry.synonyms, matcher.in(entry.synonyms), 'concept')]);

/** What an expression of the query explains is not said of each of its words again. */
const withoutParts = (reasons: Reason[]) => reasons.filter(({ asked }) => !reasons.some((other) => other.asked !== asked && other.asked.split(' ').includes(asked)));

/** Of several answers to the same word the most certain one, one found in the text before one that was only named. */
function strongest(reasons: Reason[]): Reason[] {
  const best = new Map<string, Reason>();
  for (const reason of reasons) {
    const known = best.get(reason.asked);
    if (!known || known.alternative.weight < reason.alternative.weight || (known.found === '' && reason.found !== '')) best.set(reason.asked, reason);
  }
  return [...best.values()];
}

function sentence(reason: Reason, entry: Entry, { thesaurus, language, asTyped }: Tools): string {
  const { found, alternative, by } = reason;
  const [words, asked] = [REASONS[language], asTyped(reason.asked)];
  const nameOf = (id: string | undefined) => thesaurus.concepts.get(id ?? '')?.[language === 'fr' ? 'name_fr' : 'name_en'] ?? '';
  if (by === 'name') return isCertain(reason) ? words.named(asked) : words.name(asked, found);
  if (by === 'place') return words.place(asked, entry.place?.name ?? entry.title);
  if (by === 'concept') return words.concept(asked, nameOf(entry.concepts.find((id) => thesaurus.wordsOf([id]).includes(found))));
  const concept = alternative.concept ? thesaurus.concepts.get(alternative.concept) : undefined;
  if (alternative.why === 'concept' && concept && alternative.countries && found !== '') return words.regional(found, asked, countryNames(alternative.countries, language));
  if (concept && (alternative.why === 'concept' || found === '')) return words.concept(asked, nameOf(concept.id));
  switch (alternative.why) {
    case 'spelling': return words.spelling(asked, found);
    case 'translation': return words.translation(asked, found.toLowerCase());
    case 'family': case 'head': return words.family(asked, found.toLowerCase());
    case 'prefix': return words.prefix(asked, found);
    case 'meaning': return words.meaning(asked, found.toLowerCase());
    default: return words.synonym(asked, found.toLowerCase());
  }
}

function countryNames(countries: readonly string[], language: Language): string {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(countries.map((country) => names.of(country) ?? country));
}
