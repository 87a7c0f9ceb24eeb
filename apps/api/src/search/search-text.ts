const WORDS_MAX = 16;
const INVISIBLE = /[\p{Cf}\p{Co}\p{Cs}]+/gu;

/**
 * What somebody typed, as `websearch_to_tsquery` may read it: words, "a phrase in quotes", a word after a minus that must
 * not occur. All else is space, so no sign has a meaning of its own.
 * @returns an empty text when no word to look for is left.
 */
export function searchText(typed: string): string {
  const clean = typed.normalize('NFC').replace(INVISIBLE, '').replace(/[«“„]\s*/g, '"').replace(/\s*[»”]/g, '"').replace(/[^\p{L}\p{M}\p{N}"\s-]+/gu, ' ').replace(/(?<=\S)-+/g, ' ').replace(/-+(?=\s|$)/g, ' ');
  const words = clean.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).slice(0, WORDS_MAX);
  return words.some((word) => !word.startsWith('-')) ? words.join(' ') : '';
}
