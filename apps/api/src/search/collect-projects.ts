import type { NeedContent, OfferContent, ProjectContent } from '@passerelle/contract';
import { NEED_STATE } from '../projects/index.js';
import type { Sql } from '../platform/index.js';
import { type Entry, entryOf, SCOPES, usefulnessOf } from './entry.js';
import { htmlText } from './html-text.js';
import type { Thesaurus } from './thesaurus.js';

const JOURNAL_MAX = 10_000;

interface Owned<Content> extends Record<string, unknown> {
  id: string; content: Content; organisation: string; organisation_id: string; country: string; population: number | null; updated_at: string; year: number; themes: (string | null)[] | null;
}

const OWNER = 'o.name AS organisation, o.id AS organisation_id, o.country, o.population';

/** Projects with their cities and journal; all members read them. */
export async function collectProjects(tx: Sql, ids: string[], thesaurus: Thesaurus): Promise<Entry[]> {
  const rows = await tx.rows<Owned<ProjectContent> & { ref: string; stage: string; cities: string | null; countries: string[] | null; journal: string | null }>(
    `SELECT p.id, p.ref, p.stage, p.content, ${OWNER}, p.updated_at, coalesce(left(p.starts, 4)::int, extract(year FROM p.created_at)::int) AS year, ARRAY[p.theme_id] AS themes, c.cities, c.countries,
       (SELECT left(string_agg(u.html, ' ' ORDER BY u.at DESC), ${4 * JOURNAL_MAX}) FROM project_update u WHERE u.project_id = p.id AND u.removed_at IS NULL) AS journal
     FROM project p JOIN organisation o ON o.id = p.organisation_id LEFT JOIN LATERAL (
       SELECT string_agg(x.name, ', ') AS cities, array_agg(DISTINCT x.country) AS countries FROM project_city j JOIN organisation x ON x.id = j.organisation_id WHERE j.project_id = p.id AND j.left_at IS NULL) c ON true
     WHERE p.id = ANY($1::uuid[])`, [ids]);
  return rows.map((row) => {
    const { content } = row;
    const shared = sharedOf(row, content.concepts, thesaurus);
    const texts = [
      ...content.objectives, ...content.calendar.milestones.map((one) => one.title), ...content.budget.map((one) => one.label), ...content.partners.map((one) => one.name), ...content.sought.map((one) => one.text),
      ...content.risks.flatMap((one) => [one.text, one.answer]), ...content.documents.map((one) => one.title), htmlText(row.journal ?? '', JOURNAL_MAX),
    ];
    return entryOf({
      ...shared, kind: 'project', ref: row.ref, scope: SCOPES.members, language: content.language, title: content.title, summary: content.problem, body: texts.filter(Boolean).join(' '), url: `/projets/${row.ref}`,
      names: [row.organisation, row.cities ?? ''].join(' '), usefulness: usefulnessOf('project', { at: row.updated_at }, Date.now()),
      facets: { ...shared.facets, country: [...new Set([row.country, ...(row.countries ?? [])])], city: [row.organisation, ...(row.cities?.split(', ') ?? [])], status: [`project-${row.stage}`] },
    });
  });
}

/** Needs that were published: for members, or for the cities concerned and moderation where the city is discreet. */
export async function collectNeeds(tx: Sql, ids: string[], thesaurus: Thesaurus): Promise<Entry[]> {
  const rows = await tx.rows<Owned<NeedContent> & { state: string; helpers: string[] | null }>(
    `SELECT n.id, n.content, ${NEED_STATE('n')} AS state, ${OWNER}, n.updated_at, extract(year FROM coalesce(n.published_at, n.created_at))::int AS year, ARRAY[c.theme_id] AS themes,
       (SELECT array_agg(i.helper_organisation_id::text) FROM introduction i WHERE i.need_id = n.id AND i.helper_knows) AS helpers
     FROM need n JOIN organisation o ON o.id = n.organisation_id LEFT JOIN concept c ON c.id = n.concept_id WHERE n.id = ANY($1::uuid[]) AND n.published_at IS NOT NULL`, [ids]);
  return rows.map((row) => {
    const { content } = row;
    const shared = sharedOf(row, content.concept ? [content.concept] : [], thesaurus);
    const scope = content.visibility === 'members' ? SCOPES.members : SCOPES.cities([row.organisation_id, ...(row.helpers ?? [])]);
    return entryOf({ ...shared, kind: 'need', scope, language: content.language, title: content.title, body: content.problem, url: `/besoins/${row.id}`, usefulness: usefulnessOf('need', { at: row.updated_at }, Date.now()), facets: { ...shared.facets, status: [`need-${row.state}`] } });
  });
}

/** Offers: active ones for members, others for their city and moderation. */
export async function collectOffers(tx: Sql, ids: string[], thesaurus: Thesaurus): Promise<Entry[]> {
  const rows = await tx.rows<Owned<OfferContent> & { state: string }>(
    `SELECT f.id, f.content, f.state, ${OWNER}, f.updated_at, extract(year FROM f.created_at)::int AS year, (SELECT array_agg(DISTINCT c.theme_id) FROM concept c WHERE c.id = ANY(f.concepts)) AS themes
     FROM offer f JOIN organisation o ON o.id = f.organisation_id WHERE f.id = ANY($1::uuid[])`, [ids]);
  return rows.map((row) => {
    const { content } = row;
    const shared = sharedOf(row, content.concepts, thesaurus);
    return entryOf({
      ...shared, kind: 'offer', scope: row.state === 'active' ? SCOPES.members : SCOPES.cities([row.organisation_id]), language: content.language, title: content.title, body: `${content.capacity} ${content.conditions}`.trim(), url: `/offres/${row.id}`,
      usefulness: usefulnessOf('offer', { at: row.updated_at }, Date.now()), facets: { ...shared.facets, status: [`offer-${row.state}`] },
    });
  });
}

const sharedOf = (row: Owned<unknown>, concepts: string[], thesaurus: Thesaurus) => ({
  id: row.id, place: { name: row.organisation, country: row.country }, date: row.updated_at, names: row.organisation, places: thesaurus.placesOf(row.country, row.organisation), concepts, synonyms: thesaurus.wordsOf(concepts),
  facets: { theme: (row.themes ?? []).filter((theme) => theme !== null), concept: concepts, country: [row.country], size: [thesaurus.sizeOf(row.population)], year: [String(row.year)], city: [row.organisation] },
});
