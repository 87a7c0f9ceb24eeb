import { functionOfCity } from '@passerelle/text';
import { inForce, type Sql } from '../platform/index.js';
import { type Entry, entryOf, SCOPES, usefulnessOf } from './entry.js';
import type { Thesaurus } from './thesaurus.js';

interface City extends Record<string, unknown> {
  id: string; slug: string; name: string; country: string; country_name: string; population: number | null;
}

/** Cities and associations, found as well by other names, country and region. */
export async function collectCities(tx: Sql, ids: string[], thesaurus: Thesaurus): Promise<Entry[]> {
  const rows = await tx.rows<City>('SELECT id, slug, name, country, country_name, population FROM organisation WHERE id = ANY($1::uuid[])', [ids]);
  return rows.map((row) =>
    entryOf({
      kind: 'city', id: row.id, ref: row.slug, scope: SCOPES.members, language: '', title: row.name, body: row.country_name, names: thesaurus.otherNamesOf(row.name), places: thesaurus.placesOf(row.country, row.name), url: `/villes/${row.slug}`,
      place: { name: row.name, country: row.country }, usefulness: usefulnessOf('city', {}, Date.now()), facets: { country: [row.country], size: [thesaurus.sizeOf(row.population)], city: [row.name] },
    }),
  );
}

/** Functions that somebody holds in a city now. Each leads to the page of the city: contact goes through the relay. @param ids of organisations */
export async function collectPeople(tx: Sql, ids: string[], thesaurus: Thesaurus): Promise<Entry[]> {
  const rows = await tx.rows<City & { function: string }>(
    `SELECT DISTINCT o.id, o.slug, o.name, o.country, o.country_name, o.population, m.function FROM mandate m JOIN organisation o ON o.id = m.organisation_id
     WHERE o.id = ANY($1::uuid[]) AND ${inForce('m')}`, [ids]);
  return rows.map((row) =>
    entryOf({
      kind: 'person', id: row.id, key: `person:${row.id}:${row.function}`, ref: row.slug, scope: SCOPES.members, language: '', title: functionOfCity(row.function, row.name), body: '', places: thesaurus.placesOf(row.country, row.name), url: `/villes/${row.slug}`,
      place: { name: row.name, country: row.country }, usefulness: usefulnessOf('person', {}, Date.now()), facets: { country: [row.country], size: [thesaurus.sizeOf(row.population)], city: [row.name] },
    }),
  );
}
