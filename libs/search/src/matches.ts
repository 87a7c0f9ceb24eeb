import type { Alternative, Span } from './query-plan.js';
import { isStopWord, stem } from './stems.js';
import { tokenize } from './tokens.js';
import type { Vocabulary } from './vocabulary.js';

/** Where a text answers a word or an expression of the query. */
export interface Match {
  start: number;
  end: number;
  /** What of the query it answers. */
  asked: string;
  alternative: Alternative;
}

/** Finds in texts what answers one query. */
export class Matcher {
  private readonly byForm = new Map<string, { asked: string; alternative: Alternative }[]>();
  private readonly expressions: { keys: string[]; asked: string; alternative: Alternative }[] = [];
  /** What was asked, each with the ids of its alternatives. */
  readonly asked: readonly string[];

  constructor(
    spans: readonly Span[],
    vocabulary: Vocabulary,
  ) {
    this.asked = spans.flatMap((span) => span.groups.map((group) => group.word));
    const note = (asked: string, alternative: Alternative) => {
      const form = vocabulary.forms[alternative.form]!;
      if (form.includes(' ')) this.expressions.push({ keys: form.split(' '), asked, alternative });
      else this.byForm.set(form, [...(this.byForm.get(form) ?? []), { asked, alternative }]);
    };
    for (const span of spans) {
      for (const group of span.groups) for (const alternative of group.alternatives) note(group.word, alternative);
      for (const alternative of span.alternatives) note(span.groups.map((group) => group.word).join(' '), alternative);
    }
  }

  /** In the order of the text; a place may answer several words. */
  in(text: string): Match[] {
    const tokens = tokenize(text);
    const found = tokens.flatMap(({ form, start, end }) => (this.byForm.get(form) ?? []).map((one) => ({ ...one, start, end })));
    if (this.expressions.length === 0) return found;
    const telling = tokens.filter((token) => !token.joined && !isStopWord(token.form));
    const stems = telling.map(({ form }) => [stem(form, 'fr'), stem(form, 'en')]);
    for (const { keys, ...one } of this.expressions)
      for (let at = 0; at + keys.length <= telling.length; at += 1)
        if (keys.every((key, index) => stems[at + index]!.includes(key))) found.push({ ...one, start: telling[at]!.start, end: telling[at + keys.length - 1]!.end });
    return found.sort((a, b) => a.start - b.start);
  }

  /** Words of the query that a concept named for the content answers. */
  conceptsAmong(concepts: readonly string[], vocabulary: Vocabulary): { asked: string; alternative: Alternative }[] {
    return this.expressions.flatMap(({ keys, asked, alternative }) => (keys[0] === '#' && concepts.includes(vocabulary.forms[alternative.form]!.slice(2)) ? [{ asked, alternative }] : []));
  }
}

/** A piece of a text of at most `max` characters that answers most of the query, from its first match on. */
export function bestPiece(text: string, matches: readonly Match[], max: number): { start: number; end: number } {
  if (text.length <= max || matches.length === 0) return { start: 0, end: Math.min(text.length, cutAt(text, max)) };
  let best = { worth: -1, start: 0 };
  for (const [index, first] of matches.entries()) {
    const within = matches.slice(index).filter((match) => match.end - first.start <= max * ROOM);
    const worth = new Map<string, number>();
    for (const { asked, alternative } of within) worth.set(asked, Math.max(worth.get(asked) ?? 0, alternative.weight));
    const sum = [...worth.values()].reduce((total, weight) => total + weight, 0) + within.length * 0.01;
    if (sum > best.worth) best = { worth: sum, start: first.start };
  }
  const start = beginningBefore(text, best.start, Math.floor(max * (1 - ROOM)));
  return { start, end: Math.min(text.length, start + cutAt(text.slice(start), max)) };
}

/** Share of a piece in which its matches stand; the rest is what leads to them. */
const ROOM = 0.75;

/** The last beginning of a sentence, else of a word, at most `back` characters before `at`. */
function beginningBefore(text: string, at: number, back: number): number {
  const from = Math.max(0, at - back);
  if (from === 0) return 0;
  const lead = text.slice(from, at);
  const sentence = Math.max(lead.lastIndexOf('. '), lead.lastIndexOf('? '), lead.lastIndexOf('! '));
  if (sentence >= 0) return from + sentence + 2;
  const word = lead.search(/\s/);
  return word >= 0 ? from + word + 1 : at;
}

function cutAt(text: string, max: number): number {
  if (text.length <= max) return text.length;
  const space = text.slice(0, max).search(/\s\S*$/);
  return space > max * 0.6 ? space : max;
}
