import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrganisationView, PracticesPage, PracticeView, ProjectView } from '@passerelle/contract';
import { loadReference } from '../src/demo/index.js';
import { buildCity, buildMember, type Member } from './builders/forum.js';
import { act, aFullEntry, buildDraft, buildPicture, go } from './builders/practices.js';
import { buildProject, slugOf } from './builders/projects.js';
import { TestApp } from './support/app.js';

let app: TestApp;
let author: Member, moderator: Member, partner: Member, guest: Member, partnerSlug: string;

beforeAll(async () => {
  app = await TestApp.start();
  await loadReference(app.database);
  author = await buildMember(app);
  partner = await buildMember(app, { organisationId: await buildCity(app, { country: 'MA' }) });
  moderator = await buildMember(app, { role: 'moderator', organisationId: await buildCity(app, { country: 'FR' }) });
  guest = await buildMember(app, { role: 'guest' });
  partnerSlug = await slugOf(app, partner.organisationId);
});
afterAll(() => app.stop());

const entry = async (changes = {}) => aFullEntry(await buildPicture(app, author), changes);
const publish = async (changes = {}) => go(app, await buildDraft(app, author, await entry(changes)), [author, 'submit'], [moderator, 'take'], [moderator, 'publish']);
const read = async <T>(who: Member, path: string) => (await app.call('GET', path, { cookie: who.cookie })).json as unknown as T;

describe('a practice that several cities hold', () => {
  it('names them, stands on the page of each and is counted there', async () => {
    const practice = await publish({ coHolders: [partnerSlug] });
    const view = await read<PracticeView>(author, `/api/practices/${practice.ref}`);
    expect(view.coHolders).toMatchObject([{ slug: partnerSlug, country: 'MA' }]);
    const city = await read<OrganisationView>(author, `/api/organisations/${partnerSlug}`);
    expect([city.practiceCount, city.practices.map(({ ref }) => ref)]).toEqual([1, [practice.ref]]);
    const list = await read<PracticesPage>(author, `/api/practices?organisation=${partnerSlug}`);
    expect([list.total, list.items.map(({ ref }) => ref)]).toEqual([1, [practice.ref]]);
  });

  it('is written by its own city alone', async () => {
    const practice = await publish({ coHolders: [partnerSlug] });
    const edit = await app.call('PATCH', `/api/practices/${practice.ref}`, { cookie: partner.cookie, body: { version: practice.version, content: practice.content } });
    expect([edit.status, (await act(app, partner, practice, 'archive')).status]).toEqual([403, 403]);
  });

  it('is not judged by somebody of the country of one of them', async () => {
    const expert = async (country: string) => {
      const who = await buildMember(app, { organisationId: await buildCity(app, { country }) });
      await app.database.run(`INSERT INTO expertise (person_id, theme_id) VALUES ($1, 'dechets-proprete')`, [who.personId]);
      return who;
    };
    const [near, far] = [await expert('MA'), await expert('BE')];
    const practice = await publish({ coHolders: [partnerSlug] });
    const ask = (who: Member) => act(app, moderator, practice, 'send-to-experts', { experts: [who.accountId] });
    expect([(await ask(near)).json.code, (await ask(far)).status]).toEqual(['own-country', 200]);
  });

  it('is refused with a city that there is not', async () => {
    const draft = await buildDraft(app, author);
    const { json } = await app.call('PATCH', `/api/practices/${draft.ref}`, { cookie: author.cookie, body: { version: draft.version, content: { ...draft.content, coHolders: ['nulle-part'] } } });
    expect(json.errors).toMatchObject([{ path: 'content.coHolders', message: 'not_found' }]);
  });
});

describe('a practice that came from a project', () => {
  it('leads to it for members, not for guests, and the project leads back', async () => {
    const project = await buildProject(app, author);
    const practice = await publish({ linkedProject: project.ref });
    await go(app, practice, [author, 'open-to-public', { consentBy: { name: 'Maire', function: 'Maire' } }]).catch(() => practice);
    expect((await read<PracticeView>(partner, `/api/practices/${practice.ref}`)).linkedProject).toEqual({ ref: project.ref, title: project.title });
    await app.database.run(`UPDATE practice SET consent = '{}' WHERE id = $1`, [practice.id]);
    const seen = await read<PracticeView>(guest, `/api/practices/${practice.ref}`);
    expect([seen.ref, seen.linkedProject, seen.content.linkedProject]).toEqual([practice.ref, null, null]);
    expect((await read<ProjectView>(partner, `/api/projects/${project.ref}`)).practices).toEqual([{ ref: practice.ref, title: practice.title }]);
  });

  it('is refused with a project of another city', async () => {
    const project = await buildProject(app, partner);
    const { json } = await app.call('POST', '/api/practices', { cookie: author.cookie, body: { id: crypto.randomUUID(), content: await entry({ linkedProject: project.ref }) } });
    expect(json.errors).toMatchObject([{ path: 'content.linkedProject', message: 'not_found' }]);
  });
});

describe('a practice that nobody has confirmed for a year', () => {
  it('reminds its city, which may confirm it at any time without moving it', async () => {
    const practice = await publish();
    const kinds = async () => (await read<{ items: { kind: string; ref: string }[] }>(author, '/api/practice-tasks')).items.filter(({ ref }) => ref === practice.ref).map(({ kind }) => kind);
    expect(await kinds()).toEqual([]);
    await app.database.run(`UPDATE practice SET confirmed_on = now() - interval '13 months' WHERE id = $1`, [practice.id]);
    expect(await kinds()).toEqual(['confirm']);
    expect((await act(app, author, practice, 'confirm')).json).toMatchObject({ version: practice.version + 1, standing: { state: 'published' } });
    expect(await kinds()).toEqual([]);
  });
});
