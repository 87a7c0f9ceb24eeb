import { Sparse } from './numbers.js';
import type { Alternative, Span } from './query-plan.js';
import { RANKING, rarity } from './ranking.js';
import { COUNT_BITS, type Vocabulary } from './vocabulary.js';

const COUNT_MASK = 2 ** COUNT_BITS - 1;
/** Steps in which weighted occurrences are kept. */
export const STEP = 4;

/** What the scorer needs to know of the documents. */
export interface Corpus {
  readonly vocabulary: Vocabulary;
  /** Documents there are now. */
  readonly size: number;
  /** Numbers given so far. */
  readonly numbers: number;
  isLive(number: number): boolean;
  /** Length of a document in relation to the others of its kind. */
  relativeLength(number: number): number;
}

/** Score of each document for a query: BM25 over groups of words that answer each other. Its buffers serve one query at a time. */
export class Scorer {
  /** Score of each document that holds a word of the query. */
  readonly total = new Sparse();
  private readonly covered = new Sparse();
  private readonly score = new Sparse();
  private readonly cover = new Sparse();
  private readonly whole = new Sparse();
  private readonly wholeCover = new Sparse();
  private readonly best = new Sparse();
  private readonly certainty = new Sparse();
  private readonly counts = new Sparse();
  private readonly tier = new Sparse();

  constructor(private readonly corpus: Corpus) {}

  /** Fills `total`. */
  run(spans: readonly Span[]): void {
    for (const buffer of [this.total, this.covered, this.score, this.cover, this.whole, this.wholeCover, this.best, this.certainty, this.counts, this.tier]) {
      buffer.clear();
      buffer.fit(this.corpus.numbers);
    }
    let possible = 0;
    for (const span of spans) possible += this.addSpan(span);
    const groups = spans.reduce((sum, span) => sum + span.groups.length, 0);
    const share = groups >= RANKING.coverage.longFrom ? RANKING.coverage.long : RANKING.coverage.short;
    for (const number of this.total.keys) this.total.set(number, this.total.get(number) * (1 - share + share * Math.min(1, this.covered.get(number) / possible)));
  }

  /** @returns the rarity of all its words together. */
  private addSpan({ groups, alternatives }: Span): number {
    let words = 0;
    for (const group of groups) {
      const weight = this.rarityOfGroup(group.alternatives) * group.share;
      words += weight;
      this.addGroup(group.alternatives, weight, this.score, this.cover);
    }
    if (alternatives.length > 0) {
      this.addGroup(alternatives, this.rarityOf(alternatives) * RANKING.expression, this.whole, this.wholeCover, words);
      for (const number of this.whole.keys) {
        const [own, other] = [this.score.get(number), this.whole.get(number)];
        this.score.set(number, Math.max(own, other) + RANKING.alsoBy * Math.min(own, other));
        this.cover.set(number, Math.max(this.cover.get(number), this.wholeCover.get(number)));
      }
      this.whole.clear();
      this.wholeCover.clear();
    }
    for (const number of this.score.keys) this.total.add(number, this.score.get(number));
    for (const number of this.cover.keys) this.covered.add(number, this.cover.get(number));
    this.score.clear();
    this.cover.clear();
    return words;
  }

  /** Each reason on its own, the best of them counting in full. @param worth what the group is worth of the query. */
  private addGroup(alternatives: readonly Alternative[], weight: number, score: Sparse, cover: Sparse, worth = weight): void {
    for (let at = 0; at < alternatives.length; ) {
      const certainty = alternatives[at]!.weight;
      const from = at;
      for (; at < alternatives.length && alternatives[at]!.weight === certainty; at += 1) this.countForm(alternatives[at]!.form);
      // What stands for a rare word may be a common one, and then says as little as that.
      const says = Math.min(1, this.rarityOf(alternatives.slice(from, at)) / weight) ** 0.5;
      for (const number of this.tier.keys) {
        const value = certainty * says * this.saturated(number, this.counts.get(number));
        const known = this.best.get(number);
        this.best.set(number, Math.max(known, value) + RANKING.alsoBy * Math.min(known, value));
        if (this.certainty.get(number) === 0) this.certainty.set(number, certainty);
      }
      this.tier.clear();
    }
    for (const number of this.best.keys) {
      score.add(number, weight * this.best.get(number));
      cover.add(number, worth * this.certainty.get(number));
    }
    for (const buffer of [this.best, this.certainty, this.counts]) buffer.clear();
  }

  private countForm(form: number): void {
    const list = this.corpus.vocabulary.list(form);
    const size = this.corpus.vocabulary.sizes[form]!;
    for (let index = 0; index < size; index += 1) {
      const number = list[index]! >>> COUNT_BITS;
      if (!this.corpus.isLive(number)) continue;
      this.counts.add(number, (list[index]! & COUNT_MASK) / STEP);
      this.tier.set(number, 1);
    }
  }

  private saturated(number: number, count: number): number {
    return (count * (RANKING.k1 + 1)) / (count + RANKING.k1 * (1 - RANKING.b + RANKING.b * this.corpus.relativeLength(number)));
  }

  /** By what is certain, if there is any: that others say it otherwise does not make a word common. */
  private rarityOfGroup(alternatives: readonly Alternative[]): number {
    const certain = alternatives.filter(({ why }) => why === 'exact' || why === 'stem');
    return this.rarityOf(certain.length > 0 ? certain : alternatives);
  }

  private rarityOf(alternatives: readonly Alternative[]): number {
    const holding = alternatives.reduce((sum, { form }) => sum + this.corpus.vocabulary.sizes[form]!, 0);
    return rarity(Math.min(this.corpus.size, holding), this.corpus.size);
  }
}
