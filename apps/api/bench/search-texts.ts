import { readFileSync } from 'node:fs';

interface Threads {
  threads: { posts: { body: string }[] }[];
}

const NAMES = 60_000;
const SYLLABLES = ['ba', 'ko', 'ndi', 'mou', 'la', 'sé', 'tou', 'ri', 'gan', 'fo', 'dé', 'wa', 'zin', 'ma', 'ké', 'lo', 'bi', 'ya', 'tan', 'go'];
const SENTENCE = { from: 20, to: 320 };

/** Numbers that look drawn and are the same in each run (mulberry32). */
export function drawFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A name of a district or a firm: each number below NAMES gives another one. */
export function nameOf(number: number): string {
  const { length } = SYLLABLES;
  const [a, b, c, d] = [number % length, Math.floor(number / length) % length, Math.floor(number / length ** 2) % length, Math.floor(number / length ** 3) % length];
  const name = [a, b, c, d].map((at) => SYLLABLES[at]).join('');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * Messages of the kind that the demonstration has: its sentences anew together, with names and numbers that make the
 * vocabulary grow with the number of messages as it does in a real network (Zipf).
 */
export class TextMaker {
  private readonly sentences: string[];

  constructor(private readonly draw: () => number) {
    const files = ['threads-1.json', 'threads-2.json'].map((name) => JSON.parse(readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8')) as Threads);
    this.sentences = files
      .flatMap(({ threads }) => threads.flatMap(({ posts }) => posts.map(({ body }) => body)))
      .flatMap((body) => body.split(/(?<=[.!?])\s+|\n+/))
      .filter((sentence) => sentence.length > SENTENCE.from && sentence.length < SENTENCE.to && !sentence.includes('[['));
  }

  /** A name, common ones far more often than rare ones. */
  name(): string {
    return nameOf(Math.floor(NAMES ** this.draw()));
  }

  sentence(): string {
    return this.sentences[Math.floor(this.draw() * this.sentences.length)] ?? '';
  }

  title(): string {
    return `${this.sentence().slice(0, 90)} (${this.name()})`;
  }

  body(): string {
    const count = 2 + Math.floor(this.draw() * 6);
    const sentences = Array.from({ length: count }, () => this.sentence());
    sentences.splice(Math.floor(this.draw() * count), 0, `Dossier ${Math.floor(this.draw() * 1e6)}, quartier ${this.name()}, avec l’entreprise ${this.name()}.`);
    return sentences.join(' ');
  }
}
