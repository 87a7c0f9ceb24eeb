import { Injectable } from '@nestjs/common';
import type { PracticesPage, PracticesQuery, PracticeView, ThemeView } from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, Database, decodeCursor, encodeCursor, NotFound } from '../platform/index.js';
import { PRACTICE_COLUMNS, PRACTICE_FROM, type PracticeColumns, presentPractice } from './practice.presenter.js';
import { PRACTICE_FACETS, PRACTICE_LIST } from './practice.sql.js';

const RELATED = 3;
const After = z.tuple([z.number(), z.string(), z.string()]);

interface PracticeDetail extends PracticeColumns {
  language: 'fr' | 'en'; cost_note: string | null; sdgs: number[]; results: string[]; partners: string[]; difficulties: string | null; source_url: string | null; other_sources: string[];
  label: string; latitude: number | null; longitude: number | null; updated_at: string; version: number;
}

/** Reads of the library of practices. */
@Injectable()
export class PracticeQueries {
  constructor(private readonly database: Database) {}

  /** One page with the number of practices behind each value of each facet, counted without that facet. */
  async list(query: PracticesQuery): Promise<PracticesPage> {
    const after = query.cursor ? decodeCursor(query.cursor, After) : null;
    const filters = [query.theme, query.country, query.cost, query.size, query.takenUp].map((values) => (values && values.length > 0 ? values : null));
    const [rows, counts] = await Promise.all([
      this.database.rows<PracticeColumns & { k1: number; k2: string }>(PRACTICE_LIST[query.sort], [...filters, query.organisation ?? null, ...(after ?? [null, null, null]), query.limit + 1]),
      this.database.rows<{ facet: string; value: string; label: string; count: number }>(PRACTICE_FACETS, [...filters, query.organisation ?? null]),
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
    const row = await this.database.row<PracticeDetail & Record<string, unknown>>(
      `SELECT ${PRACTICE_COLUMNS}, p.language, p.cost_note, p.sdgs, p.results, p.partners, p.difficulties, p.source_url, p.other_sources, p.label, o.latitude, o.longitude, p.updated_at, p.version
       ${PRACTICE_FROM} WHERE p.ref = $1 AND p.state = 'published'`, [ref]);
    if (!row) throw new NotFound();
    const [transfers, related, threads] = await Promise.all([this.transfers(row.id), this.related(row), this.threads(actor, row.id)]);
    return {
      ...presentPractice(row), language: row.language, costNote: row.cost_note, sdgs: row.sdgs, results: row.results, partners: row.partners, difficulties: row.difficulties,
      sourceUrl: row.source_url, otherSources: row.other_sources, label: row.label, transfers, related, threads,
      latitude: row.latitude, longitude: row.longitude, updatedAt: row.updated_at, version: row.version,
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
      `SELECT coalesce(o.name, x.to_name) AS "to", o.slug, o.country, o.latitude, o.longitude, x.year, x.note, x.state
       FROM transfer x LEFT JOIN organisation o ON o.id = x.to_organisation_id WHERE x.practice_id = $1 ORDER BY x.year NULLS LAST, x.to_name`, [practiceId]);
  }

  /** Most shared concepts first. */
  private async related(row: PracticeDetail) {
    const rows = await this.database.rows<PracticeColumns & Record<string, unknown>>(
      `SELECT ${PRACTICE_COLUMNS} ${PRACTICE_FROM} WHERE p.state = 'published' AND p.id <> $1 AND p.concepts && $2::text[]
       ORDER BY cardinality(ARRAY(SELECT unnest(p.concepts) INTERSECT SELECT unnest($2::text[]))) DESC, (p.theme_id = $3) DESC, p.ref LIMIT ${RELATED}`,
      [row.id, row.concepts, row.theme_id]);
    return rows.map(presentPractice);
  }

  private threads(actor: Actor, practiceId: string): Promise<PracticeView['threads']> {
    return this.database.rows(
      `SELECT id, title, post_count AS "postCount" FROM thread WHERE practice_id = $1 AND space_id = ANY($2::uuid[]) AND merged_into_id IS NULL ORDER BY last_activity_at DESC`, [practiceId, actor.spaceIds]);
  }
}
