/**
 * Why a word of a text answers a word of a query. Ranking lets the more certain reason count more: what the reader wrote,
 * then another form of it, then another word of the same family, then another word for the same thing, then what may only
 * be misspelt.
 */
export type Why = 'exact' | 'stem' | 'family' | 'head' | 'concept' | 'synonym' | 'translation' | 'prefix' | 'spelling' | 'meaning';

/** All figures of the ranking; measured by `npm run bench -- search-quality` (docs/decisions/0015). */
export const RANKING = {
  /** How much an occurrence counts for each reason. */
  why: { exact: 1, stem: 0.92, family: 0.6, head: 0.4, concept: 0.75, translation: 0.75, synonym: 0.65, prefix: 0.6, spelling: 0.8, meaning: 0.25 } satisfies Record<Why, number>,
  /** What is taken off for each edit of a misspelt word. */
  edit: 0.15,
  /** BM25 (Robertson & Zaragoza 2009): saturation of repeated words, and how much long texts are held back. */
  k1: 1.2,
  b: 0.65,
  /** The second best reason of the same word adds this share: a text that also uses the synonym is a little better. */
  alsoBy: 0.15,
  /** Share of the score that depends on how much of the query is answered, in queries of few words and in long ones. */
  coverage: { short: 0.6, long: 0.35, longFrom: 7 },
  /** An expression says more than its words one by one. */
  expression: 1.25,
  /** Whoever types a title means what bears it. */
  wholeTitle: 1.6,
  /** Nearness in meaning, for queries of some words: its share beside the best score, and how many of the best are looked at. */
  meaning: { share: 0.45, among: 150 },
  /** What is left of words of politeness and of asking in a long question. */
  hollow: 0.4,
  /** Words from which a query is a question rather than a keyword or two: weak signs then add up. */
  longFrom: 4,
  /** Hits below this share of the best are noise and are not shown or counted. */
  cut: 0.12,
  /** Fields: how often a word of it counts. A title says what the whole is about. */
  field: { title: 3, names: 1.6, summary: 1.5, body: 1, places: 0.6, synonyms: 0.5, concept: 3.2 },
} as const;

/** Weight of a word that occurs in `holding` of `all` documents: rare words say more (Robertson & Spärck Jones). */
export const rarity = (holding: number, all: number) => Math.log(1 + (Math.max(0, all - holding) + 0.5) / (holding + 0.5));
