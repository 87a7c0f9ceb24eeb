import type { Language } from '@passerelle/contract';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { WORDS, type Words } from './words.js';

/** An address of ours: the path, and what stands behind the question mark apart from the language. */
export interface Place {
  path: string;
  query?: Record<string, string | number | undefined>;
}

/** What all parts of one answer share. */
export interface Context {
  language: Language;
  words: Words;
  /** Address of this server as the world knows it, without a slash at its end. */
  origin: string;
  /** Address within a page; keeps the language that the reader has chosen by address. */
  link(path: string, query?: Place['query']): string;
  country(code: string, stored: string): string;
  day(instant: string): string;
}

/** A wrong value is as none: an old or mistyped link still opens the page. */
const optional = <T extends z.ZodType>(value: T) => z.preprocess((given) => (given === '' ? undefined : given), value.optional()).catch(undefined);
export const PageQuery = z.object({
  lang: optional(z.enum(['fr', 'en'])),
  theme: optional(z.string().regex(/^[a-z0-9-]{1,80}$/)),
  country: optional(z.string().regex(/^[A-Z]{2}$/)),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type PageQuery = z.infer<typeof PageQuery>;

const LOCALE = { fr: 'fr-FR', en: 'en-GB' } as const;
const countries = { fr: new Intl.DisplayNames('fr', { type: 'region' }), en: new Intl.DisplayNames('en', { type: 'region' }) };
const days = {
  fr: new Intl.DateTimeFormat(LOCALE.fr, { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat(LOCALE.en, { dateStyle: 'long', timeZone: 'UTC' }),
};

/** `lang=` decides; without it the browser; without both it is French. */
export function contextOf(request: Pick<FastifyRequest, 'headers'>, query: PageQuery, origin: string): Context {
  const language = query.lang ?? preferred(request.headers['accept-language']);
  return {
    language, origin, words: WORDS[language],
    link: (path, rest = {}) => addressOf({ path, query: { ...rest, lang: query.lang } }),
    // A member may name its country as it wishes: its French name is ours to keep, the English one comes with the language.
    country: (code, stored) => (language === 'fr' && stored !== code ? stored : (countries[language].of(code) ?? stored)),
    day: (instant) => days[language].format(new Date(instant)),
  };
}

function preferred(header: string | undefined): Language {
  const wishes = (header ?? '').split(',').map((wish) => {
    const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';');
    const weight = Number(parameters.find((parameter) => parameter.trim().startsWith('q='))?.trim().slice(2) ?? 1);
    return { language: tag.split('-')[0], weight: Number.isFinite(weight) ? weight : 0 };
  });
  const weightOf = (language: Language) => Math.max(0, ...wishes.filter((wish) => wish.language === language).map((wish) => wish.weight));
  return weightOf('en') > weightOf('fr') ? 'en' : 'fr';
}

export function addressOf({ path, query = {} }: Place): string {
  const given = Object.entries(query).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  return given.length > 0 ? `${path}?${new URLSearchParams(Object.fromEntries(given.map(([key, value]) => [key, String(value)])))}` : path;
}

/** The one address of a page in a language: French is the bare one. */
export const canonicalOf = (origin: string, place: Place, language: Language) =>
  origin + addressOf({ path: place.path, query: { ...place.query, lang: language === 'fr' ? undefined : language } });

/** Money and numbers in the manner of the language. */
export const formatNumber = (language: Language, value: number) => new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: 0 }).format(value);
