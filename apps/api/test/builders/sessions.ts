import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { hashToken } from '../../src/platform/index.js';
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

/** Signs somebody in again. @returns the cookie. */
export async function buildCookie(app: TestApp, who: Member): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await app.database.run(
    `INSERT INTO session (id, account_id, token_hash, device, expires_at) VALUES ($1, $2, $3, 'Test', now() + interval '1 day')`,
    [uuid(), who.accountId, hashToken(token)],
  );
  return `passerelle_session=${token}`;
}
