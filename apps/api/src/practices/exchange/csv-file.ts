import { setImmediate } from 'node:timers/promises';
import { type CsvRow, readCsvRows } from '../../platform/index.js';
import { type Candidate, importError, type Naming, type ReadFile, refuseMoreLines } from './candidate.js';
import { type Column, CONTENT_COLUMNS, HEAD_COLUMNS, headingOf, type HeadName, readCell } from './columns.js';

const AT_ONCE = 250;

export const CSV_NAMING: Naming = { head: (name) => HEAD_COLUMNS.find((c) => c.path === name)?.heading ?? name, content: headingOf };

const headPlaces = new Map(HEAD_COLUMNS.map((c) => [c.heading, c]));
const contentPlaces = new Map(CONTENT_COLUMNS.map((c) => [c.heading, c]));

/** Reads decoded CSV; the separator is the one that the headings use. @throws DomainError `too-large`. */
export async function readCsv(text: string): Promise<ReadFile> {
  const file: ReadFile = { candidates: [], errors: [], naming: CSV_NAMING };
  const { rows, broken } = await readCsvRows(text);
  let places: (Column | null)[] | null = null;
  for (const row of rows) {
    if (places) file.candidates.push(readRow(row, places));
    else places = readHeadings(row, file);
    if (places.length === 0) break;
    refuseMoreLines(file.candidates.length);
    if (file.candidates.length % AT_ONCE === 0) await setImmediate();
  }
  if (broken) file.errors.push(importError(broken.line, '', 'malformed_csv', broken.text));
  else if (!places) file.errors.push(importError(1, 'ref', 'missing_column'));
  return file;
}

/** @returns the column of each place, or an empty list when practices can't be told apart. */
function readHeadings({ line, cells }: CsvRow, file: ReadFile): (Column | null)[] {
  const seen = new Set<string>();
  const places = cells.map((cell) => {
    const heading = cell.trim().toLowerCase();
    const found = headPlaces.get(heading) ?? contentPlaces.get(heading);
    if (!found && heading !== '') file.errors.push(importError(line, cell.trim(), 'unknown_column', cell));
    if (found && seen.has(heading)) file.errors.push(importError(line, heading, 'duplicate_column', cell));
    seen.add(heading);
    return found ?? null;
  });
  if (seen.has('ref')) return places;
  file.errors.push(importError(line, 'ref', 'missing_column'));
  return [];
}

function readRow({ line, cells }: CsvRow, places: (Column | null)[]): Candidate {
  const candidate: Candidate = { line, head: {}, fields: [], errors: [] };
  const beyond = cells.slice(places.length).find((cell) => cell.trim() !== '');
  // A cell too many or too few: from there on every value would land in the wrong column.
  if (cells.length < places.length || beyond !== undefined) candidate.errors.push(importError(line, '', 'column_count', `${cells.length} / ${places.length}`));
  for (const [index, place] of places.entries()) {
    if (!place) continue;
    const cell = cells[index];
    if (cell === undefined) continue;
    const read = readCell(place, cell);
    if ('code' in read) candidate.errors.push(importError(line, place.heading, read.code, cell));
    else if (headPlaces.has(place.heading)) candidate.head[place.path as HeadName] = read.value;
    else candidate.fields.push({ path: place.path, value: read.value });
  }
  return candidate;
}
