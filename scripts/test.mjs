// Unit and integration tests (real PostgreSQL), then the browser tests against the built server.
import { spawnSync } from 'node:child_process';
import { bootstrap, build, root } from './bootstrap.mjs';
import { findChromium, MISSING } from './browser.mjs';

bootstrap();
build();
const results = [];
function test(name, args, env = {}) {
  console.log(`\n— ${name}`);
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  results.push([name, status === 0]);
}

const only = process.argv[2];
const jest = (project) => [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
  '-c',
  `apps/${project}/jest.config.mjs`,
];
if (!only || only === 'api') test('libraries and server', jest('api'));
if (!only || only === 'web') test('web client', jest('web'));
if (!only || only === 'e2e') {
  if (findChromium())
    test('browser', ['node_modules/@playwright/test/cli.js', 'test', '-c', 'apps/web-e2e/playwright.config.ts'], {
      CHROMIUM_PATH: findChromium(),
    });
  else {
    console.error(MISSING);
    results.push(['browser', process.env.CI !== 'true']);
  }
}
console.log('');
for (const [name, passed] of results) console.log(`${passed ? 'ok  ' : 'FAIL'} ${name}`);
const failed = results.filter(([, passed]) => !passed).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
