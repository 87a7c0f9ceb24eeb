import { BATCH_MAX_LINES, type BatchCode, type BatchError } from '@passerelle/contract';
import { excerpt, fold } from '@passerelle/text';
import { type CsvRow, decodeText, readCsvRows } from '../../platform/index.js';

const VALUE_SHOWN = 80;

/** The columns, by the words that may stand at their head; the first of each language is the one of the model file. */
export const BATCH_COLUMNS = {
  email: ['adresse', 'email', 'courriel', 'adresse electronique', 'e mail', 'mail', 'address', 'email address'],
  function: ['fonction', 'function', 'office', 'titre', 'title'],
  organisation: ['ville', 'city', 'organisation', 'organization', 'association', 'ville ou association', 'city or association'],
  language: ['langue', 'language'],
  role: ['acces', 'access', 'role'],
  until: ['fin du mandat', 'end of mandate', 'fin', 'until', 'end'],
  space: ['espace', 'space'],
} as const;
export type BatchColumn = keyof typeof BATCH_COLUMNS;

const COLUMN_OF = new Map(Object.entries(BATCH_COLUMNS).flatMap(([column, words]) => words.map((word) => [word as string, column as BatchColumn] as const)));

/** One person as the file gives them, not yet judged; what the file leaves empty is absent. */
export interface BatchCandidate {
  line: number;
  cells: Partial<Record<BatchColumn, string>>;
}

export interface BatchFile {
  candidates: BatchCandidate[];
  errors: BatchError[];
  /** The heading that the file uses for a column. */
  headings: Partial<Record<BatchColumn, string>>;
}

export const batchError = (line: number, column: string, code: BatchCode, value = ''): BatchError => ({ line, column, code, value: excerpt(value, VALUE_SHOWN) });

/** Reads the file of an office: what can be told without asking the database. Of more lines than a file may hold, none is read. */
export async function readBatchFile(bytes: Buffer): Promise<BatchFile> {
  const file: BatchFile = { candidates: [], errors: [], headings: {} };
  const { rows: [head, ...rows], broken } = await readCsvRows(decodeText(bytes));
  if (broken) file.errors.push(batchError(broken.line, '', 'malformed_csv', broken.text));
  if (!head) return broken ? file : { ...file, errors: [batchError(1, '', 'empty')] };
  const places = readHeadings(head, file);
  for (const column of ['email', 'function'] as const) if (!places.includes(column)) file.errors.push(batchError(head.line, BATCH_COLUMNS[column][0], 'missing_column'));
  if (!places.includes('email') || !places.includes('function')) return file;
  if (rows.length === 0 && !broken) file.errors.push(batchError(head.line, '', 'empty'));
  if (rows.length > BATCH_MAX_LINES) file.errors.push(batchError(rows[BATCH_MAX_LINES]?.line ?? 0, '', 'too_many', String(rows.length)));
  else for (const row of rows) readRow(row, places, file);
  return file;
}

function readHeadings({ line, cells }: CsvRow, file: BatchFile): (BatchColumn | null)[] {
  return cells.map((cell) => {
    const column = COLUMN_OF.get(fold(cell)) ?? null;
    if (!column && cell.trim() !== '') file.errors.push(batchError(line, cell.trim(), 'unknown_column', cell));
    if (column && file.headings[column] !== undefined) file.errors.push(batchError(line, cell.trim(), 'duplicate_column', cell));
    if (column) file.headings[column] ??= cell.trim();
    return column;
  });
}

function readRow({ line, cells }: CsvRow, places: (BatchColumn | null)[], file: BatchFile): void {
  const candidate: BatchCandidate = { line, cells: {} };
  file.candidates.push(candidate);
  // From a separator too many on, every value would land in the wrong column; that the last cells are missing is what spreadsheets do.
  if (cells.slice(places.length).some((cell) => cell.trim() !== '')) file.errors.push(batchError(line, '', 'column_count', `${cells.length} / ${places.length}`));
  for (const [index, column] of places.entries()) {
    const cell = cells[index]?.trim();
    if (column && cell) candidate.cells[column] ??= cell;
  }
}
