import { LISTED_STATES, PracticeContent, type PracticeState } from '@passerelle/contract';
import { slugify } from '@passerelle/text';
import { inForce, type Sql } from '../../platform/index.js';
import { derivedColumns, KEEP_FORMER, type Signature } from '../practice-store.js';

const AT_ONCE = 250;

/** A practice that the database has already under the reference of a line. */
export interface Stored {
  id: string; ref: string; content: PracticeContent; state: PracticeState; version: number; organisationId: string | null; cityName: string; country: string;
  sourceUrl: string | null; otherSources: string[]; label: string; consent: boolean; validated: boolean; owned: boolean;
}

export interface City {
  id: string; slug: string; name: string; country: string;
}

/** What lines may name. */
export interface Vocabulary {
  themes: Set<string>; concepts: Set<string>;
  citiesByName: Map<string, City[]>; citiesBySlug: Map<string, City>;
}

/** A practice as it is to be written. */
export interface Planned {
  line: number; outcome: 'created' | 'updated';
  id: string; ref: string; organisationId: string | null; cityName: string; country: string; state: PracticeState; content: PracticeContent; sourceUrl: string | null; otherSources: string[]; label: string;
}

export const cityKey = (name: string, country: string) => `${slugify(name)} ${country}`;

export async function loadVocabulary(sql: Sql): Promise<Vocabulary> {
  const words = await sql.rows<{ id: string; theme: boolean }>('SELECT id, true AS theme FROM theme UNION ALL SELECT id, false FROM concept');
  const cities = await sql.rows<City & Record<string, unknown>>('SELECT id, slug, name, country FROM organisation');
  const citiesByName = new Map<string, City[]>();
  for (const city of cities) citiesByName.set(cityKey(city.name, city.country), [...(citiesByName.get(cityKey(city.name, city.country)) ?? []), city]);
  return {
    themes: new Set(words.filter((word) => word.theme).map((word) => word.id)), concepts: new Set(words.filter((word) => !word.theme).map((word) => word.id)),
    citiesByName, citiesBySlug: new Map(cities.map((city) => [city.slug, city])),
  };
}

const STORED = `
  SELECT id, ref, content, state, version, organisation_id, city_name, country, source_url, other_sources, label, consent IS NOT NULL AS consent, validated, owner_person_id IS NOT NULL AS owned
  FROM practice WHERE ref = ANY($1::text[]) ORDER BY ref`;

interface StoredRow extends Record<string, unknown> {
  id: string; ref: string; content: unknown; state: PracticeState; version: number; organisation_id: string | null; city_name: string; country: string;
  source_url: string | null; other_sources: string[]; label: string; consent: boolean; validated: boolean; owned: boolean;
}

/** The stored practices of these references; locked, always in the same order, when they are about to change. */
export async function loadStored(sql: Sql, refs: string[], { lock }: { lock: boolean }): Promise<Map<string, Stored>> {
  const wanted = [...new Set(refs)].sort();
  const stored = new Map<string, Stored>();
  for (let start = 0; start < wanted.length; start += AT_ONCE)
    for (const row of await sql.rows<StoredRow>(lock ? `${STORED} FOR UPDATE` : STORED, [wanted.slice(start, start + AT_ONCE)])) stored.set(row.ref, presentStored(row));
  return stored;
}

const presentStored = (row: StoredRow): Stored => ({
  id: row.id, ref: row.ref, content: PracticeContent.parse(row.content), state: row.state, version: row.version, organisationId: row.organisation_id, cityName: row.city_name, country: row.country,
  sourceUrl: row.source_url, otherSources: row.other_sources, label: row.label, consent: row.consent, validated: row.validated, owned: row.owned,
});

/** Files of the entries with the practice that holds each. */
export async function loadAttachments(sql: Sql, ids: string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.rows<{ id: string; practice_id: string | null }>('SELECT id, practice_id FROM attachment WHERE id = ANY($1::uuid[])', [ids]);
  return new Map(rows.map((row) => [row.id, row.practice_id]));
}

const ROWS = `jsonb_to_recordset($1) AS r(id uuid, ref text, organisation_id uuid, city_name text, country text, title text, summary text, language text, theme_id text, concepts text[], year_start smallint, year_end smallint,
  cost_range text, content jsonb, state text, listed boolean, source_url text, other_sources text[], label text)`;

// Confirmed on the day of the import: from then on the practice ages as any other.
const INSERT = `
  INSERT INTO practice (id, ref, organisation_id, city_name, country, title, summary, language, theme_id, concepts, year_start, year_end, cost_range, content, state, source_url, other_sources, label, prepared_by, published_at, confirmed_on)
  SELECT id, ref, organisation_id, city_name, country, title, summary, language, theme_id, concepts, year_start, year_end, cost_range, content, state, source_url, other_sources, label, $2::jsonb,
    CASE WHEN listed THEN now() END, CASE WHEN listed THEN now() END
  FROM ${ROWS} ON CONFLICT DO NOTHING`;

const UPDATE = `
  UPDATE practice p SET title = r.title, summary = r.summary, language = r.language, theme_id = r.theme_id, concepts = r.concepts, year_start = r.year_start, year_end = r.year_end, cost_range = r.cost_range,
    content = r.content, source_url = r.source_url, other_sources = r.other_sources, label = r.label, version = p.version + 1, updated_at = now()
  FROM ${ROWS} WHERE p.id = r.id`;

const KEEP_NEW = `
  INSERT INTO practice_revision (practice_id, version, content, author_person_id, author_name, author_function, organisation_id)
  SELECT p.id, p.version, p.content, $5, $3, $4, coalesce($2, p.organisation_id) FROM practice p WHERE p.id = ANY($1::uuid[]) AND coalesce($2, p.organisation_id) IS NOT NULL`;

export interface Author {
  signature: Signature | null;
  /** The organisation in whose name the import is done. */
  organisationId: string | null;
}

/** Writes one batch with its revisions. @returns how many practices were written. */
export async function writePlanned(tx: Sql, planned: Planned[], { signature, organisationId }: Author): Promise<number> {
  const [created, updated] = [planned.filter((p) => p.outcome === 'created'), planned.filter((p) => p.outcome === 'updated')];
  const ids = planned.map((p) => p.id);
  await tx.run(KEEP_FORMER, [updated.map((p) => p.id), organisationId]);
  const written = (await tx.run(INSERT, [asRows(created), signature && JSON.stringify(signature)])) + (await tx.run(UPDATE, [asRows(updated)]));
  await tx.run(KEEP_NEW, [ids, organisationId, signature?.name ?? '', signature?.function ?? '', signature?.person ?? null]);
  return written;
}

const asRows = (planned: Planned[]) =>
  JSON.stringify(planned.map((p) => {
    const [title, summary, language, theme, concepts, start, end, costRange] = derivedColumns(p.content);
    return {
      id: p.id, ref: p.ref, organisation_id: p.organisationId, city_name: p.cityName, country: p.country, title, summary, language, theme_id: theme, concepts, year_start: start, year_end: end, cost_range: costRange,
      content: p.content, state: p.state, listed: LISTED_STATES.includes(p.state), source_url: p.sourceUrl, other_sources: p.otherSources, label: p.label,
    };
  }));

/** Accounts that each organisation's practices concern, in one statement: those with a function there now. */
export async function accountsOf(sql: Sql, organisations: string[]): Promise<Map<string, string[]>> {
  const rows = await sql.rows<{ organisation: string; accounts: string[] }>(
    `SELECT m.organisation_id AS organisation, array_agg(DISTINCT a.id ORDER BY a.id) AS accounts FROM account a JOIN mandate m ON m.person_id = a.person_id
     WHERE m.organisation_id = ANY($1::uuid[]) AND a.disabled_at IS NULL AND ${inForce('m')} GROUP BY 1`, [organisations]);
  return new Map(rows.map((row) => [row.organisation, row.accounts]));
}

/** In whose name the operator's command writes. */
export const loadAssociation = async (sql: Sql): Promise<{ id: string; name: string } | undefined> =>
  sql.row<{ id: string; name: string }>(`SELECT id, name FROM organisation WHERE kind = 'association' ORDER BY created_at, slug LIMIT 1`);
