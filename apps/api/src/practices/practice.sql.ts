import { PRACTICE_FACETS, type PracticeFacet, type PracticesQuery } from '@passerelle/contract';
import { type Actor, isGuest } from '../platform/index.js';
import { PRACTICE_COLUMNS, PRACTICE_FROM } from './practice.presenter.js';
import { inLibrary, openToVisitors } from './practice.visibility.js';

// Three ascending values order every list: k1, k2, then the reference.
const SORT_KEY: Record<PracticesQuery['sort'], { k1: string; k2: string }> = {
  'taken-up': { k1: '-p.taken_up_count', k2: 'p.sort_title' },
  newest: { k1: '-extract(epoch FROM p.created_at)', k2: `''` },
  title: { k1: '0', k2: 'p.sort_title' },
};

interface Facet {
  /** Of one practice. */
  value: string;
  /** The order in which the values are shown; without it, by name. */
  order?: readonly string[];
}
const yesNo = (condition: string): Facet => ({ value: `CASE WHEN ${condition} THEN 'yes' ELSE 'no' END`, order: ['yes', 'no'] });
const FACETS: Record<PracticeFacet, Facet> = {
  theme: { value: 'p.theme_id' },
  country: { value: 'p.country' },
  cost: { value: `coalesce(p.cost_range, 'unknown')`, order: ['<50k', '50k-250k', '250k-1M', '1M-5M', '>5M', 'unknown'] },
  size: {
    value: `CASE WHEN o.population IS NULL THEN 'unknown' WHEN o.population < 100000 THEN 'small' WHEN o.population <= 500000 THEN 'medium' ELSE 'large' END`,
    order: ['small', 'medium', 'large', 'unknown'],
  },
  takenUp: yesNo('p.taken_up_count > 0'),
  standing: {
    value: `CASE WHEN p.state IN ('in-expertise', 'to-confirm') THEN p.state WHEN ${openToVisitors('p')} THEN 'public' ELSE 'published' END`,
    order: ['published', 'public', 'in-expertise', 'to-confirm'],
  },
  validated: yesNo('p.validated'),
  language: { value: 'p.language', order: ['fr', 'en'] },
};

/** The values of $1 to $10 in the statements below: the facets in their order, the slug of an organisation, whether the reader is a guest. */
export function libraryArguments(actor: Actor, query: Pick<PracticesQuery, PracticeFacet | 'organisation'>): unknown[] {
  return [...PRACTICE_FACETS.map((facet) => (query[facet]?.length ? query[facet] : null)), query.organisation ?? null, isGuest(actor)];
}
const IN_SIGHT = `${inLibrary('p', '$10')} AND ($9::text IS NULL OR o.slug = $9 OR (SELECT h.id FROM organisation h WHERE h.slug = $9) = ANY(p.co_holders))`;
const chosen = (facet: PracticeFacet, place: number) => `($${place + 1}::text[] IS NULL OR ${FACETS[facet].value} = ANY($${place + 1}))`;

// $11, $12, $13: the place after the last row, $14 the limit. The narrow rows are put in order before the chosen ones are read whole.
const listBy = ({ k1, k2 }: { k1: string; k2: string }) => `
  WITH page AS MATERIALIZED (
    SELECT * FROM (
      SELECT p.id, p.ref, (${k1})::double precision AS k1, ${k2} AS k2 ${PRACTICE_FROM} WHERE ${IN_SIGHT} AND ${PRACTICE_FACETS.map(chosen).join(' AND ')}) k
    WHERE $11::double precision IS NULL OR (k1, k2, ref) > ($11, $12::text, $13::text) ORDER BY k1, k2, ref LIMIT $14)
  SELECT ${PRACTICE_COLUMNS}, page.k1, page.k2 FROM page JOIN practice p ON p.id = page.id LEFT JOIN organisation o ON o.id = p.organisation_id ORDER BY page.k1, page.k2, page.ref`;

export const PRACTICE_LIST: Record<PracticesQuery['sort'], string> = { 'taken-up': listBy(SORT_KEY['taken-up']), newest: listBy(SORT_KEY.newest), title: listBy(SORT_KEY.title) };

// Bit n of `missed` says that a row is not among the chosen values of facet n. A row counts for a facet when it misses no other.
const missed = PRACTICE_FACETS.map((facet, place) => `CASE WHEN ${chosen(facet, place)} THEN 0 ELSE ${2 ** place} END`).join(' + ');
const counted = (facet: PracticeFacet, place: number) => {
  const { order } = FACETS[facet];
  const shown = order ? `array_position(ARRAY[${order.map((value) => `'${value}'`).join(', ')}], v_${place})` : '0';
  return `SELECT '${facet}', v_${place}, v_${place}, count(*), ${shown} FROM m WHERE missed IN (0, ${2 ** place}) AND v_${place} IS NOT NULL GROUP BY v_${place}`;
};

/** How many there are behind each value of each facet, counted without that facet. */
export const PRACTICE_COUNTS = `
  WITH m AS MATERIALIZED (
    SELECT ${PRACTICE_FACETS.map((facet, place) => `${FACETS[facet].value} AS v_${place}`).join(', ')}, ${missed} AS missed ${PRACTICE_FROM} WHERE ${IN_SIGHT}),
  c (facet, value, label, count, place) AS (
    SELECT 'total', '', '', count(*), 0 FROM m WHERE missed = 0
    ${PRACTICE_FACETS.map((facet, place) => `UNION ALL ${counted(facet, place)}`).join('\n    ')})
  SELECT c.facet, c.value, coalesce(t.name_fr, n.name, c.label) AS label, c.count, coalesce(t.position, c.place) AS place
  FROM c LEFT JOIN theme t ON c.facet = 'theme' AND t.id = c.value
  LEFT JOIN LATERAL (SELECT min(country_name) AS name FROM organisation WHERE c.facet = 'country' AND country = c.value) n ON true
  ORDER BY facet, place, label`;
