/** Signs that enclose a word that matched. */
export const START = '\u0002';
const END = '\u0003';

/** A title with the words that matched between the signs. */
export function withMarks(title: string, marks: number[][]): string {
  let [marked, at] = ['', 0];
  for (const [start = 0, end = 0] of marks) {
    // Of matches that overlap the first one is marked.
    if (start < at) continue;
    marked += title.slice(at, start) + START + title.slice(start, end) + END;
    at = end;
  }
  return marked + title.slice(at);
}
