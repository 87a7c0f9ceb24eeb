import { emptyPractice, type PracticeContent } from '@passerelle/contract';

/**
 * `list` and `numbers`: values between bars, as `eau|dechets`. `rows`: JSON, or names between bars (`plain` is the field
 * that they fill). `json`: one object.
 */
type Kind = 'text' | 'list' | 'numbers' | 'number' | 'boolean' | 'rows' | 'json';

/** One column of the CSV file and the place of its value in the entry. Headings never change: files are kept for years. */
export interface Column {
  heading: string;
  path: string;
  kind: Kind;
  plain?: string;
}

/** What a line says beside the entry itself. */
export const HEAD = ['ref', 'city', 'country', 'state', 'sourceUrl', 'otherSources', 'label'] as const;
export type HeadName = (typeof HEAD)[number];
export const HEAD_COLUMNS: readonly (Column & { path: HeadName })[] = [
  { heading: 'ref', path: 'ref', kind: 'text' }, { heading: 'city', path: 'city', kind: 'text' }, { heading: 'country', path: 'country', kind: 'text' }, { heading: 'state', path: 'state', kind: 'text' },
  { heading: 'source_url', path: 'sourceUrl', kind: 'text' }, { heading: 'other_sources', path: 'otherSources', kind: 'list' }, { heading: 'label', path: 'label', kind: 'text' },
];

const column = (heading: string, kind: Kind = 'text', path = heading, plain?: string): Column => ({ heading, path, kind, ...(plain && { plain }) });
export const CONTENT_COLUMNS: readonly Column[] = [
  column('title'), column('language'), column('theme'), column('concepts', 'list'), column('start'), column('end'), column('status'), column('problem'), column('solution'), column('summary'), column('contact'),
  column('steps', 'rows', 'steps', 'title'), column('resources'), column('skills'), column('cost_range', 'text', 'costRange'), column('cost_amount', 'number', 'cost.amount'),
  column('cost_currency', 'text', 'cost.currency'), column('cost_rate', 'number', 'cost.rate'), column('cost_rate_date', 'text', 'cost.rateDate'), column('cost_public', 'boolean', 'costPublic'),
  column('cost_note', 'text', 'costNote'), column('funding', 'rows', 'funding', 'funder'), column('partners', 'rows', 'partners', 'name'), column('beneficiaries_count', 'number', 'beneficiaries.count'),
  column('beneficiaries_estimated', 'boolean', 'beneficiaries.estimated'), column('beneficiaries_text', 'text', 'beneficiaries.text'), column('beneficiaries_women', 'number', 'beneficiaries.women'),
  column('beneficiaries_youth', 'number', 'beneficiaries.youth'), column('results', 'rows', 'results', 'indicator'), column('no_number_reason', 'text', 'noNumberReason'), column('evidence', 'rows'),
  column('difficulties'), column('success_factors', 'text', 'successFactors'), column('conditions'), column('transferability_level', 'text', 'transferability.level'),
  column('transferability_text', 'text', 'transferability.text'), column('legal_context', 'text', 'legalContext'), column('gender_marker', 'number', 'gender.marker'), column('gender_note', 'text', 'gender.note'),
  column('climate_marker', 'number', 'climateMarker'), column('sdgs', 'numbers'), column('location_hidden', 'boolean', 'locationHidden'), column('photos', 'rows'), column('documents', 'rows'),
  column('available_for', 'list', 'availableFor'), column('awards', 'list'), column('co_holders', 'list', 'coHolders'), column('linked_project', 'text', 'linkedProject'), column('translation', 'json'),
];

/** The value at a dotted path, or undefined. */
export const valueAt = (object: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, key) => (at !== null && typeof at === 'object' ? (at as Record<string, unknown>)[key] : undefined), object);

/** The heading that a path of the entry belongs to: its own, that of the whole, or that of its first part. */
export function headingOf(path: string): string {
  const found = CONTENT_COLUMNS.find((c) => path === c.path || path.startsWith(`${c.path}.`)) ?? CONTENT_COLUMNS.find((c) => c.path.startsWith(`${path}.`));
  return found?.heading ?? path;
}

// A spreadsheet takes these for the beginning of a formula. An apostrophe before them makes it text; what begins with
// apostrophes and such a sign gets one more, so that taking one away always gives the original.
const FORMULA = /^'*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;
const guard = (text: string) => (FORMULA.test(text) ? `'${text}` : text);
const unguard = (cell: string) => (cell.startsWith(`'`) && FORMULA.test(cell) ? cell.slice(1) : cell);

/** A value as it stands in a cell. Nothing is lost: readCell() gives the same value back. */
export function writeCell({ kind }: Column, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.length === 0) return '';
  if (kind === 'list' || kind === 'numbers') {
    const items = (value as (string | number)[]).map(String);
    const fits = items.every((item) => item !== '' && item === item.trim() && !item.includes('|')) && !items[0]?.startsWith('[');
    return guard(fits ? items.join('|') : JSON.stringify(value));
  }
  return guard(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

const TRUE = ['true', '1', 'yes', 'oui', 'vrai'];
const FALSE = ['false', '0', 'no', 'non', 'faux'];
const EMPTY = emptyPractice();

/** The value of a cell, or the code of what is wrong with it. An empty cell is the value of an empty entry. */
export function readCell(cell: Column, written: string): { value: unknown } | { code: 'not_a_number' | 'not_a_boolean' | 'malformed_cell' } {
  const text = unguard(written);
  const word = text.trim();
  if (word === '') return { value: structuredClone(valueAt(EMPTY, cell.path) ?? (cell.kind === 'list' ? [] : null)) };
  switch (cell.kind) {
    case 'text':
      return { value: text };
    case 'number':
      return asNumber(word);
    case 'boolean':
      // A spreadsheet in French saves TRUE as VRAI.
      return TRUE.includes(word.toLowerCase()) ? { value: true } : FALSE.includes(word.toLowerCase()) ? { value: false } : { code: 'not_a_boolean' };
    case 'list':
      return word.startsWith('[') ? asJson(word) : { value: barred(word) };
    case 'numbers': {
      const numbers = barred(word).map(asNumber);
      return numbers.find((number) => 'code' in number) ?? { value: numbers.flatMap((number) => ('value' in number ? [number.value] : [])) };
    }
    case 'rows':
      return cell.plain && !word.startsWith('[') ? { value: barred(word).map((item) => ({ [cell.plain ?? '']: item })) } : asJson(word);
    case 'json':
      return asJson(word);
  }
}

const barred = (text: string) => text.split('|').map((item) => item.trim()).filter((item) => item !== '');

// Groups of thousands by spaces, decimals by a point or, when it can't be a group of thousands, by a comma.
function asNumber(text: string): { value: number } | { code: 'not_a_number' } {
  const plain = text.replace(/(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))/g, '');
  if (/^\d+(\.\d+)?$/.test(plain)) return { value: Number(plain) };
  return /^\d+,(\d{1,2}|\d{4,})$/.test(plain) ? { value: Number(plain.replace(',', '.')) } : { code: 'not_a_number' };
}

function asJson(text: string): { value: unknown } | { code: 'malformed_cell' } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { code: 'malformed_cell' };
  }
}

/** Sets the value at a path of one or two steps. */
export function setAt(object: Record<string, unknown>, path: string, value: unknown): void {
  const [first = '', second] = path.split('.');
  if (second === undefined) object[first] = value;
  else object[first] = { ...(object[first] as Record<string, unknown> | null), [second]: value };
}

export const contentOf = (content: PracticeContent): string[] => CONTENT_COLUMNS.map((c) => writeCell(c, valueAt(content, c.path)));
