import type { MarkedText } from '@passerelle/contract';
import { excerpt } from '@passerelle/text';
import { plainText } from '@passerelle/text/markdown';
import { type Mark, WordList } from './words.js';

const AROUND = 90;
const TEXT_MAX = 20_000;

/** Where in a text the rules' findings stand. */
export function marksOf(text: string, findings: readonly string[]): Mark[] {
  const words = new WordList(findings).marks(text);
  if (words.length > 0) return words;
  // Domains are found as they stand, where the text shows them.
  return findings.flatMap((finding): Mark[] => {
    const from = text.toLowerCase().indexOf(finding.toLowerCase());
    return from < 0 ? [] : [[from, from + finding.length]];
  });
}

/** The words of a message around the first thing that was found in it, with its places. */
export function excerptOf(body: string, findings: readonly string[]): MarkedText {
  const text = plainText(body, TEXT_MAX);
  const marks = marksOf(text, findings);
  const first = marks[0];
  if (!first) return { text: excerpt(text, 2 * AROUND), marks: [] };
  const start = first[0] <= AROUND ? 0 : first[0] - AROUND + Math.max(text.slice(first[0] - AROUND, first[0]).indexOf(' ') + 1, 0);
  const end = endOf(text, first[1] + AROUND);
  const before = start > 0 ? '…' : '';
  const shift = before.length - start;
  return {
    text: `${before}${text.slice(start, end)}${end < text.length ? '…' : ''}`,
    marks: marks.filter(([from, to]) => from >= start && to <= end).map(([from, to]): Mark => [from + shift, to + shift]),
  };
}

/** At most so far, and between words. */
function endOf(text: string, max: number): number {
  if (text.length <= max) return text.length;
  const space = text.lastIndexOf(' ', max);
  return space > max - AROUND / 2 ? space : max;
}
