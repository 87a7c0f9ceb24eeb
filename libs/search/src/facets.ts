import { withRoom } from './numbers.js';

const NONE_FAILED = -1;
const SEVERAL_FAILED = -2;

/** Values of each facet for each document, and how to count them. */
export class Facets<Facet extends string> {
  private readonly ids = new Map<string, number>();
  /** Value and facet of each id. */
  private readonly values: string[] = [];
  private facetOf = new Uint8Array(1024);
  /** Ids of all documents, one after the other. */
  private pool = new Uint32Array(4096);
  private used = 0;
  private starts = new Uint32Array(1024);

  /** @param counted those whose values are counted; the others only filter */
  constructor(
    private readonly names: readonly Facet[],
    private readonly counted: readonly Facet[] = names,
  ) {}

  /** Documents come in the order of their numbers. */
  add(number: number, facets: Partial<Record<Facet, readonly string[]>>): void {
    const ids = this.names.flatMap((name, facet) => (facets[name] ?? []).map((value) => this.idOf(facet, value)));
    this.pool = withRoom(this.pool, this.used + ids.length);
    this.pool.set(ids, this.used);
    this.starts = withRoom(this.starts, number + 2);
    this.starts[number] = this.used;
    this.used += ids.length;
    this.starts[number + 1] = this.used;
  }

  /** All values of a facet that any document ever had. */
  valuesOf(name: Facet): string[] {
    const facet = this.names.indexOf(name);
    return this.values.filter((_, id) => this.facetOf[id] === facet);
  }

  /** Counts documents under these filters: each facet under all the others, so that one sees what else could be chosen. */
  counter(filters: Partial<Record<Facet, readonly string[]>>): FacetCounter<Facet> {
    const allowed = this.names.map((name, facet) => {
      const chosen = filters[name];
      return chosen && chosen.length > 0 ? new Set(chosen.map((value) => this.ids.get(key(facet, value)) ?? -1)) : null;
    });
    const counted = this.names.map((name) => this.counted.includes(name));
    return new FacetCounter(this.names, counted, allowed, this.values, this.facetOf, (number) => this.pool.subarray(this.starts[number]!, this.starts[number + 1]!));
  }

  private idOf(facet: number, value: string): number {
    const known = this.ids.get(key(facet, value));
    if (known !== undefined) return known;
    const id = this.values.push(value) - 1;
    this.ids.set(key(facet, value), id);
    this.facetOf = withRoom(this.facetOf, id + 1);
    this.facetOf[id] = facet;
    return id;
  }
}

const key = (facet: number, value: string) => `${facet} ${value}`;

class FacetCounter<Facet extends string> {
  private readonly counts: Uint32Array;
  private readonly filtered: number[];
  private readonly passed: Uint8Array;

  constructor(
    private readonly names: readonly Facet[],
    private readonly counted: readonly boolean[],
    private readonly allowed: (Set<number> | null)[],
    private readonly values: readonly string[],
    private readonly facetOf: Uint8Array,
    private readonly of: (number: number) => Uint32Array,
  ) {
    this.counts = new Uint32Array(values.length);
    this.filtered = allowed.flatMap((set, facet) => (set ? [facet] : []));
    this.passed = new Uint8Array(names.length);
  }

  /** Whether a document passes the filters. */
  passes(number: number): boolean {
    return this.failed(this.of(number)) === NONE_FAILED;
  }

  count(number: number): void {
    const ids = this.of(number);
    const failed = this.failed(ids);
    if (failed === SEVERAL_FAILED) return;
    for (let index = 0; index < ids.length; index += 1) {
      const id = ids[index]!;
      const facet = this.facetOf[id]!;
      if (this.counted[facet] && (failed === NONE_FAILED || facet === failed)) this.counts[id]! += 1;
    }
  }

  get result(): Record<Facet, Map<string, number>> {
    const result = Object.fromEntries(this.names.map((name) => [name, new Map<string, number>()])) as Record<Facet, Map<string, number>>;
    this.counts.forEach((count, id) => {
      if (count > 0) result[this.names[this.facetOf[id]!]!].set(this.values[id]!, count);
    });
    return result;
  }

  /** The one facet whose filter the document fails, if it is one. */
  private failed(ids: Uint32Array): number {
    if (this.filtered.length === 0) return NONE_FAILED;
    this.passed.fill(0);
    for (let index = 0; index < ids.length; index += 1) {
      const facet = this.facetOf[ids[index]!]!;
      if (this.allowed[facet]?.has(ids[index]!)) this.passed[facet] = 1;
    }
    let failed = NONE_FAILED;
    for (const facet of this.filtered)
      if (this.passed[facet] === 0) {
        if (failed !== NONE_FAILED) return SEVERAL_FAILED;
        failed = facet;
      }
    return failed;
  }
}
