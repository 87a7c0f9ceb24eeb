import type { PracticesQuery } from '@passerelle/contract';
import { PRACTICE_COLUMNS, PRACTICE_FROM } from './practice.presenter.js';
import { inLibrary } from './practice.visibility.js';

// Three ascending values order every list: k1, k2, then the reference.
const SORT_KEY: Record<PracticesQuery['sort'], { k1: string; k2: string }> = {
  'taken-up': { k1: '-p.taken_up_count', k2: 'p.sort_title' },
  newest: { k1: '-extract(epoch FROM p.created_at)', k2: `''` },
  title: { k1: '0', k2: 'p.sort_title' },
};

const SIZE = `CASE WHEN o.population IS NULL THEN 'unknown' WHEN o.population < 100000 THEN 'small' WHEN o.population <= 500000 THEN 'medium' ELSE 'large' END`;
const COST = `coalesce(p.cost_range, 'unknown')`;
const TAKEN = `CASE WHEN p.taken_up_count > 0 THEN 'yes' ELSE 'no' END`;

// $1 themes, $2 countries, $3 costs, $4 sizes, $5 taken up, $6 slug of the organisation, $7 whether the reader is a guest. Null filters nothing.
const IN_SIGHT = `${inLibrary('p', '$7')} AND ($6::text IS NULL OR o.slug = $6)`;
const CHOSEN = {
  theme: '($1::text[] IS NULL OR p.theme_id = ANY($1))', country: '($2::text[] IS NULL OR p.country = ANY($2))', cost: `($3::text[] IS NULL OR ${COST} = ANY($3))`,
  size: `($4::text[] IS NULL OR ${SIZE} = ANY($4))`, taken: `($5::text[] IS NULL OR ${TAKEN} = ANY($5))`,
};
type Facet = keyof typeof CHOSEN;
const FACETS = Object.keys(CHOSEN) as Facet[];

// $8, $9, $10: the place after the last row, $11 the limit. The narrow rows are put in order before the chosen ones are read whole.
const listBy = ({ k1, k2 }: { k1: string; k2: string }) => `
  WITH page AS MATERIALIZED (
    SELECT * FROM (
      SELECT p.id, p.ref, (${k1})::double precision AS k1, ${k2} AS k2 ${PRACTICE_FROM} WHERE ${IN_SIGHT} AND ${FACETS.map((facet) => CHOSEN[facet]).join(' AND ')}) k
    WHERE $8::double precision IS NULL OR (k1, k2, ref) > ($8, $9::text, $10::text) ORDER BY k1, k2, ref LIMIT $11)
  SELECT ${PRACTICE_COLUMNS}, page.k1, page.k2 FROM page JOIN practice p ON p.id = page.id LEFT JOIN organisation o ON o.id = p.organisation_id ORDER BY page.k1, page.k2, page.ref`;

export const PRACTICE_LIST: Record<PracticesQuery['sort'], string> = { 'taken-up': listBy(SORT_KEY['taken-up']), newest: listBy(SORT_KEY.newest), title: listBy(SORT_KEY.title) };

const others = (facet: Facet | null) => FACETS.filter((other) => other !== facet).map((other) => `m_${other}`).join(' AND ');
const count = (facet: Facet, name: string, value: string, label: string, place: string, more = '') =>
  `SELECT '${name}' AS facet, ${value} AS value, ${label} AS label, count(*) AS count, ${place} AS place FROM m ${more} WHERE ${others(facet)} GROUP BY ${value}`;
const orderOf = (values: string[], column: string) => `min(array_position(ARRAY[${values.map((value) => `'${value}'`).join(',')}], ${column}))`;

/** How many there are behind each value of each facet, counted without that facet. */
export const PRACTICE_FACETS = `
  WITH m AS MATERIALIZED (
    SELECT p.theme_id, p.country, coalesce(o.country_name, p.country) AS country_name, ${COST} AS cost_range, ${SIZE} AS size, ${TAKEN} AS taken, ${FACETS.map((facet) => `${CHOSEN[facet]} AS m_${facet}`).join(', ')}
    ${PRACTICE_FROM} WHERE ${IN_SIGHT})
  SELECT 'total' AS facet, '' AS value, '' AS label, count(*) AS count, 0 AS place FROM m WHERE ${others(null)}
  UNION ALL ${count('theme', 'theme', 't.id', 'min(t.name_fr)', 'min(t.position)', 'JOIN theme t ON t.id = m.theme_id')}
  UNION ALL ${count('country', 'country', 'country', 'min(country_name)', '0')}
  UNION ALL ${count('cost', 'cost', 'cost_range', 'min(cost_range)', orderOf(['<50k', '50k-250k', '250k-1M', '1M-5M', '>5M', 'unknown'], 'cost_range'))}
  UNION ALL ${count('size', 'size', 'size', 'min(size)', orderOf(['small', 'medium', 'large', 'unknown'], 'size'))}
  UNION ALL ${count('taken', 'takenUp', 'taken', 'min(taken)', orderOf(['yes', 'no'], 'taken'))}
  ORDER BY facet, place, label`;
