import { readFileSync } from 'node:fs';

/** Version of the running build: package version and, once built, the moment of the build. */
export const VERSION = readVersion();

function readVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  return manifest.version;
}
