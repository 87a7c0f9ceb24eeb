import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { REQUIREMENTS } from './support/asvs.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const FOLDERS = ['apps/api/test', 'apps/web/test', 'apps/web-e2e/src', 'libs/contract/test', 'libs/text/test', 'libs/search/test'];
const STATES = ['met', 'partly', 'not met', 'operator', 'does not apply'];

const read = (name: string) => readFileSync(join(ROOT, 'docs', name), 'utf8');
/** `file.test.ts`: “name of a test”, as many names as follow. */
const citedIn = (text: string) => [...text.matchAll(/`([\w.-]+\.(?:test|e2e)\.ts)`: ((?:“[^”]+”(?:, )?)+)/g)].flatMap(([, file = '', names = '']) => [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => ({ file, name })));
const textOf = (file: string) => FOLDERS.map((folder) => join(ROOT, folder, file)).filter(existsSync).map((path) => readFileSync(path, 'utf8')).join('');
/** A text within quotation marks keeps its own apart. */
const holds = (text: string, name: string) => text.includes(name) || text.includes(name.replaceAll("'", "\\'"));

interface Row {
  number: string;
  level: string;
  state: string;
  proof: string;
}
const rows: Row[] = [...read('security.md').matchAll(/^\| (\d+\.\d+\.\d+) +\| (\d) +\| .+? +\| (met|partly|not met|operator|does not apply) +\| (.+?) +\|$/gm)].map(([, number = '', level = '', state = '', proof = '']) => ({ number, level, state, proof }));

describe('the document on security', () => {
  it('knows the requirements of the standard: 345 in all, 70 of the first level, 183 of the second', () => {
    expect([1, 2, 3].map((level) => REQUIREMENTS.filter((one) => one.level === level).length)).toEqual([70, 183, 92]);
  });

  it('answers each requirement of levels 1 and 2, once, in their order', () => {
    expect(rows.map(({ number, level }) => `${number} ${level}`)).toEqual(REQUIREMENTS.filter(({ level }) => level < 3).map(({ number, level }) => `${number} ${level}`));
    expect(rows.filter(({ state }) => !STATES.includes(state))).toEqual([]);
  });

  it('names a test or the place in the code for what is met, and a reason for all else', () => {
    expect(rows.filter(({ state, proof }) => state === 'met' && !/`[\w./-]+`/.test(proof)).map(({ number }) => number)).toEqual([]);
    expect(rows.filter(({ state, proof }) => state !== 'met' && proof.length < 15).map(({ number }) => number)).toEqual([]);
  });

  it.each(['security.md', 'privacy.md'])('names tests that there are: %s', (document) => {
    const cited = citedIn(read(document));
    expect(cited.length).toBeGreaterThan(8);
    expect(cited.filter(({ file, name }) => !holds(textOf(file), name))).toEqual([]);
  });

  it.each(['security.md', 'privacy.md'])('names files and folders that there are: %s', (document) => {
    const paths = [...read(document).matchAll(/`((?:apps|libs|docs)\/[\w./-]+|SECURITY\.md|[\w.-]+\.(?:test|e2e)\.ts)`/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(8);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)) && textOf(path) === '')).toEqual([]);
  });

  it('counts its lines right', () => {
    const counts = STATES.map((state) => `${state}: ${rows.filter((row) => row.state === state).length}`).join(', ');
    expect(read('security.md')).toContain(counts);
  });
});
