import { frenchTypography, slugify } from '@passerelle/text';
import { v7 as uuid } from 'uuid';
import type { Database, Sql } from '../platform/index.js';
import { type CityLine, readCities, readThemes, type ThemeFile } from './data-files.js';
import { insertRows } from './insert-rows.js';

/** The association itself, where moderation and secretariat hold their functions. */
export const ASSOCIATION_SLUG = 'aimf';
/** Key of the advisory lock: one process loads, the others wait and then find everything there. */
export const LOAD_LOCK = 726_402;

// What the public page says about a city's tie to the association. A city without an entry here is no member.
const STATE_OF_EVIDENCE: Record<string, string> = { membre: 'member', 'membre-associe': 'associate', participant: 'participant', hote: 'host', projet: 'project' };

/** Slugs of the cities that are the capital of their State, as far as they are in the files; others give their opinion by letter. */
const CAPITALS = [
  'alger', 'antananarivo', 'bamako', 'bangui', 'beyrouth', 'brazzaville', 'bruxelles', 'bucarest', 'castries', 'chisinau', 'conakry', 'dakar', 'djibouti', 'erevan', 'gitega', 'hanoi', 'kigali', 'kinshasa', 'libreville', 'lome', 'luxembourg', 'malabo', 'monaco',
  'moroni', 'n-djamena', 'niamey', 'nouakchott', 'ottawa', 'ouagadougou', 'paris', 'phnom-penh', 'port-au-prince', 'port-louis', 'port-vila', 'porto-novo', 'praia', 'rabat', 'skopje', 'sofia', 'tbilissi', 'tirana', 'tunis', 'victoria', 'vientiane', 'yamoussoukro', 'yaounde',
];

/**
 * Loads themes, concepts, organisations and memberships. Safe at every start: what an operator has changed since stays.
 */
export async function loadReference(database: Database): Promise<void> {
  const [themes, cities] = await Promise.all([readThemes(), readCities()]);
  await database.transaction(async (tx) => {
    await tx.run('SELECT pg_advisory_xact_lock($1)', [LOAD_LOCK]);
    await loadThemes(tx, themes);
    await loadOrganisations(tx, cities);
  });
}

async function loadThemes(tx: Sql, { themes }: ThemeFile): Promise<void> {
  await insertRows(tx, 'theme',
    themes.map((theme, position) => ({ id: theme.id, name_fr: frenchTypography(theme.fr), name_en: theme.en, position, sdgs: theme.sdg })),
    '(id) DO UPDATE SET name_fr = excluded.name_fr, name_en = excluded.name_en, position = excluded.position, sdgs = excluded.sdgs');
  await insertRows(tx, 'concept',
    themes.flatMap((theme) => theme.concepts.map((concept) => ({
      id: concept.id, theme_id: theme.id, name_fr: frenchTypography(concept.fr), name_en: concept.en,
      terms: { fr: concept.syn_fr, en: concept.syn_en, regional: concept.regional ?? {}, related: concept.related ?? [] },
    }))),
    '(id) DO UPDATE SET theme_id = excluded.theme_id, name_fr = excluded.name_fr, name_en = excluded.name_en, terms = excluded.terms');
}

async function loadOrganisations(tx: Sql, cities: CityLine[]): Promise<void> {
  const slugs = uniqueSlugs(cities);
  const rows = cities.map((city, index) => ({ ...organisationRow(city), slug: slugs[index] ?? '', source: city.source }));
  const paris = rows.find((row) => row.slug === 'paris');
  const association = {
    id: uuid(), slug: ASSOCIATION_SLUG, kind: 'association', name: 'AIMF', country: 'FR', country_name: 'France', latitude: paris?.latitude ?? null, longitude: paris?.longitude ?? null,
    population: null, source_url: 'https://www.aimf.asso.fr/', demonstration: false,
  };
  await insertRows(tx, 'organisation', [association, ...rows.map(({ source: _, ...row }) => row)], '(slug) DO NOTHING');
  // Where none is known yet: what an operator has said stays.
  await tx.run('UPDATE organisation o SET capital = true WHERE o.slug = ANY($1::text[]) AND NOT EXISTS (SELECT 1 FROM organisation c WHERE c.country = o.country AND c.capital)', [CAPITALS]);
  const states = rows.flatMap((row) => {
    const [evidence = ''] = row.source.split('|');
    const state = STATE_OF_EVIDENCE[evidence];
    return state ? [{ id: uuid(), slug: row.slug, state }] : [];
  });
  // Only where no membership was ever recorded: a membership that ended stays ended.
  await tx.run(
    `INSERT INTO membership (id, organisation_id, state)
     SELECT s.id, o.id, s.state FROM jsonb_to_recordset($1) AS s(id uuid, slug text, state text) JOIN organisation o ON o.slug = s.slug
     WHERE NOT EXISTS (SELECT 1 FROM membership m WHERE m.organisation_id = o.id)`, [JSON.stringify(states)]);
}

function organisationRow(city: CityLine) {
  const [evidence = '', address = ''] = city.source.split('|');
  return {
    id: uuid(), slug: '', kind: 'city', name: frenchTypography(city.name), country: city.country_iso2, country_name: frenchTypography(city.country_fr),
    latitude: city.latitude ? Number(city.latitude) : null, longitude: city.longitude ? Number(city.longitude) : null, population: city.population ? Number(city.population) : null,
    source_url: /^https?:/.test(address) ? address : null, demonstration: !(evidence in STATE_OF_EVIDENCE),
  };
}

/** The name; with the country when two cities share it. */
function uniqueSlugs(cities: CityLine[]): string[] {
  const count = new Map<string, number>();
  for (const city of cities) count.set(slugify(city.name), (count.get(slugify(city.name)) ?? 0) + 1);
  return cities.map((city) => {
    const slug = slugify(city.name);
    return (count.get(slug) ?? 0) > 1 ? `${slug}-${city.country_iso2.toLowerCase()}` : slug;
  });
}

/** Key of a city in the files: two countries may hold cities of one name. */
export const cityKey = (name: string, country: string) => `${slugify(name)} ${country}`;

/** Ids of the organisations by `cityKey`. */
export async function organisationIds(tx: Sql): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string; country: string }>(`SELECT id, name, country FROM organisation WHERE kind = 'city'`);
  return new Map(rows.map((row) => [cityKey(row.name, row.country), row.id]));
}
