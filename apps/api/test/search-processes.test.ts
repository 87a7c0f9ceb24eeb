import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PostView } from '@passerelle/contract';
import pg from 'pg';
import { v7 as uuid } from 'uuid';
import { ErasureService } from '../src/privacy/index.js';
import { LiveIndex } from '../src/search/index.js';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { find, indexed, soon } from './builders/search.js';
import { TestApp, until } from './support/app.js';
import { asOwner } from './support/postgres.js';

const ADMIN = fileURLToPath(new URL('../dist/admin.js', import.meta.url));

let app: TestApp;
let author: Member;
let reader: Member;
let space: Space;

beforeAll(async () => {
  app = await TestApp.start();
  [author, reader, space] = [await buildMember(app), await buildMember(app), await buildSpace(app)];
  const thread = await buildThread(app, author, space, { title: 'Le lavoir du quartier', body: 'Un lavoir rénové.' });
  for (let n = 0; n < 5; n += 1) await buildPost(app, author, thread.id, { body: `Le lavoir, suite ${n}.` });
  await indexed(app);
});
afterAll(() => app.stop());

const reindex = () => promisify(execFile)(process.execPath, [ADMIN, 'reindex'], { env: { ...process.env, DATABASE_URL: app.databaseUrl } });
const indexOf = async (server: TestApp) => (await server.app.get(LiveIndex).ready()).index;

/** Holds a table that building the index must read. @returns what lets go of it. */
async function hold(table: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
  await client.query('BEGIN');
  await client.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  return async () => {
    await client.query('ROLLBACK');
    await client.end();
  };
}

describe('two processes', () => {
  let second: TestApp;
  beforeAll(async () => {
    second = await TestApp.start({}, app.databaseUrl);
    await indexed(second);
  });
  afterAll(() => second.stop());

  it('find within two seconds what was written through the other', async () => {
    const thread = await buildThread(app, author, space, { title: 'Un fil d’ailleurs', body: 'Le mot tamanoiresque.' });
    await buildPost(second, reader, thread.id, { body: 'Encore tamanoiresque.' });
    await Promise.all([soon(app, reader, 'tamanoiresque', 2), soon(second, reader, 'tamanoiresque', 2)]);
  });

  it('no longer find at once what was removed through the other', async () => {
    const thread = await buildThread(app, author, space);
    const post = await buildPost(app, author, thread.id, { body: 'Le mot ornithorynquement.' });
    await soon(second, reader, 'ornithorynquement', 1);
    const removed = await app.call('DELETE', `/api/posts/${post.id}?version=1`, { cookie: author.cookie });
    expect([removed.status, (await find(second, reader, 'ornithorynquement')).total]).toEqual([200, 0]);
  });

  it('no longer find by a name what was signed with it, once it is erased through the other', async () => {
    const person = await buildMember(app, { function: 'Directrice' });
    await app.call('PATCH', '/api/me', { cookie: person.cookie, body: { name: 'Zulbéria Quontrax' } });
    const thread = await buildThread(app, person, space, { title: 'Le pavage des ruelles', body: 'Un pavage sobre.' });
    await buildPost(app, person, thread.id, { body: 'Le pavage, suite.' });
    await soon(second, reader, 'auteur:quontrax pavage', 2);
    await app.database.run(`INSERT INTO erasure (id, account_id, kind, due_at) VALUES ($1, $2, 'account', now())`, [uuid(), person.accountId]);
    await app.app.get(ErasureService).work();
    const totals = await Promise.all([app, second].flatMap((server) => ['auteur:quontrax pavage', 'auteur:directrice pavage'].map(async (q) => (await find(server, reader, q)).total)));
    expect(totals).toEqual([0, 2, 0, 2]);
  });

  it('both build their index anew when the operator asks for it, and answer meanwhile', async () => {
    const before = [await indexOf(app), await indexOf(second)];
    let isDone = false;
    const searching = (async () => {
      const totals = new Set<number>();
      while (!isDone) for (const server of [app, second]) totals.add((await find(server, reader, 'lavoir')).total);
      return totals;
    })();
    const { stdout } = await reindex();
    await until(async () => (await indexOf(app)) !== before[0] && (await indexOf(second)) !== before[1], 'both new indexes');
    isDone = true;
    expect([stdout, await searching]).toEqual([expect.stringContaining('anew'), new Set([6])]);
  });
});

describe('while an index is being built anew', () => {
  it('what is written, edited and removed is found as always', async () => {
    const thread = await buildThread(app, author, space);
    const old = await buildPost(app, author, thread.id, { body: 'Un mot quokkaesque.' });
    await indexed(app);
    const before = await indexOf(app);
    const letGo = await hold('need');
    const building = app.app.get(LiveIndex).rebuild();
    try {
      const post = await buildPost(app, author, thread.id, { body: 'Un mot numbatesque.' });
      await soon(app, reader, 'numbatesque', 1);
      const edited = await app.call('PATCH', `/api/posts/${post.id}`, { cookie: author.cookie, body: { body: 'Un mot biloesque.', version: 1 } });
      await soon(app, reader, 'biloesque', 1);
      await app.call('DELETE', `/api/posts/${old.id}?version=1`, { cookie: author.cookie });
      expect([(edited.json as unknown as PostView).version, (await find(app, reader, 'quokkaesque')).total, await indexOf(app)]).toEqual([2, 0, before]);
    } finally {
      await letGo();
    }
    await building;
    expect(await indexOf(app)).not.toBe(before);
    const totals = await Promise.all(['numbatesque', 'biloesque', 'quokkaesque'].map(async (word) => (await soon(app, reader, word, word === 'biloesque' ? 1 : 0)).total));
    expect(totals).toEqual([0, 1, 0]);
  });
});

describe('a start', () => {
  it('finds everything that was there', async () => {
    const before = await find(app, reader, 'lavoir');
    const again = await TestApp.start({}, app.databaseUrl);
    try {
      expect(await find(again, reader, 'lavoir')).toEqual(before);
    } finally {
      await again.stop();
    }
  });

  it('answers that search is not ready yet rather than that there is nothing', async () => {
    const letGo = await hold('need');
    const starting = await TestApp.start({}, app.databaseUrl);
    try {
      const early = await starting.call('GET', '/api/search?q=lavoir', { cookie: reader.cookie });
      expect([early.status, early.json.code]).toEqual([503, 'unavailable']);
      await letGo();
      await until(async () => (await starting.call('GET', '/api/search?q=lavoir', { cookie: reader.cookie })).status === 200, 'the index');
      expect((await find(starting, reader, 'lavoir')).total).toBe(6);
    } finally {
      await starting.stop();
    }
  });

  it('tries again when the index could not be built', async () => {
    await asOwner(app.databaseUrl, 'ALTER TABLE need RENAME TO need_elsewhere');
    const starting = await TestApp.start({}, app.databaseUrl);
    try {
      const early = await starting.call('GET', '/api/search?q=lavoir', { cookie: reader.cookie });
      expect(early.status).toBe(503);
      await asOwner(app.databaseUrl, 'ALTER TABLE need_elsewhere RENAME TO need');
      await until(async () => (await starting.call('GET', '/api/search?q=lavoir', { cookie: reader.cookie })).status === 200, 'the index');
    } finally {
      await starting.stop();
    }
  });
});
