import { v7 as uuid } from 'uuid';
import type { TestApp } from '../support/app.js';
import type { Member } from './forum.js';

/** A second device of somebody. @returns the id of its session. */
export async function buildSession(app: TestApp, who: Member): Promise<string> {
  const id = uuid();
  await app.database.run(
    `INSERT INTO session (id, account_id, token_hash, device, expires_at) VALUES ($1, $2, $3, 'Test', now() + interval '1 day')`,
    [id, who.accountId, Buffer.from(id)],
  );
  return id;
}
