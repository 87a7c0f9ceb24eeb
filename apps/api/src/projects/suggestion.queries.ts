import { Injectable } from '@nestjs/common';
import type { MatchReason, SuggestionView } from '@passerelle/contract';
import { type Actor, canModerate, Database, Forbidden, type Sql } from '../platform/index.js';
import { listed } from '../practices/index.js';
import { peopleOf } from './capacity.js';
import { type Candidate, scoreMatch, type Wanted } from './match-score.js';
import { loadNeed, type StoredNeed } from './need-store.js';
import { CITY } from './project.presenter.js';

const SHOWN = 10;
const CANDIDATES_MAX = 200;

interface Row extends Omit<Candidate, 'sharedPartners'>, Record<string, unknown> {
  city: SuggestionView['organisation']; shared_partners: string[];
  own: Wanted;
}

/** Which cities could help with a need, and why. Nothing is sent: a person decides to make contact. */
@Injectable()
export class SuggestionQueries {
  constructor(private readonly database: Database) {}

  /** For the people of the city in need and for moderation; cities that are already being brought together are left out. */
  async list(actor: Actor, needId: string): Promise<{ items: SuggestionView[] }> {
    const need = await loadNeed(this.database, actor, needId);
    if (!canModerate(actor) && actor.capacity?.organisationId !== need.organisationId) throw new Forbidden();
    const rows = await this.database.rows<Row>(CANDIDATES, [need.id, null]);
    const items = rows.map((row) => ({ organisation: row.city, ...scoreRow(row), offer: row.offer && { id: row.offer.id, title: row.offer.title }, practice: row.practice && { ref: row.practice.ref, title: row.practice.title } }));
    return { items: items.sort((a, b) => b.score - a.score || (a.organisation.slug < b.organisation.slug ? -1 : 1)).slice(0, SHOWN) };
  }

  /** Score and reasons of one city for one need, whoever thought of it. */
  async reasons(sql: Sql, need: StoredNeed, organisationId: string): Promise<{ score: number; reasons: MatchReason[] }> {
    const row = await sql.row<Row>(CANDIDATES, [need.id, organisationId]);
    return row ? scoreRow(row) : { score: 0, reasons: [] };
  }
}

const scoreRow = (row: Row) => scoreMatch(row.own, { ...row, sharedPartners: row.shared_partners });

const languagesOf = (organisation: string) => `ARRAY(SELECT DISTINCT l FROM account a, unnest(a.languages) l WHERE a.disabled_at IS NULL AND a.person_id IN (${peopleOf(organisation)}) ORDER BY l)`;
const partnersOf = (organisation: string) => `
  SELECT lower(x ->> 'name') FROM practice q, jsonb_array_elements(q.content -> 'partners') x WHERE q.organisation_id = ${organisation} AND ${listed('q')} UNION
  SELECT lower(x ->> 'name') FROM project q, jsonb_array_elements(q.content -> 'partners') x WHERE q.organisation_id = ${organisation}`;

// $1 need, $2 one organisation whatever it has to show, or null for those that have an offer or a practice on the concept.
const CANDIDATES = `
  WITH n AS MATERIALIZED (
    SELECT d.id, d.organisation_id, d.concept_id, d.wanted, jsonb_build_object('concept', d.concept_id, 'wanted', d.wanted, 'population', o.population, 'latitude', o.latitude, 'longitude', o.longitude,
      'languages', CASE WHEN jsonb_array_length(d.content -> 'languages') > 0 THEN d.content -> 'languages' ELSE to_jsonb(${languagesOf('SELECT d.organisation_id')}) END) AS own
    FROM need d JOIN organisation o ON o.id = d.organisation_id WHERE d.id = $1)
  SELECT n.own, ${CITY('o')} AS city, o.population, o.latitude, o.longitude, f.offer, r.practice,
    ARRAY(SELECT DISTINCT l FROM unnest(${languagesOf('SELECT o.id')} || coalesce(f.languages, '{}')) l ORDER BY l) AS languages,
    ARRAY((${partnersOf('o.id')}) INTERSECT (${partnersOf('n.organisation_id')}) ORDER BY 1) AS shared_partners
  FROM n CROSS JOIN organisation o
  LEFT JOIN LATERAL (
    SELECT jsonb_build_object('id', f.id, 'title', f.title, 'forms', f.forms) AS offer, ARRAY(SELECT jsonb_array_elements_text(f.content -> 'languages')) AS languages
    FROM offer f WHERE f.organisation_id = o.id AND f.state = 'active' AND f.concepts @> ARRAY[n.concept_id] ORDER BY (f.forms && n.wanted) DESC, f.updated_at DESC, f.id LIMIT 1) f ON true
  LEFT JOIN LATERAL (
    SELECT jsonb_build_object('ref', p.ref, 'title', p.title, 'validated', p.validated, 'availableFor', coalesce(p.content -> 'availableFor', '[]')) AS practice
    FROM practice p WHERE p.organisation_id = o.id AND ${listed('p')} AND p.concepts @> ARRAY[n.concept_id] ORDER BY p.validated DESC, p.published_at DESC NULLS LAST, p.ref LIMIT 1) r ON true
  WHERE o.id <> n.organisation_id AND CASE WHEN $2::uuid IS NOT NULL THEN o.id = $2
    ELSE (f.offer IS NOT NULL OR r.practice IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM introduction i WHERE i.need_id = n.id AND i.helper_organisation_id = o.id AND i.state NOT IN ('concluded', 'declined')) END
  ORDER BY (r.practice ->> 'validated')::boolean DESC NULLS LAST, o.slug LIMIT ${CANDIDATES_MAX}`;
