import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/**
 * Version of the running build: the package's version and a mark of the web client that it serves, so that a page
 * loaded before a deployment learns of it even when the number stayed the same.
 */
export const VERSION = readVersion();

function readVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  // The page names every hashed file, so its hash is that of the whole client.
  const page = new URL('../../../web/dist/index.html', import.meta.url);
  return existsSync(page)
    ? `${manifest.version}+${createHash('sha256').update(readFileSync(page)).digest('hex').slice(0, 8)}`
    : manifest.version;
}
