import type { PracticesQuery } from '@passerelle/contract';
import { listed, openToVisitors } from './practice.visibility.js';
import { PRACTICE_COLUMNS, PRACTICE_FROM, TAKEN_UP } from './practice.presenter.js';

// Three ascending values order every list: k1, k2, then the reference.
const SORT_KEY: Record<PracticesQuery['sort'], { k1: string; k2: string }> = {
  'taken-up': { k1: '-taken_up_count', k2: 'unaccent(lower(title))' },
  newest: { k1: '-extract(epoch FROM created_at)', k2: `''` },
  title: { k1: '0', k2: 'unaccent(lower(title))' },
};

const SIZE = `CASE WHEN o.population IS NULL THEN 'unknown' WHEN o.population < 100000 THEN 'small' WHEN o.population <= 500000 THEN 'medium' ELSE 'large' END`;
const TAKEN = `CASE WHEN EXISTS (SELECT 1 FROM transfer x WHERE ${TAKEN_UP}) THEN 'yes' ELSE 'no' END`;

// $1 themes, $2 countries, $3 costs, $4 sizes, $5 taken up, $6 slug of the organisation, $7 whether the reader is a guest. Null filters nothing.
const MATCHED = `
  SELECT ${PRACTICE_COLUMNS}, p.created_at, ${SIZE} AS size, ${TAKEN} AS taken,
    ($1::text[] IS NULL OR p.theme_id = ANY($1)) AS m_theme, ($2::text[] IS NULL OR p.country = ANY($2)) AS m_country, ($3::text[] IS NULL OR p.cost_range = ANY($3)) AS m_cost,
    ($4::text[] IS NULL OR ${SIZE} = ANY($4)) AS m_size, ($5::text[] IS NULL OR ${TAKEN} = ANY($5)) AS m_taken
  ${PRACTICE_FROM} WHERE CASE WHEN $7::boolean THEN ${openToVisitors('p')} ELSE ${listed('p')} END AND ($6::text IS NULL OR o.slug = $6)`;

// $8, $9, $10: the place after the last row, $11 the limit.
const listBy = ({ k1, k2 }: { k1: string; k2: string }) => `
  SELECT * FROM (SELECT m.*, (${k1})::double precision AS k1, ${k2} AS k2 FROM (${MATCHED}) m WHERE m_theme AND m_country AND m_cost AND m_size AND m_taken) k
  WHERE $8::double precision IS NULL OR (k1, k2, ref) > ($8, $9::text, $10::text) ORDER BY k1, k2, ref LIMIT $11`;

export const PRACTICE_LIST: Record<PracticesQuery['sort'], string> = { 'taken-up': listBy(SORT_KEY['taken-up']), newest: listBy(SORT_KEY.newest), title: listBy(SORT_KEY.title) };

export const PRACTICE_FACETS = `
  WITH m AS MATERIALIZED (${MATCHED})
  SELECT 'total' AS facet, '' AS value, '' AS label, count(*) AS count, 0 AS place FROM m WHERE m_theme AND m_country AND m_cost AND m_size AND m_taken
  UNION ALL SELECT 'theme', t.id, t.name_fr, count(*), min(t.position) FROM m JOIN theme t ON t.id = m.theme_id WHERE m_country AND m_cost AND m_size AND m_taken GROUP BY t.id
  UNION ALL SELECT 'country', country, min(country_name), count(*), 0 FROM m WHERE m_theme AND m_cost AND m_size AND m_taken GROUP BY country
  UNION ALL SELECT 'cost', cost_range, cost_range, count(*), array_position(ARRAY['<50k','50k-250k','250k-1M','1M-5M','>5M','unknown'], cost_range) FROM m WHERE m_theme AND m_country AND m_size AND m_taken GROUP BY cost_range
  UNION ALL SELECT 'size', size, size, count(*), array_position(ARRAY['small','medium','large','unknown'], size) FROM m WHERE m_theme AND m_country AND m_cost AND m_taken GROUP BY size
  UNION ALL SELECT 'takenUp', taken, taken, count(*), array_position(ARRAY['yes','no'], taken) FROM m WHERE m_theme AND m_country AND m_cost AND m_size GROUP BY taken
  ORDER BY facet, place, label`;
