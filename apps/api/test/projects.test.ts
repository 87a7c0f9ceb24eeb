import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PracticeContent, practiceGaps, projectGaps, type ProjectsPage, type ProjectUpdatesPage, type ProjectView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { loadReference } from '../src/demo/index.js';
import { SessionStore } from '../src/platform/index.js';
import { practiceFromProject } from '../src/projects/practice-draft.js';
import { read, signIn, startWithDemonstration } from './builders/demonstration.js';
import { buildCity, buildMember, type Member, type Space } from './builders/forum.js';
import { buildDelegation, buildPicture } from './builders/practices.js';
import { actOnProject, advance, aProject, buildProject, buildThemeSpace, join, post } from './builders/projects.js';
import { endMandate } from './builders/relay.js';
import { buildAttachment } from './builders/uploads.js';
import { buildModerators } from './builders/moderation.js';
import { buildRule, deactivate, heldCase } from './builders/watch.js';
import { TestApp, until } from './support/app.js';

let app: TestApp;
let lead: Member, cabinet: Member, partner: Member, stranger: Member, moderator: Member, guest: Member;
const asked = ['calendar.end', 'calendar.milestones.0.due', 'currency', 'plan'];

beforeAll(async () => {
  app = await TestApp.start();
  await loadReference(app.database);
  await buildThemeSpace(app, 'developpement-economique');
  lead = await buildMember(app, { function: 'Maire' });
  cabinet = await buildMember(app, { organisationId: lead.organisationId, function: 'Cabinet' });
  await buildDelegation(app, lead, cabinet);
  partner = await buildMember(app, { organisationId: await buildCity(app, { country: 'MA' }) });
  stranger = await buildMember(app);
  moderator = await buildMember(app, { role: 'moderator' });
  guest = await buildMember(app, { role: 'guest' });
});
afterAll(() => app.stop());

const get = (who: Member, path: string) => app.call('GET', path, { cookie: who.cookie });
const view = async (who: Member, ref: string) => (await get(who, `/api/projects/${ref}`)).json as unknown as ProjectView;
const edit = (who: Member, project: Pick<ProjectView, 'ref' | 'version'>, content: unknown) => app.call('PATCH', `/api/projects/${project.ref}`, { cookie: who.cookie, body: { version: project.version, content } });
const write = (who: Member, ref: string, body = 'La dalle est coulée.', id: string = uuid()) => post(app, who, `/api/projects/${ref}/updates`, { id, body });
const leave = (who: Member, ref: string) => app.call('DELETE', `/api/projects/${ref}/membership`, { cookie: who.cookie });

describe('a new project', () => {
  it('is an idea of the creator’s city, with its thread in the open space of its theme', async () => {
    const project = await buildProject(app, lead);
    expect(project).toMatchObject({ stage: 'idea', version: 1, citiesShare: 2_000, money: { budget: 80_000, funded: 80_000, secured: 16_000, balanced: true }, following: true });
    const thread = (await get(stranger, `/api/threads/${project.thread?.id}`)).json as unknown as Record<string, unknown>;
    expect(thread).toMatchObject({ kind: 'project', title: project.title, theme: 'developpement-economique', postCount: 1, project: { ref: project.ref, title: project.title }, practice: null });
  });

  it('is not started with words that a rule would hold in its thread; where the rule only queues, moderation is told', async () => {
    const space = await app.database.row<Space & Record<string, unknown>>(`SELECT id, slug FROM space WHERE slug = 'developpement-economique'`);
    const [first] = await buildModerators(app);
    const content = aProject({ problem: 'Une remise, enfin.' });
    const create = (id: string) => post(app, stranger, '/api/projects', { id, content });
    const rule = await buildRule(app, first, space ?? null, { definition: { kind: 'words', terms: ['remise'] } });
    const id = uuid();
    expect((await create(id)).json).toMatchObject({ code: 'reconsider', params: { rules: [{ words: ['remise'] }] } });
    expect(await app.database.rows('SELECT 1 FROM project WHERE id = $1', [id])).toEqual([]);
    await deactivate(app, first, rule);
    const queues = await buildRule(app, first, space ?? null, { action: 'queue', definition: { kind: 'words', terms: ['remise'] } });
    expect([(await create(id)).status, (await create(id)).status]).toEqual([201, 200]);
    const opening = await app.database.row<{ id: string }>('SELECT p.id FROM post p JOIN thread t ON t.id = p.thread_id WHERE t.project_id = $1', [id]);
    expect((await heldCase(app, first, opening?.id ?? '')).found).toMatchObject([{ words: ['remise'] }]);
    await deactivate(app, first, queues);
  });

  it('may be sent again, also twice at once, and its id is not given to other words', async () => {
    const body = { id: uuid(), content: aProject() };
    const answers = await Promise.all([post(app, lead, '/api/projects', body), post(app, lead, '/api/projects', body)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 201]);
    const [first, second] = answers.map((answer) => answer.json as unknown as ProjectView);
    expect(first?.thread?.id).toBe(second?.thread?.id);
    // Whoever never heard that it was made is told where it is; others are not.
    expect((await post(app, lead, '/api/projects', { ...body, content: aProject({ problem: 'Autre chose' }) })).json).toMatchObject({ code: 'id-reused', params: { ref: first?.ref, version: 1 } });
    expect((await post(app, stranger, '/api/projects', body)).json).toMatchObject({ code: 'id-reused', params: {} });
  });

  it('says where dates, sums and currency do not fit', async () => {
    const content = aProject({ calendar: { start: '2026', end: '2025-12', milestones: [{ id: uuid(), title: 'Étude', due: '2024' }] }, currency: 'XYZ', plan: [{ source: 'Ville', kind: 'city', amount: 81_000 }] });
    const answer = await post(app, lead, '/api/projects', { id: uuid(), content });
    expect([answer.status, answer.json.code, answer.json.errors?.map((error) => error.path)]).toEqual([400, 'entry-incomplete', asked.map((path) => `content.${path}`)]);
    const day = await post(app, lead, '/api/projects', { id: uuid(), content: { ...aProject(), calendar: { start: '2026-02-30', end: null, milestones: [] } } });
    expect([day.json.code, day.json.errors?.[0]?.path]).toEqual(['invalid-input', 'content.calendar.start']);
  });

  it('needs a title, a theme, a concept and a problem, all of which the thesaurus knows', async () => {
    const create = (changes: Record<string, unknown>) => post(app, lead, '/api/projects', { id: uuid(), content: aProject(changes) });
    expect((await create({ title: '', theme: null, concepts: [], problem: '' })).json.errors?.map((error) => error.path)).toEqual(['content.title', 'content.theme', 'content.concepts', 'content.problem']);
    expect((await create({ concepts: ['inconnu'] })).json.errors?.[0]?.path).toBe('content.concepts');
    expect((await create({ theme: 'inconnu' })).json.errors?.[0]?.path).toBe('content.theme');
  });

  it('takes its own documents and nobody else’s', async () => {
    const own = await buildPicture(app, lead);
    const project = await buildProject(app, lead, aProject({ documents: [{ attachment: own, title: 'Le plan' }] }));
    expect(project.files).toEqual([{ id: own, name: 'marche.webp', type: 'image/webp', bytes: 10 }]);
    const foreign = aProject({ documents: [{ attachment: own }, { attachment: await buildPicture(app, stranger) }] });
    expect((await edit(lead, project, foreign)).json.errors?.[0]?.path).toBe('content.documents.1.attachment');
  });

  it('gives its documents to members, not to guests, and to nobody once they are taken off the sheet', async () => {
    const { id: plan } = await buildAttachment(app, lead);
    const open = async (who: Member) => (await get(who, `/api/attachments/${plan}`)).status;
    expect([await open(lead), await open(stranger)]).toEqual([200, 404]);
    const project = await buildProject(app, lead, aProject({ documents: [{ attachment: plan, title: 'Le plan' }] }));
    expect([await open(cabinet), await open(stranger), await open(guest)]).toEqual([200, 200, 404]);
    const edited = await edit(lead, project, aProject({ documents: [] }));
    expect([edited.status, (await view(stranger, project.ref)).files, await open(stranger)]).toEqual([200, [], 404]);
    const restored = await edit(cabinet, { ref: project.ref, version: 2 }, project.content);
    expect([restored.status, await open(stranger)]).toEqual([200, 200]);
  });
});

describe('two editors at once', () => {
  it('lose nothing: the second is told the version that is stored, and the same words again are done', async () => {
    const project = await buildProject(app, lead);
    const [mine, theirs] = [aProject({ ...project.content, problem: 'Premier' }), aProject({ ...project.content, problem: 'Second' })];
    const answers = await Promise.all([edit(lead, project, mine), edit(cabinet, project, theirs)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    expect(answers.find((answer) => answer.status === 409)?.json).toMatchObject({ code: 'stale-version', params: { current: 2 } });
    const stored = await view(lead, project.ref);
    expect((await edit(lead, project, stored.content)).status).toBe(200);
    expect((await view(lead, project.ref)).version).toBe(2);
  });
});

describe('the stages', () => {
  it('are walked by those who sign for the lead city, each with what it needs, and written down', async () => {
    const project = await buildProject(app, lead, aProject({ budget: [], plan: [], calendar: { start: '2026' } }));
    expect((await actOnProject(app, cabinet, project, 'prepare')).status).toBe(200);
    const prepared = await view(lead, project.ref);
    expect((await actOnProject(app, lead, prepared, 'fund')).json.errors?.map((error) => error.path)).toEqual(['content.budget', 'content.plan']);
    const short = (await edit(lead, prepared, aProject({ plan: [{ source: 'Ville', kind: 'city', amount: 70_000 }] }))).json as unknown as ProjectView;
    expect((await actOnProject(app, lead, short, 'fund')).json.errors).toEqual([{ path: 'content.plan', message: 'unbalanced' }]);
    const whole = (await edit(lead, short, aProject())).json as unknown as ProjectView;
    expect((await actOnProject(app, cabinet, whole, 'fund')).json.code).toBe('mandate-required');
    const end = await advance(app, lead, whole, 'fund', 'start', 'finish');
    expect([end.stage, end.history.map((step) => step.action), end.abilities.edit]).toEqual(['finished', ['finish', 'start', 'fund', 'prepare'], false]);
  });

  it('keep what they were given: a funded sheet stays balanced', async () => {
    const project = await advance(app, lead, await buildProject(app, lead), 'prepare', 'fund');
    expect((await edit(lead, project, aProject({ plan: [] }))).json.errors?.[0]?.path).toBe('content.plan');
  });

  it('stop with a reason, also by moderation, and are taken up again where they were', async () => {
    const project = await advance(app, lead, await buildProject(app, lead), 'prepare');
    expect((await actOnProject(app, moderator, project, 'stop')).json.errors?.[0]?.path).toBe('reason');
    expect((await actOnProject(app, moderator, project, 'stop', 'Hors du champ du réseau.')).status).toBe(200);
    const stopped = await view(lead, project.ref);
    expect([stopped.stage, stopped.history[0]?.reason]).toEqual(['stopped', 'Hors du champ du réseau.']);
    expect((await actOnProject(app, moderator, stopped, 'resume')).status).toBe(403);
    expect((await advance(app, lead, stopped, 'resume')).stage).toBe('preparation');
  });

  it('answer a repeated step as done, and refuse an old version and a step from elsewhere', async () => {
    const project = await buildProject(app, lead);
    const answers = [await actOnProject(app, lead, project, 'prepare'), await actOnProject(app, lead, project, 'prepare'), await actOnProject(app, lead, project, 'rethink'), await actOnProject(app, lead, project, 'start')];
    expect(answers.map((answer) => answer.json.code ?? answer.status)).toEqual([200, 200, 'stale-version', 'not-possible-now']);
  });
});

describe('other cities', () => {
  it('join once, whoever of their people asks and however often, write in the journal, and leave', async () => {
    const project = await buildProject(app, lead);
    const colleague = await buildMember(app, { organisationId: partner.organisationId });
    expect((await write(partner, project.ref)).status).toBe(403);
    const answers = await Promise.all([join(app, partner, project.ref), join(app, colleague, project.ref), join(app, partner, project.ref)]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    expect((await view(stranger, project.ref)).cities.map((city) => [city.lead, city.leftAt])).toEqual([[true, null], [false, null]]);
    expect([(await write(colleague, project.ref)).status, (await edit(partner, project, aProject())).status]).toEqual([201, 403]);
    expect([(await leave(partner, project.ref)).status, (await leave(colleague, project.ref)).status, (await leave(lead, project.ref)).status]).toEqual([200, 200, 403]);
    const after = await view(partner, project.ref);
    expect([after.joined, after.cities[1]?.leftAt === null, after.abilities.join]).toEqual([[], false, true]);
  });

  it('are joined by somebody with a mandate, and not when the project is over', async () => {
    const principal = await buildMember(app, { function: 'Maire' });
    const preparer = await buildMember(app, { organisationId: principal.organisationId });
    await buildDelegation(app, principal, preparer);
    const project = await buildProject(app, lead);
    expect((await join(app, preparer, project.ref)).json.code).toBe('mandate-required');
    expect((await join(app, principal, project.ref)).status).toBe(200);
    await actOnProject(app, lead, project, 'stop', 'Le site a été vendu.');
    expect((await join(app, partner, project.ref)).json.code).toBe('not-possible-now');
  });
});

describe('the journal', () => {
  it('reaches exactly those who follow, and every member who has the page open', async () => {
    const project = await buildProject(app, lead);
    await join(app, partner, project.ref);
    await app.call('PUT', `/api/projects/${project.ref}/follow`, { cookie: stranger.cookie });
    await app.call('DELETE', `/api/projects/${project.ref}/follow`, { cookie: partner.cookie });
    const readers = [lead, cabinet, partner, stranger, moderator, guest];
    const sockets = await Promise.all(readers.map((reader) => app.socket(reader.cookie)));
    await write(lead, project.ref, 'La **dalle** est coulée.');
    const facts = (index: number) => (sockets[index]?.events ?? []).filter((event) => event.type === 'project.updated').map((event) => (event.data as { personal: boolean }).personal);
    await until(() => facts(0).length === 2 && facts(3).length === 2 && facts(4).length === 1, 'the facts');
    expect(readers.map((_, index) => facts(index))).toEqual([[false, true], [false, true], [false], [false, true], [false], []]);
    const page = (await get(stranger, `/api/projects/${project.ref}/updates`)).json as unknown as ProjectUpdatesPage;
    expect(page.items.map((item) => [item.html.trim(), item.by.function, item.canRemove])).toEqual([['<p>La <strong>dalle</strong> est coulée.</p>', 'Maire', false]]);
  });

  it('takes a line once, gives it back page by page, and lets its author or moderation remove it', async () => {
    const project = await buildProject(app, lead);
    const id = uuid();
    expect([(await write(lead, project.ref, 'Un', id)).status, (await write(lead, project.ref, 'Un', id)).status, (await write(lead, project.ref, 'Deux', id)).json.code]).toEqual([201, 200, 'id-reused']);
    for (let count = 0; count < 20; count++) await write(lead, project.ref, `Ligne ${count}`);
    const page = async (cursor = '') => (await get(stranger, `/api/projects/${project.ref}/updates${cursor && `?cursor=${cursor}`}`)).json as unknown as ProjectUpdatesPage;
    const first = await page();
    const rest = await page(first.nextCursor ?? '');
    expect([first.items.length, first.items[0]?.body, rest.items.map((item) => item.body), rest.nextCursor]).toEqual([20, 'Ligne 19', ['Un'], null]);
    const remove = (who: Member) => app.call('DELETE', `/api/projects/${project.ref}/updates/${id}`, { cookie: who.cookie });
    expect([(await remove(stranger)).status, (await remove(moderator)).status, (await remove(lead)).status, (await page(first.nextCursor ?? '')).items]).toEqual([403, 200, 200, []]);
  });
});

describe('a finished project', () => {
  it('gives its cities the beginning of a practice, which lacks only what a project does not know', async () => {
    const project = await buildProject(app, lead);
    await join(app, partner, project.ref);
    const draft = (who: Member) => get(who, `/api/projects/${project.ref}/practice-draft`);
    expect((await draft(lead)).json.code).toBe('not-possible-now');
    await advance(app, lead, project, 'prepare', 'fund', 'start', 'finish');
    expect([(await draft(partner)).status, (await draft(stranger)).status, (await draft(guest)).status]).toEqual([200, 403, 404]);
    const content = PracticeContent.parse((await draft(lead)).json);
    expect(content).toMatchObject({ title: project.title, status: 'finished', start: '2026-03', end: '2027', cost: { amount: 80_000, currency: 'EUR', rate: 1 }, funding: [{ funder: 'Ville', percent: 20 }, { percent: 80 }] });
    expect(practiceGaps(content, 'submit').map((gap) => gap.path)).toEqual(['problem', 'solution', 'summary', 'contact']);
    expect((await post(app, lead, '/api/practices', { id: uuid(), content })).status).toBe(201);
  });

  it('leaves a cost in another currency to the city, which knows the rate', () => {
    const content = practiceFromProject(aProject({ currency: 'XOF' }), { ref: 'dakar-1', on: '2026-11-01' });
    expect([content.cost, content.costNote]).toEqual([null, '80000 XOF']);
  });
});

describe('the demonstration', () => {
  it('shows two ideas, each with the thread that it was drawn from', async () => {
    const demo = await startWithDemonstration();
    try {
      const cookie = await signIn(demo, 'maire@dakar.demo');
      const { items } = await read<ProjectsPage>(demo, cookie, '/api/projects?sort=title');
      expect(items.map((item) => [item.ref, item.stage, item.lead.name, item.sought])).toEqual([['demo-fil-103', 'idea', 'Mahajanga', ['expertise']], ['demo-fil-115', 'idea', 'Kananga', ['expertise', 'partner']]]);
      const sheet = await read<ProjectView>(demo, cookie, '/api/projects/demo-fil-103');
      expect([sheet.thread?.title, projectGaps(sheet.content, 'idea')]).toEqual([sheet.title, []]);
    } finally {
      await demo.stop();
    }
  });
});

describe('who may do what', () => {
  // anonymous, guest, member of another city, joined city, lead city, moderator
  const table: [string, string, (ref: string) => string, (() => unknown) | undefined, number[]][] = [
    ['lists', 'GET', () => '/api/projects', undefined, [401, 404, 200, 200, 200, 200]],
    ['sees the board', 'GET', () => '/api/projects/board', undefined, [401, 404, 200, 200, 200, 200]],
    ['reads the sheet', 'GET', (ref) => `/api/projects/${ref}`, undefined, [401, 404, 200, 200, 200, 200]],
    ['reads the journal', 'GET', (ref) => `/api/projects/${ref}/updates`, undefined, [401, 404, 200, 200, 200, 200]],
    ['starts one', 'POST', () => '/api/projects', () => ({ id: uuid(), content: aProject() }), [401, 403, 201, 201, 201, 201]],
    ['edits', 'PATCH', (ref) => `/api/projects/${ref}`, () => ({ version: 1, content: aProject() }), [401, 404, 403, 403, 200, 403]],
    ['writes in the journal', 'POST', (ref) => `/api/projects/${ref}/updates`, () => ({ id: uuid(), body: 'Un mot' }), [401, 404, 403, 201, 201, 403]],
    ['follows', 'PUT', (ref) => `/api/projects/${ref}/follow`, undefined, [401, 404, 200, 200, 200, 200]],
    ['stops following', 'DELETE', (ref) => `/api/projects/${ref}/follow`, undefined, [401, 404, 200, 200, 200, 200]],
    ['asks for the practice', 'GET', (ref) => `/api/projects/${ref}/practice-draft`, undefined, [401, 404, 403, 409, 409, 403]],
    ['moves it', 'POST', (ref) => `/api/projects/${ref}/actions`, () => ({ version: 2, action: 'prepare' }), [401, 404, 403, 403, 200, 409]],
    ['joins', 'PUT', (ref) => `/api/projects/${ref}/membership`, undefined, [401, 404, 200, 200, 200, 200]],
    ['leaves', 'DELETE', (ref) => `/api/projects/${ref}/membership`, undefined, [401, 404, 200, 200, 403, 200]],
  ];
  it.each(table)('%s', async (name, method, path, body, expected) => {
    const project = await buildProject(app, lead);
    await join(app, partner, project.ref);
    if (name === 'moves it') await edit(lead, project, aProject());
    const statuses: number[] = [];
    for (const who of [undefined, guest, stranger, partner, lead, moderator])
      statuses.push((await app.call(method, path(project.ref), { ...(who && { cookie: who.cookie }), ...(body && { body: body() }) })).status);
    expect(statuses).toEqual(expected);
  });

  it('does not tell absent from hidden', async () => {
    expect([(await get(stranger, '/api/projects/nulle-part-00000000')).status, (await get(guest, '/api/projects/nulle-part-00000000')).status]).toEqual([404, 404]);
  });

  it('is nothing any more for whoever is no longer in office: they neither read nor follow, and hear of nothing that they followed', async () => {
    const [project, former] = [await buildProject(app, lead), await buildMember(app)];
    const follow = () => app.call('PUT', `/api/projects/${project.ref}/follow`, { cookie: former.cookie });
    expect((await follow()).status).toBe(200);
    await endMandate(app, former);
    app.app.get(SessionStore).forgetAll();
    const paths = ['/api/projects', `/api/projects/${project.ref}`, `/api/projects/${project.ref}/updates`, '/api/needs', '/api/offers', '/api/introductions'];
    expect(await Promise.all([...paths.map(async (path) => (await get(former, path)).status), follow().then(({ status }) => status)])).toEqual([...paths, ''].map(() => 404));
    const { cursor } = (await get(former, '/api/events')).json as unknown as { cursor: string };
    expect((await write(lead, project.ref)).status).toBe(201);
    expect((await get(former, `/api/events?since=${cursor}`)).json).toMatchObject({ items: [] });
  });
});
