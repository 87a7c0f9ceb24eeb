/**
 * Edits (insertion, deletion, substitution, swap of neighbours) that part two words: the optimal string alignment
 * distance of Damerau and Levenshtein. @returns `max + 1` as soon as it must be more than `max`.
 */
export function editDistance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let [before, row, next] = [new Array<number>(b.length + 1).fill(0), Array.from({ length: b.length + 1 }, (_, j) => j), new Array<number>(b.length + 1).fill(0)];
  for (let i = 1; i <= a.length; i += 1) {
    next[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) value = Math.min(value, before[j - 2]! + 1);
      next[j] = value;
      if (value < least) least = value;
    }
    if (least > max) return max + 1;
    [before, row, next] = [row, next, before];
  }
  return Math.min(row[b.length]!, max + 1);
}

/** How a word sounds in French, roughly: doubled letters, mute signs and letters of one sound fall together. */
export const sound = (form: string) =>
  form
    .replace(/ph/g, 'f')
    .replace(/h/g, '')
    .replace(/eau|au/g, 'o')
    .replace(/[ae]i|ay|ey/g, 'e')
    .replace(/qu|ck|k|q|c(?=[aou])/g, 'k')
    .replace(/[yj]/g, 'i')
    .replace(/[szxc]|ti(?=on)/g, 's')
    .replace(/[ae][mn]/g, 'an')
    .replace(/(.)\1+/g, '$1')
    .replace(/(?<=..)[estd]+$/, '');

/** Edits forgiven in a word of that length. */
export const forgiven = (length: number) => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** The letters of a word as bits, to dismiss most of a vocabulary without comparing. */
export function letters(form: string): number {
  let bits = 0;
  for (let index = 0; index < form.length; index += 1) bits |= 1 << (form.charCodeAt(index) & 31);
  return bits;
}

/** Number of bits set. */
export function bitCount(bits: number): number {
  let value = bits - ((bits >>> 1) & 0x55555555);
  value = (value & 0x33333333) + ((value >>> 2) & 0x33333333);
  return (((value + (value >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
