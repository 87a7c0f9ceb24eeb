import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProjectsBoard, ProjectsPage } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { loadReference } from '../src/demo/index.js';
import { buildCity, buildMember, type Member } from './builders/forum.js';
import { advance, aProject, buildProject, buildThemeSpace, join, post, slugOf, statementsOf } from './builders/projects.js';
import { TestApp } from './support/app.js';

let app: TestApp;
let lead: Member, partner: Member, stranger: Member, moderator: Member;

beforeAll(async () => {
  app = await TestApp.start();
  await loadReference(app.database);
  await buildThemeSpace(app, 'developpement-economique');
  lead = await buildMember(app);
  partner = await buildMember(app, { organisationId: await buildCity(app, { country: 'MA' }) });
  stranger = await buildMember(app);
  moderator = await buildMember(app, { role: 'moderator' });
});
afterAll(() => app.stop());

const get = (who: Member, path: string) => app.call('GET', path, { cookie: who.cookie });
const write = (ref: string) => post(app, lead, `/api/projects/${ref}/updates`, { id: uuid(), body: 'La dalle est coulée.' });
const list = async (query: string) => (await get(stranger, `/api/projects?${query}`)).json as unknown as ProjectsPage;

describe('lists of projects', () => {
  it('filter by theme, country, city, stage and what is sought, with counts, and group by stage', async () => {
    const town = await buildMember(app, { organisationId: await buildCity(app, { country: 'VU' }) });
    const [one, two] = [await buildProject(app, town), await buildProject(app, town, aProject({ theme: 'mobilite', sought: [{ kind: 'funding' }, { kind: 'visit' }] }))];
    await advance(app, town, one, 'prepare');
    const refs = async (query: string) => (await list(`country=VU&${query}`)).items.map((item) => item.ref);
    expect([await refs(''), await refs('theme=mobilite'), await refs('stage=preparation'), await refs('sought=visit,partner')]).toEqual([[one.ref, two.ref], [two.ref], [one.ref], [two.ref]]);
    const { total, facets } = await list('country=VU&stage=idea');
    expect([total, facets.stage.map((value) => [value.value, value.count]), facets.theme.map((value) => value.value), facets.sought.map((value) => value.value)]).toEqual([1, [['idea', 1], ['preparation', 1]], ['mobilite'], ['visit', 'funding']]);
    await join(app, partner, two.ref);
    const slug = await slugOf(app, partner.organisationId);
    expect([(await list(`organisation=${slug}&theme=mobilite`)).items.map((item) => item.ref), (await list('country=MA&theme=mobilite')).total]).toEqual([[two.ref], 1]);
    const { columns } = (await get(stranger, '/api/projects/board?country=VU')).json as unknown as ProjectsBoard;
    expect(columns.map((column) => [column.stage, column.count, column.items.length])).toEqual([['idea', 1, 1], ['preparation', 1, 1], ['funded', 0, 0], ['running', 0, 0], ['finished', 0, 0], ['stopped', 0, 0]]);
  });

  it('go on where the page ended', async () => {
    for (let count = 0; count < 5; count++) await buildProject(app, lead);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: ProjectsPage = await list(`limit=3&sort=title${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map((item) => item.ref));
      cursor = page.nextCursor;
    }
    expect(seen.length).toBe((await list('')).total);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('take as many statements for many projects as for few', async () => {
    const project = await buildProject(app, lead);
    const paths = ['/api/projects?limit=100', '/api/projects/board', `/api/projects/${project.ref}`];
    const counts = async () => [await statementsOf(app, stranger, paths[0] ?? ''), await statementsOf(app, stranger, paths[1] ?? ''), await statementsOf(app, stranger, paths[2] ?? '')];
    const before = await counts();
    await Promise.all([join(app, partner, project.ref), join(app, moderator, project.ref), buildProject(app, partner), buildProject(app, partner), write(project.ref), write(project.ref)]);
    expect([await counts(), before]).toEqual([before, [2, 1, 9]]);
  });
});
