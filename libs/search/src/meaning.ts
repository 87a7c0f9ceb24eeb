import { fold } from '@passerelle/text';
import { rarity } from './ranking.js';
import { STEP } from './scorer.js';
import { stem } from './stems.js';
import { COUNT_BITS, type Vocabulary } from './vocabulary.js';

const COUNT_MASK = 2 ** COUNT_BITS - 1;
const DIMENSIONS = 50;
const ROUNDS = 5;
/** Documents that are learned from; more would take longer and hardly teach more. */
const LEARNED_FROM = 20_000;
/** With fewer there is too little company to know words by. */
export const LEARN_FROM = 150;
/** Occurrences handled before others get their turn. */
const SLICE = 100_000;
/** As much for forms, of which each costs more. */
const FORMS_AT_ONCE = 5_000;

/** Where words stand in a space in which near means near in meaning. */
export interface WordVectors {
  readonly dimensions: number;
  /** The place of a folded form, the longer the more the word says; undefined where it is not known. */
  of(form: string): Float32Array | undefined;
}

/** The word under which forms are learned together. */
export const wordOf = (form: string, vocabulary: Vocabulary) => {
  const id = vocabulary.find(form);
  return stem(form, id !== undefined && vocabulary.isSpoken(id, 'en') && !vocabulary.isSpoken(id, 'fr') ? 'en' : 'fr');
};

const isWord = (form: string) => !form.includes(' ');

/**
 * Places of words by the company they keep in our own texts: latent semantic analysis (Deerwester et al. 1990), that is the
 * first right singular vectors of the matrix of documents and weighted words, found by subspace iteration.
 * @param pause lets others go first; called after each slice of work
 * @returns null where there are too few documents.
 */
export async function learnVectors(vocabulary: Vocabulary, documents: { size: number; numbers: number; isLive(number: number): boolean }, pause: () => Promise<void>): Promise<WordVectors | null> {
  if (documents.size < LEARN_FROM) return null;
  const every = Math.max(1, Math.ceil(documents.numbers / LEARNED_FROM));
  const matrix = await Matrix.of(vocabulary, documents, every, pause);
  let words = randomStart(matrix.words.length, DIMENSIONS);
  for (let round = 0; round < ROUNDS; round += 1) {
    const texts = await matrix.times(words, pause);
    words = await matrix.transposedTimes(texts, pause);
    await orthonormalise(words, DIMENSIONS, pause);
  }
  const places = new Map(matrix.words.map((word, index) => [word, words.subarray(index * DIMENSIONS, (index + 1) * DIMENSIONS).map((value) => value * matrix.weights[index]!)]));
  return { dimensions: DIMENSIONS, of: (form) => places.get(wordOf(form, vocabulary)) };
}

/** Vectors of a model that somebody keeps on the machine, in the text format of word2vec and fastText: a word and its numbers on each line. @param weightOf what a word says; 0 where it does not occur here */
export async function readVectors(lines: AsyncIterable<string>, weightOf: (form: string) => number): Promise<WordVectors> {
  const places = new Map<string, Float32Array>();
  let dimensions = 0;
  for await (const line of lines) {
    const [word = '', ...numbers] = line.trimEnd().split(' ');
    // The first line of the format gives the size of the table.
    if (numbers.length < 2) continue;
    const form = fold(word);
    dimensions ||= numbers.length;
    const weight = weightOf(form);
    if (weight > 0 && numbers.length === dimensions && !places.has(form)) places.set(form, Float32Array.from(numbers, (number) => Number(number) * weight));
  }
  if (places.size === 0) throw new Error('no word of the index is in the model');
  return { dimensions, of: (form) => places.get(form) };
}

/** Documents by words, weighted and of length 1, in the lists of the vocabulary. */
class Matrix {
  readonly words: string[] = [];
  /** For each word its forms. */
  private readonly forms: number[][] = [];
  readonly weights: number[] = [];
  /** Of each document. */
  private readonly lengths: Float32Array;

  private constructor(
    private readonly vocabulary: Vocabulary,
    private readonly documents: { size: number; numbers: number; isLive(number: number): boolean },
    private readonly every: number,
  ) {
    this.lengths = new Float32Array(documents.numbers);
  }

  static async of(vocabulary: Vocabulary, documents: Matrix['documents'], every: number, pause: () => Promise<void>): Promise<Matrix> {
    const matrix = new Matrix(vocabulary, documents, every);
    const byWord = new Map<string, number[]>();
    for (const [id, form] of vocabulary.forms.entries()) {
      if (id % FORMS_AT_ONCE === 0) await pause();
      if (!isWord(form)) continue;
      const word = wordOf(form, vocabulary);
      const forms = byWord.get(word);
      if (forms) forms.push(id);
      else byWord.set(word, [id]);
    }
    for (const [word, forms] of byWord) {
      const holding = forms.reduce((sum, id) => sum + vocabulary.sizes[id]!, 0);
      if (holding < 2) continue;
      matrix.words.push(word);
      matrix.forms.push(forms);
      matrix.weights.push(rarity(Math.min(documents.size, holding), documents.size));
    }
    await matrix.walk((_, number, value) => (matrix.lengths[number]! += value * value), pause);
    matrix.lengths.forEach((square, number) => (matrix.lengths[number] = Math.sqrt(square)));
    return matrix;
  }

  async times(words: Float32Array, pause: () => Promise<void>): Promise<Float32Array> {
    const texts = new Float32Array(Math.ceil(this.documents.numbers / this.every) * DIMENSIONS);
    await this.walk((word, number, value) => {
      const [to, from] = [(number / this.every) * DIMENSIONS, word * DIMENSIONS];
      const share = value / this.lengths[number]!;
      for (let d = 0; d < DIMENSIONS; d += 1) texts[to + d]! += share * words[from + d]!;
    }, pause);
    return texts;
  }

  async transposedTimes(texts: Float32Array, pause: () => Promise<void>): Promise<Float32Array> {
    const words = new Float32Array(this.words.length * DIMENSIONS);
    await this.walk((word, number, value) => {
      const [to, from] = [word * DIMENSIONS, (number / this.every) * DIMENSIONS];
      const share = value / this.lengths[number]!;
      for (let d = 0; d < DIMENSIONS; d += 1) words[to + d]! += share * texts[from + d]!;
    }, pause);
    return words;
  }

  private async walk(visit: (word: number, number: number, value: number) => void, pause: () => Promise<void>): Promise<void> {
    let done = 0;
    for (let word = 0; word < this.words.length; word += 1) {
      this.each(word, (number, value) => {
        done += 1;
        visit(word, number, value);
      });
      if (done > SLICE) {
        done = 0;
        await pause();
      }
    }
  }

  private each(word: number, visit: (number: number, value: number) => void): void {
    for (const form of this.forms[word]!) {
      const list = this.vocabulary.list(form);
      for (let index = 0; index < this.vocabulary.sizes[form]!; index += 1) {
        const number = list[index]! >>> COUNT_BITS;
        if (number % this.every === 0 && this.documents.isLive(number)) visit(number, this.weights[word]! * (1 + Math.log(Math.max(1, (list[index]! & COUNT_MASK) / STEP))));
      }
    }
  }
}

/** The same numbers at each start, so that a search gives the same answer after a restart. */
function randomStart(rows: number, columns: number): Float32Array {
  let state = 0x2545f491;
  return Float32Array.from({ length: rows * columns }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 0x80000000;
  });
}

/** Makes the columns orthogonal and of length 1 (modified Gram and Schmidt). */
async function orthonormalise(values: Float32Array, columns: number, pause: () => Promise<void>): Promise<void> {
  const rows = values.length / columns;
  for (let a = 0; a < columns; a += 1) {
    await pause();
    for (let b = 0; b < a; b += 1) {
      let dot = 0;
      for (let row = 0; row < rows; row += 1) dot += values[row * columns + a]! * values[row * columns + b]!;
      for (let row = 0; row < rows; row += 1) values[row * columns + a]! -= dot * values[row * columns + b]!;
    }
    let square = 0;
    for (let row = 0; row < rows; row += 1) square += values[row * columns + a]! ** 2;
    const length = Math.sqrt(square) || 1;
    for (let row = 0; row < rows; row += 1) values[row * columns + a]! /= length;
  }
}
