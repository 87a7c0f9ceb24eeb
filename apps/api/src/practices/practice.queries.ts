import { Injectable } from '@nestjs/common';
import { isOpenToVisitors, PracticeContent, type PracticesPage, type PracticesQuery, type PracticeView, type ThemeView } from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, Database, decodeCursor, encodeCursor, isGuest } from '../platform/index.js';
import { loadPractice, type StoredPractice } from './practice-store.js';
import { PRACTICE_COLUMNS, PRACTICE_FROM, type PracticeColumns, presentPractice } from './practice.presenter.js';
import { PRACTICE_FACETS, PRACTICE_LIST } from './practice.sql.js';
import { listed, openToVisitors } from './practice.visibility.js';
import { StandingQueries } from './standing.queries.js';

const RELATED = 3;
const USEFUL_SHOWN = 50;
const After = z.tuple([z.number(), z.string(), z.string()]);

interface PracticeDetail extends PracticeColumns {
  source_url: string | null; other_sources: string[]; label: string; latitude: number | null; longitude: number | null; updated_at: string; confirmed_on: string | null; published_at: string | null; city_kind: string | null;
}

/** Reads of the library of practices. */
@Injectable()
export class PracticeQueries {
  constructor(
    private readonly database: Database,
    private readonly standings: StandingQueries,
  ) {}

  /** One page with the number of practices behind each value of each facet, counted without that facet. */
  async list(actor: Actor, query: PracticesQuery): Promise<PracticesPage> {
    const after = query.cursor ? decodeCursor(query.cursor, After) : null;
    const filters = [query.theme, query.country, query.cost, query.size, query.takenUp].map((values) => (values && values.length > 0 ? values : null));
    const shared = [...filters, query.organisation ?? null, isGuest(actor)];
    const [rows, counts] = await Promise.all([
      this.database.rows<PracticeColumns & { k1: number; k2: string }>(PRACTICE_LIST[query.sort], [...shared, ...(after ?? [null, null, null]), query.limit + 1]),
      this.database.rows<{ facet: string; value: string; label: string; count: number }>(PRACTICE_FACETS, shared),
    ]);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const facet = (name: string) => counts.filter((row) => row.facet === name).map(({ value, label, count }) => ({ value, label, count }));
    return {
      items: page.map(presentPractice),
      nextCursor: rows.length > query.limit && last ? encodeCursor([last.k1, last.k2, last.ref]) : null,
      total: counts.find((row) => row.facet === 'total')?.count ?? 0,
      facets: { theme: facet('theme'), country: facet('country'), cost: facet('cost'), size: facet('size'), takenUp: facet('takenUp') },
    };
  }

  /** The whole practice with its transfers, near practices and the threads about it that the actor may read. */
  async get(actor: Actor, ref: string): Promise<PracticeView> {
    const practice = await loadPractice(this.database, actor, ref);
    const row = await this.database.row<PracticeDetail & Record<string, unknown>>(
      `SELECT ${PRACTICE_COLUMNS}, p.source_url, p.other_sources, p.label, o.latitude, o.longitude, p.updated_at, p.confirmed_on, p.published_at ${PRACTICE_FROM} WHERE p.id = $1`, [practice.id]);
    if (!row) throw new Error(`The practice ${practice.id} went away while it was read`);
    const [transfers, related, threads, useful, standing] = await Promise.all([
      this.transfers(practice.id), this.related(actor, practice), this.threads(actor, practice.id), this.useful(actor, practice.id), this.standings.of(actor, practice)]);
    const content = PracticeContent.parse(practice.content);
    const hidden = content.locationHidden ? { latitude: null, longitude: null } : { latitude: row.latitude, longitude: row.longitude };
    return {
      ...presentPractice(row), language: content.language, content, validated: practice.validated, open: isOpenToVisitors(practice, practice.sourced), confirmedOn: row.confirmed_on, publishedAt: row.published_at,
      sourceUrl: row.source_url, otherSources: row.other_sources, label: row.label, transfers, related, threads, useful, standing, ...hidden, updatedAt: row.updated_at, version: practice.version,
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

  private transfers(practiceId: string): Promise<PracticeView['transfers']> {
    return this.database.rows(
      `SELECT x.id, coalesce(o.name, x.to_name) AS "to", o.slug, o.country, o.latitude, o.longitude, x.year, x.note, x.state, x.owner_person_id IS NOT NULL AS recorded
       FROM transfer x LEFT JOIN organisation o ON o.id = x.to_organisation_id WHERE x.practice_id = $1 AND x.state <> 'abandoned' ORDER BY x.year NULLS LAST, x.to_name`, [practiceId]);
  }

  /** Most shared concepts first, with what is shared. */
  private async related(actor: Actor, { id, content }: StoredPractice): Promise<PracticeView['related']> {
    const rows = await this.database.rows<PracticeColumns & { shared: string[]; same_theme: boolean }>(
      `SELECT ${PRACTICE_COLUMNS}, ARRAY(SELECT unnest(p.concepts) INTERSECT SELECT unnest($2::text[]) ORDER BY 1) AS shared, p.theme_id IS NOT DISTINCT FROM $3 AS same_theme ${PRACTICE_FROM}
       WHERE CASE WHEN $4::boolean THEN ${openToVisitors('p')} ELSE ${listed('p')} END AND p.id <> $1 AND p.concepts && $2::text[]
       ORDER BY cardinality(ARRAY(SELECT unnest(p.concepts) INTERSECT SELECT unnest($2::text[]))) DESC, (p.theme_id = $3) DESC, p.ref LIMIT ${RELATED}`,
      [id, content.concepts, content.theme, isGuest(actor)]);
    return rows.map((row) => ({ ...presentPractice(row), sharedConcepts: row.shared, sameTheme: row.same_theme }));
  }

  private threads(actor: Actor, practiceId: string): Promise<PracticeView['threads']> {
    return this.database.rows(
      `SELECT id, title, post_count AS "postCount" FROM thread WHERE practice_id = $1 AND space_id = ANY($2::uuid[]) AND merged_into_id IS NULL ORDER BY last_activity_at DESC`, [practiceId, actor.spaceIds]);
  }

  /** Who finds it useful for their city: named to members, a number to guests. */
  private async useful(actor: Actor, practiceId: string): Promise<PracticeView['useful']> {
    const rows = await this.database.rows<{ function: string; organisation: string; slug: string; mine: boolean; total: number }>(
      `SELECT u.function, o.name AS organisation, o.slug, u.person_id = $2 AS mine, count(*) OVER () AS total FROM practice_useful u JOIN organisation o ON o.id = u.organisation_id
       WHERE u.practice_id = $1 ORDER BY (u.person_id = $2) DESC, u.at LIMIT ${USEFUL_SHOWN}`, [practiceId, actor.personId]);
    return { count: rows[0]?.total ?? 0, mine: rows[0]?.mine ?? false, by: isGuest(actor) ? [] : rows.map(({ function: office, organisation, slug }) => ({ function: office, organisation, slug })) };
  }
}
