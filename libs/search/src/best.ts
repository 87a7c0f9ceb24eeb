interface Ranked {
  number: number;
  score: number;
}

/** Keeps the best of what it is offered; of two equals the one that came last into the index. */
export class Best {
  private readonly lists = new Map<number, Ranked[]>();

  /** @param perKind where given, so many of each kind and `limit` of all. */
  constructor(
    private readonly limit: number,
    private readonly perKind?: number,
  ) {}

  offer(number: number, score: number, kind: number): void {
    const place = this.perKind === undefined ? 0 : kind;
    const room = Math.min(this.limit, this.perKind ?? this.limit);
    const list = this.lists.get(place) ?? [];
    if (list.length === 0) this.lists.set(place, list);
    if (list.length === room && !isBetter({ number, score }, list.at(-1)!)) return;
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBetter({ number, score }, list[middle]!)) high = middle;
      else low = middle + 1;
    }
    list.splice(low, 0, { number, score });
    if (list.length > room) list.pop();
  }

  /** Best first. */
  get list(): Ranked[] {
    return [...this.lists.values()].flat().sort((a, b) => (isBetter(a, b) ? -1 : 1)).slice(0, this.limit);
  }
}

const isBetter = (a: Ranked, b: Ranked) => a.score > b.score || (a.score === b.score && a.number > b.number);
