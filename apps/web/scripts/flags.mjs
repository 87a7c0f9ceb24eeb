// Copies the flags of the countries that the network knows from country-flag-icons (MIT) to public/flags, once per change of the list.
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [cities = join(here, '../../api/data/cities.csv')] = process.argv.slice(2);
const source = join(dirname(createRequire(import.meta.url).resolve('country-flag-icons/package.json')), '3x2');
const target = join(here, '../public/flags');
mkdirSync(target, { recursive: true });
const codes = new Set(
  readFileSync(cities, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[1]),
);
for (const code of codes) copyFileSync(join(source, `${code}.svg`), join(target, `${code}.svg`));
console.log(`${codes.size} flags`);
