import { withRoom } from './numbers.js';
import { bitCount, editDistance, forgiven, letters, sound } from './spelling.js';
import { family, head, stem, type TextLanguage } from './stems.js';

const FRENCH = 1;
const ENGLISH = 2;
const LIST_START = 4;
const SORT_AFTER = 1_000;
/** Room for weighted occurrences in a posting, beside 24 bits for the document. */
export const COUNT_BITS = 8;
const COUNT_MAX = 2 ** COUNT_BITS - 1;

/**
 * Every form that occurs, with the documents that hold it. Stems and families join forms when somebody asks, so that an
 * exact form can count more and the language of a text is known: « evenement » has the stem of English "even".
 */
export class Vocabulary {
  readonly forms: string[] = [];
  /** Documents that ever held the form: of a removed one until the index is built anew. */
  readonly sizes: number[] = [];
  private readonly lists: Uint32Array[] = [];
  private readonly spoken: number[] = [];
  /** Letters and length of each form, side by side so that most are dismissed without looking at the form; expressions have no length. */
  private masks = new Uint32Array(1024);
  private lengths = new Uint8Array(1024);
  private readonly ids = new Map<string, number>();
  private readonly byStem = { fr: new Map<string, number[]>(), en: new Map<string, number[]>() };
  private readonly byFamily = new Map<string, number[]>();
  private readonly byHead = new Map<string, number[]>();
  private readonly bySound = new Map<string, number[]>();
  /** Ids in the order of their forms. All ids of it are below those that wait to be sorted in. */
  private sorted: number[] = [];

  find(form: string): number | undefined {
    return this.ids.get(form);
  }

  /** Notes that `document`, higher than any before, holds the form `count` weighted times. @param language empty: any. */
  add(form: string, language: TextLanguage | '', document: number, count: number): void {
    const id = this.ids.get(form) ?? this.create(form);
    const spoken = language === 'fr' ? FRENCH : language === 'en' ? ENGLISH : FRENCH | ENGLISH;
    if ((this.spoken[id]! & spoken) !== spoken) this.speak(id, form, spoken & ~this.spoken[id]!);
    const size = this.sizes[id]!;
    let list = this.lists[id]!;
    if (size === list.length) {
      const longer = new Uint32Array(Math.ceil(size * 1.5) + LIST_START);
      longer.set(list);
      list = this.lists[id] = longer;
    }
    list[size] = document * (COUNT_MAX + 1) + Math.min(COUNT_MAX, Math.max(1, count));
    this.sizes[id] = size + 1;
  }

  /** Documents of a form: number in the upper bits, weighted count in the lower `COUNT_BITS`. Only `sizes[id]` of them are filled. */
  list(id: number): Uint32Array {
    return this.lists[id]!;
  }

  /** Whether the form occurs in texts of that language. */
  isSpoken(id: number, language: TextLanguage): boolean {
    return (this.spoken[id]! & (language === 'fr' ? FRENCH : ENGLISH)) !== 0;
  }

  /** Forms of that language that share the stem of a word. */
  withStem(form: string, language: TextLanguage): readonly number[] {
    return this.byStem[language].get(stem(form, language)) ?? [];
  }

  /** Forms of the same family of words. */
  withFamily(form: string): readonly number[] {
    const root = family(form);
    return (root && this.byFamily.get(root)) || [];
  }

  /** Forms that begin like a long word. */
  withHead(form: string): readonly number[] {
    return this.byHead.get(head(form)) ?? [];
  }

  /** Forms that begin so and that `takes` takes, at most `max`, those that occur most first. */
  withPrefix(prefix: string, max: number, takes: (id: number) => boolean): number[] {
    this.sort();
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.forms[this.sorted[middle]!]! < prefix) low = middle + 1;
      else high = middle;
    }
    const found: number[] = [];
    for (let at = low; at < this.sorted.length && this.forms[this.sorted[at]!]!.startsWith(prefix); at += 1) found.push(this.sorted[at]!);
    for (let id = this.sorted.length; id < this.forms.length; id += 1) if (this.forms[id]!.startsWith(prefix)) found.push(id);
    return first(found.sort((a, b) => this.sizes[b]! - this.sizes[a]!), max, takes);
  }

  /** Forms spelt nearly so and that `takes` takes, nearest first. Those that sound alike may differ by one edit more. */
  spelledLike(form: string, max: number, takes: (id: number) => boolean): { id: number; distance: number }[] {
    const allowed = forgiven(form.length);
    if (allowed === 0) return [];
    const alike = new Set(this.bySound.get(sound(form)));
    const mask = letters(form);
    const found: { id: number; distance: number }[] = [];
    for (let id = 0; id < this.forms.length; id += 1) {
      // At least so many edits part them.
      const apart = Math.max(Math.abs(this.lengths[id]! - form.length), bitCount(this.masks[id]! ^ mask) / 2);
      if (apart > allowed + 1) continue;
      const limit = alike.has(id) ? allowed + 1 : allowed;
      const other = this.forms[id]!;
      if (apart > limit || this.lengths[id] === 0 || other === form) continue;
      const distance = editDistance(form, other, limit);
      if (distance <= limit) found.push({ id, distance: alike.has(id) ? Math.max(0.5, distance - 1) : distance });
    }
    return first(found.sort((a, b) => a.distance - b.distance || this.sizes[b.id]! - this.sizes[a.id]!), max, ({ id }) => takes(id));
  }

  /** Bytes of the lists of documents. */
  get bytes(): number {
    return this.lists.reduce((sum, list) => sum + list.byteLength, 0);
  }

  private create(form: string): number {
    const id = this.forms.length;
    this.forms.push(form);
    this.sizes.push(0);
    this.lists.push(new Uint32Array(LIST_START));
    this.spoken.push(0);
    this.masks = withRoom(this.masks, id + 1);
    this.lengths = withRoom(this.lengths, id + 1);
    this.masks[id] = letters(form);
    this.lengths[id] = form.includes(' ') ? 0 : form.length;
    this.ids.set(form, id);
    push(this.byFamily, family(form), id);
    push(this.byHead, head(form), id);
    push(this.bySound, sound(form), id);
    return id;
  }

  private speak(id: number, form: string, languages: number): void {
    this.spoken[id]! |= languages;
    if (languages & FRENCH) push(this.byStem.fr, stem(form, 'fr'), id);
    if (languages & ENGLISH) push(this.byStem.en, stem(form, 'en'), id);
  }

  /** Merges the forms added since into the sorted ones, once there are enough of them. */
  private sort(): void {
    const added = this.forms.length - this.sorted.length;
    if (added < SORT_AFTER) return;
    const byForm = (a: number, b: number) => (this.forms[a]! < this.forms[b]! ? -1 : 1);
    const tail = Array.from({ length: added }, (_, index) => this.sorted.length + index).sort(byForm);
    const merged: number[] = [];
    let next = 0;
    for (const id of this.sorted) {
      while (next < tail.length && byForm(tail[next]!, id) < 0) merged.push(tail[next++]!);
      merged.push(id);
    }
    this.sorted = [...merged, ...tail.slice(next)];
  }
}

/** The first `max` of a list that `takes` takes, without looking at the rest. */
function first<T>(list: readonly T[], max: number, takes: (one: T) => boolean): T[] {
  const taken: T[] = [];
  for (let at = 0; at < list.length && taken.length < max; at += 1) if (takes(list[at]!)) taken.push(list[at]!);
  return taken;
}

function push(map: Map<string, number[]>, key: string, id: number): void {
  if (key === '') return;
  const list = map.get(key);
  if (list) list.push(id);
  else map.set(key, [id]);
}
