import type { Sql } from '../database/database.js';
import { enqueueMail } from './mail-queue.js';

type Mail = { subject: string; text: string };

/** Whether a city has a mailbox that counts. SQL; `organisation` is the place of its id. */
export const hasMailbox = (organisation: string) => `EXISTS (SELECT 1 FROM role_mailbox box WHERE box.organisation_id = ${organisation} AND box.confirmed_at IS NOT NULL)`;

/**
 * Leaves a mail for a city's mailbox by role, in the language of the mailbox, with the write that it tells of; nothing where none is
 * confirmed. Only what all those in office in the city may read goes there, and nothing of any space.
 */
export async function mailCity(tx: Sql, organisation: string | null, write: (language: 'fr' | 'en') => Mail): Promise<void> {
  const box = await tx.row<{ address: string; language: 'fr' | 'en' }>('SELECT address, language FROM role_mailbox WHERE organisation_id = $1 AND confirmed_at IS NOT NULL', [organisation]);
  if (box) await enqueueMail(tx, { to: box.address, ...write(box.language) });
}
