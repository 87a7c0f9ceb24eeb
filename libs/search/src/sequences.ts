import { withRoom } from './numbers.js';

const BORDER = 0;

/** The words of all documents in their order, so that an expression is found without reading the texts again. */
export class Sequences {
  private readonly ids = new Map<string, number>();
  /** Words of all documents, one after the other, with a border before, between and after their texts. */
  private pool = new Uint32Array(4096);
  private used = 0;
  private starts = new Uint32Array(1024);

  /** Documents come in the order of their numbers. @param texts each as its folded words */
  add(number: number, texts: readonly (readonly string[])[]): void {
    this.starts = withRoom(this.starts, number + 2);
    this.starts[number] = this.used;
    this.pool = withRoom(this.pool, this.used + texts.reduce((sum, words) => sum + words.length + 1, 1));
    for (const words of texts) {
      this.pool[this.used++] = BORDER;
      for (const word of words) this.pool[this.used++] = this.idOf(word);
    }
    this.pool[this.used++] = BORDER;
    this.starts[number + 1] = this.used;
  }

  /** Tells documents in one of whose texts these words follow on each other. */
  holding(words: readonly string[]): (number: number) => boolean {
    const ids = words.map((word) => this.ids.get(word));
    if (ids.includes(undefined)) return () => false;
    return (number) => {
      for (let at = this.starts[number]!; at + ids.length <= this.starts[number + 1]!; at += 1) if (ids.every((id, index) => this.pool[at + index] === id)) return true;
      return false;
    };
  }

  get bytes(): number {
    return this.pool.byteLength + this.starts.byteLength;
  }

  private idOf(word: string): number {
    const known = this.ids.get(word);
    if (known !== undefined) return known;
    this.ids.set(word, this.ids.size + 1);
    return this.ids.size;
  }
}
