import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { dictionary as english } from '../src/i18n/en/index';
import { dictionary as french } from '../src/i18n/fr/index';
import { makeI18n } from '../src/i18n/index';

const src = join(dirname(fileURLToPath(import.meta.url)), '../src');
/** Words of one line that are the same in both languages: names, abbreviations, loan words. */
const SAME_UP_TO = 24;

function textsOf(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => textsOf(inner, path ? `${path}.${key}` : key));
}

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return path.endsWith('i18n') ? [] : sourceFiles(path);
    return /\.tsx?$/.test(path) ? [path] : [];
  });
}

describe('the texts', () => {
  const fr = new Map(textsOf(french));
  const en = new Map(textsOf(english));

  it('have the same keys in both languages', () => {
    expect([...en.keys()].sort()).toEqual([...fr.keys()].sort());
  });

  it('are never empty', () => {
    expect([...fr, ...en].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
  });

  it('are translated', () => {
    expect(
      [...fr].filter(([key, text]) => text.replace(/\{\w+\}/g, '').length > SAME_UP_TO && en.get(key) === text).map(([key]) => key),
    ).toEqual([]);
  });

  it('take the same parameters in both languages', () => {
    const differing = [...fr].filter(
      ([key, text]) => !/\.one$/.test(key) && String(placeholders(text)) !== String(placeholders(en.get(key) ?? '')),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it('exist for every key that a screen asks for', () => {
    const asked = sourceFiles(src).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bt\('([\w.<>-]+)'/g)].map(([, key]) => key ?? ''),
    );
    const known = new Set([...fr.keys()].flatMap((key) => [key, key.replace(/\.(one|other)$/, '')]));
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((key) => !known.has(key))).toEqual([]);
  });
});

describe('a time in French', () => {
  const { formatTime } = makeI18n(french, 'fr', 'UTC');
  it.each([
    ['00:12', '0 h 12'],
    ['09:05', '9 h 05'],
    ['21:47', '21 h 47'],
  ])('%s is said %s', (at, said) => {
    expect(formatTime(`2026-11-25T${at}:00Z`).replace(/\s/g, ' ')).toBe(said);
  });
});
