import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';

const LINT = `
import { ESLint } from 'eslint';
const eslint = new ESLint();
const results = [];
for (const [filePath, text] of JSON.parse(process.argv[1])) {
  const [result] = await eslint.lintText(text, { filePath });
  results.push(result.messages.filter(({ ruleId }) => ruleId?.startsWith('passerelle/')).map(({ message }) => message));
}
console.log(JSON.stringify(results));`;

// [file that imports, what it imports, beginning of the complaint; null: allowed]
const CASES: [file: string, target: string, complaint: string | null][] = [
  ['apps/api/src/platform/wrong.ts', '../realtime/index.js', 'platform may not import realtime'],
  ['apps/api/src/forum/wrong.ts', '../search/index.js', 'forum may not import search'],
  ['apps/api/src/forum/wrong.ts', '../realtime/publisher.js', 'Import realtime through its index.ts only'],
  ['apps/api/src/forum/wrong.ts', '../../../web/src/app/shell', 'Apps never import each other'],
  ['apps/api/src/forum/wrong.ts', '@passerelle/web', 'Apps never import each other'],
  ['apps/web/src/features/forum/wrong.ts', '../practices/practice-page', 'Features never import each other'],
  ['apps/web/src/ui/wrong.ts', '../features/forum/words', 'ui may not import features'],
  ['libs/contract/src/wrong.ts', '@passerelle/text', 'libs/contract may not import libs/text'],
  ['libs/text/src/wrong.ts', '../../../apps/api/src/platform/index.js', 'A library never imports an app'],
  ['apps/api/src/forum/WrongName.ts', 'node:fs', 'File names are kebab-case'],
  ['apps/api/src/forum/right.ts', '../realtime/index.js', null],
  ['apps/api/src/forum/right.ts', '../platform/errors.js', null],
  ['apps/api/src/forum/right.ts', '@passerelle/contract', null],
  ['apps/web/src/features/forum/right.ts', '../../ui/map/network-map', null],
  ['libs/text/src/right.ts', '@passerelle/contract', null],
];

describe('layers', () => {
  let found: string[][];

  beforeAll(async () => {
    const sources = CASES.map(([file, target]) => [file, `import * as other from '${target}';\nexport default other;\n`]);
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', LINT, JSON.stringify(sources)], { cwd: new URL('../../..', import.meta.url) });
    found = JSON.parse(stdout) as string[][];
  });

  it.each(CASES.map((one, index) => [...one, index] as const))('%s importing %s: %s', (_file, _target, complaint, index) => {
    expect(found[index]).toEqual(complaint ? [expect.stringContaining(complaint)] : []);
  });
});
