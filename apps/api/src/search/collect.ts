import { fold } from '@passerelle/text';
import { plainText } from '@passerelle/text/markdown';
import { listed } from '../practices/index.js';
import type { Sql } from '../platform/index.js';
import { htmlText } from './html-text.js';
import type { SearchEntry } from './search-entry.js';

const BODY_MAX = 20_000;

const countryNames = (['fr', 'en'] as const).map((language) => new Intl.DisplayNames([language], { type: 'region' }));
/** A country in both languages, as somebody may type it. */
const countryWords = (code: string) => countryNames.map((names) => names.of(code) ?? code).join(' ');

interface ThreadSource {
  id: string; title: string; language: string; theme_id: string | null; created_at: string; year: number; organisation: string; country: string; html: string | null; summary: string | null;
}

/** Threads by their title, first message and living summary. @param ids null for all. */
export async function collectThreads(tx: Sql, ids: string[] | null): Promise<SearchEntry[]> {
  const rows = await tx.rows<ThreadSource & Record<string, unknown>>(
    `SELECT t.id, t.title, t.language, t.theme_id, t.created_at, extract(year FROM t.created_at)::int AS year, o.name AS organisation, o.country, p.html,
       (SELECT string_agg(point ->> 'text', ' ') FROM jsonb_array_elements(t.summary -> 'points') point) AS summary
     FROM thread t JOIN organisation o ON o.id = t.author_organisation_id LEFT JOIN post p ON p.thread_id = t.id AND p.position = 1 AND p.state = 'visible'
     WHERE $1::uuid[] IS NULL OR t.id = ANY($1)`, [ids]);
  return rows.map((row) => ({
    kind: 'thread', id: row.id, ref: null, title: row.title, body: row.html === null ? '' : htmlText(row.html, BODY_MAX), url: `/fils/${row.id}`, language: row.language, theme_id: row.theme_id,
    country: row.country, year: row.year, place: row.organisation, at: row.created_at, thread_id: row.id, folded_title: fold(row.title), names: row.organisation, synonyms: plainText(row.summary ?? '', BODY_MAX),
  }));
}

/** Visible replies. @param ids null for all. */
export async function collectPosts(tx: Sql, ids: string[] | null): Promise<SearchEntry[]> {
  const rows = await tx.rows<ThreadSource & { thread_id: string; position: number; html: string }>(
    `SELECT p.id, p.thread_id, p.position, p.html, p.language, p.created_at, extract(year FROM p.created_at)::int AS year, t.title, t.theme_id, o.name AS organisation, o.country, NULL AS summary
     FROM post p JOIN thread t ON t.id = p.thread_id JOIN organisation o ON o.id = p.author_organisation_id
     WHERE p.state = 'visible' AND p.position > 1 AND ($1::uuid[] IS NULL OR p.id = ANY($1))`, [ids]);
  // The title is the thread's, which has an entry of its own: a reply is found by its own words.
  return rows.map((row) => ({
    kind: 'post', id: row.id, ref: null, title: '', body: htmlText(row.html, BODY_MAX), url: `/fils/${row.thread_id}#m${row.position}`, language: row.language, theme_id: row.theme_id,
    country: row.country, year: row.year, place: row.organisation, at: row.created_at, thread_id: row.thread_id, folded_title: '', names: row.organisation, synonyms: '',
  }));
}

interface PracticeSource {
  id: string; ref: string; title: string; summary: string; details: string; language: string; theme_id: string; country: string; city_name: string; year_start: number | null; updated_at: string;
  names: string | null; terms: string[] | null;
}

/** Published practices, found as well by the names, synonyms and regional words of their concepts. @param ids null for all. */
export async function collectPractices(tx: Sql, ids: string[] | null): Promise<SearchEntry[]> {
  const rows = await tx.rows<PracticeSource & Record<string, unknown>>(
    `SELECT p.id, p.ref, p.title, p.summary,
       concat_ws(' ', p.content ->> 'problem', p.content ->> 'solution', p.content ->> 'difficulties', p.content ->> 'successFactors', (SELECT string_agg(concat_ws(' ', s ->> 'title', s ->> 'text'), ' ') FROM jsonb_array_elements(coalesce(p.content -> 'steps', '[]')) s),
         (SELECT string_agg(r ->> 'indicator', ' ') FROM jsonb_array_elements(coalesce(p.content -> 'results', '[]')) r), (SELECT string_agg(r ->> 'name', ' ') FROM jsonb_array_elements(coalesce(p.content -> 'partners', '[]')) r)) AS details, p.language, p.theme_id, p.country, p.city_name,
       p.year_start, p.updated_at, c.names, c.terms
     FROM practice p LEFT JOIN LATERAL (
       SELECT string_agg(concat_ws(' ', c.name_fr, c.name_en), ' ') AS names,
         array_agg(concat_ws(' ', c.terms ->> 'fr', c.terms ->> 'en', (SELECT string_agg(value::text, ' ') FROM jsonb_each(c.terms -> 'regional')))) AS terms
       FROM concept c WHERE c.id = ANY(p.concepts)) c ON true
     WHERE ${listed('p')} AND ($1::uuid[] IS NULL OR p.id = ANY($1))`, [ids]);
  return rows.map((row) => ({
    kind: 'practice', id: row.id, ref: row.ref, title: row.title, body: [row.summary, row.details].join(' '), url: `/pratiques/${row.ref}`, language: row.language, theme_id: row.theme_id,
    country: row.country, year: row.year_start, place: row.city_name, at: row.updated_at, thread_id: null, folded_title: fold(row.title),
    names: [row.city_name, countryWords(row.country), row.names ?? ''].join(' '), synonyms: fold((row.terms ?? []).join(' ')),
  }));
}

/** Cities and associations. */
export async function collectCities(tx: Sql): Promise<SearchEntry[]> {
  const rows = await tx.rows<{ id: string; slug: string; name: string; country: string; country_name: string }>('SELECT id, slug, name, country, country_name FROM organisation');
  return rows.map((row) => ({
    kind: 'city', id: row.id, ref: row.slug, title: row.name, body: row.country_name, url: `/villes/${row.slug}`, language: '', theme_id: null,
    country: row.country, year: null, place: row.name, at: null, thread_id: null, folded_title: fold(row.name), names: '', synonyms: countryWords(row.country),
  }));
}
