import { emptyPractice, type PracticeContent } from '@passerelle/contract';
import { listed, publicContent } from '../practices/index.js';
import type { Sql } from '../platform/index.js';
import { type Entry, entryOf, openKeyOf, SCOPES, usefulnessOf } from './entry.js';
import type { Thesaurus } from './thesaurus.js';

interface Row extends Record<string, unknown> {
  id: string; ref: string; content: Partial<PracticeContent>; label: string; country: string; city_name: string; state: string; consent: unknown; source_url: string | null; validated: boolean; taken_up_count: number; year_start: number | null;
  population: number | null; updated_at: string; cost_range: string | null; theme_id: string | null; concepts: string[];
}

/** Practices of the library, and beside each open one what visitors and guests may read of it. */
export async function collectPractices(tx: Sql, ids: string[], thesaurus: Thesaurus): Promise<Entry[]> {
  const rows = await tx.rows<Row>(
    `SELECT p.id, p.ref, p.content, p.country, p.city_name, p.state, p.consent, p.source_url, p.validated, p.taken_up_count, p.year_start, o.population, p.updated_at, p.cost_range, p.theme_id, p.concepts
     FROM practice p LEFT JOIN organisation o ON o.id = p.organisation_id WHERE p.id = ANY($1::uuid[]) AND ${listed('p')}`, [ids]);
  return rows.flatMap((row) => {
    const content = { ...emptyPractice(), ...row.content };
    const full = practiceEntry(row, content, thesaurus);
    if (!isOpen(row)) return [full];
    return [full, { ...practiceEntry(row, publicContent(content), thesaurus), key: openKeyOf('practice', row.id), scope: SCOPES.guests }];
  });
}

const isOpen = (row: Row) => row.consent !== null || row.source_url !== null;

function practiceEntry(row: Row, content: PracticeContent, thesaurus: Thesaurus): Entry {
  const status = [...(row.validated ? ['practice-validated'] : []), ...(isOpen(row) ? ['practice-public'] : []), `practice-${row.state}`];
  return entryOf({
    kind: 'practice', id: row.id, ref: row.ref, scope: SCOPES.members, language: content.language, title: content.title, summary: content.summary, body: textOf(content), url: `/pratiques/${row.ref}`, place: { name: row.city_name, country: row.country },
    date: row.updated_at, names: row.city_name, places: thesaurus.placesOf(row.country, row.city_name), concepts: row.concepts, synonyms: thesaurus.wordsOf(row.concepts),
    usefulness: usefulnessOf('practice', { validated: row.validated, takenUp: row.taken_up_count, at: row.updated_at }, Date.now()),
    facets: {
      ...(row.theme_id && { theme: [row.theme_id] }), concept: row.concepts, country: [row.country], size: [thesaurus.sizeOf(row.population)], city: [row.city_name], status: [...new Set(status)], cost: [row.cost_range ?? 'unknown'],
      ...(row.year_start !== null && { year: [String(row.year_start)] }),
    },
  });
}

/** All that a practice says, beyond title and summary. */
function textOf(content: PracticeContent): string {
  const parts: (string | undefined)[] = [
    content.problem, content.solution, ...content.steps.flatMap((step) => [step.title, step.text]), content.resources, content.skills, ...content.results.map((row) => row.indicator), content.difficulties, content.successFactors, content.conditions,
    content.transferability.text, content.legalContext, content.gender.note, content.beneficiaries.text, ...content.partners.map((partner) => partner.name), ...content.funding.map((line) => line.funder),
    ...content.documents.map((document) => document.title), ...content.photos.map((photo) => photo.alt), ...content.awards,
  ];
  const { translation } = content;
  return [...parts, ...(translation ? [translation.title, translation.summary, translation.problem, translation.solution, translation.difficulties] : [])].filter(Boolean).join(' ');
}
