import { type Sense, Senses, type Term } from '@passerelle/search';
import { DEMONYMS, ENGLISH_SYNONYMS, PLACE_VARIANTS, REGIONS, SYNONYMS, TRANSLATIONS } from '@passerelle/search/lexicon';
import { fold } from '@passerelle/text';
import type { Sql } from '../platform/index.js';
import { COUNTRY_NAMES } from './search.words.js';

interface Concept extends Record<string, unknown> {
  id: string; theme_id: string; name_fr: string; name_en: string; terms: { fr?: string[]; en?: string[]; regional?: Record<string, string[]> };
}
interface Theme extends Record<string, unknown> {
  id: string; name_fr: string; name_en: string;
}

/** Groups of countries in the regional words of the thesaurus. */
const REGIONAL_GROUPS: Record<string, readonly string[]> = { QC: ['CA'], MAG: ['MA', 'DZ', 'TN', 'MR'], SAHEL: ['BF', 'ML', 'NE'] };
const SMALL_CITY = 100_000;
const LARGE_CITY = 500_000;

/** Thesaurus and lexicon as the index needs them. Read once for each building of the index. */
export class Thesaurus {
  readonly senses: Senses;
  readonly themes: ReadonlyMap<string, Theme>;
  readonly concepts: ReadonlyMap<string, Concept>;
  private readonly words = new Map<string, string>();

  private constructor(themes: Theme[], concepts: Concept[]) {
    this.themes = new Map(themes.map((theme) => [theme.id, theme]));
    this.concepts = new Map(concepts.map((concept) => [concept.id, concept]));
    const senses = concepts.map(senseOf);
    this.senses = new Senses([...senses, ...lexicon]);
    for (const sense of senses) this.words.set(sense.concept, [...new Set(sense.terms.map((term) => term.text))].join(' ; '));
  }

  static async load(sql: Sql): Promise<Thesaurus> {
    const [themes, concepts] = [await sql.rows<Theme>('SELECT id, name_fr, name_en FROM theme ORDER BY position'), await sql.rows<Concept>('SELECT id, theme_id, name_fr, name_en, terms FROM concept ORDER BY id')];
    return new Thesaurus(themes, concepts);
  }

  /** Names of concepts and all that they are called elsewhere. */
  wordsOf(concepts: readonly string[]): string {
    return concepts.map((id) => this.words.get(id) ?? '').join(' ; ');
  }

  /** A country in both languages with its adjectives, and the regions that the country or the city lies in. */
  placesOf(country: string, city: string): string {
    const regions = REGIONS.filter((region) => region.countries?.includes(country) || region.cities?.includes(city)).map((region) => region.names);
    return [...COUNTRY_NAMES.map((names) => names.of(country) ?? country), DEMONYMS[country] ?? '', ...regions].join(' ; ');
  }

  /** Names under which a city is known as well. */
  otherNamesOf(city: string): string {
    return PLACE_VARIANTS[city] ?? '';
  }

  /** The class of size that the library has too: below 100 000 inhabitants, up to 500 000, above. */
  sizeOf(population: number | null): string {
    if (population === null) return 'unknown';
    return population < SMALL_CITY ? 'small' : population <= LARGE_CITY ? 'medium' : 'large';
  }

  /** Themes that somebody may mean by a word: by id or by the beginning of a word of their name. */
  themesNamed(word: string): string[] {
    return named(this.themes.values(), word);
  }
  conceptsNamed(word: string): string[] {
    return named(this.concepts.values(), word);
  }
  /** Codes of the countries that somebody may mean: by code, name, adjective or region. */
  countriesNamed(word: string): string[] {
    const typed = fold(word);
    const isNamed = (names: string) => names.split('|').some((name) => fold(name) === typed);
    const single = Object.entries(DEMONYMS).flatMap(([code, names]) => (code.toLowerCase() === typed || COUNTRY_NAMES.some((name) => fold(name.of(code) ?? '') === typed) || isNamed(names) ? [code] : []));
    return single.length > 0 ? single : REGIONS.filter((region) => isNamed(region.names)).flatMap((region) => region.countries ?? []);
  }
  /** The name of a city as it is written here, given any of its names. */
  isCity(name: string, typed: string): boolean {
    return [name, ...this.otherNamesOf(name).split('|')].some((one) => fold(one).replaceAll(' ', '') === fold(typed).replaceAll(' ', ''));
  }
}

function named(items: Iterable<Theme>, word: string): string[] {
  const typed = fold(word);
  const all = [...items];
  const same = all.filter((item) => item.id === word || [item.id, item.name_fr, item.name_en].some((name) => fold(name) === typed));
  return (same.length > 0 ? same : all.filter((item) => [item.name_fr, item.name_en].some((name) => ` ${fold(name)}`.includes(` ${typed}`)))).map((item) => item.id);
}

function senseOf({ id, name_fr, name_en, terms }: Concept): Sense {
  const regional = new Map<string, string[]>();
  for (const [region, words] of Object.entries(terms.regional ?? {})) for (const word of words) regional.set(word, [...(regional.get(word) ?? []), ...(REGIONAL_GROUPS[region] ?? [region])]);
  return {
    concept: id,
    terms: [
      { text: name_fr, language: 'fr' }, { text: name_en, language: 'en' }, ...french(terms.fr ?? []), ...english(terms.en ?? []),
      ...[...regional].map(([text, countries]): Term => ({ text, language: 'fr', countries })),
    ],
  };
}

const french = (texts: readonly string[]) => texts.map((text): Term => ({ text, language: 'fr' }));
const english = (texts: readonly string[]) => texts.map((text): Term => ({ text, language: 'en' }));
/** Everyday words beside the thesaurus. */
const lexicon: Sense[] = [
  ...TRANSLATIONS.map(([fr, en]) => ({ concept: '', terms: [...french(fr.split('|')), ...english(en.split('|'))] })),
  ...SYNONYMS.map((set) => ({ concept: '', terms: french(set.split('|')) })),
  ...ENGLISH_SYNONYMS.map((set) => ({ concept: '', terms: english(set.split('|')) })),
];
