import type { SearchHit } from '@passerelle/contract';
import { bestPiece, type Match, type Matcher, visibleText } from '@passerelle/search';
import type { Entry } from './entry.js';
import type { Explanation } from './why.js';

const EXCERPT_MAX = 260;
const MARK_START = '\u0002';
const MARK_END = '\u0003';

/** What of an entry is shown, and where it answers the query. */
export interface Shown {
  text: string;
  title: Match[];
  matches: Match[];
  /** Page of an attachment that answers most. */
  page: number | null;
}

/** Finds the places that answer; of an attachment the page that does so best. */
export function lookInto(entry: Entry, matcher: Matcher): Shown {
  const title = matcher.in(entry.title);
  if (entry.pages.length === 0) {
    const text = visibleText(`${entry.summary} ${entry.body}`.trim());
    return { text, title, matches: matcher.in(text), page: null };
  }
  const pages = entry.pages.map(({ page, text }) => ({ page, text: visibleText(text), matches: matcher.in(visibleText(text)) }));
  const worth = (matches: Match[]) => new Set(matches.map((match) => match.asked)).size + matches.length / 1_000;
  const { page, text, matches } = pages.reduce((best, one) => (worth(one.matches) > worth(best.matches) ? one : best));
  return { text, title, matches, page };
}

/** A hit as clients get it. */
export function presentHit(entry: Entry, { text, title, matches, page }: Shown, { why, whyCode }: Explanation): SearchHit {
  return {
    kind: entry.kind, id: entry.id, ...(entry.ref !== null && { ref: entry.ref }), title: entry.heading ?? entry.title, titleMarks: entry.heading === null ? title.map(({ start, end }) => [start, end]) : [],
    excerpt: markedPiece(text, matches), url: entry.url, why, whyCode, place: entry.place, at: entry.date, author: entry.author, page, status: statusOf(entry), threadKind: entry.threadKind, file: entry.file,
  };
}

/** That an expert stands behind a practice says more than that it is published. */
const statusOf = ({ facets: { status = [] } }: Entry) => (status.includes('practice-validated') ? 'practice-validated' : (status.at(-1) ?? null));

/** The piece of a text that answers most, with its matches between U+0002 and U+0003. */
function markedPiece(text: string, matches: Match[]): string {
  const { start, end } = bestPiece(text, matches, EXCERPT_MAX);
  let [marked, at] = ['', start];
  for (const match of matches) {
    // Of matches that overlap the first one is marked.
    if (match.start < at || match.end > end) continue;
    marked += `${text.slice(at, match.start)}${MARK_START}${text.slice(match.start, match.end)}${MARK_END}`;
    at = match.end;
  }
  return `${start > 0 ? '…\u00a0' : ''}${marked}${text.slice(at, end).trimEnd()}${end < text.length ? '\u00a0…' : ''}`;
}
