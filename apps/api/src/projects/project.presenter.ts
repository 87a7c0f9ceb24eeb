import type { ProjectRow, ProjectUpdateView } from '@passerelle/contract';
import type { Actor } from '../platform/index.js';
import { canRemoveUpdate } from './project.policy.js';

type City = ProjectRow['lead'];
export interface ProjectColumns extends Record<string, unknown> {
  id: string; ref: string; title: string; stage: ProjectRow['stage']; theme_id: string; concepts: string[]; sought: ProjectRow['sought']; starts: string | null; ends: string | null; budget: number; currency: string | null;
  cities_share: number | null; milestones_done: number; milestones_total: number; updated_at: string; city: City; joined: City[] | null;
}

/** A city as cards show it; SQL, `o` is the organisation. */
export const CITY = (o: string) => `jsonb_build_object('name', ${o}.name, 'slug', ${o}.slug, 'country', ${o}.country, 'countryName', ${o}.country_name)`;

// `p` is the project, `o` its lead city, `j` the cities that have joined.
export const PROJECT_COLUMNS = `
  p.id, p.ref, p.title, p.stage, p.theme_id, p.concepts, p.sought, p.starts, p.ends, p.budget, p.currency, p.cities_share, p.milestones_done, p.milestones_total, p.updated_at, ${CITY('o')} AS city, j.joined`;
export const PROJECT_FROM = `
  FROM project p JOIN organisation o ON o.id = p.organisation_id
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(${CITY('x')} ORDER BY c.joined_at, c.id) AS joined
    FROM project_city c JOIN organisation x ON x.id = c.organisation_id WHERE c.project_id = p.id AND c.left_at IS NULL) j ON true`;

/** One project as a card shows it. */
export const presentProject = (row: ProjectColumns): ProjectRow => ({
  id: row.id, ref: row.ref, title: row.title, stage: row.stage, theme: row.theme_id, concepts: row.concepts, lead: row.city, joined: row.joined ?? [], sought: row.sought, start: row.starts, end: row.ends,
  budget: row.budget, currency: row.currency, citiesShare: row.cities_share, milestones: { done: row.milestones_done, total: row.milestones_total }, updatedAt: row.updated_at,
});

export interface SignedColumns {
  author_person_id: string; author_name: string; author_function: string; organisation: string; organisation_slug: string; country: string;
}
/** Who signed, as it was when it was signed. */
export const presentSigner = (row: SignedColumns) => ({ name: row.author_name, function: row.author_function, organisation: row.organisation, organisationSlug: row.organisation_slug, country: row.country });

export interface UpdateColumns extends SignedColumns, Record<string, unknown> {
  id: string; body: string; html: string; language: 'fr' | 'en'; at: string;
}
export const presentUpdate = (actor: Actor, row: UpdateColumns): ProjectUpdateView => ({
  id: row.id, body: row.body, html: row.html, language: row.language, by: presentSigner(row), at: row.at, canRemove: canRemoveUpdate(actor, row),
});
