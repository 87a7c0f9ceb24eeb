import { listed } from '../practices/index.js';
import { split } from './search-entry.js';

// $1 the query, $2 spaces that may be read, $3 whether the reader is a guest, $4 since, $5 kind, $6 theme, $7 country, $8 language, $9 year, $10 limit, $11 the strict form of the query.
//
// Whether a hit may be shown is decided here, on the live rows and not on the index: what was removed, moved out of sight
// or merged away is gone from hits, totals and facets with the same commit.
const VISIBLE = `
  CASE e.kind
    WHEN 'practice' THEN NOT $3::boolean AND EXISTS (SELECT 1 FROM practice pr WHERE pr.id = e.id::uuid AND ${listed('pr')})
    WHEN 'city' THEN NOT $3::boolean
    WHEN 'post' THEN p.state = 'visible' AND t.space_id = ANY($2::uuid[]) AND t.merged_into_id IS NULL
    ELSE t.space_id = ANY($2::uuid[]) AND t.merged_into_id IS NULL
      AND (e.body = '' OR EXISTS (SELECT 1 FROM post f WHERE f.thread_id = t.id AND f.position = 1 AND f.state = 'visible')) END`;

// A practice or a city is an answer, a thread holds several, a message is a part of one.
const WEIGHT = `CASE e.kind WHEN 'practice' THEN 1.5 WHEN 'city' THEN 1.3 WHEN 'thread' THEN 1.2 ELSE 1 END`;

const FACETS = ['kind', 'theme', 'country', 'language', 'year'] as const;
const VALUE = { kind: 'kind', theme: 'theme_id', country: 'country', language: 'language', year: 'year' } as const;
const without = (facet: string) => FACETS.filter((other) => other !== facet).map((other) => `m_${other}`).join(' AND ');
const ALL = FACETS.map((facet) => `m_${facet}`).join(' AND ');

// The excerpt is cut from the text with plain signs; the same place of the text itself is what is shown.
const UNMARKED = `translate(x.marked, chr(2) || chr(3), '')`;
const PLAIN_LENGTH = 220;

const statement = (match: string, rank: string, excerpt: string) => `
  WITH m AS MATERIALIZED (
    SELECT e.kind, e.id, e.theme_id, e.country, nullif(e.language, '') AS language, e.year::text AS year, ${rank} * ${WEIGHT} AS rank, t.id AS thread_id, t.title AS thread_title, p.position,
      ($5::text IS NULL OR e.kind = $5) AS m_kind, ($6::text IS NULL OR coalesce(e.theme_id = $6, false)) AS m_theme, ($7::text IS NULL OR coalesce(e.country = $7, false)) AS m_country,
      ($8::text IS NULL OR e.language = $8) AS m_language, ($9::text IS NULL OR coalesce(e.year::text = $9, false)) AS m_year
    FROM search_entry e LEFT JOIN post p ON e.kind = 'post' AND p.id = e.id::uuid LEFT JOIN thread t ON t.id = coalesce(p.thread_id, e.thread_id)
    WHERE ${match} AND ${VISIBLE} AND ($4::timestamptz IS NULL OR e.at >= $4)),
  best AS (SELECT * FROM m WHERE ${ALL} ORDER BY rank DESC, kind, id LIMIT $10)
  SELECT (SELECT count(*) FROM m WHERE ${ALL}) AS total,
    (SELECT jsonb_agg(f) FROM (${FACETS.map((facet) => `SELECT '${facet}' AS facet, ${VALUE[facet]} AS value, count(*) AS count FROM m WHERE ${VALUE[facet]} IS NOT NULL AND ${without(facet)} GROUP BY ${VALUE[facet]}`).join(' UNION ALL ')}) f) AS facets,
    (SELECT jsonb_agg(h ORDER BY h.rank DESC, h.kind, h.id) FROM (
      SELECT b.kind, b.id, b.rank, e.ref, coalesce(b.thread_title, e.title) AS title, CASE b.kind WHEN 'post' THEN '/fils/' || b.thread_id || '#m' || b.position ELSE e.url END AS url,
        e.place, e.country, e.at, x.in_title, x.marked, substr(e.body, strpos(${split('e.body')}, ${UNMARKED}), length(${UNMARKED})) AS original
      FROM best b JOIN search_entry e ON e.kind = b.kind AND e.id = b.id CROSS JOIN LATERAL (SELECT ${excerpt} OFFSET 0) x) h) AS hits`;

const BY_TITLE = `to_tsvector('passerelle_fr', ${split('e.title')}) || to_tsvector('passerelle_en', ${split('e.title')})`;
const HEADLINE = `StartSel=' || chr(2) || ',StopSel=' || chr(3) || ',MaxWords=32,MinWords=14,MaxFragments=1`;
/** More than any rank: what holds all the words stands before what holds some. */
const STRICT_FIRST = 10;
/** Words of the query, stemmed. */
export const BY_WORDS = statement(
  'e.words @@ $1::tsquery',
  `(ts_rank('{0.15, 0.5, 0.4, 1.0}', e.words, $1::tsquery, 1) + CASE WHEN e.words @@ $11::tsquery THEN ${STRICT_FIRST} ELSE 0 END)`,
  `ts_headline('passerelle_fr', ${split('e.body')}, $1::tsquery, '${HEADLINE}') AS marked, (${BY_TITLE}) @@ $1::tsquery AS in_title`);
/** Titles that look like the query; the threshold of the operator is set before. */
export const BY_SPELLING = statement(`e.folded_title <> '' AND $1::text <% e.folded_title`, `word_similarity($1::text, coalesce(e.folded_title, $11::text))`, `left(${split('e.body')}, ${PLAIN_LENGTH}) AS marked, false AS in_title`);

export const SEARCH_FACETS = FACETS;
