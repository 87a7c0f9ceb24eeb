import { randomBytes } from 'node:crypto';
import type { PostView, Role, SpaceAccess, ThreadView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { hashToken, SessionStore } from '../../src/platform/index.js';
import type { TestApp } from '../support/app.js';

let serial = 0;
const unique = (word: string) => `${word}-${process.pid}-${++serial}`;

export interface Member {
  accountId: string;
  personId: string;
  organisationId: string;
  sessionId: string;
  cookie: string;
}

/** Somebody with a function in a city, signed in. */
export async function buildMember(
  app: TestApp,
  { role = 'member' as Role, organisationId = '', function: office = 'Services techniques' } = {},
): Promise<Member> {
  const organisation = organisationId || (await buildCity(app));
  const [personId, accountId, sessionId] = [uuid(), uuid(), uuid()];
  const token = randomBytes(24).toString('base64url');
  const { database } = app;
  await database.run('INSERT INTO person (id, name) VALUES ($1, $2)', [personId, office]);
  await database.run('INSERT INTO mandate (id, person_id, organisation_id, function) VALUES ($1, $2, $3, $4)', [
    uuid(),
    personId,
    organisation,
    office,
  ]);
  await database.run(`INSERT INTO account (id, person_id, email, role, unread_since) VALUES ($1, $2, $3, $4, now() - interval '30 days')`, [
    accountId,
    personId,
    `${unique('membre')}@exemple.test`,
    role,
  ]);
  await database.run(
    `INSERT INTO session (id, account_id, token_hash, device, expires_at) VALUES ($1, $2, $3, 'Test', now() + interval '1 day')`,
    [sessionId, accountId, hashToken(token)],
  );
  return { accountId, personId, organisationId: organisation, sessionId, cookie: `passerelle_session=${token}` };
}

export async function buildCity(app: TestApp, { name = unique('Ville'), country = 'SN' } = {}): Promise<string> {
  const id = uuid();
  await app.database.run(
    `INSERT INTO organisation (id, slug, kind, name, country, country_name) VALUES ($1, $2, 'city', $3, $4, 'Sénégal')`,
    [id, unique('ville'), name, country],
  );
  return id;
}

export interface Space {
  id: string;
  slug: string;
}

export async function buildSpace(app: TestApp, { access = 'open' as SpaceAccess, members = [] as Member[], animators = [] as Member[] } = {}): Promise<Space> {
  const space = { id: uuid(), slug: unique('espace') };
  await app.database.run(`INSERT INTO space (id, slug, access, name_fr, name_en) VALUES ($1, $2, $3, $4, $4)`, [
    space.id,
    space.slug,
    access,
    `Espace ${space.slug}`,
  ]);
  for (const member of members)
    await app.database.run('INSERT INTO space_member (space_id, person_id) VALUES ($1, $2)', [space.id, member.personId]);
  for (const { personId } of animators)
    await app.database.run(`INSERT INTO space_member (space_id, person_id, role) VALUES ($1, $2, 'animator')`, [space.id, personId]);
  // As the fact `access.changed` would do.
  for (const member of [...members, ...animators]) app.app.get(SessionStore).forgetAccount(member.accountId);
  return space;
}

export const aThreadBody = (space: Space, changes: Record<string, unknown> = {}) => ({
  id: uuid(),
  space: space.slug,
  kind: 'discussion',
  title: `Un fil de contrôle ${unique('fil')}`,
  body: 'Premier message du fil.',
  language: 'fr',
  ...changes,
});
export const aPostBody = (changes: Record<string, unknown> = {}) => ({ id: uuid(), body: `Un message ${unique('message')}`, ...changes });

/** Opens a thread through the API. */
export async function buildThread(app: TestApp, author: Member, space: Space, changes: Record<string, unknown> = {}): Promise<ThreadView> {
  const answer = await app.call('POST', '/api/threads', { cookie: author.cookie, body: aThreadBody(space, changes) });
  if (answer.status !== 201) throw new Error(`buildThread: ${answer.status} ${answer.text}`);
  return answer.json as unknown as ThreadView;
}

/** Replies through the API. */
export async function buildPost(app: TestApp, author: Member, thread: string, changes: Record<string, unknown> = {}): Promise<PostView> {
  const answer = await app.call('POST', `/api/threads/${thread}/posts`, { cookie: author.cookie, body: aPostBody(changes) });
  if (answer.status !== 201) throw new Error(`buildPost: ${answer.status} ${answer.text}`);
  return answer.json as unknown as PostView;
}
