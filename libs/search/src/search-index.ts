import { Best } from './best.js';
import { LANGUAGES, readDocument, type SearchDocument, titleForm } from './document.js';
import { Facets } from './facets.js';
import { learnVectors, type WordVectors } from './meaning.js';
import { withRoom } from './numbers.js';
import { planQuery, type Span } from './query-plan.js';
import { RANKING, rarity } from './ranking.js';
import { type Corpus, Scorer, STEP } from './scorer.js';
import { contentForms, type Senses } from './senses.js';
import { Sequences } from './sequences.js';
import { TextVectors } from './text-vectors.js';
import { tokenize } from './tokens.js';
import { COUNT_BITS, Vocabulary } from './vocabulary.js';

export interface SearchRequest<Facet extends string> {
  /** Words, none of which is required. Without any, everything is found, the newest first. */
  text: string;
  /** Expressions that must occur as they are written, apart from case and accents. */
  phrases?: readonly string[];
  /** Words that must not occur in any form; of an expression not all of them. */
  excluded?: readonly string[];
  filters?: Partial<Record<Facet, readonly string[]>>;
  /** From this moment on, and before that one, in milliseconds since 1970. What has no date is neither. */
  from?: number;
  before?: number;
  /** Whether the reader may see a scope: nothing else counts, not even in facets. */
  sees(scope: string): boolean;
  limit: number;
  /** At most so many of a kind. */
  perKind?: number;
  /** Country of the reader: its own words come first. */
  country?: string;
  /** The last word is still being typed. */
  typing?: boolean;
}

export interface SearchHits<Facet extends string> {
  total: number;
  hits: { key: string; score: number }[];
  facets: Record<Facet, Map<string, number>>;
}

const COUNT_MASK = 2 ** COUNT_BITS - 1;
/** The words of all that can be found, in memory: PostgreSQL holds the truth, and this is built from it (docs/decisions/0015). */
export class SearchIndex<Facet extends string> implements Corpus {
  readonly vocabulary = new Vocabulary();
  private readonly byKey = new Map<string, number>();
  private readonly keys: string[] = [];
  private readonly facets: Facets<Facet>;
  private readonly sequences = new Sequences();
  private readonly scorer = new Scorer(this);
  private readonly kinds = new Names();
  private readonly scopes = new Names();
  private readonly kindLengths: { documents: number; length: number }[] = [];
  private live = new Uint8Array(1024);
  private kindOf = new Uint8Array(1024);
  private scopeOf = new Uint16Array(1024);
  private lengths = new Float32Array(1024);
  private usefulness = new Float32Array(1024);
  private times = new Float64Array(1024);
  private meaning: TextVectors | null = null;

  /** @param counted facets whose values are counted in answers; all where it is not given */
  constructor(
    facetNames: readonly Facet[],
    private readonly senses: Senses,
    counted?: readonly Facet[],
  ) {
    this.facets = new Facets(facetNames, counted);
  }

  get size(): number {
    return this.byKey.size;
  }
  /** Numbers given so far; those of documents removed since stay empty until the index is built anew. */
  get numbers(): number {
    return this.keys.length;
  }
  /** Bytes of the lists of words and documents, without the keys. */
  get bytes(): number {
    return this.vocabulary.bytes + this.sequences.bytes + this.live.byteLength * 21;
  }

  has(key: string): boolean {
    return this.byKey.has(key);
  }

  isLive(number: number): boolean {
    return this.live[number] === 1;
  }

  relativeLength(number: number): number {
    const kind = this.kindLengths[this.kindOf[number]!]!;
    return (this.lengths[number]! * kind.documents) / Math.max(1, kind.length);
  }

  /** What a folded form says: more the fewer documents hold it, 0 where none does. */
  rarityOf(form: string): number {
    const id = this.vocabulary.find(form);
    return id === undefined ? 0 : rarity(Math.min(this.size, this.vocabulary.sizes[id]!), this.size);
  }

  /** All values of a facet that any document ever had. */
  valuesOf(facet: Facet): string[] {
    return this.facets.valuesOf(facet);
  }

  add(document: SearchDocument<Facet>): void {
    this.remove(document.key);
    const number = this.keys.length;
    const { counts, length, texts } = readDocument(document, this.senses);
    for (const [form, count] of counts) this.vocabulary.add(form, document.language, number, Math.round(count * STEP));
    this.sequences.add(number, texts);
    this.keep(number, document, length);
    this.meaning?.set(number, counts);
  }

  remove(key: string): void {
    const number = this.byKey.get(key);
    if (number === undefined) return;
    const kind = this.kindLengths[this.kindOf[number]!]!;
    kind.documents -= 1;
    kind.length -= this.lengths[number]!;
    this.live[number] = 0;
    this.keys[number] = '';
    this.byKey.delete(key);
  }

  search(request: SearchRequest<Facet>): SearchHits<Facet> {
    const phrases = request.phrases ?? [];
    const isSeen = this.seenBy(request.sees);
    const spans = planQuery([request.text, ...phrases].join(' '), this.vocabulary, this.senses, { ...request, isSeen });
    const { numbers, scoreOf } = this.rank(spans, request.text);
    const allows = this.condition(request, phrases, isSeen);
    let best = 0;
    const matching = numbers.filter((number) => {
      if (!allows(number)) return false;
      best = Math.max(best, scoreOf(number));
      return true;
    });
    const least = spans.length > 0 ? best * RANKING.cut : -1;
    const counter = this.facets.counter(request.filters ?? {});
    const nearness = this.nearnessTo(request, spans);
    // Keys hold ids, which grow with time: the order of equals is the same in each process and after each building.
    const isBefore = (a: number, b: number) => this.keys[a]! > this.keys[b]!;
    const top = new Best(nearness ? Math.max(request.limit, RANKING.meaning.among) : request.limit, isBefore, request.perKind);
    let total = 0;
    for (const number of matching) {
      const score = scoreOf(number);
      if (score < least) continue;
      counter.count(number);
      if (!counter.passes(number)) continue;
      total += 1;
      top.offer(number, score, this.kindOf[number]!);
    }
    const list = nearness ? byMeaning(top.list, nearness, isBefore) : top.list;
    return { total, hits: list.slice(0, request.limit).map(({ number, score }) => ({ key: this.keys[number]!, score })), facets: counter.result };
  }

  /**
   * Learns what words are near in meaning, from a model or else from the texts themselves, and keeps the place of each document.
   * @param pause lets others go first
   */
  async learnMeaning(model: WordVectors | null, pause: () => Promise<void>): Promise<void> {
    const words = model ?? (await learnVectors(this.vocabulary, this, pause));
    if (!words) return;
    const meaning = new TextVectors(words, this.numbers);
    await meaning.fill(this.numbers, this.walks(), pause);
    this.meaning = meaning;
  }

  /** Forms that answer a query for the reader, to be marked in a text. */
  plan(request: Pick<SearchRequest<Facet>, 'text' | 'phrases' | 'country' | 'typing' | 'sees'>): Span[] {
    return planQuery([request.text, ...(request.phrases ?? [])].join(' '), this.vocabulary, this.senses, { ...request, isSeen: this.seenBy(request.sees) });
  }

  /** How much a document gains by its meaning; null where the query says too little, or nothing was learned. */
  private nearnessTo({ text, typing }: SearchRequest<Facet>, spans: readonly Span[]): ((number: number) => number) | null {
    const { meaning } = this;
    const words = spans.reduce((sum, span) => sum + span.groups.length, 0);
    if (!meaning || typing || words < RANKING.longFrom) return null;
    const place = meaning.vectorOf(contentForms(text).reduce((counts, form) => counts.set(form, (counts.get(form) ?? 0) + 1), new Map<string, number>()));
    return place && ((number) => RANKING.meaning.share * meaning.nearness(number, place));
  }

  /** Each word with a walk over the documents that hold it. */
  private *walks(): Iterable<{ form: string; each(visit: (number: number, count: number) => void): void }> {
    for (const [id, form] of this.vocabulary.forms.entries()) {
      if (form.includes(' ')) continue;
      const list = this.vocabulary.list(id).subarray(0, this.vocabulary.sizes[id]);
      yield { form, each: (visit) => list.forEach((posting) => visit(posting >>> COUNT_BITS, (posting & COUNT_MASK) / STEP)) };
    }
  }

  private rank(spans: readonly Span[], text: string): { numbers: Uint32Array; scoreOf: (number: number) => number } {
    if (spans.length === 0) return { numbers: Uint32Array.from(this.byKey.values()), scoreOf: (number) => this.times[number]! };
    this.scorer.run(spans);
    const { total } = this.scorer;
    const titled = this.holding([titleForm(contentForms(text))]);
    return { numbers: total.keys, scoreOf: (number) => total.get(number) * this.usefulness[number]! * (titled.has(number) ? RANKING.wholeTitle : 1) };
  }

  /** Whether a document may be shown and holds what it must. */
  private condition(request: SearchRequest<Facet>, phrases: readonly string[], isSeen: (number: number) => boolean): (number: number) => boolean {
    const { from = -Infinity, before = Infinity } = request;
    const needed = phrases.flatMap((phrase) => contentForms(phrase)).map((form) => this.holding([form]));
    const inOrder = phrases.map(wordsInOrder).filter((words) => words.length > 1).map((words) => this.sequences.holding(words));
    const refused = (request.excluded ?? []).map((words) => contentForms(words).map((form) => this.holding(this.inAnyForm(form)))).filter((sets) => sets.length > 0);
    return (number) => {
      const at = this.times[number]!;
      const isInTime = at >= from && (before === Infinity || (at < before && at > 0));
      return isSeen(number) && isInTime && !refused.some((sets) => sets.every((set) => set.has(number))) && needed.every((set) => set.has(number)) && inOrder.every((holds) => holds(number));
    };
  }

  /** Whether a document is there and under a scope that the reader sees. */
  private seenBy(sees: (scope: string) => boolean): (number: number) => boolean {
    const seen = this.scopes.names.map(sees);
    return (number) => this.live[number] === 1 && seen[this.scopeOf[number]!]!;
  }

  private holding(forms: readonly string[]): Set<number> {
    const found = new Set<number>();
    for (const form of forms) {
      const id = this.vocabulary.find(form);
      if (id === undefined) continue;
      const list = this.vocabulary.list(id);
      for (let index = 0; index < this.vocabulary.sizes[id]!; index += 1) found.add(list[index]! >>> COUNT_BITS);
    }
    return found;
  }

  private inAnyForm(form: string): string[] {
    return [form, ...LANGUAGES.flatMap((language) => this.vocabulary.withStem(form, language).map((id) => this.vocabulary.forms[id]!))];
  }

  private keep(number: number, document: SearchDocument<Facet>, length: number): void {
    const size = number + 1;
    [this.live, this.kindOf, this.scopeOf] = [withRoom(this.live, size), withRoom(this.kindOf, size), withRoom(this.scopeOf, size)];
    [this.lengths, this.usefulness, this.times] = [withRoom(this.lengths, size), withRoom(this.usefulness, size), withRoom(this.times, size)];
    const kind = this.kinds.idOf(document.kind);
    this.keys.push(document.key);
    this.byKey.set(document.key, number);
    this.facets.add(number, document.facets);
    this.live[number] = 1;
    this.kindOf[number] = kind;
    this.scopeOf[number] = this.scopes.idOf(document.scope);
    this.lengths[number] = length;
    this.usefulness[number] = document.usefulness;
    this.times[number] = document.at;
    const lengths = (this.kindLengths[kind] ??= { documents: 0, length: 0 });
    lengths.documents += 1;
    lengths.length += length;
  }
}

/** The same hits, those near in meaning further up. Scores stay comparable with those of hits that were not looked at. */
function byMeaning(list: readonly { number: number; score: number }[], nearness: (number: number) => number, isBefore: (a: number, b: number) => boolean): { number: number; score: number }[] {
  const best = list[0]?.score ?? 0;
  return list.map(({ number, score }) => ({ number, score: score + best * nearness(number) })).sort((a, b) => b.score - a.score || (isBefore(a.number, b.number) ? -1 : 1));
}

/** All words of a text, also those that say nothing, compounds taken apart. */
const wordsInOrder = (text: string) => tokenize(text).flatMap(({ form, joined }) => (joined ? [] : [form]));

/** Small numbers for names that come again. */
class Names {
  readonly names: string[] = [];
  private readonly ids = new Map<string, number>();
  idOf(name: string): number {
    const known = this.ids.get(name);
    if (known !== undefined) return known;
    this.ids.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}
