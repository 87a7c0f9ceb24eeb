import { HELP_FORMS, NEED_STATES, OFFER_STATES } from '@passerelle/contract';
import { NEED_STATE, needReadable } from './need.visibility.js';
import { offerReadable } from './need-store.js';
import { CITY } from './project.presenter.js';

const needRows = (moderator: string, organisation: string, where: string) => `
  SELECT n.id, n.title, n.concept_id, c.theme_id, array_remove(ARRAY[c.theme_id], NULL) AS themes, array_remove(ARRAY[n.concept_id], NULL) AS concepts, n.wanted AS forms, ${NEED_STATE('n')} AS state, n.content ->> 'urgency' AS urgency,
    ${CITY('o')} AS city, o.country, CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('ref', p.ref, 'title', p.title) END AS project, n.published_at, n.updated_at, -extract(epoch FROM coalesce(n.published_at, n.created_at))::double precision AS k
  FROM need n JOIN organisation o ON o.id = n.organisation_id LEFT JOIN concept c ON c.id = n.concept_id LEFT JOIN project p ON p.id = n.project_id
  WHERE ${where} AND (${needReadable('n', moderator, organisation)})`;
const offerRows = (moderator: string, organisation: string, where: string) => `
  SELECT f.id, f.title, ARRAY(SELECT DISTINCT c.theme_id FROM concept c WHERE c.id = ANY(f.concepts) ORDER BY 1) AS themes, f.concepts, f.forms, f.state, ${CITY('o')} AS city, o.country, f.updated_at,
    -extract(epoch FROM f.created_at)::double precision AS k
  FROM offer f JOIN organisation o ON o.id = f.organisation_id WHERE ${where} AND ${offerReadable('f', moderator, organisation)}`;

// $1 themes, $2 concepts, $3 countries, $4 forms of help, $5 states, $6 slug of the city, $7 and $8 the reader, $9 reference of a project (needs only). Null filters nothing.
const OF_CITY = '($6::text IS NULL OR o.slug = $6)';
const NEEDS = needRows('$7', '$8', `${OF_CITY} AND ($9::text IS NULL OR p.ref = $9)`);
const OFFERS = offerRows('$7', '$8', `${OF_CITY} AND $9::text IS NULL`);

const marked = (rows: string) => `
  SELECT *, ($1::text[] IS NULL OR themes && $1) AS m_theme, ($2::text[] IS NULL OR concepts && $2) AS m_concept, ($3::text[] IS NULL OR country = ANY($3)) AS m_country,
    ($4::text[] IS NULL OR forms && $4) AS m_form, ($5::text[] IS NULL OR state = ANY($5)) AS m_state FROM (${rows}) r`;
const ALL = 'm_theme AND m_concept AND m_country AND m_form AND m_state';
const inOrder = (values: readonly string[]) => `ARRAY[${values.map((value) => `'${value}'`).join(', ')}]`;

/** Newest first. $10, $11: the place after the last row, $12 the limit. */
const listOf = (rows: string) => `SELECT * FROM (${marked(rows)}) m WHERE ${ALL} AND ($10::double precision IS NULL OR (k, id) > ($10, $11::uuid)) ORDER BY k, id LIMIT $12`;
/** The number behind each value of a facet is counted without that facet. */
const facetsOf = (rows: string, states: readonly string[]) => `
  WITH m AS MATERIALIZED (${marked(rows)})
  SELECT 'total' AS facet, '' AS value, '' AS label, count(*) AS count, 0 AS place FROM m WHERE ${ALL}
  UNION ALL SELECT 'theme', t.id, t.name_fr, count(*), min(t.position) FROM m, unnest(themes) x JOIN theme t ON t.id = x WHERE m_concept AND m_country AND m_form AND m_state GROUP BY t.id
  UNION ALL SELECT 'country', country, (SELECT min(x.country_name) FROM organisation x WHERE x.country = m.country), count(*), 0 FROM m WHERE m_theme AND m_concept AND m_form AND m_state GROUP BY country
  UNION ALL SELECT 'form', x, x, count(*), array_position(${inOrder(HELP_FORMS)}, x) FROM m, unnest(forms) x WHERE m_theme AND m_concept AND m_country AND m_state GROUP BY x
  UNION ALL SELECT 'state', state, state, count(*), array_position(${inOrder(states)}, state) FROM m WHERE m_theme AND m_concept AND m_country AND m_form GROUP BY state
  ORDER BY facet, place, label`;

export const NEED_LIST = listOf(NEEDS);
export const NEED_FACETS = facetsOf(NEEDS, NEED_STATES);
export const OFFER_LIST = listOf(OFFERS);
export const OFFER_FACETS = facetsOf(OFFERS, OFFER_STATES);
// $1 and $2 the reader, $3 the id.
export const NEED_ROW = needRows('$1', '$2', 'n.id = $3');
export const OFFER_ROW = offerRows('$1', '$2', 'f.id = $3');
