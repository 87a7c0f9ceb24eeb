import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import type { PracticeImportError } from '@passerelle/contract';
import { CsvError, parse } from 'csv-parse';
import { type Candidate, importError, type Naming, type ReadFile, refuseMoreLines } from './candidate.js';
import { type Column, CONTENT_COLUMNS, HEAD_COLUMNS, headingOf, type HeadName, readCell } from './columns.js';

const SEPARATORS = [',', ';', '\t'];
const SLICE_BYTES = 64 * 1024;
const AT_ONCE = 250;

interface Row {
  record: string[];
  /** Where the last line of the row stands. */
  lastLine: number;
}

export const CSV_NAMING: Naming = { head: (name) => HEAD_COLUMNS.find((c) => c.path === name)?.heading ?? name, content: headingOf };

const headPlaces = new Map(HEAD_COLUMNS.map((c) => [c.heading, c]));
const contentPlaces = new Map(CONTENT_COLUMNS.map((c) => [c.heading, c]));

/** One line of the file. */
export const csvLine = (cells: string[], separator: string) => `${cells.map(quoted).join(separator)}\r\n`;
const quoted = (cell: string) => (/[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Reads decoded CSV; the separator is the one that the headings use. @throws DomainError `too-large`. */
export async function readCsv(text: string): Promise<ReadFile> {
  // Some spreadsheets begin with a line that names the separator.
  const plain = text.replace(/^sep=.\n/i, '\n');
  const [headings = ''] = plain.trimStart().split('\n', 1);
  const delimiter = SEPARATORS.reduce((best, sign) => (headings.split(sign).length > headings.split(best).length ? sign : best));
  const file: ReadFile = { candidates: [], errors: [], naming: CSV_NAMING };
  const { rows, broken } = await rowsOf(plain, delimiter);
  let places: (Column | null)[] | null = null;
  for (const { record, lastLine } of rows) {
    const line = lastLine - record.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
    if (record.every((cell) => cell.trim() === '')) continue;
    if (places) file.candidates.push(readRow(line, record, places));
    else places = readHeadings(line, record, file);
    if (places.length === 0) break;
    refuseMoreLines(file.candidates.length);
    if (file.candidates.length % AT_ONCE === 0) await setImmediate();
  }
  // A quotation mark in the wrong place: where the rows after it begin is anybody's guess.
  if (broken) file.errors.push(brokenRow(plain, rows.at(-1)?.lastLine ?? 0));
  else if (!places) file.errors.push(importError(1, 'ref', 'missing_column'));
  return file;
}

function brokenRow(text: string, lastLine: number): PracticeImportError {
  const lines = text.split('\n');
  const index = lines.findIndex((line, place) => place >= lastLine && line.trim() !== '');
  return importError(index + 1, '', 'malformed_csv', lines[index]);
}

/** The rows up to the first that can't be read. */
async function rowsOf(text: string, delimiter: string): Promise<{ rows: Row[]; broken: boolean }> {
  const rows: Row[] = [];
  // The parser as a stream would drop rows before an error that are not taken yet.
  const parser = parse({
    delimiter, relax_column_count: true, skip_empty_lines: true, record_delimiter: '\n',
    on_record: (record: string[], { lines }) => void rows.push({ record, lastLine: lines }),
  });
  try {
    await pipeline(slicesOf(text), parser, async (rest) => {
      for await (const _ of rest) continue;
    });
    return { rows, broken: false };
  } catch (error) {
    if (error instanceof CsvError) return { rows, broken: true };
    throw error;
  }
}

// So that other requests get their turn while a large file is read.
async function* slicesOf(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    yield bytes.subarray(start, start + SLICE_BYTES);
    await setImmediate();
  }
}

/** @returns the column of each place, or an empty list when practices can't be told apart. */
function readHeadings(line: number, record: string[], file: ReadFile): (Column | null)[] {
  const seen = new Set<string>();
  const places = record.map((cell) => {
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

function readRow(line: number, record: string[], places: (Column | null)[]): Candidate {
  const candidate: Candidate = { line, head: {}, fields: [], errors: [] };
  const beyond = record.slice(places.length).find((cell) => cell.trim() !== '');
  // A cell too many or too few: from there on every value would land in the wrong column.
  if (record.length < places.length || beyond !== undefined) candidate.errors.push(importError(line, '', 'column_count', `${record.length} / ${places.length}`));
  for (const [index, place] of places.entries()) {
    if (!place) continue;
    const cell = record[index];
    if (cell === undefined) continue;
    const read = readCell(place, cell);
    if ('code' in read) candidate.errors.push(importError(line, place.heading, read.code, cell));
    else if (headPlaces.has(place.heading)) candidate.head[place.path as HeadName] = read.value;
    else candidate.fields.push({ path: place.path, value: read.value });
  }
  return candidate;
}
