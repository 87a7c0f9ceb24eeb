import { rmSync } from 'node:fs';

export default async function globalTeardown() {
  const { postgres, folder } = globalThis.__PASSERELLE_TEST__;
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
