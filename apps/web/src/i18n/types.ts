/** Texts by number, chosen by Intl.PluralRules. */
export interface Plural {
  one: string;
  other: string;
}

/** The same keys with any words: the type of a translation. A missing key does not compile. */
export type Like<T> = { [K in keyof T]: T[K] extends string ? string : T[K] extends Plural ? Plural : Like<T[K]> };

/** Dotted paths to the texts of a dictionary. */
export type PathOf<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string | Plural ? `${Prefix}${K}` : PathOf<T[K], `${Prefix}${K}.`>;
}[keyof T & string];
