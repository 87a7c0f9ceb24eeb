import type { MentionTarget } from '@passerelle/contract';
import { fold } from '@passerelle/text';

const SHOWN = 6;

/** The word after `@` at the cursor; null when nothing is being mentioned. A mention may hold several words. */
export function mentionAt(text: string, cursor: number): { from: number; words: string } | null {
  const before = text.slice(0, cursor);
  const at = before.lastIndexOf('@');
  if (at === -1 || (at > 0 && /[\p{L}\p{N}._%+-]/u.test(before[at - 1] ?? ''))) return null;
  const words = before.slice(at + 1);
  if (words.length > 60 || /[\n.,;:!?]/.test(words) || words.startsWith(' ')) return null;
  return { from: at, words };
}

/**
 * Who is meant by these words: every word begins one of the name, city, country or function ("maire dakar"), accents
 * ignored. First the cities of this thread, then my country, then the rest.
 */
export function findMentions(
  targets: MentionTarget[],
  words: string,
  near: { cities: Set<string>; country: string | undefined },
): MentionTarget[] {
  const wanted = fold(words).split(' ').filter(Boolean);
  const found: { target: MentionTarget; rank: number }[] = [];
  for (const target of targets) {
    const own = fold(`${target.function ?? ''} ${target.organisation} ${target.countryName}`).split(' ');
    if (!wanted.every((word) => own.some((candidate) => candidate.startsWith(word)))) continue;
    const place = near.cities.has(target.organisation) ? 0 : target.country === near.country ? 1 : 2;
    // With nothing typed only the participants are proposed.
    if (wanted.length === 0 && place !== 0) continue;
    found.push({ target, rank: place * 10 + (target.function ? 1 : 0) });
  }
  return found
    .sort((a, b) => a.rank - b.rank || a.target.label.localeCompare(b.target.label))
    .slice(0, SHOWN)
    .map(({ target }) => target);
}
