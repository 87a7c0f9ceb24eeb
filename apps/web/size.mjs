// Weighs the first signed-in page of the built client as it travels (brotli) and fails above the budget.
//   npm run build && node size.mjs [folder of the build]
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [dist = join(dirname(fileURLToPath(import.meta.url)), 'dist')] = process.argv.slice(2);
const CODE_BUDGET_KB = 100;
const TOTAL_BUDGET_KB = 160;
/** Loaded at once with the first page, beside what the entry imports itself. */
const FIRST = ['src/i18n/fr/first.ts', 'src/features/home/home-page.tsx'];
/** The socket comes after the first paint; the page and its font belong to the total only. */
const LATER = [/socket\.io-client/];

const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
const weigh = (file) => statSync(existsSync(join(dist, `${file}.br`)) ? join(dist, `${file}.br`) : join(dist, file)).size;

function filesOf(keys) {
  const files = new Set();
  const seen = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const key of keys) visit(key);
  return files;
}

const missing = FIRST.filter((key) => !manifest[key]);
if (missing.length > 0) throw new Error(`Not in the build: ${missing.join(', ')}`);
const code = filesOf(['index.html', ...FIRST]);
const all = new Set([
  ...code,
  ...filesOf(Object.keys(manifest).filter((key) => LATER.some((pattern) => pattern.test(key)))),
  'index.html',
  'icon.svg',
]);
for (const asset of manifest['index.html'].assets ?? []) all.add(asset);
for (const { file } of Object.values(manifest)) if (/\.woff2$/.test(file)) all.add(file);

const kilobytes = (files) => [...files].reduce((sum, file) => sum + weigh(file), 0) / 1000;
for (const file of [...all].sort((a, b) => weigh(b) - weigh(a)))
  console.log(`${(weigh(file) / 1000).toFixed(1).padStart(7)} kB  ${code.has(file) ? 'first ' : 'later '} ${file}`);
const figures = [
  ['JavaScript and CSS of the first page', kilobytes(code), CODE_BUDGET_KB],
  ['all in', kilobytes(all), TOTAL_BUDGET_KB],
];
for (const [name, value, budget] of figures) console.log(`${name}: ${value.toFixed(1)} kB of ${budget} kB`);
if (figures.some(([, value, budget]) => value > budget)) process.exitCode = 1;
