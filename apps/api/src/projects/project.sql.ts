import { PROJECT_STAGES, type ProjectsQuery, SOUGHT_KINDS } from '@passerelle/contract';
import { onBehalf } from '../platform/index.js';
import { PROJECT_COLUMNS, PROJECT_FROM } from './project.presenter.js';

// Three ascending values order every list: k1, k2, then the reference.
const SORT_KEY: Record<ProjectsQuery['sort'], { k1: string; k2: string }> = {
  recent: { k1: '-extract(epoch FROM updated_at)', k2: `''` },
  newest: { k1: '-extract(epoch FROM created_at)', k2: `''` },
  title: { k1: '0', k2: 'unaccent(lower(title))' },
};
const inOrder = (values: readonly string[]) => `ARRAY[${values.map((value) => `'${value}'`).join(', ')}]`;

// $1 themes, $2 countries, $3 stages, $4 what is sought, $5 slug of a city that takes part. Null filters nothing. Only what filters and orders
// is read of all projects; what cards show is read of one page.
const MATCHED = `
  SELECT *, ($1::text[] IS NULL OR theme_id = ANY($1)) AS m_theme, ($2::text[] IS NULL OR countries && $2) AS m_country, ($3::text[] IS NULL OR stage = ANY($3)) AS m_stage, ($4::text[] IS NULL OR sought && $4) AS m_sought
  FROM (
    SELECT p.id, p.ref, p.title, p.theme_id, p.stage, p.sought, p.created_at, p.updated_at, o.slug AS lead_slug, c.slugs,
      CASE WHEN c.countries IS NULL OR o.country = ANY(c.countries) THEN coalesce(c.countries, ARRAY[o.country]) ELSE c.countries || o.country END AS countries
    FROM project p JOIN organisation o ON o.id = p.organisation_id
    LEFT JOIN (
      SELECT c.project_id, array_agg(DISTINCT x.country) AS countries, array_agg(x.slug) AS slugs FROM project_city c JOIN organisation x ON x.id = c.organisation_id WHERE c.left_at IS NULL GROUP BY c.project_id
    ) c ON c.project_id = p.id) b
  WHERE $5::text IS NULL OR lead_slug = $5 OR $5 = ANY(slugs)`;

// $6, $7, $8: the place after the last row, $9 the limit.
const listBy = ({ k1, k2 }: { k1: string; k2: string }) => `
  SELECT r.*, k.k1, k.k2 FROM (
    SELECT * FROM (SELECT id, ref, (${k1})::double precision AS k1, ${k2} AS k2 FROM (${MATCHED}) m WHERE m_theme AND m_country AND m_stage AND m_sought) m
    WHERE $6::double precision IS NULL OR (k1, k2, ref) > ($6, $7::text, $8::text) ORDER BY k1, k2, ref LIMIT $9) k
  JOIN LATERAL (SELECT ${PROJECT_COLUMNS} ${PROJECT_FROM} WHERE p.id = k.id) r ON true ORDER BY k.k1, k.k2, k.ref`;
export const PROJECT_LIST: Record<ProjectsQuery['sort'], string> = { recent: listBy(SORT_KEY.recent), newest: listBy(SORT_KEY.newest), title: listBy(SORT_KEY.title) };

/** The number behind each value of a facet is counted without that facet. */
export const PROJECT_FACETS = `
  WITH m AS MATERIALIZED (${MATCHED})
  SELECT 'total' AS facet, '' AS value, '' AS label, count(*) AS count, 0 AS place FROM m WHERE m_theme AND m_country AND m_stage AND m_sought
  UNION ALL SELECT 'theme', t.id, t.name_fr, count(*), min(t.position) FROM m JOIN theme t ON t.id = m.theme_id WHERE m_country AND m_stage AND m_sought GROUP BY t.id
  UNION ALL SELECT 'country', c, (SELECT min(x.country_name) FROM organisation x WHERE x.country = c), count(*), 0 FROM m, unnest(countries) c WHERE m_theme AND m_stage AND m_sought GROUP BY c
  UNION ALL SELECT 'stage', stage, stage, count(*), array_position(${inOrder(PROJECT_STAGES)}, stage) FROM m WHERE m_theme AND m_country AND m_sought GROUP BY stage
  UNION ALL SELECT 'sought', s, s, count(*), array_position(${inOrder(SOUGHT_KINDS)}, s) FROM m, unnest(sought) s WHERE m_theme AND m_country AND m_stage GROUP BY s
  ORDER BY facet, place, label`;

/** The newest of each stage with the number of all; $6 how many. */
export const PROJECT_BOARD = `
  SELECT r.*, k.stage_count FROM (
    SELECT * FROM (
      SELECT id, stage, row_number() OVER (PARTITION BY stage ORDER BY updated_at DESC, ref) AS place, count(*) OVER (PARTITION BY stage) AS stage_count FROM (${MATCHED}) m WHERE m_theme AND m_country AND m_stage AND m_sought) b
    WHERE place <= $6) k
  JOIN LATERAL (SELECT ${PROJECT_COLUMNS} ${PROJECT_FROM} WHERE p.id = k.id) r ON true ORDER BY k.stage, k.place`;

const SIGNED = `u.author_person_id, u.author_name, u.author_function, o.name AS organisation, o.slug AS organisation_slug, o.country`;
// $1 project, $2 and $3 the place after the last row, $4 the limit.
export const PROJECT_UPDATES = `
  SELECT u.id, u.body, u.html, u.language, u.at, ${SIGNED} FROM project_update u JOIN organisation o ON o.id = u.author_organisation_id
  WHERE u.project_id = $1 AND u.removed_at IS NULL AND ($2::timestamptz IS NULL OR (u.at, u.id) < ($2, $3::uuid)) ORDER BY u.at DESC, u.id DESC LIMIT $4`;
/** $1 introductions; of each the newest before the place $2, $3, at most $4 and one more that tells of earlier ones. */
export const MESSAGES = `
  SELECT u.id, u.introduction_id, u.body, u.html, u.at, ${SIGNED} FROM unnest($1::uuid[]) i(id)
  CROSS JOIN LATERAL (SELECT * FROM introduction_message m WHERE m.introduction_id = i.id AND ($2::timestamptz IS NULL OR (m.at, m.id) < ($2, $3::uuid)) ORDER BY m.at DESC, m.id DESC LIMIT $4::int + 1) u
  JOIN organisation o ON o.id = u.author_organisation_id ORDER BY u.at, u.id`;

/** Everybody who takes part or has: the lead first. */
export const PROJECT_CITIES = `
  SELECT o.name, o.slug, o.country, o.country_name AS "countryName", true AS lead, p.created_at AS "joinedAt", NULL::timestamptz AS "leftAt", p.owner_function AS "byFunction", NULL::jsonb AS "onBehalf" FROM project p JOIN organisation o ON o.id = p.organisation_id WHERE p.id = $1
  UNION ALL SELECT o.name, o.slug, o.country, o.country_name, false, c.joined_at, c.left_at, c.joined_function, ${onBehalf('c.delegation_id')} FROM project_city c JOIN organisation o ON o.id = c.organisation_id WHERE c.project_id = $1
  ORDER BY lead DESC, "joinedAt"`;
