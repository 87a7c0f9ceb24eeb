import { PracticeContent } from '@passerelle/contract';
import { fold, frenchTypography } from '@passerelle/text';
import { v7 as uuid } from 'uuid';
import type { Sql } from '../platform/index.js';
import type { PracticeLine } from './data-files.js';
import { insertRows } from './insert-rows.js';
import { cityKey } from './load-reference.js';

const UNKNOWN_COST = 'inconnu';
const DAY_MS = 86_400_000;
const SDGS_MAX = 5;

// A transfer is recorded in the state that its note supports and no further. Being invited is interest; a visit, a
// training or a transfer of expertise is contact; a parallel pilot is a trial. Only a note that says the approach was
// extended or taken over tells that a city has taken it up.
const STATE_OF_NOTE: [RegExp, string][] = [
  [/conviee? au seminaire/, 'interest'],
  [/visite d etude|atelier de formation|transfert d expertise/, 'contact'],
  [/ville pilote en parallele/, 'trial'],
  [/extension depuis le pilote|reprise d/, 'taken-up'],
];

/** Loads the practices with their transfers. @returns their ids by reference. */
export async function loadPractices(tx: Sql, practices: PracticeLine[], organisations: Map<string, string>): Promise<Map<string, string>> {
  const ids = new Map(practices.map((practice) => [practice.id, uuid()]));
  await insertRows(tx, 'practice', practices.map((practice, index) => practiceRow(practice, ids.get(practice.id) ?? '', organisations, index)));
  await insertRows(tx, 'transfer', practices.flatMap((practice) => practice.transfers.map((transfer) => ({
    id: uuid(), practice_id: ids.get(practice.id), to_organisation_id: organisationNamed(transfer.to, organisations), to_name: frenchTypography(transfer.to),
    year: transfer.year, note: frenchTypography(transfer.note), state: transferState(transfer.note),
  }))));
  return ids;
}

function practiceRow(practice: PracticeLine, id: string, organisations: Map<string, string>, index: number) {
  // One an hour, so that "newest first" has an order; every fourth came since the last visit that the accounts remember.
  const age = index % 4 === 3 ? 2 + index / 3 : 60 + index / 24;
  const at = new Date(Date.now() - age * DAY_MS).toISOString();
  const costRange = practice.budget_range === UNKNOWN_COST ? 'unknown' : practice.budget_range;
  const [title, summary] = [frenchTypography(practice.title), frenchTypography(practice.summary)];
  const content = PracticeContent.parse({
    title, summary, language: 'fr', theme: practice.theme, concepts: practice.concepts, start: yearOf(practice.year), end: yearOf(practice.year_end), costRange,
    costNote: frenchTypography(practice.budget_note ?? ''), sdgs: practice.sdgs.slice(0, SDGS_MAX), difficulties: frenchTypography(practice.difficulties ?? ''),
    results: practice.results.map((text) => ({ indicator: frenchTypography(text) })), partners: practice.partners.map((name) => ({ name: frenchTypography(name) })),
  });
  return {
    id, ref: practice.id, organisation_id: organisations.get(cityKey(practice.city, practice.country_iso2)) ?? null, city_name: frenchTypography(practice.city), country: practice.country_iso2,
    title, summary, language: 'fr', theme_id: practice.theme, concepts: practice.concepts, year_start: practice.year, year_end: practice.year_end, cost_range: costRange, content,
    source_url: practice.sourced, other_sources: practice.other_sources, label: frenchTypography(practice.label),
    // Drawn from a public source: open to everybody, with the label that no city has read it.
    state: practice.sourced ? 'public' : 'published', published_at: at, created_at: at, updated_at: at,
  };
}

const yearOf = (year: number | null) => (year === null ? null : String(year));

function transferState(note: string): string {
  return STATE_OF_NOTE.find(([pattern]) => pattern.test(fold(note)))?.[1] ?? 'interest';
}

/** The one city of that name; a group ("Communes de…") or a name that two cities share stays a name. */
function organisationNamed(name: string, organisations: Map<string, string>): string | null {
  const prefix = cityKey(name, '');
  const matches = [...organisations].filter(([key]) => key.startsWith(prefix) && key.length === prefix.length + 2);
  return matches.length === 1 ? (matches[0]?.[1] ?? null) : null;
}
