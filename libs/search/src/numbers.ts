const GROW = 1.5;

/** The same numbers with room for at least `size` of them. */
export function withRoom<T extends Float32Array | Float64Array | Uint8Array | Uint16Array | Uint32Array>(array: T, size: number): T {
  if (size <= array.length) return array;
  const longer = new (array.constructor as new (length: number) => T)(Math.ceil(size * GROW));
  longer.set(array);
  return longer;
}

/** A number for each document, most of them 0; emptied at the cost of those that are not. */
export class Sparse {
  private values = new Float32Array(0);
  private touched = new Uint32Array(0);
  private count = 0;

  /** Makes room for documents below `size`. */
  fit(size: number): void {
    this.values = withRoom(this.values, size);
    this.touched = withRoom(this.touched, size);
  }
  get(at: number): number {
    return this.values[at]!;
  }
  /** @param value more than 0 */
  set(at: number, value: number): void {
    if (this.values[at] === 0) this.touched[this.count++] = at;
    this.values[at] = value;
  }
  add(at: number, value: number): void {
    this.set(at, this.values[at]! + value);
  }
  /** Documents with a number. */
  get keys(): Uint32Array {
    return this.touched.subarray(0, this.count);
  }
  clear(): void {
    for (let index = 0; index < this.count; index += 1) this.values[this.touched[index]!] = 0;
    this.count = 0;
  }
}
