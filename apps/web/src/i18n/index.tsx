import { frenchTypography } from '@passerelle/text';
import { createContext, type ReactNode, use, useCallback, useContext, useEffect, useMemo, useState, useTransition } from 'react';
import { ApiProblem, NetworkFailure } from '../app/api';
import type { dictionary as french } from './fr';
import type { first as frenchFirst } from './fr/first';
import type { rest as frenchRest } from './fr/rest';
import type { Like, PathOf, Plural } from './types';

export type Lang = 'fr' | 'en';
export type Dictionary = Like<typeof french>;
export type TextKey = PathOf<typeof french>;
type Params = Record<string, string | number>;

const STORED = 'passerelle.language';
type First = Like<typeof frenchFirst>;
type Rest = Like<typeof frenchRest>;

const parts: Record<Lang, { first: () => Promise<First>; rest: () => Promise<Rest> }> = {
  fr: { first: async () => (await import('./fr/first')).first, rest: async () => (await import('./fr/rest')).rest },
  en: { first: async () => (await import('./en/first')).first, rest: async () => (await import('./en/rest')).rest },
};
const loading = new Map<string, Promise<Dictionary>>();
/** Words by language; the rest is added in place, so that what was given out before knows it too. */
const ready: Record<Lang, Partial<Dictionary>> = { fr: {}, en: {} };
let current: Lang | undefined;

function load(lang: Lang, part: 'first' | 'rest'): Promise<Dictionary> {
  const key = `${lang} ${part}`;
  let found = loading.get(key);
  if (!found) {
    found = parts[lang][part]().then(
      // Pages that use the rest wait for it (loadLanguage), so the whole type may be promised here.
      (texts) => Object.assign(ready[lang], texts) as Dictionary,
      (error: unknown) => {
        loading.delete(key);
        throw error;
      },
    );
    loading.set(key, found);
  }
  return found;
}

/** Fetches words of the language shown: those of the first page, or those of all. */
export async function loadLanguage(part: 'first' | 'all'): Promise<void> {
  const lang = current ?? firstLanguage();
  await Promise.all([load(lang, 'first'), part === 'all' && load(lang, 'rest')]);
}

const wordsOf = (lang: Lang): Dictionary | undefined => ('common' in ready[lang] ? (ready[lang] as Dictionary) : undefined);

function firstLanguage(): Lang {
  const stored = localStorage.getItem(STORED);
  if (stored === 'fr' || stored === 'en') return stored;
  return navigator.language.startsWith('en') ? 'en' : 'fr';
}

/** Looks a dotted key up; a plural text is chosen by `count`. */
export function translate(dictionary: Dictionary, lang: Lang, key: string, params: Params = {}): string {
  let found: unknown = dictionary;
  for (const part of key.split('.')) found = (found as Record<string, unknown> | undefined)?.[part];
  const text = typeof found === 'string' ? found : pluralOf(found as Plural | undefined, lang, Number(params['count']));
  const number = new Intl.NumberFormat(lang);
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    return typeof value === 'number' ? number.format(value) : String(value ?? '');
  });
  return lang === 'fr' ? frenchTypography(filled) : filled;
}

const pluralOf = (plural: Plural | undefined, lang: Lang, count: number) =>
  plural?.[new Intl.PluralRules(lang).select(count) === 'one' ? 'one' : 'other'] ?? '';

export function makeI18n(dictionary: Dictionary, lang: Lang, timeZone: string | undefined) {
  const locale = lang === 'fr' ? 'fr-FR' : 'en-GB';
  const zone = timeZone ? { timeZone } : {};
  const t = (key: TextKey, params?: Params) => translate(dictionary, lang, key, params);
  const countries = new Intl.DisplayNames([locale], { type: 'region' });
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', ...zone });
  const dayKey = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...zone });
  const formatTime = (at: string | Date) =>
    lang === 'fr' ? time.format(new Date(at)).replace(':', '\u00a0h\u00a0').replace(/^0(?=\d)/, '') : time.format(new Date(at));
  const daysBetween = (at: string | Date, now: Date) =>
    Math.round((Date.parse(dayKey.format(now)) - Date.parse(dayKey.format(new Date(at)))) / 86_400_000);
  const formatDay = (at: string | Date, now = new Date()) => {
    const date = new Date(at);
    const days = daysBetween(date, now);
    if (days === 0) return t('common.today');
    if (days === 1) return t('common.yesterday');
    const sameYear = date.getFullYear() === now.getFullYear();
    return new Intl.DateTimeFormat(locale, {
      ...(Math.abs(days) < 200 && { weekday: 'long' }),
      day: 'numeric',
      month: 'long',
      ...(!sameYear && { year: 'numeric' }),
      ...zone,
    }).format(date);
  };
  return {
    lang,
    t,
    /** "jeudi 13 novembre", "hier". */
    formatDay,
    /** "Lundi 24 novembre 2026": the day in full, as a heading says it. */
    formatDate: (at: string | Date) => {
      const text = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', ...zone }).format(
        new Date(at),
      );
      return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
    },
    /** How a sentence names a past day: its weekday within a week, its date before that. */
    pastDay: (at: string | Date, now = new Date()): { kind: 'today' | 'yesterday' | 'weekday' | 'date'; day: string } => {
      const days = daysBetween(at, now);
      const only = (parts: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...parts, ...zone }).format(new Date(at));
      if (days <= 1) return { kind: days === 1 ? 'yesterday' : 'today', day: '' };
      return days < 7
        ? { kind: 'weekday', day: only({ weekday: 'long' }) }
        : { kind: 'date', day: only({ day: 'numeric', month: 'long', ...(days > 200 && { year: 'numeric' }) }) };
    },
    /** "hier à 9 h 40". */
    formatDateTime: (at: string | Date) => t('common.at', { day: formatDay(at), time: formatTime(at) }),
    formatTime,
    formatNumber: (value: number) => new Intl.NumberFormat(locale).format(value),
    /** Weight of a file: "212 ko", "212 kB". */
    formatBytes: (bytes: number) => {
      const [value, fr, en] =
        bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1_000)), 'ko', 'kB'] : [Math.round(bytes / 100_000) / 10, 'Mo', 'MB'];
      return `${new Intl.NumberFormat(locale).format(value)}\u00a0${lang === 'fr' ? fr : en}`;
    },
    countryName: (iso: string) => countries.of(iso) ?? iso,
    /** Any error as a sentence: what happened and that nothing was lost. */
    problem: (error: unknown) => {
      if (error instanceof NetworkFailure) return t('errors.network');
      if (error instanceof ApiProblem && error.code in dictionary.errors) return translate(dictionary, lang, `errors.${error.code}`);
      // Refusals that only the library knows come with its words.
      if (error instanceof ApiProblem && error.code in (dictionary.entry?.errors ?? {})) return translate(dictionary, lang, `entry.errors.${error.code}`);
      return t('errors.unknown');
    },
    /** The sentence for one field of an `invalid-input`; undefined when the field is fine. */
    fieldProblem: (error: unknown, path: string) => {
      const message = error instanceof ApiProblem ? error.errors.find((item) => item.path === path)?.message : undefined;
      if (!message) return undefined;
      return translate(dictionary, lang, `errors.field.${message in dictionary.errors.field ? message : 'other'}`);
    },
  };
}

export type I18n = ReturnType<typeof makeI18n>;
interface Context extends I18n {
  setLang: (lang: Lang) => void;
  setTimeZone: (zone: string) => void;
}
const I18nContext = createContext<Context | null>(null);

/** Gives the texts of one language; the other one is loaded only when chosen. */
export function I18nProvider({ children }: { children: ReactNode }) {
  const [lang, setLangNow] = useState<Lang>(firstLanguage);
  const [, startTransition] = useTransition();
  const [timeZone, setTimeZone] = useState<string>();
  const dictionary = wordsOf(lang) ?? use(load(lang, 'first'));
  useEffect(() => {
    current = lang;
    document.documentElement.lang = lang;
    localStorage.setItem(STORED, lang);
  }, [lang]);
  // As a transition the page stays as it is until the words of the other language have come.
  const setLang = useCallback((next: Lang) => {
    startTransition(async () => {
      await Promise.all([load(next, 'first'), load(next, 'rest')]);
      startTransition(() => setLangNow(next));
    });
  }, []);
  const value = useMemo(() => ({ ...makeI18n(dictionary, lang, timeZone), setLang, setTimeZone }), [dictionary, lang, timeZone, setLang]);
  return <I18nContext value={value}>{children}</I18nContext>;
}

export function useI18n(): Context {
  const context = useContext(I18nContext);
  if (!context) throw new Error('useI18n outside I18nProvider');
  return context;
}
