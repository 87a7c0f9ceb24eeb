import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditAct, DataExportView, ErasureView, MyDataView, PostsPage, ThreadView } from '@passerelle/contract';
import { strFromU8, unzipSync } from 'fflate';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { recordAudit } from '../src/audit/index.js';
import { loadReference } from '../src/demo/index.js';
import { DataExportService, ELSEWHERE, ErasureService, Retention, SECTIONS } from '../src/privacy/index.js';
import { buildGiven } from './builders/delegations.js';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { buildOffer, buildProject } from './builders/projects.js';
import { buildRelay } from './builders/relay.js';
import { mandateOf } from './builders/spaces.js';
import { buildAttachment, buildFile } from './builders/uploads.js';
import { TestApp } from './support/app.js';
import { asOwner } from './support/postgres.js';

let app: TestApp;
let member: Member, colleague: Member, space: Space, thread: string;

beforeAll(async () => {
  app = await TestApp.start();
  [member, colleague] = [await buildMember(app), await buildMember(app)];
  space = await buildSpace(app);
  thread = (await buildThread(app, member, space)).id;
});
afterAll(() => app.stop());

const myData = async (who: Member) => (await app.call('GET', '/api/me/data', { cookie: who.cookie })).json as unknown as MyDataView;
const askExport = (who: Member, id = uuid()) => app.call('POST', '/api/me/exports', { cookie: who.cookie, body: { id } });
const askErasure = (who: Member, kind: string, id = uuid()) => app.call('POST', '/api/me/erasures', { cookie: who.cookie, body: { id, kind } });
const makeExports = () => app.app.get(DataExportService).work();
const isDue = (id: string) => app.database.run(`UPDATE erasure SET due_at = now() - interval '1 minute' WHERE id = $1`, [id]);
const erase = () => app.app.get(ErasureService).work();
const isErased = async (who: Member) => (await app.database.row<{ erased_at: string | null }>('SELECT erased_at FROM account WHERE id = $1', [who.accountId]))?.erased_at !== null;
const statusOf = async (path: string, who: Member) => (await app.call('GET', path, { cookie: who.cookie })).status;
const threadOf = async (who: Member, id: string) => (await app.call('GET', `/api/threads/${id}`, { cookie: who.cookie })).json as unknown as ThreadView;
const postsOf = async (who: Member, id = thread) => ((await app.call('GET', `/api/threads/${id}/posts`, { cookie: who.cookie })).json as unknown as z.infer<typeof PostsPage>).items;

/** The files of an export, by name. */
async function fetchExport(who: Member, id: string): Promise<Record<string, string>> {
  const response = await fetch(`${app.url}/api/me/exports/${id}/file`, { headers: { cookie: who.cookie } });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
  return Object.fromEntries(Object.entries(unzipSync(new Uint8Array(await response.arrayBuffer()))).map(([name, content]) => [name, strFromU8(content)]));
}

async function copyOf(who: Member): Promise<Record<string, string>> {
  const { json } = await askExport(who);
  await makeExports();
  return fetchExport(who, (json as unknown as DataExportView).id);
}

describe('the list of what is stored about people', () => {
  it('knows each table that points to a person or an account', async () => {
    const pointing = await app.database.rows<{ name: string }>(
      `SELECT DISTINCT c.conrelid::regclass::text AS name FROM pg_constraint c WHERE c.contype = 'f' AND c.confrelid IN ('person'::regclass, 'account'::regclass)
       UNION SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name ~ '(^|_)(person|account)_id$'`);
    const told = new Set([...SECTIONS.map(({ table }) => table), ...Object.keys(ELSEWHERE)]);
    expect(pointing.map(({ name }) => name).filter((name) => !told.has(name))).toEqual([]);
  });

  it('names columns that are there, and no secret among those that are given out', async () => {
    const columns = await app.database.rows<{ at: string }>(`SELECT table_name || '.' || column_name AS at FROM information_schema.columns WHERE table_schema = 'public'`);
    const known = new Set(columns.map(({ at }) => at));
    for (const { table, without = [], only = [] } of SECTIONS) for (const column of [...without, ...only]) expect(known).toContain(`${table}.${column}`);
    const given = columns.filter(({ at }) => SECTIONS.some(({ table, without = [], only, whole }) => at.startsWith(`${table}.`) && (!only || whole || only.includes(at.slice(table.length + 1))) && !without.includes(at.slice(table.length + 1))));
    expect(given.filter(({ at }) => /hash|secret|password|token/.test(at))).toEqual([]);
  });
});

describe('a copy of my data', () => {
  it('holds every part, with the files, and is fetched by me alone', async () => {
    const person = await buildMember(app);
    const file = await buildFile(app, person, Buffer.from('Le budget du marché'), 'budget.txt');
    await buildPost(app, person, thread, { body: 'Mon avis sur le marché', attachments: [file.id] });
    await buildRelay(app, person, colleague);
    const { status, json } = await askExport(person);
    expect(status).toBe(201);
    const { id } = json as unknown as DataExportView;
    expect(await statusOf(`/api/me/exports/${id}/file`, person)).toBe(404);
    await makeExports();
    const files = await fetchExport(person, id);
    expect(JSON.parse(files['messages/post.json'] ?? '')).toMatchObject([{ body: 'Mon avis sur le marché' }]);
    expect(files[`files/contents/${file.id}-budget.txt`]).toBe('Le budget du marché');
    expect(files['letters/relay_message.json']).toContain(person.personId);
    expect(files['profile/account.json']).not.toContain('password');
    expect(Object.values(files).join()).not.toContain(colleague.accountId);
    expect(await statusOf(`/api/me/exports/${id}/file`, colleague)).toBe(404);
    const data = await myData(person);
    expect(data.exports).toMatchObject([{ id, state: 'ready' }]);
    expect(data.parts.find(({ part }) => part === 'messages')?.count).toBe(1);
  });

  it('holds a thread as I opened it, not what others wrote since where I no longer read', async () => {
    const [person, moderator] = [await buildMember(app), await buildMember(app, { role: 'moderator' })];
    const closed = await buildSpace(app, { access: 'confidential', animators: [moderator], members: [person] });
    const [own, split] = [await buildThread(app, person, closed, { title: 'Le titre que j’ai donné' }), uuid()];
    const reply = await buildPost(app, person, own.id, { body: 'Un autre sujet' });
    expect((await app.call('POST', `/api/threads/${own.id}/split`, { cookie: moderator.cookie, body: { id: uuid(), newThread: split, title: 'Un titre de la modération', posts: [reply.id] } })).status).toBe(200);
    expect((await app.call('DELETE', `/api/spaces/${closed.slug}/membership`, { cookie: person.cookie })).status).toBe(204);
    const act = (method: string, path: string, body: unknown) => app.call(method, `/api/threads/${own.id}${path}`, { cookie: moderator.cookie, body });
    expect((await act('PATCH', '', { version: (await threadOf(moderator, own.id)).version, title: 'Un titre donné depuis' })).status).toBe(200);
    expect((await act('PUT', '/summary', { version: 0, points: ['Un point écrit depuis'], whatChanged: '' })).status).toBe(200);
    const files = await copyOf(person);
    expect((JSON.parse(files['messages/thread.json'] ?? '') as { id: string; own_title: string | null }[]).map(({ id, own_title }) => [id, own_title]).sort()).toEqual([[own.id, 'Le titre que j’ai donné'], [split, null]].sort());
    expect(Object.values(files).join()).not.toMatch(/depuis|de la modération/);
  });

  it('holds the sheets of my city as they are while I am in office there, later what I wrote of them', async () => {
    const person = await buildMember(app);
    const colleague = await buildMember(app, { organisationId: person.organisationId });
    await loadReference(app.database);
    const [practice, project, untouched] = [uuid(), await buildProject(app, person), await buildOffer(app, person)];
    const { json } = await app.call('POST', '/api/practices', { cookie: person.cookie, body: { id: practice, content: { title: 'Ce que j’ai écrit' } } });
    expect((await app.call('PATCH', `/api/practices/${json['ref']}`, { cookie: colleague.cookie, body: { version: 1, content: { title: 'Ce qui a suivi' } } })).status).toBe(200);
    await app.database.run(`UPDATE project SET title = 'Ce qui a suivi', version = 2 WHERE id = $1`, [project.id]);
    const before = await copyOf(person);
    expect([before['practices/practice.json'], before['projects/project.json']]).toEqual([expect.stringContaining('Ce qui a suivi'), expect.stringContaining('Ce qui a suivi')]);
    await app.database.run('UPDATE mandate SET valid_to = current_date - 1 WHERE person_id = $1', [person.personId]);
    const files = await copyOf(person);
    expect(files['practices/practice_revision.json']).toContain('Ce que j’ai écrit');
    expect(JSON.parse(files['practices/practice.json'] ?? '')).toMatchObject([{ id: practice }]);
    expect(JSON.parse(files['projects/project.json'] ?? '')).toMatchObject([{ id: project.id }]);
    expect(JSON.parse(files['projects/offer.json'] ?? '')).toMatchObject([{ id: untouched.id, title: untouched.content.title }]);
    expect(Object.values(files).join()).not.toContain('Ce qui a suivi');
  });

  it('is asked for once by a repeat, and one at a time', async () => {
    const person = await buildMember(app);
    const id = uuid();
    expect([(await askExport(person, id)).status, (await askExport(person, id)).status]).toEqual([201, 200]);
    expect((await askExport(colleague, id)).json.code).toBe('id-reused');
    const at_once = await Promise.all([askExport(person), askExport(person)]);
    expect(at_once.map(({ status }) => status)).toEqual([409, 409]);
  });

  it('goes after seven days, from the disk as well', async () => {
    const person = await buildMember(app);
    const { json } = await askExport(person);
    await makeExports();
    const { id } = json as unknown as DataExportView;
    const key = (await app.database.row<{ storage_key: string }>('SELECT storage_key FROM data_export WHERE id = $1', [id]))?.storage_key ?? '';
    const path = join(app.dataDir, 'exports', key);
    expect(existsSync(path)).toBe(true);
    await app.database.run('UPDATE data_export SET expires_at = now() WHERE id = $1', [id]);
    expect(await statusOf(`/api/me/exports/${id}/file`, person)).toBe(404);
    await makeExports();
    expect([existsSync(path), (await myData(person)).exports[0]?.state]).toEqual([false, 'expired']);
  });

  it('that the disk does not take fails, and the server goes on', async () => {
    const person = await buildMember(app);
    await askExport(person);
    const folder = join(app.dataDir, 'exports');
    rmSync(folder, { recursive: true });
    await makeExports();
    expect((await myData(person)).exports[0]?.state).toBe('failed');
    mkdirSync(folder);
    expect(await copyOf(person)).toHaveProperty(['profile/person.json']);
  });

  it('is given up after three tries, and leaves nothing half made', async () => {
    const person = await buildMember(app);
    const { json } = await askExport(person);
    await app.database.run('UPDATE data_export SET tries = 3 WHERE id = $1', [(json as unknown as DataExportView).id]);
    await makeExports();
    expect((await myData(person)).exports[0]?.state).toBe('failed');
    expect(readdirSync(join(app.dataDir, 'exports')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('who looked', () => {
  it('is told by function and act, in codes that the screens have words for, never my own acts', async () => {
    const person = await buildMember(app);
    await app.database.transaction(async (tx) => {
      await recordAudit(tx, { personId: colleague.personId, capacity: null, role: 'administrator' }, { act: 'mandate.suspended', subjectKind: 'account', subjectId: person.accountId });
      await recordAudit(tx, null, { act: 'something.new' as AuditAct, subjectKind: 'person', subjectId: person.personId });
      await recordAudit(tx, { personId: person.personId, capacity: null, role: 'member' }, { act: 'export.asked', subjectKind: 'account', subjectId: person.accountId });
    });
    const reads = (await myData(person)).reads.map(({ act, by }) => ({ act, by }));
    expect(reads).toHaveLength(2);
    expect(reads).toEqual(expect.arrayContaining([{ act: 'mandate.suspended', by: { role: 'administrator' } }, { act: 'other', by: { role: 'system' } }]));
  });
});

describe('an erasure', () => {
  it('waits for fourteen days and may be taken back until then', async () => {
    const person = await buildMember(app);
    const { status, json } = await askErasure(person, 'both');
    const { id, dueAt, requestedAt } = json as unknown as ErasureView;
    expect([status, Math.round((Date.parse(dueAt) - Date.parse(requestedAt)) / 86_400_000)]).toEqual([201, 14]);
    await erase();
    expect(await statusOf('/api/me', person)).toBe(200);
    expect((await askErasure(person, 'content')).json.code).toBe('not-possible-now');
    const cancel = () => app.call('DELETE', `/api/me/erasures/${id}`, { cookie: person.cookie });
    expect([(await cancel()).status, (await cancel()).status, (await app.call('DELETE', `/api/me/erasures/${id}`, { cookie: colleague.cookie })).status]).toEqual([204, 204, 404]);
    await isDue(id);
    await erase();
    expect(await statusOf('/api/me', person)).toBe(200);
  });

  it('of the account closes it, keeps the function and the city, and takes the name away', async () => {
    const person = await buildMember(app, { function: 'Adjointe aux marchés' });
    await app.call('PATCH', '/api/me', { cookie: person.cookie, body: { name: 'Nom propre' } });
    const post = await buildPost(app, person, thread, { body: 'Un retour du terrain' });
    const { json } = await askErasure(person, 'account');
    await isDue((json as unknown as ErasureView).id);
    await erase();
    expect(await statusOf('/api/me', person)).toBe(401);
    const seen = (await postsOf(member)).find(({ id }) => id === post.id);
    expect([seen?.body, seen?.author?.name, seen?.author?.function]).toEqual(['Un retour du terrain', 'Adjointe aux marchés', 'Adjointe aux marchés']);
    const left = await app.database.row<{ email: string; name: string }>('SELECT a.email, p.name FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = $1', [person.accountId]);
    expect(left).toEqual({ email: `erased-${person.accountId}@invalid`, name: 'Adjointe aux marchés' });
  });

  it('takes the name away by which others acted for the person, and leaves the function', async () => {
    const person = await buildMember(app, { function: 'Mairesse' });
    const delegate = await buildMember(app, { organisationId: person.organisationId });
    const { id: delegation } = await buildGiven(app, person, delegate, { styled: 'Madame Nom Propre' });
    const post = await buildPost(app, delegate, thread, { delegation });
    const { json } = await askErasure(person, 'account');
    await isDue((json as unknown as ErasureView).id);
    await erase();
    const seen = (await postsOf(member)).find(({ id }) => id === post.id);
    expect([post.author.onBehalf?.of, seen?.author?.onBehalf?.of]).toEqual(['Madame Nom Propre', expect.stringMatching(/^Mairesse, /)]);
  });

  it('of the account takes the name out of the versions and signatures of practices, whatever it was then, and leaves a namesake', async () => {
    const person = await buildMember(app, { function: 'Cheffe des marchés' });
    const namesake = await buildMember(app, { function: 'Cheffe des écoles', organisationId: person.organisationId });
    const write = async (who: Member, name: string) => {
      await app.call('PATCH', '/api/me', { cookie: who.cookie, body: { name } });
      const id = uuid();
      expect((await app.call('POST', '/api/practices', { cookie: who.cookie, body: { id, content: { title: `Une pratique de ${name}` } } })).status).toBe(201);
      return id;
    };
    const practices = [await write(person, 'Nom de jeune fille'), await write(person, 'Nom partagé'), await write(namesake, 'Nom partagé')];
    const { json } = await askErasure(person, 'account');
    await isDue((json as unknown as ErasureView).id);
    await erase();
    const left = await app.database.rows(
      `SELECT v.author_name, p.prepared_by ->> 'name' AS prepared FROM unnest($1::uuid[]) WITH ORDINALITY AS i(id, at) JOIN practice p ON p.id = i.id JOIN practice_revision v ON v.practice_id = p.id ORDER BY i.at`, [practices]);
    const [gone, kept] = ['Cheffe des marchés', 'Nom partagé'].map((name) => ({ author_name: name, prepared: name }));
    expect(left).toEqual([gone, gone, kept]);
  });

  it('of the content takes the words, their history, reactions and files, and leaves the account', async () => {
    const person = await buildMember(app);
    const file = await buildAttachment(app, person);
    const post = await buildPost(app, person, thread, { body: 'À effacer', attachments: [file.id] });
    await app.call('PATCH', `/api/posts/${post.id}`, { cookie: person.cookie, body: { body: 'À effacer aussi', version: 1 } });
    const other = await buildPost(app, member, thread, {});
    await app.call('PUT', `/api/posts/${other.id}/reactions/useful`, { cookie: person.cookie });
    const { json } = await askErasure(person, 'content');
    await isDue((json as unknown as ErasureView).id);
    const before = (await app.call('GET', '/api/events', { cookie: member.cookie })).json as unknown as { cursor: string };
    await erase();
    const seen = await postsOf(member);
    expect([seen.find(({ id }) => id === post.id)?.state, seen.find(({ id }) => id === post.id)?.body]).toEqual(['removed', '']);
    expect(await app.database.rows('SELECT 1 FROM post_revision WHERE post_id = $1 UNION SELECT 1 FROM attachment WHERE id = $2 UNION SELECT 1 FROM reaction WHERE person_id = $3', [post.id, file.id, person.personId])).toEqual([]);
    expect((await app.database.row<{ reaction_counts: number[] }>('SELECT reaction_counts FROM post WHERE id = $1', [other.id]))?.reaction_counts).toEqual([0, 0, 0, 0]);
    const facts = (await app.call('GET', `/api/events?since=${before.cursor}`, { cookie: member.cookie })).json as unknown as { items: { type: string }[] };
    expect(facts.items.map(({ type }) => type).sort()).toEqual(['post.reacted', 'post.removed']);
    expect(await statusOf('/api/me', person)).toBe(200);
  });

  it('of the account takes copies off the disk, and words and addresses out of invitations and hand-overs', async () => {
    const secretariat = await buildMember(app, { role: 'administrator' });
    const person = await buildMember(app, { function: 'Maire adjointe' });
    const next = await buildMember(app, { organisationId: person.organisationId });
    const { email } = (await app.database.row<{ email: string }>('SELECT email FROM account WHERE id = $1', [person.accountId])) ?? { email: '' };
    const handOver = uuid();
    await app.call('POST', '/api/hand-overs', { cookie: secretariat.cookie, body: { id: handOver, from: await mandateOf(app, person), to: await mandateOf(app, next) } });
    expect((await app.call('PATCH', `/api/hand-overs/${handOver}`, { cookie: person.cookie, body: { version: 1, note: 'Signé Nom propre' } })).status).toBe(200);
    // Taken back before another one was taken up.
    const earlier = uuid();
    await app.database.run(
      `INSERT INTO invitation (id, email, token_hash, language, role, organisation_id, function, note, inviter_person_id, inviter_organisation_id, inviter_function, request_hash, expires_at, revoked_at)
       VALUES ($1, $2, $3, 'fr', 'member', $4, 'Maire adjointe', 'Bienvenue', $5, $4, 'Maire', $3, now(), now())`, [earlier, email, Buffer.from(earlier), person.organisationId, next.personId]);
    const id = ((await askExport(person)).json as unknown as DataExportView).id;
    await makeExports();
    const key = (await app.database.row<{ storage_key: string }>('SELECT storage_key FROM data_export WHERE id = $1', [id]))?.storage_key ?? '';
    const path = join(app.dataDir, 'exports', key);
    expect(existsSync(path)).toBe(true);
    const { json } = await askErasure(person, 'account');
    await isDue((json as unknown as ErasureView).id);
    await erase();
    expect(existsSync(path)).toBe(false);
    expect(await app.database.rows('SELECT state FROM data_export WHERE id = $1 UNION ALL SELECT note FROM hand_over WHERE id = $2', [id, handOver])).toEqual([{ state: 'expired' }, { state: '' }]);
    expect(await app.database.rows('SELECT email, note FROM invitation WHERE id = $1', [earlier])).toEqual([{ email: `erased-${earlier}@invalid`, note: '' }]);
    expect(await app.database.rows('SELECT 1 FROM mail_waiting WHERE recipient = $1', [email])).toEqual([]);
  });

  it('of the content takes the title that the author gave, also where another thread names it, and leaves one of moderation', async () => {
    const person = await buildMember(app);
    const moderator = await buildMember(app, { role: 'moderator' });
    const [named, merged, retitled] = [await buildThread(app, person, space, { title: 'Un premier titre de moi' }), await buildThread(app, person, space, { title: 'Un deuxième titre de moi' }), await buildThread(app, person, space, { title: 'Un titre ancien de moi' })];
    await app.call('POST', `/api/threads/${merged.id}/merge`, { cookie: moderator.cookie, body: { id: uuid(), into: thread, reason: 'Le même sujet' } });
    await app.call('PATCH', `/api/threads/${retitled.id}`, { cookie: moderator.cookie, body: { version: 1, title: 'Un titre du réseau' } });
    const { json } = await askErasure(person, 'content');
    await isDue((json as unknown as ErasureView).id);
    await erase();
    const titles = await app.database.rows<{ title: string; own_title: string | null }>('SELECT title, own_title FROM thread WHERE author_person_id = $1 ORDER BY created_at', [person.personId]);
    expect(titles).toEqual(['…', '…', 'Un titre du réseau'].map((title) => ({ title, own_title: null })));
    const lines = (await postsOf(member)).flatMap((post) => (post.event?.type === 'merged' ? [post.event.params['title']] : []));
    expect(lines).toEqual(['…']);
    expect((await app.call('GET', `/api/threads/${named.id}`, { cookie: member.cookie })).json).toMatchObject({ title: '…' });
  });

  it('is refused to the last administrator', async () => {
    await app.database.run(`UPDATE account SET disabled_at = now() WHERE role = 'administrator'`);
    const secretariat = await buildMember(app, { role: 'administrator' });
    expect((await askErasure(secretariat, 'account')).json.code).toBe('not-possible-now');
    await buildMember(app, { role: 'administrator' });
    expect((await askErasure(secretariat, 'account')).status).toBe(201);
  });

  it('leaves somebody who administers, whoever has asked', async () => {
    await app.database.run(`UPDATE account SET disabled_at = now() WHERE role = 'administrator'`);
    const [one, other] = [await buildMember(app, { role: 'administrator' }), await buildMember(app, { role: 'administrator' })];
    expect((await askErasure(one, 'account')).status).toBe(201);
    expect((await askErasure(other, 'both')).json.code).toBe('not-possible-now');
    // As if both had asked at the same moment.
    await app.database.run(`INSERT INTO erasure (id, account_id, kind, due_at) VALUES ($1, $2, 'both', now() - interval '1 minute')`, [uuid(), other.accountId]);
    await app.database.run(`UPDATE erasure SET due_at = now() - interval '2 minutes' WHERE account_id = $1`, [one.accountId]);
    await erase();
    expect([await isErased(one), await isErased(other)]).toEqual([true, false]);
    await buildMember(app, { role: 'administrator' });
    await erase();
    expect(await isErased(other)).toBe(true);
  });

  it('that fails leaves the others theirs, and is tried again', async () => {
    const people = [await buildMember(app), await buildMember(app), await buildMember(app)] as const;
    const [failing, later, ended] = people;
    for (const [at, who] of [failing, later].entries()) {
      const { json } = await askErasure(who, 'account');
      await app.database.run('UPDATE erasure SET due_at = now() - make_interval(days => $2) WHERE id = $1', [(json as unknown as ErasureView).id, 2 - at]);
    }
    await asOwner(app.databaseUrl, `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;
      CREATE TRIGGER refuse BEFORE UPDATE ON account FOR EACH ROW WHEN (OLD.id = '${failing.accountId}' AND NEW.erased_at IS NOT NULL) EXECUTE FUNCTION refuse()`);
    await erase();
    expect([await isErased(failing), await isErased(later)]).toEqual([false, true]);
    await app.database.run('UPDATE mandate SET valid_to = current_date - CASE person_id WHEN $1 THEN 400 ELSE 390 END WHERE person_id IN ($1, $2)', [failing.personId, ended.personId]);
    await app.app.get(Retention).sweep();
    expect([await isErased(failing), await isErased(ended)]).toEqual([false, true]);
    await asOwner(app.databaseUrl, 'DROP TRIGGER refuse ON account; DROP FUNCTION refuse');
    await erase();
    expect(await isErased(failing)).toBe(true);
  });
});
