import { fold } from '@passerelle/text';

/** Words of a term beyond this would never be written. */
export const TERM_WORDS_MAX = 8;
/** A beginning of fewer letters would catch half of the language. */
export const BEGINNING_MIN = 3;

interface Node {
  next: Map<string, Node>;
  /** Beginnings of the word that follows here, and how long they are. */
  beginnings: Set<string>;
  lengths: number[];
  ends: boolean;
}

/** A place in a text: from, to. */
export type Mark = [from: number, to: number];

const aNode = (): Node => ({ next: new Map(), beginnings: new Set(), lengths: [], ends: false });
/** Marks that nobody sees: soft hyphens, joiners, directions. */
const UNSEEN = /\p{Cf}+/gu;
const WORD = /[\p{L}\p{N}\p{M}\p{Cf}]+/gu;
const PLAIN = /^[a-z0-9]+$/;

/** A text as rules compare it: a word with something invisible inside is the same word. */
export const foldSeen = (text: string) => fold(text.replace(UNSEEN, ''));

/** The words of a term as they are compared, and whether the last one is only a beginning; null when nothing can be looked for. */
export function readTerm(term: string): { words: string[]; begins: boolean } | null {
  const begins = term.endsWith('*');
  const words = foldSeen(term).split(' ').filter(Boolean);
  const last = words.at(-1);
  if (last === undefined || words.length > TERM_WORDS_MAX || (begins && last.length < BEGINNING_MIN)) return null;
  return { words, begins };
}

/**
 * Finds words, beginnings and phrases in a text, without regard to case and accents. A tree of words: the time depends on the length of the text and not on
 * how many terms there are, and nothing that a term says can make it longer.
 */
export class WordList {
  private readonly root = aNode();

  constructor(terms: readonly string[]) {
    for (const term of terms) this.add(term);
  }

  /** Whether anything of the list stands in a folded text. */
  matches(folded: string): boolean {
    const words = folded.split(' ');
    return words.some((_, index) => this.from(words, index) > 0);
  }

  /** Where in the text, as it was written, something of the list stands. */
  marks(text: string): Mark[] {
    const words: string[] = [];
    const places: Mark[] = [];
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const lower = word.toLowerCase();
      const folded = PLAIN.test(lower) ? lower : foldSeen(word).replaceAll(' ', '');
      if (folded === '') continue;
      words.push(folded);
      places.push([index, index + word.length]);
    }
    const marks: Mark[] = [];
    for (let index = 0; index < words.length; index += 1) {
      const length = this.from(words, index);
      const [first, last] = [places[index], places[index + length - 1]];
      if (length === 0 || !first || !last) continue;
      marks.push([first[0], last[1]]);
      index += length - 1;
    }
    return marks;
  }

  private add(term: string): void {
    const read = readTerm(term);
    if (!read) return;
    let node = this.root;
    for (const [index, word] of read.words.entries()) {
      if (read.begins && index === read.words.length - 1) {
        node.beginnings.add(word);
        if (!node.lengths.includes(word.length)) node.lengths.push(word.length);
        return;
      }
      const next = node.next.get(word) ?? aNode();
      node.next.set(word, next);
      node = next;
    }
    node.ends = true;
  }

  /** How many words the longest term has that stands at this place; 0 for none. */
  private from(words: string[], start: number): number {
    let node: Node | undefined = this.root;
    let found = 0;
    for (let index = start; node && index < words.length; index += 1) {
      const word = words[index] ?? '';
      if (node.lengths.some((length) => node?.beginnings.has(word.slice(0, length)))) found = index - start + 1;
      node = node.next.get(word);
      if (node?.ends) found = index - start + 1;
    }
    return found;
  }
}
