import { fold } from '@passerelle/text';

/** One word of a text. */
export interface Token {
  /** Folded: lower case, no accents, no ligatures. */
  form: string;
  /** Where it stands, in UTF-16 units; `end` is exclusive. */
  start: number;
  end: number;
  /** A compound written together again ("porte-à-porte"), beside its parts. */
  joined: boolean;
}

// The modifier apostrophe is a letter to Unicode. Signs that no one sees (soft hyphens of a pasted text) part no word.
const WORD = /(?:(?!ʼ)[\p{L}\p{M}\p{N}\p{Cf}\p{Co}\p{Cs}\u0000-\u0008])+/gu;
const INVISIBLE = /[\p{Cf}\p{Co}\p{Cs}\u0000-\u0008]+/gu;
const MAX_LENGTH = 40;
const CACHE_SIZE = 200_000;

let folded = new Map<string, string>();

/** `fold` of one word with the ligatures of typesetting (« ﬁ ») taken apart; remembered: a text repeats its words. */
function foldWord(raw: string): string {
  const known = folded.get(raw);
  if (known !== undefined) return known;
  if (folded.size > CACHE_SIZE) folded = new Map();
  const form = fold(visibleText(raw).normalize('NFKC')).replaceAll(' ', '').slice(0, MAX_LENGTH);
  folded.set(raw, form);
  return form;
}

/** The same text without signs that no one sees, so that places in it are those of its tokens. */
export const visibleText = (text: string) => text.replace(INVISIBLE, '');

/**
 * The words of a text in their order. Elisions (« l’ ») and other single letters say nothing and are left out. Words
 * tied by a hyphen, or by an apostrophe within a name (« N’Djaména »), stand as well as one word.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  // Parts of the compound that is being read.
  let run: Token[] = [];
  let end = -1;
  const close = () => {
    if (run.length > 1 && run.length < 5) {
      const form = run.map((part) => part.form).join('');
      if (form.length <= MAX_LENGTH) tokens.push({ form, start: run[0]!.start, end: run.at(-1)!.end, joined: true });
    }
  };
  for (const match of text.matchAll(WORD)) {
    const [raw] = match;
    const token = { form: foldWord(raw), start: match.index, end: match.index + raw.length, joined: false };
    if (token.form === '') continue;
    if (!(match.index === end + 1 && ties(text, end))) {
      close();
      run = [];
    }
    run.push(token);
    end = token.end;
    if (token.form.length > 1 || /\d/.test(token.form)) tokens.push(token);
  }
  close();
  return tokens;
}

/** Whether the sign at `at` ties two words into one. */
function ties(text: string, at: number): boolean {
  const sign = text[at]!;
  if ('-‐‑'.includes(sign)) return true;
  return "'’ʼ".includes(sign) && /\p{Lu}/u.test(text[at - 1]!) && /\p{Lu}/u.test(text[at + 1]!);
}
