import { EXCHANGE_MAX_LINES, type PracticeImportError } from '@passerelle/contract';
import { excerpt } from '@passerelle/text';
import { DomainError } from '../../platform/index.js';
import type { HeadName } from './columns.js';

const VALUE_SHOWN = 80;

/** One practice as the file gives it, not yet looked at. What is absent stays as it is stored. */
export interface Candidate {
  line: number;
  head: Partial<Record<HeadName, unknown>>;
  fields: { path: string; value: unknown }[];
  /** What could not even be read. */
  errors: PracticeImportError[];
}

/** How a kind of file names the places of its values. */
export interface Naming {
  head(name: HeadName): string;
  content(path: string): string;
}

export interface ReadFile {
  candidates: Candidate[];
  /** What is wrong with the file as a whole. */
  errors: PracticeImportError[];
  naming: Naming;
}

export function importError(line: number, column: string, code: string, value: unknown = ''): PracticeImportError {
  const shown = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return { line, column, code, value: excerpt(shown, VALUE_SHOWN) };
}

/** @throws DomainError `too-large` for more practices than one file may hold. */
export function refuseMoreLines(count: number): void {
  if (count > EXCHANGE_MAX_LINES) throw new DomainError('too-large', 'too-large', { maxLines: EXCHANGE_MAX_LINES });
}
