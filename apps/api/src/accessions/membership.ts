import { slugify } from '@passerelle/text';
import type { NewOrganisation, SoughtMembership } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { DomainError, IdReused, InvalidInput, NotFound, type Sql } from '../platform/index.js';
import { seatsTaken, stateOf } from './accession.sql.js';

const SLUGS_TRIED = 50;

/** Ends what an organisation was until the day before, and begins what it is from then on; null ends only. */
export async function setMembership(tx: Sql, organisation: string, state: string | null, from: string): Promise<void> {
  await tx.run('UPDATE membership SET valid_to = greatest($2::date - 1, valid_from) WHERE organisation_id = $1 AND valid_to IS NULL', [organisation, from]);
  if (state) await tx.run('INSERT INTO membership (id, organisation_id, state, valid_from) VALUES ($1, $2, $3, $4)', [uuid(), organisation, state, from]);
}

/** What stood before the candidature, e.g. that the city carries a project: it stands again after a refusal. */
export async function tieBefore(tx: Sql, organisation: string): Promise<string | null> {
  const row = await tx.row<{ state: string }>(
    `SELECT state FROM membership WHERE organisation_id = $1 AND valid_to IS NOT NULL AND state IN ('participant','host','project','former') ORDER BY valid_to DESC, valid_from DESC NULLS LAST LIMIT 1`, [organisation]);
  return row?.state ?? null;
}

/**
 * Keeps the seats of a State from being given away twice: of two who decide at once the second waits here, and then counts what the first has
 * written. @returns whether there is one left.
 */
export async function takeSeat(tx: Sql, organisation: string, seats: number): Promise<boolean> {
  const place = await tx.row<{ state: string }>(`SELECT ${stateOf('country')} AS state FROM organisation WHERE id = $1`, [organisation]);
  await tx.run(`SELECT pg_advisory_xact_lock(hashtext('seats'), hashtext($1))`, [place?.state ?? '']);
  const count = await tx.row<{ taken: number }>(`SELECT ${seatsTaken('$1')} AS taken`, [place?.state ?? '']);
  return (count?.taken ?? 0) < seats;
}

/** The candidate, locked. A new organisation is made; its city may be the capital of its State. @throws InvalidInput */
export async function lockCandidate(tx: Sql, candidate: string | NewOrganisation, sought: SoughtMembership): Promise<{ id: string; kind: string; membership: string | null }> {
  if (typeof candidate !== 'string') await insertOrganisation(tx, candidate);
  const found = await tx.row<{ id: string; kind: string; membership: string | null }>(
    `SELECT o.id, o.kind, (SELECT m.state FROM membership m WHERE m.organisation_id = o.id AND m.valid_to IS NULL) AS membership FROM organisation o WHERE CASE WHEN $1::uuid IS NULL THEN o.slug = $2 ELSE o.id = $1 END FOR UPDATE OF o`,
    typeof candidate === 'string' ? [null, candidate] : [candidate.id, null]);
  if (!found) throw new InvalidInput('organisation', 'not_found');
  if (found.kind !== 'city' && found.kind !== 'association') throw new InvalidInput('organisation', 'not_allowed');
  if (['member', 'suspended', 'honorary', sought].includes(found.membership ?? '')) throw new InvalidInput('organisation', 'member');
  return found;
}

async function insertOrganisation(tx: Sql, { id, name, kind, country, population, capital }: NewOrganisation): Promise<void> {
  const countryName = new Intl.DisplayNames(['fr'], { type: 'region', fallback: 'none' }).of(country);
  if (!countryName) throw new InvalidInput('organisation.country', 'not_found');
  // Two that are made at once and bear one name must not meet on the same slug.
  await tx.run(`SELECT pg_advisory_xact_lock(hashtext('organisation'))`);
  if (await tx.row('SELECT 1 FROM organisation WHERE id = $1', [id])) throw new IdReused();
  if (await tx.row(`SELECT 1 FROM organisation WHERE country = $1 AND kind = $2 AND unaccent(lower(name)) = unaccent(lower($3))`, [country, kind, name])) throw new InvalidInput('organisation.name', 'known');
  const isCapital = capital && kind === 'city';
  if (isCapital && (await tx.row('SELECT 1 FROM organisation WHERE country = $1 AND capital', [country]))) throw new InvalidInput('organisation.capital', 'known');
  await tx.run('INSERT INTO organisation (id, slug, kind, name, country, country_name, population, capital) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)', [id, await freeSlug(tx, name, country), kind, name, country, countryName, population, isCapital]);
}

/** The name, then with the country, then with a number. */
async function freeSlug(tx: Sql, name: string, country: string): Promise<string> {
  const plain = slugify(name).slice(0, 70) || 'organisation';
  const tries = [plain, `${plain}-${country.toLowerCase()}`, ...Array.from({ length: SLUGS_TRIED }, (_, at) => `${plain}-${at + 2}`)];
  const taken = new Set((await tx.rows<{ slug: string }>('SELECT slug FROM organisation WHERE slug = ANY($1::text[])', [tries])).map(({ slug }) => slug));
  const free = tries.find((slug) => !taken.has(slug));
  if (!free) throw new DomainError('quota-exceeded', 'conflict');
  return free;
}

/** The organisation is a member by a decision now: what it is was verified. @throws NotFound */
export async function makeMember(tx: Sql, organisation: string, state: SoughtMembership, from: string): Promise<void> {
  if ((await tx.run('UPDATE organisation SET demonstration = false WHERE id = $1', [organisation])) === 0) throw new NotFound();
  await setMembership(tx, organisation, state, from);
}
