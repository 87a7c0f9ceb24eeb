import { Injectable } from '@nestjs/common';
import type { OrganisationRow, OrganisationsQuery, OrganisationView, Page } from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, Database, decodeCursor, encodeCursor, inForce, isGuest, NotFound, readableThread } from '../platform/index.js';
import { canReadAccessions } from './accession.visibility.js';
import { inLibrary, PRACTICE_COLUMNS, PRACTICE_FROM, type PracticeColumns, presentPractice } from '../practices/index.js';

const THREADS_SHOWN = 10;
const After = z.tuple([z.string(), z.uuid()]);
/** Ties that make a member; a host or a participant of a meeting is none. */
const MEMBERS = `('member', 'associate', 'honorary')`;

const columns = (guest: string) => `
  o.id, o.slug, o.kind, o.name, o.country, o.country_name AS "countryName", o.latitude, o.longitude, o.population, m.state AS membership, o.demonstration,
  (SELECT count(*) FROM practice p WHERE (p.organisation_id = o.id OR p.co_holders @> ARRAY[o.id]) AND ${inLibrary('p', guest)}) AS "practiceCount"`;
const FROM = `FROM organisation o LEFT JOIN membership m ON m.organisation_id = o.id AND m.valid_to IS NULL`;
const NAME_KEY = 'unaccent(lower(o.name))';

type Row = OrganisationRow & Record<string, unknown>;

/** Reads of cities and associations. */
@Injectable()
export class OrganisationQueries {
  constructor(private readonly database: Database) {}

  /** By name, without regard to accents. */
  async list(actor: Actor, query: OrganisationsQuery): Promise<Page<OrganisationRow>> {
    const [afterName, afterId] = query.cursor ? decodeCursor(query.cursor, After) : [null, null];
    const rows = await this.database.rows<Row & { key: string }>(
      `SELECT ${columns('$7')}, ${NAME_KEY} AS key ${FROM}
       WHERE ($1::text IS NULL OR o.country = $1) AND ($2::text IS NULL OR o.kind = $2) AND ($3::boolean IS NULL OR coalesce(m.state IN ${MEMBERS}, false) = $3)
         AND ($4::text IS NULL OR (${NAME_KEY}, o.id) > ($4, $5::uuid))
       ORDER BY ${NAME_KEY}, o.id LIMIT $6`,
      [query.country?.toUpperCase() ?? null, query.kind ?? null, query.members ? query.members === 'true' : null, afterName, afterId, query.limit + 1, isGuest(actor)]);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return { items: page.map(({ key: _, ...row }) => row), nextCursor: rows.length > query.limit && last ? encodeCursor([last.key, last.id]) : null };
  }

  /** A city with its functions, practices, exchanges and what it gave to and received from others. */
  async get(actor: Actor, slug: string): Promise<OrganisationView> {
    const row = await this.database.row<Row & { sourceUrl: string | null }>(`SELECT ${columns('$2')}, o.source_url AS "sourceUrl" ${FROM} WHERE o.slug = $1`, [slug, isGuest(actor)]);
    if (!row) throw new NotFound();
    const [people, practices, threads, given, received, accession] = await Promise.all([
      isGuest(actor) ? [] : this.database.rows<OrganisationView['people'][number]>(PEOPLE, [row.id]),
      this.database.rows<PracticeColumns & Record<string, unknown>>(`SELECT ${PRACTICE_COLUMNS} ${PRACTICE_FROM} WHERE (p.organisation_id = $1 OR p.co_holders @> ARRAY[$1::uuid]) AND ${inLibrary('p', '$2')} ORDER BY p.year_start DESC NULLS LAST, p.ref`, [row.id, isGuest(actor)]),
      this.database.rows<OrganisationView['threads'][number]>(THREADS, [row.id, actor.spaceIds, actor.threadIds]),
      this.database.rows<OrganisationView['given'][number]>(GIVEN, [row.id, isGuest(actor)]),
      this.database.rows<OrganisationView['received'][number]>(RECEIVED, [row.id, isGuest(actor)]),
      canReadAccessions(actor) ? this.database.row<NonNullable<OrganisationView['accession']>>(ACCESSION, [row.id]) : undefined,
    ]);
    return { ...row, people, practices: practices.map(presentPractice), threads, given, received, accession: accession ?? null };
  }
}

const ACCESSION = `
  SELECT a.id, a.state, (SELECT max(d.decided_on) FROM accession_decision d WHERE d.accession_id = a.id) AS "decidedOn" FROM accession a
  WHERE a.organisation_id = $1 ORDER BY a.opened_at DESC LIMIT 1`;

const PEOPLE = `
  SELECT function, min(valid_from) AS "from", (array_agg(id ORDER BY id))[1] AS profile, jsonb_agg(to_jsonb(themes) ORDER BY id) -> 0 AS themes FROM mandate m
  WHERE organisation_id = $1 AND ${inForce('m')}
  GROUP BY function ORDER BY function`;

// That a city wrote in a thread that withholds names is no more told than who did.
const THREADS = `
  SELECT t.id, t.title, t.status, t.last_activity_at AS "lastActivityAt" FROM thread t
  WHERE ${readableThread('t', '$2', '$3')} AND t.merged_into_id IS NULL AND t.naming = 'shown'
    AND t.id IN (SELECT p.thread_id FROM post p WHERE p.author_organisation_id = $1 AND p.state = 'visible')
  ORDER BY t.last_activity_at DESC, t.id LIMIT ${THREADS_SHOWN}`;

// What was given up is shown by nobody's page. What a city records itself is for members; guests read what a public source tells.
const SHOWN = (guest: string) => `x.state <> 'abandoned' AND (NOT ${guest}::boolean OR (x.owner_person_id IS NULL AND p.source_url IS NOT NULL))`;

// A city that reports its own practice as taken over from elsewhere gave it to nobody: the page of the practice tells it.
const GIVEN = `
  SELECT p.ref, p.title, coalesce(o.name, x.to_name) AS "to", o.slug, o.country, o.latitude, o.longitude, x.year, x.note, x.state
  FROM transfer x JOIN practice p ON p.id = x.practice_id AND ${inLibrary('p', '$2')} LEFT JOIN organisation o ON o.id = x.to_organisation_id
  WHERE p.organisation_id = $1 AND x.to_organisation_id IS DISTINCT FROM $1 AND ${SHOWN('$2')} ORDER BY x.year NULLS LAST, x.to_name`;

const RECEIVED = `
  SELECT p.ref, p.title, p.city_name AS "from", o.slug, p.country, x.year, x.note, x.state
  FROM transfer x JOIN practice p ON p.id = x.practice_id AND ${inLibrary('p', '$2')} LEFT JOIN organisation o ON o.id = p.organisation_id
  WHERE x.to_organisation_id = $1 AND p.organisation_id IS DISTINCT FROM $1 AND ${SHOWN('$2')} ORDER BY x.year NULLS LAST, p.ref`;
