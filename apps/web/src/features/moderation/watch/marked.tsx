import type { MarkedText } from '@passerelle/contract';

/** A text with what was found in it. */
export function Marked({ text: { text, marks } }: { text: MarkedText }) {
  const parts: { text: string; found: boolean; at: number }[] = [];
  let end = 0;
  for (const [from, to] of marks) {
    if (from < end) continue;
    parts.push({ text: text.slice(end, from), found: false, at: end }, { text: text.slice(from, to), found: true, at: from });
    end = to;
  }
  parts.push({ text: text.slice(end), found: false, at: end });
  return parts.filter((part) => part.text !== '').map((part) => (part.found ? <mark key={part.at}>{part.text}</mark> : <span key={part.at}>{part.text}</span>));
}
