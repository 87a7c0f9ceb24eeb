const NBSP = '\u00a0';
const NARROW = '\u202f';

/**
 * Text as it is compared: lower case, without accents, ligatures, apostrophes or punctuation, single spaces.
 * `fold("Cap-Haïtien") === "cap haitien"`.
 */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * French spacing and apostrophes: no-break space before the colon and inside « », narrow no-break space before ; ? !
 * and between groups of three digits, typographic apostrophe. Times (14:02), URLs and code are left alone.
 * Rules: Lexique des règles typographiques en usage à l'Imprimerie nationale.
 */
export function frenchTypography(text: string): string {
  return text
    .replace(/(\p{L})'(?=\p{L})/gu, '$1’')
    .replace(/«[ \u00a0\u202f]*/g, `«${NBSP}`)
    .replace(/[ \u00a0\u202f]*»/g, `${NBSP}»`)
    .replace(/[ \u00a0](:)(?=\s|$)/g, `${NBSP}$1`)
    .replace(/[ \u00a0]([;!?]+)/g, `${NARROW}$1`)
    .replace(/(?<=\d)[ \u00a0](?=\d{3}(?!\d))/g, NARROW)
    .replace(/(\d)[ ](h|€|%|k€|M€|FCFA|Mo|ko|km|kg|m³|min|s)(?![\p{L}\p{N}])/gu, `$1${NBSP}$2`)
    .replace(/(\d\u00a0h)[ ](\d\d)/g, `$1${NBSP}$2`);
}

/** At most `max` characters on one line, cut between words and ended by an ellipsis when something was left out. No-break spaces stay. */
export function excerpt(text: string, max: number): string {
  const line = text.replace(/\s+/gu, (run) => /[\u00a0\u202f]/.exec(run)?.[0] ?? ' ').trim();
  if (line.length <= max) return line;
  const cut = line.slice(0, max - 1);
  const space = line[max - 1] === ' ' ? -1 : cut.lastIndexOf(' ');
  return `${(space > max * 0.6 ? cut.slice(0, space) : cut).replace(/[\s,;:.]+$/u, '')}…`;
}

/** `"Services techniques", "Dakar"` → "Services techniques de Dakar"; with elision before a vowel: "Maire d’Abidjan". */
export function functionOfCity(role: string, city: string): string {
  return /^[aeiouhyàâéèêëîïôöùûü]/i.test(city) && !/^h/i.test(city) ? `${role} d’${city}` : `${role} de ${city}`;
}

/** Short stable name for addresses: "N'Djaména" → "n-djamena". */
export function slugify(text: string): string {
  return fold(text).replace(/ /g, '-').slice(0, 80);
}
