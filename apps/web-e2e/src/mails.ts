import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';

/** The link of the last mail to an address, as the file that waits in the outbox folder. @param path what the link begins with. */
export async function linkTo(folderOfProduct: string, address: string, path: string): Promise<string> {
  let link = '';
  await expect
    .poll(() => {
      const folder = join(folderOfProduct, 'data/outbox');
      // The folder comes with the first mail.
      const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.eml')).sort() : [];
      const mail = files.map((name) => readFileSync(join(folder, name), 'utf8').replace(/=\r?\n/g, '').replaceAll('=3D', '=')).filter((text) => text.includes(address)).at(-1) ?? '';
      link = new RegExp(`${path.replaceAll('?', '\\?')}[\\w=&-]+`).exec(mail)?.[0] ?? '';
      return link;
    }, { timeout: 60_000 })
    .not.toBe('');
  return link;
}
