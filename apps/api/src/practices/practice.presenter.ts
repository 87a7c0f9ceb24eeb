import type { CostRange, PracticeRow } from '@passerelle/contract';

export interface PracticeColumns {
  id: string; ref: string; title: string; summary: string; theme_id: string; concepts: string[];
  city_name: string; city_slug: string | null; country: string; country_name: string;
  year_start: number | null; year_end: number | null; cost_range: CostRange | null; taken_up_count: number; has_transfers: boolean; validated: boolean; language: PracticeRow['language']; to_confirm: boolean;
}

// `p` is the practice, `o` the organisation that it comes from, if known.
export const PRACTICE_COLUMNS = `
  p.id, p.ref, p.title, p.summary, coalesce(p.theme_id, '') AS theme_id, p.concepts, p.city_name, o.slug AS city_slug, p.country, coalesce(o.country_name, p.country) AS country_name, p.year_start, p.year_end, p.cost_range,
  p.taken_up_count, p.has_transfers, p.validated, p.language, p.state = 'to-confirm' AS to_confirm`;
export const PRACTICE_FROM = `FROM practice p LEFT JOIN organisation o ON o.id = p.organisation_id`;

/** One practice as a card shows it. */
export const presentPractice = (row: PracticeColumns): PracticeRow => ({
  id: row.id, ref: row.ref, title: row.title, summary: row.summary, theme: row.theme_id, concepts: row.concepts,
  city: { name: row.city_name, slug: row.city_slug, country: row.country, countryName: row.country_name },
  yearStart: row.year_start, yearEnd: row.year_end, costRange: row.cost_range ?? 'unknown', takenUpCount: row.taken_up_count, hasTransfers: row.has_transfers, validated: row.validated, language: row.language, toConfirm: row.to_confirm,
});
