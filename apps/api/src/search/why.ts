import type { Language, SearchHit } from '@passerelle/contract';
import type { Alternative, Matcher, SearchIndex } from '@passerelle/search';
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
}
/** Why an entry was found, for people and for programs. */
export interface Explanation {
  why: string;
  whyCode: SearchHit['whyCode'];
  /** Other words that were found in the place of those asked for. */
  also: { asked: string; found: string; why: SearchHit['whyCode'] }[];
}

/** Says why, from what the title and the text of the entry hold. */
export function explain(entry: Entry, shown: Shown, tools: { matcher: Matcher; index: SearchIndex<IndexFacet>; thesaurus: Thesaurus; language: Language }): Explanation {
  const { matcher, index, thesaurus, language } = tools;
  const words = REASONS[language];
  if (matcher.asked.length === 0) return { why: words.filter, whyCode: 'filter', also: [] };
  const reasons = strongest([
    ...shown.title.map((match) => ({ ...match, found: entry.title.slice(match.start, match.end) })), ...shown.matches.map((match) => ({ ...match, found: shown.text.slice(match.start, match.end) })),
    ...matcher.conceptsAmong(entry.concepts, index.vocabulary).map((one) => ({ ...one, found: '' })),
  ]);
  const certain = reasons.filter(({ alternative }) => CERTAIN.includes(alternative.why));
  const inTitle = certain.some(({ asked }) => shown.title.some((match) => match.asked === asked));
  const inText = certain.some(({ asked }) => shown.matches.some((match) => match.asked === asked));
  const place = entry.kind === 'document' ? 'document' : inTitle && inText ? 'both' : inTitle ? 'title' : 'text';
  const others = reasons.filter(({ alternative }) => !CERTAIN.includes(alternative.why)).sort((a, b) => b.alternative.weight - a.alternative.weight);
  const sentences = [
    certain.length === 0 ? words.none : certain.length === matcher.asked.length ? words.all(certain.length, place) : words.some(certain.length, matcher.asked.length, place),
    ...(shown.page === null ? [] : [words.page(shown.page)]), ...others.slice(0, NOTES_MAX).map((reason) => sentence(reason, thesaurus, language)),
  ];
  const least = [...certain, ...others].sort((a, b) => a.alternative.weight - b.alternative.weight)[0];
  return { why: sentences.join(' '), whyCode: least?.alternative.why ?? 'meaning', also: others.filter(({ found }) => found !== '').map(({ asked, found, alternative }) => ({ asked, found: found.toLowerCase(), why: alternative.why })) };
}

/** Of several answers to the same word the most certain one, one found in the text before one that was only named. */
function strongest(reasons: Reason[]): Reason[] {
  const best = new Map<string, Reason>();
  for (const reason of reasons) {
    const known = best.get(reason.asked);
    if (!known || known.alternative.weight < reason.alternative.weight || (known.found === '' && reason.found !== '')) best.set(reason.asked, reason);
  }
  return [...best.values()];
}

function sentence({ asked, found, alternative }: Reason, thesaurus: Thesaurus, language: Language): string {
  const words = REASONS[language];
  const concept = alternative.concept ? thesaurus.concepts.get(alternative.concept) : undefined;
  if (alternative.why === 'concept' && concept && alternative.countries && found !== '') return words.regional(found, asked, countryNames(alternative.countries, language));
  if (concept && (alternative.why === 'concept' || found === '')) return words.concept(asked, language === 'fr' ? concept.name_fr : concept.name_en);
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
