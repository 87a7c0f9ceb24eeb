interface Ranked {
  number: number;
  score: number;
}

/** Keeps the best of what it is offered. */
export class Best {
  private readonly lists = new Map<number, Ranked[]>();

  /**
   * @param isBefore which of two equals comes first
   * @param perKind where given, so many of each kind and `limit` of all.
   */
  constructor(
    private readonly limit: number,
    private readonly isBefore: (a: number, b: number) => boolean,
    private readonly perKind?: number,
  ) {}

  offer(number: number, score: number, kind: number): void {
    const place = this.perKind === undefined ? 0 : kind;
    const room = Math.min(this.limit, this.perKind ?? this.limit);
    const list = this.lists.get(place) ?? [];
    if (list.length === 0) this.lists.set(place, list);
    if (list.length === room && !this.isBetter({ number, score }, list.at(-1)!)) return;
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.isBetter({ number, score }, list[middle]!)) high = middle;
      else low = middle + 1;
    }
    list.splice(low, 0, { number, score });
    if (list.length > room) list.pop();
  }

  /** Best first. */
  get list(): Ranked[] {
    return [...this.lists.values()].flat().sort((a, b) => (this.isBetter(a, b) ? -1 : 1)).slice(0, this.limit);
  }

  private isBetter(a: Ranked, b: Ranked): boolean {
    return a.score > b.score || (a.score === b.score && this.isBefore(a.number, b.number));
  }
}
