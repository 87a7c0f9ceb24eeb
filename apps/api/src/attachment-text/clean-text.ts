const CONTROLS = /[\p{Cc}\p{Co}\p{Cs}\uFFFD]/gu;
// Zero-width signs, marks of direction and soft hyphens.
const UNSEEN = /[\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF]/g;
/** Ligatures, and the shapes that Arabic letters take in a word, which some files hold in the place of the letters. */
const SHAPES = /[\uFB00-\uFB06\uFB50-\uFDFF\uFE70-\uFEFC]/g;
const SOFT_BREAK = /\u00AD[^\S\n]*\n\s*/g;
const HYPHEN_BREAK = /(?<=\p{L})[-\u2010\u2011][^\S\n]*\n\s*(?=(\p{L}))/gu;
const LAST_WORD = /\p{L}+$/u;
const WORD_MAX = 20;
/** First parts of words that keep their hyphen, also where a line ends at it; none that a syllable of other words is written like. */
const HYPHENATED = new Set([
  'après', 'arrière', 'avant', 'celle', 'celles', 'celui', 'ceux', 'chef', 'contre', 'demi', 'là', 'mieux', 'non', 'nord', 'peut', 'porte', 'procès', 'quasi', 'quatre', 'quelques', 'rendez', 'semi', 'soixante', 'sous', 'sud', 'vice', 'vingt',
]);

/** The text of a page as search reads it: one line, NFC, words joined that a line's end had parted, nothing that nobody sees. */
export function cleanText(text: string): string {
  return text
    .replace(SHAPES, (sign) => sign.normalize('NFKC'))
    .replace(SOFT_BREAK, '')
    .normalize('NFC')
    .replace(HYPHEN_BREAK, (parting, after: string, at: number, whole: string) => (keepsHyphen(whole.slice(Math.max(0, at - WORD_MAX), at), after) ? parting.charAt(0) : ''))
    .replace(UNSEEN, '')
    .replace(CONTROLS, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** A name goes on with a capital: Saint-Louis. */
const keepsHyphen = (before: string, after: string) => after !== after.toLowerCase() || HYPHENATED.has(LAST_WORD.exec(before)?.[0].toLowerCase() ?? '');
