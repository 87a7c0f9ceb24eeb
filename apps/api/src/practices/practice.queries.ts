import { Injectable } from '@nestjs/common';
import { isOpenToVisitors, type PracticeFacet, type PracticesPage, type PracticesQuery, type PracticeView, type ThemeView } from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, Database, decodeCursor, encodeCursor, isGuest, NotFound } from '../platform/index.js';
import { committedContent, readingArguments, STORED_COLUMNS, STORED_WHERE, storedPractice, type StoredRow } from './practice-store.js';
import { PRACTICE_COLUMNS, PRACTICE_FROM, type PracticeColumns, presentPractice } from './practice.presenter.js';
import { libraryArguments, PRACTICE_COUNTS, PRACTICE_LIST } from './practice.sql.js';
import { publicContent } from './practice.visibility.js';
import { RelatedPractices } from './related-practices.js';
import { StandingQueries } from './standing.queries.js';

const USEFUL_SHOWN = 50;
const After = z.tuple([z.number(), z.string(), z.string()]);

interface PageRow extends PracticeColumns, StoredRow {
  id: string; ref: string; country: string; other_sources: string[]; label: string; latitude: number | null; longitude: number | null; updated_at: string; confirmed_on: string | null; published_at: string | null;
  transfers: PracticeView['transfers'] | null; threads: PracticeView['threads'] | null; files: PracticeView['files'] | null; useful: PracticeView['useful']['by'] | null; useful_count: number; useful_mine: boolean;
}

/** Reads of the library of practices. */
@Injectable()
export class PracticeQueries {
  constructor(
    private readonly database: Database,
    private readonly standings: StandingQueries,
    private readonly near: RelatedPractices,
  ) {}

  /** One page with the number of practices behind each value of each facet, counted without that facet. */
  async list(actor: Actor, query: PracticesQuery): Promise<PracticesPage> {
    const after = query.cursor ? decodeCursor(query.cursor, After) : null;
    const shared = libraryArguments(actor, query);
    const [rows, counts] = await Promise.all([
      this.database.rows<PracticeColumns & { k1: number; k2: string }>(PRACTICE_LIST[query.sort], [...shared, ...(after ?? [null, null, null]), query.limit + 1]),
      this.database.rows<{ facet: string; value: string; label: string; count: number }>(PRACTICE_COUNTS, shared),
    ]);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const facet = (name: PracticeFacet) => counts.filter((row) => row.facet === name).map(({ value, label, count }) => ({ value, label, count }));
    return {
      items: page.map(presentPractice),
      nextCursor: rows.length > query.limit && last ? encodeCursor([last.k1, last.k2, last.ref]) : null,
      total: counts.find((row) => row.facet === 'total')?.count ?? 0,
      facets: {
        theme: facet('theme'), country: facet('country'), cost: facet('cost'), size: facet('size'), takenUp: facet('takenUp'), standing: facet('standing'), validated: facet('validated'), language: facet('language'),
      },
    };
  }

  /** The whole practice with its transfers, near practices and the threads about it that the actor may read. */
  async get(actor: Actor, ref: string): Promise<PracticeView> {
    const row = await this.database.row<PageRow>(PAGE, [...readingArguments(actor, ref), actor.spaceIds]);
    if (!row) throw new NotFound();
    const practice = storedPractice(row, committedContent(row));
    const content = isGuest(actor) ? publicContent(practice.content) : practice.content;
    const [related, standing] = await Promise.all([this.near.of(practice, isGuest(actor)), this.standings.of(actor, practice)]);
    const place = content.locationHidden ? { latitude: null, longitude: null } : { latitude: row.latitude, longitude: row.longitude };
    const useful = row.useful ?? [];
    const named = new Set([...content.photos, ...content.documents, ...content.evidence].map((file) => file.attachment));
    return {
      ...presentPractice(row), content, open: isOpenToVisitors(practice, practice.sourced), confirmedOn: row.confirmed_on, publishedAt: row.published_at,
      sourceUrl: row.source_url, otherSources: row.other_sources, label: row.label, files: (row.files ?? []).filter((file) => named.has(file.id)), transfers: row.transfers ?? [], related, threads: row.threads ?? [], standing, ...place, updatedAt: row.updated_at, version: practice.version,
      // Named to members, a number to guests.
      useful: { count: row.useful_count, mine: row.useful_mine, by: isGuest(actor) ? [] : useful },
    };
  }

  /** Themes with their concepts, in the order of the thesaurus. */
  async themes(): Promise<{ items: ThemeView[] }> {
    const items = await this.database.rows<ThemeView & Record<string, unknown>>(
      `SELECT t.id, t.name_fr AS fr, t.name_en AS en,
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', c.id, 'fr', c.name_fr, 'en', c.name_en) ORDER BY c.name_fr) FROM concept c WHERE c.theme_id = t.id), '[]') AS concepts
       FROM theme t ORDER BY t.position`);
    return { items };
  }
}

// $1 to $6 as readingArguments() gives them, $7 spaces that may be read.
const PAGE = `
  SELECT ${STORED_COLUMNS}, ${PRACTICE_COLUMNS}, p.other_sources, p.label, o.latitude, o.longitude, p.updated_at, p.confirmed_on, p.published_at,
    CASE WHEN p.has_transfers THEN (SELECT jsonb_agg(jsonb_build_object('id', x.id, 'to', coalesce(t.name, x.to_name), 'slug', t.slug, 'country', t.country, 'latitude', t.latitude, 'longitude', t.longitude, 'year', x.year,
      'note', x.note, 'state', x.state, 'recorded', x.owner_person_id IS NOT NULL) ORDER BY x.year NULLS LAST, x.to_name)
      FROM transfer x LEFT JOIN organisation t ON t.id = x.to_organisation_id WHERE x.practice_id = p.id AND x.state <> 'abandoned' AND (NOT $2::boolean OR (x.owner_person_id IS NULL AND p.source_url IS NOT NULL))) END AS transfers,
    (SELECT jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title, 'postCount', t.post_count) ORDER BY t.last_activity_at DESC) FROM thread t
      WHERE t.practice_id = p.id AND t.space_id = ANY($7::uuid[]) AND t.merged_into_id IS NULL) AS threads,
    (SELECT count(*) FROM practice_useful u WHERE u.practice_id = p.id) AS useful_count, EXISTS (SELECT 1 FROM practice_useful u WHERE u.practice_id = p.id AND u.person_id = $5) AS useful_mine,
    (SELECT jsonb_agg(jsonb_build_object('function', u.function, 'organisation', u.name, 'slug', u.slug)) FROM (
      SELECT u.function, n.name, n.slug FROM practice_useful u JOIN organisation n ON n.id = u.organisation_id WHERE u.practice_id = p.id ORDER BY u.at LIMIT ${USEFUL_SHOWN}) u) AS useful,
    (SELECT jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'type', f.type, 'bytes', f.bytes)) FROM attachment f WHERE f.practice_id = p.id) AS files
  ${PRACTICE_FROM} WHERE ${STORED_WHERE}`;
