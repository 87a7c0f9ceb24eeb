import {
  cleanLine, cleanText, contradictions, emptyPractice, LISTED_STATES, PRACTICE_STATES, PracticeContent, type PracticeGap, practiceGaps, type PracticeImportError, type PracticeState,
} from '@passerelle/contract';
import { slugify } from '@passerelle/text';
import { v5 as uuidFrom, v7 as uuid } from 'uuid';
import { type Candidate, importError, type Naming } from './candidate.js';
import { type HeadName, setAt, valueAt } from './columns.js';
import { type City, cityKey, type Planned, type Stored, type Vocabulary } from './exchange-store.js';

export const REF = /^[a-z0-9-]{1,60}$/;
const ADDRESS = /^https?:\/\/\S{1,490}$/;
const OTHER_SOURCES_MAX = 20;
const LABEL_MAX = 500;
// What PostgreSQL can't hold: NUL and lone surrogates, as JSON writes them.
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i;
/** Steps without an id get one that is the same at each import. */
const STEP_IDS = '0b9d3f0e-6c1c-5b5e-9c80-0d2f1b6f5a11';

export type Verdict = { outcome: 'unchanged' } | { outcome: 'refused'; errors: PracticeImportError[] } | Planned;

/** Judges the lines of one file, one after the other. */
export class ImportPlan {
  private readonly seen = new Set<string>();

  constructor(
    private readonly naming: Naming,
    private readonly vocabulary: Vocabulary,
    private readonly stored: Map<string, Stored>,
  ) {}

  judge(candidate: Candidate): Verdict {
    const errors = [...candidate.errors];
    const line = new Line(candidate, this.naming, errors);
    const ref = line.text('ref');
    if (!ref) line.fail('ref', 'required');
    else if (!REF.test(ref)) line.fail('ref', 'invalid_ref');
    else if (this.seen.has(ref)) line.fail('ref', 'duplicate_ref');
    this.seen.add(ref);
    const stored = this.stored.get(ref) ?? null;
    const city = this.cityOf(line, stored);
    const sources = sourcesOf(line, stored);
    const content = this.contentOf(line, ref, stored);
    if (UNSTORABLE.test(JSON.stringify([candidate.head, candidate.fields]))) errors.push(importError(candidate.line, '', 'unstorable_text'));
    const same = stored && content && JSON.stringify(content) === JSON.stringify(stored.content) && JSON.stringify(sources) === JSON.stringify(sourcesOf(null, stored));
    if (stored && !same && !isEditable(stored)) line.fail('ref', 'not_editable');
    const state = stateOf(line, stored, sources.sourceUrl);
    if (content && !same && errors.length === 0) checkContent(line, content, { state, sourced: sources.sourceUrl !== null, validated: stored?.validated ?? false });
    if (errors.length > 0 || !content || !city) return { outcome: 'refused', errors };
    if (same) return { outcome: 'unchanged' };
    return { line: candidate.line, outcome: stored ? 'updated' : 'created', id: stored?.id ?? uuid(), ref, ...city, state, content, ...sources };
  }

  /** The city that a line names by name and country, or by its short name. */
  private cityOf(line: Line, stored: Stored | null): Pick<Planned, 'organisationId' | 'cityName' | 'country'> | null {
    const [name, country] = [line.text('city'), line.text('country').toUpperCase()];
    const own = stored && { organisationId: stored.organisationId, cityName: stored.cityName, country: stored.country };
    // An empty cell of a practice that is there means the city that it has.
    if (own && (!name || (slugify(name) === slugify(own.cityName) && (!country || country === own.country)))) return own;
    if (!name) return line.fail('city', 'required');
    const found = this.citiesNamed(name, country);
    const [city] = found;
    if (!city) return line.fail('city', 'unknown_city', country ? `${name} (${country})` : name);
    if (found.length > 1) return line.fail('city', 'ambiguous_city');
    if (own && own.organisationId !== city.id) return line.fail('city', 'city_differs');
    return own ?? { organisationId: city.id, cityName: city.name, country: city.country };
  }

  private citiesNamed(name: string, country: string): City[] {
    const bySlug = this.vocabulary.citiesBySlug.get(name);
    if (bySlug && (!country || bySlug.country === country)) return [bySlug];
    return country ? (this.vocabulary.citiesByName.get(cityKey(name, country)) ?? []) : [];
  }

  /** The entry with what the line says laid over what is stored. */
  private contentOf(line: Line, ref: string, stored: Stored | null): PracticeContent | null {
    const merged: Record<string, unknown> = structuredClone(stored?.content ?? emptyPractice());
    for (const { path, value } of line.candidate.fields) setAt(merged, path, value);
    if (isEmptyCost(merged['cost'])) merged['cost'] = null;
    merged['steps'] = withStepIds(merged['steps'], ref, stored);
    const { themes, concepts } = this.vocabulary;
    if (typeof merged['theme'] === 'string' && !themes.has(merged['theme'])) line.failContent('theme', 'unknown_theme', merged['theme']);
    for (const concept of Array.isArray(merged['concepts']) ? (merged['concepts'] as unknown[]) : [])
      if (typeof concept === 'string' && !concepts.has(concept)) line.failContent('concepts', 'unknown_concept', concept);
    for (const holder of Array.isArray(merged['coHolders']) ? (merged['coHolders'] as unknown[]) : [])
      if (typeof holder === 'string' && !this.vocabulary.citiesBySlug.has(holder)) line.failContent('coHolders', 'unknown_city', holder);
    const parsed = PracticeContent.safeParse(merged);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      const path = issue.path.map(String).join('.');
      const value = valueAt(merged, path);
      line.failContent(path, value === null || value === undefined ? 'required' : issue.code, value);
    }
    return null;
  }
}

/** One line with its errors, named as its file names its places. */
class Line {
  constructor(
    readonly candidate: Candidate,
    private readonly naming: Naming,
    private readonly errors: PracticeImportError[],
  ) {}

  has = (name: HeadName) => this.candidate.head[name] !== undefined;

  /** @param clean the label keeps its spaces as they are stored. */
  text(name: HeadName, clean = cleanLine): string {
    const value = this.candidate.head[name] ?? '';
    if (typeof value === 'string') return clean(value);
    this.fail(name, 'invalid_type');
    return '';
  }

  fail(name: HeadName, code: string, value: unknown = this.candidate.head[name]): null {
    this.errors.push(importError(this.candidate.line, this.naming.head(name), code, value));
    return null;
  }

  failContent(path: string, code: string, value: unknown, { min, max }: Pick<PracticeGap, 'min' | 'max'> = {}): void {
    this.errors.push({ ...importError(this.candidate.line, this.naming.content(path), code, value), ...(min !== undefined && { min }), ...(max !== undefined && { max }) });
  }
}

type Sources = Pick<Planned, 'sourceUrl' | 'otherSources' | 'label'>;
function sourcesOf(line: Line | null, stored: Stored | null): Sources {
  const sources: Sources = { sourceUrl: stored?.sourceUrl ?? null, otherSources: stored?.otherSources ?? [], label: stored?.label ?? '' };
  if (line?.has('sourceUrl')) sources.sourceUrl = line.text('sourceUrl') || null;
  if (line?.has('label')) sources.label = line.text('label', cleanText);
  if (line?.has('otherSources')) {
    const given = line.candidate.head.otherSources;
    if (Array.isArray(given) && given.length <= OTHER_SOURCES_MAX && given.every((item) => typeof item === 'string' && ADDRESS.test(item))) sources.otherSources = given as string[];
    else if (JSON.stringify(given) !== JSON.stringify(stored?.otherSources)) line.fail('otherSources', 'invalid_address');
  }
  if (line && sources.sourceUrl !== null && sources.sourceUrl !== stored?.sourceUrl && !ADDRESS.test(sources.sourceUrl)) line.fail('sourceUrl', 'invalid_address');
  if (line && sources.label.length > LABEL_MAX) line.fail('label', 'too_big');
  return sources;
}

/** The state that the practice has afterwards. An import never moves one that is there: its life has its own steps. */
function stateOf(line: Line, stored: Stored | null, sourceUrl: string | null): PracticeState {
  const written = line.text('state');
  const state = PRACTICE_STATES.find((known) => known === written);
  if (written && !state) line.fail('state', 'unknown_state');
  else if (stored && state && state !== stored.state) line.fail('state', 'state_differs');
  else if (!stored && state && !['draft', 'published', 'public'].includes(state)) line.fail('state', 'state_not_importable');
  const next = stored?.state ?? state ?? 'draft';
  // A named official consents on the platform; a file can't do it in their place.
  if (next === 'public' && sourceUrl === null && !stored?.consent) line.fail(stored ? 'sourceUrl' : 'state', 'consent_required');
  // A source opens a practice to visitors. It may not be slipped under what a city has written or will go on writing.
  if (stored && stored.sourceUrl === null && sourceUrl !== null) line.fail('sourceUrl', 'consent_required');
  if (!stored && next === 'draft' && sourceUrl !== null) line.fail('sourceUrl', 'source_of_draft');
  return next;
}

/** Nobody is reading it for a decision, and no one of the city is still writing it. */
const isEditable = (stored: Stored) => (stored.state === 'draft' ? !stored.owned : LISTED_STATES.includes(stored.state) && stored.state !== 'in-expertise');

function checkContent(line: Line, content: PracticeContent, { state, sourced, validated }: { state: PracticeState; sourced: boolean; validated: boolean }): void {
  const needs = LISTED_STATES.includes(state) && !sourced;
  const gaps = needs ? practiceGaps(content, validated ? 'validate' : 'publish') : contradictions(content);
  for (const gap of gaps) line.failContent(gap.path, gap.code, gap.code === 'required' ? '' : valueAt(content, gap.path), gap);
  if (!content.title && !gaps.some((gap) => gap.path === 'title')) line.failContent('title', 'required', '');
}

const isEmptyCost = (cost: unknown) => typeof cost === 'object' && cost !== null && Object.values(cost).every((part) => part === null || part === undefined);

function withStepIds(steps: unknown, ref: string, stored: Stored | null): unknown {
  if (!Array.isArray(steps)) return steps;
  return steps.map((step: unknown, index) =>
    typeof step === 'object' && step !== null && !('id' in step) ? { id: stored?.content.steps[index]?.id ?? uuidFrom(`${ref} ${index}`, STEP_IDS), ...step } : step);
}
