import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';

const FOLDER = new URL('../../data/', import.meta.url);

export interface CityLine {
  name: string; country_iso2: string; country_fr: string; latitude: string; longitude: string; population: string;
  /** `evidence|address`; the evidence is a word such as `membre`. */
  source: string;
}

export interface ThemeFile {
  themes: { id: string; fr: string; en: string; sdg: number[]; concepts: ConceptLine[] }[];
}
interface ConceptLine {
  id: string; fr: string; en: string; syn_fr: string[]; syn_en: string[]; regional?: Record<string, string[]>; related?: string[];
}

export interface PracticeLine {
  id: string; city: string; country_iso2: string; title: string; theme: string; concepts: string[]; year: number | null; year_end: number | null;
  summary: string; budget_range: string; budget_note: string | null; sdgs: number[]; results: string[]; partners: string[]; difficulties: string | null;
  transfers: { to: string; year: number | null; note: string }[]; sourced: string | null; other_sources: string[]; label: string;
}

/** Who writes: a function in a city, never a person. */
export interface Voice {
  city: string; country_iso2: string; function: string;
}
export interface PostLine {
  by: Voice; daysAgo: number; body: string; language: 'fr' | 'en';
  /** Place in the thread, counted from 0. */
  replyTo: number | null;
  reactions: Record<'useful' | 'thanks' | 'agree' | 'same-here', number>;
}
export interface ThreadLine {
  ref: string; space: string; kind: string; title: string; language: 'fr' | 'en'; status: string; theme: string; concepts: string[]; practice: string | null;
  summary: { points: string[]; whatChanged: string } | null; posts: PostLine[];
}
export interface SpaceLine {
  slug: string; nameFr: string; nameEn: string; access: 'open' | 'closed' | 'confidential'; descriptionFr: string; descriptionEn: string; members: Voice[];
}

const json = async <T>(name: string) => JSON.parse(await readFile(new URL(name, FOLDER), 'utf8')) as T;

/** Cities of `cities.csv`. */
export async function readCities(): Promise<CityLine[]> {
  return parse<CityLine>(await readFile(new URL('cities.csv', FOLDER), 'utf8'), { columns: true, skip_empty_lines: true });
}

/** The thesaurus. */
export const readThemes = () => json<ThemeFile>('themes.json');

/** The 40 practices. */
export const readPractices = async () => (await json<{ practices: PracticeLine[] }>('practices.json')).practices;

/** Spaces and threads of both files, in order. */
export async function readForum(): Promise<{ spaces: SpaceLine[]; threads: ThreadLine[] }> {
  const [first, second] = await Promise.all([json<{ threads: ThreadLine[] }>('threads-1.json'), json<{ threads: ThreadLine[]; spaces: SpaceLine[] }>('threads-2.json')]);
  return { spaces: second.spaces, threads: [...first.threads, ...second.threads] };
}
