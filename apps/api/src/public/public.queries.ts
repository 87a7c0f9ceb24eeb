import { Injectable } from '@nestjs/common';
import { Database, NotFound } from '../platform/index.js';
import { openToVisitors, PRACTICE_FROM } from '../practices/index.js';
import { type EntryRow, presentEntry, presentPublicPractice, type PracticeColumns, type PublicEntry, type PublicFile, type PublicPractice, publicFileIds } from './public.presenter.js';

export const PAGE_SIZE = 20;
export const CITIES_SIZE = 100;
/** So many points keep the page of the map, with its tables, under the weight that a page may have. */
export const MAP_CITIES = 70;
const MAP_ARCS = 40;
export const FEED_SIZE = 50;

export interface PublicCity {
  slug: string; name: string; country: string; country_name: string; latitude: number | null; longitude: number | null; practices: number;
}
export interface PublicArc {
  ref: string; title: string; language: string; from: string; from_slug: string; from_latitude: number | null; from_longitude: number | null;
  to: string; to_slug: string | null; to_latitude: number | null; to_longitude: number | null; year: number | null; state: 'interest' | 'contact' | 'understanding' | 'adapting' | 'trial' | 'taken-up' | 'taken-up-in-part';
}
export interface Choice {
  id: string; fr: string; en: string;
}

// A city that hides the place of a practice is not named with it, neither on its page nor on its own.
const HIDDEN = 'p.location_hidden';
const NAMED = `${openToVisitors('p')} AND NOT ${HIDDEN}`;
// Nor in its address, which for members begins with the city.
const UNNAMED_REF = `'pratique-' || right(p.id::text, 12)`;
const UNNAMED = /^pratique-[0-9a-f]{12}$/;
const PUBLIC_REF = `CASE WHEN ${HIDDEN} THEN ${UNNAMED_REF} ELSE p.ref END`;
/** $1 is the reference; SQL. */
const isCalled = (ref: string) => (UNNAMED.test(ref) ? `${HIDDEN} AND ${UNNAMED_REF} = $1` : `NOT ${HIDDEN} AND p.ref = $1`);
const SINCE = 'coalesce(p.published_at, p.created_at)';

const COLUMNS = `
  p.id, ${PUBLIC_REF} AS ref, p.title, p.summary, p.language, p.theme_id, t.name_fr AS theme_fr, t.name_en AS theme_en, CASE WHEN NOT ${HIDDEN} THEN p.city_name END AS city_name,
  CASE WHEN NOT ${HIDDEN} AND o.kind = 'city' THEN o.slug END AS city_slug, p.country, coalesce(o.country_name, p.country) AS country_name, p.year_start, p.year_end, p.cost_range,
  p.taken_up_count, p.validated, p.consent IS NOT NULL AS agreed, p.label, ${SINCE} AS published_at, p.updated_at`;
const FROM = `${PRACTICE_FROM} LEFT JOIN theme t ON t.id = p.theme_id`;
// $1 theme, $2 country, $3 slug of the city; null filters nothing.
const MATCHED = `${openToVisitors('p')} AND ($1::text IS NULL OR p.theme_id = $1) AND ($2::text IS NULL OR p.country = $2) AND ($3::text IS NULL OR (o.slug = $3 AND o.kind = 'city' AND NOT ${HIDDEN}))`;
const CITY = `o.slug, o.name, o.country, o.country_name, o.latitude, o.longitude, count(*) AS practices FROM practice p JOIN organisation o ON o.id = p.organisation_id AND o.kind = 'city' WHERE ${NAMED}`;

// The page is chosen first: with 5 000 practices, reading the entry of each one before sorting takes four times as long.
const PAGE = `
  SELECT ${COLUMNS} FROM (SELECT p.id FROM practice p LEFT JOIN organisation o ON o.id = p.organisation_id WHERE ${MATCHED} ORDER BY ${SINCE} DESC, p.ref LIMIT $4 OFFSET $5) k
  JOIN practice p ON p.id = k.id LEFT JOIN organisation o ON o.id = p.organisation_id LEFT JOIN theme t ON t.id = p.theme_id ORDER BY ${SINCE} DESC, p.ref`;

type Row<T> = T & Record<string, unknown>;

/** Reads for visitors. Every statement carries the rule of what they may see; who asks plays no part. */
@Injectable()
export class PublicQueries {
  constructor(private readonly database: Database) {}

  /** Newest first; `place` counts from 0. */
  async practices({ theme = null, country = null, city = null }: { theme?: string | null | undefined; country?: string | null | undefined; city?: string | null }, place: number, size: number): Promise<{ items: PublicPractice[]; total: number }> {
    const [rows, count] = await Promise.all([
      this.database.rows<Row<PracticeColumns>>(PAGE, [theme, country, city, size, place]),
      this.database.row<{ total: number }>(`SELECT count(*) AS total ${PRACTICE_FROM} WHERE ${MATCHED}`, [theme, country, city]),
    ]);
    return { items: rows.map(presentPublicPractice), total: count?.total ?? 0 };
  }

  /** Themes and countries that have a public practice. */
  async choices(): Promise<{ themes: Choice[]; countries: { code: string; name: string }[] }> {
    const [themes, countries] = await Promise.all([
      this.database.rows<Row<Choice>>(`SELECT t.id, t.name_fr AS fr, t.name_en AS en FROM theme t WHERE EXISTS (SELECT 1 FROM practice p WHERE p.theme_id = t.id AND ${openToVisitors('p')}) ORDER BY t.position`),
      this.database.rows<{ code: string; name: string }>(`SELECT p.country AS code, min(coalesce(o.country_name, p.country)) AS name ${PRACTICE_FROM} WHERE ${openToVisitors('p')} GROUP BY p.country ORDER BY 2`),
    ]);
    return { themes, countries };
  }

  /** @throws NotFound, the same for what is hidden and for what never was. */
  async entry(ref: string): Promise<PublicEntry> {
    const row = await this.database.row<Row<EntryRow>>(
      `SELECT ${COLUMNS}, p.content, p.source_url, p.other_sources, p.confirmed_on, CASE WHEN NOT ${HIDDEN} THEN o.latitude END AS latitude, CASE WHEN NOT ${HIDDEN} THEN o.longitude END AS longitude ${FROM}
       WHERE ${isCalled(ref)} AND ${openToVisitors('p')}`, [ref]);
    if (!row) throw new NotFound();
    const ids = publicFileIds(row);
    const files = ids.length > 0
      ? await this.database.rows<Row<PublicFile>>('SELECT id, name, type, bytes, width, height, thumbnail_key FROM attachment WHERE practice_id = $1 AND id = ANY($2::uuid[])', [row.id, ids])
      : [];
    return presentEntry(row, files);
  }

  /** A picture with consent or a public document of a public practice. @throws NotFound. */
  async file(id: string): Promise<PublicFile> {
    const row = await this.database.row<Row<PublicFile>>(
      `SELECT a.id, a.name, a.type, a.bytes, a.width, a.height, a.storage_key, a.thumbnail_key FROM attachment a JOIN practice p ON p.id = a.practice_id
       WHERE a.id = $1 AND ${openToVisitors('p')} AND (
         (a.type LIKE 'image/%' AND p.content -> 'photos' @> jsonb_build_array(jsonb_build_object('attachment', a.id, 'consent', true)))
         OR p.content -> 'documents' @> jsonb_build_array(jsonb_build_object('attachment', a.id, 'access', 'public')))`, [id]);
    if (!row) throw new NotFound();
    return row;
  }

  /** What a page is about: its practice, or the page itself. @throws NotFound when there is no such page. */
  async reported(page: string): Promise<{ kind: 'practice' | 'page'; id: string }> {
    const [, kind, name] = /^\/public\/(pratiques|villes)\/(.+)$/.exec(page) ?? [];
    if (!kind || !name) return { kind: 'page', id: page };
    if (kind === 'villes') return { kind: 'page', id: `/public/villes/${(await this.city(name)).slug}` };
    const practice = await this.database.row<{ id: string }>(`SELECT p.id FROM practice p WHERE ${isCalled(name)} AND ${openToVisitors('p')}`, [name]);
    if (!practice) throw new NotFound();
    return { kind: 'practice', id: practice.id };
  }

  /** By name, without regard to accents. */
  async cities(place: number, size: number): Promise<{ items: PublicCity[]; total: number }> {
    const rows = await this.database.rows<Row<PublicCity> & { total: number }>(
      `SELECT c.*, count(*) OVER () AS total FROM (SELECT ${CITY} GROUP BY o.id) c ORDER BY unaccent(lower(name)), slug LIMIT $1 OFFSET $2`, [size, place]);
    return { items: rows, total: rows[0]?.total ?? 0 };
  }

  /** @throws NotFound for a city without a public practice: its page would say nothing. */
  async city(slug: string): Promise<PublicCity> {
    const row = await this.database.row<Row<PublicCity>>(`SELECT ${CITY} AND o.slug = $1 GROUP BY o.id`, [slug]);
    if (!row) throw new NotFound();
    return row;
  }

  async map(): Promise<{ cities: PublicCity[]; arcs: PublicArc[]; total: number }> {
    const [rows, arcs] = await Promise.all([
      this.database.rows<Row<PublicCity> & { total: number }>(`SELECT c.*, count(*) OVER () AS total FROM (SELECT ${CITY} GROUP BY o.id) c ORDER BY practices DESC, unaccent(lower(name)), slug LIMIT ${MAP_CITIES}`),
      this.database.rows<Row<PublicArc>>(ARCS),
    ]);
    return { cities: rows, arcs, total: rows[0]?.total ?? 0 };
  }

  /** Numbers of the first page. */
  async counts(): Promise<{ practices: number; cities: number; countries: number }> {
    const row = await this.database.row<{ practices: number; cities: number; countries: number }>(
      // A city counts from its first practice: the entries of the others are not read.
      `SELECT count(*) AS practices, count(DISTINCT p.country) AS countries, (SELECT count(*) FROM organisation o WHERE o.kind = 'city' AND EXISTS (SELECT 1 FROM practice p WHERE p.organisation_id = o.id AND ${NAMED})) AS cities
       FROM practice p WHERE ${openToVisitors('p')}`);
    return row ?? { practices: 0, cities: 0, countries: 0 };
  }

  /** Addresses for robots with the day of their last change. */
  async addresses(most: number): Promise<{ practices: { key: string; at: string }[]; cities: { key: string; at: string }[] }> {
    const [practices, cities] = await Promise.all([
      this.database.rows<{ key: string; at: string }>(`SELECT ${PUBLIC_REF} AS key, p.updated_at AS at FROM practice p WHERE ${openToVisitors('p')} ORDER BY key LIMIT $1`, [most]),
      this.database.rows<{ key: string; at: string }>(`SELECT o.slug AS key, max(p.updated_at) AS at FROM practice p JOIN organisation o ON o.id = p.organisation_id AND o.kind = 'city' WHERE ${NAMED} GROUP BY o.slug ORDER BY o.slug LIMIT $1`, [most]),
    ]);
    return { practices, cities };
  }
}

// What a city records itself is for members (domain report, 6); what the public source of the sheet tells is public already.
const ARCS = `
  SELECT p.ref, p.title, p.language, o.name AS "from", o.slug AS from_slug, o.latitude AS from_latitude, o.longitude AS from_longitude,
    coalesce(d.name, x.to_name) AS "to", CASE WHEN EXISTS (SELECT 1 FROM practice p WHERE p.organisation_id = d.id AND d.kind = 'city' AND ${NAMED}) THEN d.slug END AS to_slug, d.latitude AS to_latitude, d.longitude AS to_longitude, x.year, x.state
  FROM transfer x JOIN practice p ON p.id = x.practice_id JOIN organisation o ON o.id = p.organisation_id AND o.kind = 'city' LEFT JOIN organisation d ON d.id = x.to_organisation_id
  WHERE ${NAMED} AND x.owner_person_id IS NULL AND p.source_url IS NOT NULL AND x.state <> 'abandoned' AND x.to_organisation_id IS DISTINCT FROM p.organisation_id
  ORDER BY x.year DESC NULLS LAST, p.ref, x.to_name LIMIT ${MAP_ARCS}`;
