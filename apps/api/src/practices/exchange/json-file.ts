import { setImmediate } from 'node:timers/promises';
import { PracticeContent } from '@passerelle/contract';
import { type Candidate, importError, type Naming, type ReadFile, refuseMoreLines } from './candidate.js';
import { HEAD, type HeadName } from './columns.js';

const AT_ONCE = 250;
const fields = new Set(Object.keys(PracticeContent.shape));
const heads = new Set<string>(HEAD);

export const JSON_NAMING: Naming = { head: (name) => name, content: (path) => `content.${path}` };

/** Reads a JSON list of practices, entry by entry: a broken one is located and the others are still looked at. */
export async function readJson(text: string): Promise<ReadFile> {
  const file: ReadFile = { candidates: [], errors: [], naming: JSON_NAMING };
  for (const part of entriesOf(text)) {
    if (part.text === null) file.errors.push(importError(part.line, '', 'malformed_json'));
    else file.candidates.push(readEntry(part.line, part.text));
    refuseMoreLines(file.candidates.length);
    if (file.candidates.length % AT_ONCE === 0) await setImmediate();
  }
  return file;
}

function readEntry(line: number, text: string): Candidate {
  const candidate: Candidate = { line, head: {}, fields: [], errors: [] };
  const fail = (column: string, code: string, value: unknown) => candidate.errors.push(importError(line, column, code, value));
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch {
    fail('', 'malformed_json', text);
    return candidate;
  }
  if (!isObject(entry)) fail('', 'invalid_type', entry);
  else
    for (const [key, value] of Object.entries(entry)) {
      if (heads.has(key)) candidate.head[key as HeadName] = value;
      else if (key !== 'content') fail(key, 'unknown_column', value);
      else if (!isObject(value)) fail(key, 'invalid_type', value);
      else for (const [path, part] of Object.entries(value)) if (fields.has(path)) candidate.fields.push({ path, value: part });
        else fail(`content.${path}`, 'unknown_column', part);
    }
  return candidate;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The entries of the outermost list with the lines where they begin; null where the list itself is broken. */
function* entriesOf(text: string): Generator<{ line: number; text: string | null }> {
  const signs = /["\\[\]{},\n]|[^\s"\\[\]{},]+/g;
  let [line, depth, start, startLine, inText, ended] = [1, 0, -1, 1, false, false];
  for (let match = signs.exec(text); match; match = signs.exec(text)) {
    const [sign] = match;
    if (sign === '\n') line++;
    else if (inText) {
      if (sign === '\\') signs.lastIndex++;
      else if (sign === '"') inText = false;
    } else if (ended || (depth === 0 && sign !== '[')) return yield { line, text: null };
    else {
      const closes = sign === ']' || sign === '}';
      if (depth === 1 && start >= 0 && (sign === ',' || closes)) {
        yield { line: startLine, text: text.slice(start, match.index) };
        start = -1;
      } else if (depth === 1 && start < 0 && !closes) [start, startLine] = [match.index, line];
      if (sign === '"') inText = true;
      if (sign === '[' || sign === '{') depth++;
      if (closes) depth--;
      ended = depth === 0;
    }
  }
  if (!ended) yield { line: start >= 0 ? startLine : line, text: start >= 0 ? text.slice(start) : null };
}
