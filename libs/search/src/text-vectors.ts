import type { WordVectors } from './meaning.js';

const SCALE = 127;
const GROW = 1.5;
/** Occurrences, and documents, handled before others get their turn. */
const PAUSE_AFTER = 50_000;
const DOCUMENTS_AT_ONCE = 2_000;

/** A word said twice says less than two words. */
const damped = (count: number) => 1 + Math.log(Math.max(1, count));
function addTo(sums: Float32Array, start: number, place: Float32Array, weight: number): void {
  for (let d = 0; d < place.length; d += 1) sums[start + d]! += weight * place[d]!;
}
function ofLengthOne(vector: Float32Array): Float32Array | null {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? vector.map((value) => value / length) : null;
}

/** Where each document stands: the sum of its words, of length 1, kept in a byte for each dimension. */
export class TextVectors {
  private values: Int8Array;

  constructor(
    readonly words: WordVectors,
    documents: number,
  ) {
    this.values = new Int8Array(documents * words.dimensions);
  }

  /** @param counts how often each form stands in the text */
  set(number: number, counts: ReadonlyMap<string, number>): void {
    this.put(number, this.vectorOf(counts));
  }

  private put(number: number, vector: Float32Array | null): void {
    const end = (number + 1) * this.words.dimensions;
    if (end > this.values.length) {
      const longer = new Int8Array(Math.ceil(end * GROW));
      longer.set(this.values);
      this.values = longer;
    }
    this.values.set(vector ? vector.map((value) => Math.round(value * SCALE)) : new Float32Array(this.words.dimensions), number * this.words.dimensions);
  }

  /** The place of a text; null where none of its words is known. */
  vectorOf(counts: ReadonlyMap<string, number>): Float32Array | null {
    const sum = new Float32Array(this.words.dimensions);
    for (const [form, count] of counts) {
      const place = this.words.of(form);
      if (place) addTo(sum, 0, place, damped(count));
    }
    return ofLengthOne(sum);
  }

  /** Sets all documents at once, from the lists of a vocabulary. */
  async fill(documents: number, forms: Iterable<{ form: string; each(visit: (number: number, count: number) => void): void }>, pause: () => Promise<void>): Promise<void> {
    const { dimensions } = this.words;
    const sums = new Float32Array(documents * dimensions);
    let done = 0;
    for (const { form, each } of forms) {
      const place = this.words.of(form);
      if (!place) continue;
      each((number, count) => {
        done += 1;
        addTo(sums, number * dimensions, place, damped(count));
      });
      if (done < PAUSE_AFTER) continue;
      done = 0;
      await pause();
    }
    for (let number = 0; number < documents; number += 1) {
      this.put(number, ofLengthOne(sums.subarray(number * dimensions, (number + 1) * dimensions)));
      if (number % DOCUMENTS_AT_ONCE === 0) await pause();
    }
  }

  /** From -1 to 1: how near a document is to a place. */
  nearness(number: number, place: Float32Array): number {
    let dot = 0;
    const start = number * this.words.dimensions;
    for (let d = 0; d < place.length; d += 1) dot += this.values[start + d]! * place[d]!;
    return dot / SCALE;
  }

  get bytes(): number {
    return this.values.byteLength;
  }
}
