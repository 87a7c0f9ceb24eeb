import { Injectable } from '@nestjs/common';
import { isOpenToVisitors, type PracticeContent, type PracticeFacet, type PracticesPage, type PracticesQuery, type PracticeState, type PracticeView, type ThemeView } from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, Database, decodeCursor, encodeCursor, isGuest, NotFound, readableThread } from '../platform/index.js';
import { keepContent, knownContent, READABLE_BY_REF } from './practice-store.js';
import { mayHavePart } from './practice.policy.js';
import { PRACTICE_COLUMNS, PRACTICE_FROM, type PracticeColumns, presentPractice } from './practice.presenter.js';
import { libraryArguments, PRACTICE_COUNTS, PRACTICE_LIST } from './practice.sql.js';
import { publicContent, readerOf } from './practice.visibility.js';
import { RelatedPractices } from './related-practices.js';
import { StandingQueries } from './standing.queries.js';

const USEFUL_SHOWN = 50;
const After = z.tuple([z.number(), z.string(), z.string()]);

interface PageRow extends PracticeColumns {
  version: number; state: PracticeState; organisation_id: string | null; has_consent: boolean; content: unknown; source_url: string | null; other_sources: string[]; label: string; latitude: number | null; longitude: number | null;
  updated_at: string; confirmed_on: string | null; published_at: string | null; transfers: PracticeView['transfers'] | null; threads: PracticeView['threads'] | null; files: PracticeView['files'] | null;
  useful: { count: number; mine: boolean; by: PracticeView['useful']['by'] | null }; co_holders: PracticeView['coHolders'] | null; linked_project: PracticeView['linkedProject'];
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
    const guest = isGuest(actor);
    const known = knownContent(ref);
    const row = await this.database.row<PageRow & Record<string, unknown>>(PAGE, [ref, ...readerOf(actor), actor.personId, actor.spaceIds, known?.id ?? null, known?.version ?? null, actor.threadIds]);
    if (!row) throw new NotFound();
    const { id, version, state, organisation_id: organisationId, source_url: sourceUrl, has_consent: consent, useful } = row;
    const whole = row.content === null && known ? known.content : keepContent(row);
    const content = guest ? publicContent(whole) : whole;
    const [related, standing] = await Promise.all([this.near.of({ id, version, content: whole }, guest), mayHavePart(actor, { organisationId, state }) ? this.standings.of(actor, ref) : null]);
    const place = content.locationHidden ? { latitude: null, longitude: null } : { latitude: row.latitude, longitude: row.longitude };
    return {
      ...presentPractice(row), content, open: isOpenToVisitors({ state, consent }, sourceUrl !== null), confirmedOn: row.confirmed_on, publishedAt: row.published_at,
      sourceUrl, otherSources: row.other_sources, label: row.label, coHolders: row.co_holders ?? [], linkedProject: row.linked_project, files: filesNamed(content, row.files ?? []), transfers: row.transfers ?? [], related, threads: row.threads ?? [], standing, ...place, updatedAt: row.updated_at, version,
      // Named to members, a number to guests.
      useful: { count: useful.count, mine: useful.mine, by: guest ? [] : (useful.by ?? []) },
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

function filesNamed(content: PracticeContent, files: PracticeView['files']): PracticeView['files'] {
  if (files.length === 0) return files;
  const named = new Set([...content.photos, ...content.documents, ...content.evidence].map((file) => file.attachment));
  return files.filter((file) => named.has(file.id));
}

// $1 to $4 as in READABLE_BY_REF, $5 person, $6 spaces that may be read, $7 and $8 id and version whose content is known, $9 single threads. Read by
// everybody who opens a practice: json where jsonb would be built only to be written out again.
const PAGE = `
  SELECT ${PRACTICE_COLUMNS}, p.version, p.state, p.organisation_id, p.consent IS NOT NULL AS has_consent, p.source_url, p.other_sources, p.label, o.latitude, o.longitude, p.updated_at, p.confirmed_on, p.published_at,
    CASE WHEN (p.id, p.version) = ($7::uuid, $8::integer) THEN NULL ELSE p.content END AS content,
    CASE WHEN p.co_holders <> '{}' THEN (SELECT json_agg(json_build_object('slug', h.slug, 'name', h.name, 'country', h.country) ORDER BY h.name) FROM organisation h WHERE h.id = ANY(p.co_holders)) END AS co_holders,
    CASE WHEN p.linked_project_id IS NOT NULL AND NOT $2::boolean THEN (SELECT json_build_object('ref', j.ref, 'title', j.title) FROM project j WHERE j.id = p.linked_project_id) END AS linked_project,
    CASE WHEN p.has_transfers THEN (SELECT json_agg(json_build_object('id', x.id, 'to', coalesce(t.name, x.to_name), 'slug', t.slug, 'country', t.country, 'latitude', t.latitude, 'longitude', t.longitude, 'year', x.year,
      'note', x.note, 'state', x.state, 'recorded', x.owner_person_id IS NOT NULL) ORDER BY x.year NULLS LAST, x.to_name)
      FROM transfer x LEFT JOIN organisation t ON t.id = x.to_organisation_id WHERE x.practice_id = p.id AND x.state <> 'abandoned' AND (NOT $2::boolean OR (x.owner_person_id IS NULL AND p.source_url IS NOT NULL))) END AS transfers,
    (SELECT json_agg(json_build_object('id', t.id, 'title', t.title, 'postCount', t.post_count) ORDER BY t.last_activity_at DESC) FROM thread t
      WHERE t.practice_id = p.id AND ${readableThread('t', '$6', '$9')} AND t.merged_into_id IS NULL) AS threads,
    (SELECT json_build_object('count', count(*), 'mine', coalesce(bool_or(u.person_id = $5), false), 'by', json_agg(json_build_object('function', u.function, 'organisation', u.name, 'slug', u.slug) ORDER BY u.place) FILTER (WHERE u.place <= ${USEFUL_SHOWN}))
      FROM (SELECT m.person_id, m.function, n.name, n.slug, row_number() OVER (ORDER BY m.at) AS place FROM practice_useful m JOIN organisation n ON n.id = m.organisation_id WHERE m.practice_id = p.id) u) AS useful,
    (SELECT json_agg(json_build_object('id', f.id, 'name', f.name, 'type', f.type, 'bytes', f.bytes)) FROM attachment f WHERE f.practice_id = p.id) AS files
  ${PRACTICE_FROM} WHERE ${READABLE_BY_REF}`;
