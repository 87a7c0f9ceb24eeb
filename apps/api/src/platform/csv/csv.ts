import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';

const SEPARATORS = [',', ';', '\t'];
const SLICE_BYTES = 64 * 1024;

export interface CsvRow {
  cells: string[];
  /** Where the row begins, as a text editor counts, from 1. */
  line: number;
}

export interface CsvRows {
  /** Rows that hold something, in their order, up to the first that can't be read. */
  rows: CsvRow[];
  /** A quotation mark in the wrong place: where the rows after it begin is anybody's guess. */
  broken: { line: number; text: string } | null;
}

/** One line of a file. */
export const csvLine = (cells: readonly string[], separator: string) => `${cells.map(quoted).join(separator)}\r\n`;
const quoted = (cell: string) => (/[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A cell that no spreadsheet takes for a formula. For files that are read by people; one that is imported again keeps its cells as they are. */
export const inert = (cell: string) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

/** The rows of decoded CSV; the separator is the one that the first line uses most. */
export async function readCsvRows(text: string): Promise<CsvRows> {
  // Some spreadsheets begin with a line that names the separator.
  const plain = text.replace(/^sep=.\n/i, '\n');
  const [headings = ''] = plain.trimStart().split('\n', 1);
  const delimiter = SEPARATORS.reduce((best, sign) => (headings.split(sign).length > headings.split(best).length ? sign : best));
  const rows: CsvRow[] = [];
  let lastLine = 0;
  // The parser as a stream would drop rows before an error that are not taken yet.
  const parser = parse({
    delimiter, relax_column_count: true, skip_empty_lines: true, record_delimiter: '\n',
    on_record: (cells: string[], { lines }) => {
      lastLine = lines;
      if (cells.some((cell) => cell.trim() !== '')) rows.push({ cells, line: lines - cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0) });
    },
  });
  try {
    await pipeline(slicesOf(plain), parser, async (rest) => {
      for await (const _ of rest) continue;
    });
    return { rows, broken: null };
  } catch (error) {
    if (error instanceof CsvError) return { rows, broken: firstAfter(plain, lastLine) };
    throw error;
  }
}

function firstAfter(text: string, lastLine: number): { line: number; text: string } {
  const lines = text.split('\n');
  const index = lines.findIndex((line, place) => place >= lastLine && line.trim() !== '');
  return { line: index + 1, text: lines[index] ?? '' };
}

// So that other requests get their turn while a large file is read.
async function* slicesOf(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    yield bytes.subarray(start, start + SLICE_BYTES);
    await setImmediate();
  }
}
