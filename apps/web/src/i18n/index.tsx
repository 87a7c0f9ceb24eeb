import { frenchTypography } from '@passerelle/text';
import { createContext, type ReactNode, use, useContext, useEffect, useMemo, useState } from 'react';
import { ApiProblem, NetworkFailure } from '../app/api';
import type { dictionary as french } from './fr';
import type { Like, PathOf, Plural } from './types';

export type Lang = 'fr' | 'en';
export type Dictionary = Like<typeof french>;
export type TextKey = PathOf<typeof french>;
type Params = Record<string, string | number>;

const STORED = 'passerelle.language';
const dictionaries = { fr: () => import('./fr').then((m) => m.dictionary), en: () => import('./en').then((m): Dictionary => m.dictionary) };
const loaded = new Map<Lang, Promise<Dictionary>>();

function load(lang: Lang): Promise<Dictionary> {
  let dictionary = loaded.get(lang);
  if (!dictionary) loaded.set(lang, (dictionary = dictionaries[lang]()));
  return dictionary;
}

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

const pluralOf = (plural: Plural | undefined, lang: Lang, count: number) => plural?.[new Intl.PluralRules(lang).select(count) === 'one' ? 'one' : 'other'] ?? '';

function makeI18n(dictionary: Dictionary, lang: Lang, timeZone: string | undefined) {
  const locale = lang === 'fr' ? 'fr-FR' : 'en-GB';
  const zone = timeZone ? { timeZone } : {};
  const t = (key: TextKey, params?: Params) => translate(dictionary, lang, key, params);
  const countries = new Intl.DisplayNames([locale], { type: 'region' });
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', ...zone });
  const dayKey = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...zone });
  const formatTime = (at: string | Date) => (lang === 'fr' ? time.format(new Date(at)).replace(':', '\u00a0h\u00a0').replace(/^0/, '') : time.format(new Date(at)));
  const formatDay = (at: string | Date, now = new Date()) => {
    const date = new Date(at);
    const days = Math.round((Date.parse(dayKey.format(now)) - Date.parse(dayKey.format(date))) / 86_400_000);
    if (days === 0) return t('common.today');
    if (days === 1) return t('common.yesterday');
    const sameYear = date.getFullYear() === now.getFullYear();
    return new Intl.DateTimeFormat(locale, { ...(Math.abs(days) < 200 && { weekday: 'long' }), day: 'numeric', month: 'long', ...(!sameYear && { year: 'numeric' }), ...zone }).format(date);
  };
  return {
    lang,
    t,
    /** "jeudi 13 novembre", "hier". */
    formatDay,
    /** "hier à 9 h 40". */
    formatDateTime: (at: string | Date) => t('common.at', { day: formatDay(at), time: formatTime(at) }),
    formatTime,
    formatNumber: (value: number) => new Intl.NumberFormat(locale).format(value),
    /** Weight of a file: "212 ko", "212 kB". */
    formatBytes: (bytes: number) => {
      const [value, fr, en] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1_000)), 'ko', 'kB'] : [Math.round(bytes / 100_000) / 10, 'Mo', 'MB'];
      return `${new Intl.NumberFormat(locale).format(value)}\u00a0${lang === 'fr' ? fr : en}`;
    },
    countryName: (iso: string) => countries.of(iso) ?? iso,
    /** Any error as a sentence: what happened and that nothing was lost. */
    problem: (error: unknown) => {
      if (error instanceof NetworkFailure) return t('errors.network');
      if (error instanceof ApiProblem && error.code in dictionary.errors) return translate(dictionary, lang, `errors.${error.code}`);
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
  const [lang, setLang] = useState<Lang>(firstLanguage);
  const [timeZone, setTimeZone] = useState<string>();
  const dictionary = use(load(lang));
  useEffect(() => {
    document.documentElement.lang = lang;
    localStorage.setItem(STORED, lang);
  }, [lang]);
  const value = useMemo(() => ({ ...makeI18n(dictionary, lang, timeZone), setLang, setTimeZone }), [dictionary, lang, timeZone]);
  return <I18nContext value={value}>{children}</I18nContext>;
}

export function useI18n(): Context {
  const context = useContext(I18nContext);
  if (!context) throw new Error('useI18n outside I18nProvider');
  return context;
}
