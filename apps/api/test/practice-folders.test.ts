import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FOLDER_ENTRIES_MAX, type PracticeFolderPage, type PracticeFolderView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { signIn, startWithDemonstration } from './builders/demonstration.js';
import type { TestApp } from './support/app.js';

let app: TestApp;
let mine: string;
let other: string;
beforeAll(async () => {
  app = await startWithDemonstration();
  [mine, other] = [await signIn(app, 'maire@dakar.demo'), await signIn(app, 'technique@bangangte.demo')];
});
afterAll(() => app.stop());

const call = (method: string, path = '', body?: unknown, cookie = mine) => app.call(method, `/api/practice-folders${path}`, { cookie, ...(body !== undefined && { body }) });
const build = async (name = 'Marchés') => (await call('PUT', '', { id: uuid(), name })).json as unknown as PracticeFolderView;

describe('a folder of practices', () => {
  it('is made, renamed, filled and emptied, each as often as it is sent', async () => {
    const folder = await build();
    expect((await call('PUT', '', { id: folder.id, name: 'Marchés et déchets' })).json).toMatchObject({ name: 'Marchés et déchets', refs: [] });
    for (const ref of ['demo-08', 'demo-02', 'demo-08']) expect((await call('PUT', `/${folder.id}/practices/${ref}`)).status).toBe(200);
    const page = (await call('GET', `/${folder.id}`)).json as unknown as PracticeFolderPage;
    expect(page.practices.map((practice) => practice.ref).sort()).toEqual(['demo-02', 'demo-08']);
    for (let turn = 0; turn < 2; turn++) expect((await call('DELETE', `/${folder.id}/practices/demo-08`)).json).toMatchObject({ refs: ['demo-02'] });
    expect([(await call('DELETE', `/${folder.id}`)).status, (await call('GET', `/${folder.id}`)).status]).toEqual([204, 404]);
  });

  it('belongs to one account', async () => {
    const folder = await build();
    const tries = [
      await call('GET', `/${folder.id}`, undefined, other), await call('PUT', '', { id: folder.id, name: 'Pris' }, other),
      await call('PUT', `/${folder.id}/practices/demo-02`, undefined, other), await call('DELETE', `/${folder.id}`, undefined, other),
    ];
    expect(tries.map((answer) => answer.status)).toEqual([404, 409, 404, 204]);
    expect((await call('GET', `/${folder.id}`)).json).toMatchObject({ name: 'Marchés' });
  });

  it('shows no practice that its owner may no longer read', async () => {
    const folder = await build();
    await call('PUT', `/${folder.id}/practices/demo-17`);
    await app.database.run(`UPDATE practice SET state = 'withdrawn' WHERE ref = 'demo-17'`);
    expect((await call('GET', `/${folder.id}`)).json).toMatchObject({ refs: [], practices: [] });
    await app.database.run(`UPDATE practice SET state = 'public' WHERE ref = 'demo-17'`);
  });

  it('is bounded in number', async () => {
    await app.database.run(`INSERT INTO practice_folder (id, account_id, name) SELECT gen_random_uuid(), a.id, 'Dossier' FROM account a, generate_series(1, 50) WHERE a.email = 'mairesse@montreal.demo'`);
    const answer = await call('PUT', '', { id: uuid(), name: 'Un de trop' }, await signIn(app, 'mairesse@montreal.demo'));
    expect([answer.status, answer.json.code]).toEqual([409, 'quota-exceeded']);
  });

  it('takes the last practice that fits as often as it is sent, and none beyond', async () => {
    const folder = { id: uuid(), name: 'Plein' };
    await call('PUT', '', folder);
    await app.database.run(
      `INSERT INTO practice (id, ref, city_name, country, title, summary, language, concepts, content, state)
       SELECT gen_random_uuid(), 'pleine-' || n, 'Ville', 'SN', 'Une fiche', '', 'fr', '{}', '{}', 'published' FROM generate_series(1, ${FOLDER_ENTRIES_MAX + 1}) n`);
    await app.database.run(`INSERT INTO practice_folder_entry (folder_id, practice_id) SELECT $1, id FROM practice WHERE ref LIKE 'pleine-%' AND ref NOT IN ('pleine-1', 'pleine-2')`, [folder.id]);
    const place = async (ref: string) => (await call('PUT', `/${folder.id}/practices/${ref}`)).status;
    expect([await place('pleine-1'), await place('pleine-1'), await place('pleine-2')]).toEqual([200, 200, 409]);
    await app.database.run(`DELETE FROM practice WHERE ref LIKE 'pleine-%'`);
  });
});
