import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MeView, MentionTarget, MyModerationView, OrganisationView } from '@passerelle/contract';
import { LiveIndex } from '../src/search/index.js';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { buildModerators, Desk } from './builders/moderation.js';
import { slugOf } from './builders/projects.js';
import { mandateOf } from './builders/spaces.js';
import { TestApp, until } from './support/app.js';

let app: TestApp, desk: Desk;
let person: Member, reporter: Member, guest: Member, first: Member, second: Member, space: Space, mandate: string;

beforeAll(async () => {
  app = await TestApp.start();
  desk = new Desk(app);
  [first, second] = await buildModerators(app);
  [reporter, guest] = [await buildMember(app), await buildMember(app, { role: 'guest' })];
  space = await buildSpace(app);
});
beforeEach(async () => {
  person = await buildMember(app, { function: 'Empereur des marchés' });
  mandate = await mandateOf(app, person);
});
afterAll(() => app.stop());

const report = async (who: Member, target: string) => (await desk.report(who, 'profile', target, { reason: 'impersonation' })).status;
const shown = async () => (await desk.read<OrganisationView>(reporter, `/api/organisations/${await slugOf(app, person.organisationId)}`)).people.map((one) => one.function);
async function correct(words: string, changes: Record<string, unknown> = {}) {
  await report(reporter, mandate);
  const { seen } = await desk.view(first, (await desk.caseOf(first, mandate)).id);
  return desk.decide(first, mandate, { measure: 'edit', duration: 'definitive', replacement: words, seen, ...changes });
}

describe('a function under which somebody is shown', () => {
  it('is reported by whoever may see it: on the page of the city or beside a message, once', async () => {
    const post = await buildPost(app, person, (await buildThread(app, person, space)).id);
    const listed = (await desk.read<OrganisationView>(reporter, `/api/organisations/${await slugOf(app, person.organisationId)}`)).people[0]?.profile;
    expect([listed, await report(reporter, mandate), await report(await buildMember(app), `post:${post.id}`), await report(guest, mandate)]).toEqual([mandate, 201, 201, 404]);
    expect(await desk.caseOf(first, mandate)).toMatchObject({ reports: 2, target: { kind: 'profile', title: expect.stringContaining('Empereur des marchés') }, reason: 'impersonation' });
  });

  it('is not reported where it is not shown: in a thread that withholds names, in a space that one does not read, after its end', async () => {
    const nameless = await buildPost(app, person, (await buildThread(app, person, space, { naming: 'withheld' })).id);
    const closed = await buildSpace(app, { access: 'closed', members: [person] });
    const elsewhere = await buildPost(app, person, (await buildThread(app, person, closed)).id);
    expect([await report(reporter, `post:${nameless.id}`), await report(reporter, `post:${elsewhere.id}`), await report(reporter, 'post:nothing')]).toEqual([404, 404, 404]);
    await app.database.run('UPDATE mandate SET valid_to = current_date - 1 WHERE id = $1', [mandate]);
    expect(await report(reporter, mandate)).toBe(404);
  });

  it('is corrected everywhere at once, and told to the person and to whoever reported it', async () => {
    expect((await correct('Responsable des marchés')).answer.status).toBe(201);
    expect(await shown()).toEqual(['Responsable des marchés']);
    await until(async () => (await desk.read<MeView>(person, '/api/me')).mandates[0]?.function === 'Responsable des marchés', 'the function in the session');
    const { items } = await desk.read<{ items: MentionTarget[] }>(reporter, '/api/mention-targets');
    const slug = await slugOf(app, person.organisationId);
    expect(items.filter((one) => one.organisationSlug === slug && one.function !== null).map((one) => one.function)).toEqual(['Responsable des marchés']);
    await app.app.get(LiveIndex).settled();
    const found = async (word: string) => JSON.stringify((await desk.read<{ hits: unknown[] }>(reporter, `/api/search?q=${word}&limit=50`)).hits).includes(slug);
    expect([await found('responsable'), await found('empereur')]).toEqual([true, false]);
    expect((await desk.read<MyModerationView>(person, '/api/me/moderation')).decisions[0]).toMatchObject({ measure: 'edit', replacement: 'Responsable des marchés', target: { kind: 'profile' } });
    expect((await desk.read<MyModerationView>(reporter, '/api/me/moderation')).reports[0]).toMatchObject({ outcome: 'edit', target: { kind: 'profile' } });
  });

  it('is not changed back by its holder while the decision stands', async () => {
    const { id } = await correct('Responsable des marchés');
    const change = async () => (await desk.ask(person, 'PATCH', '/api/me', { function: 'Empereur des marchés' })).json.code;
    expect([await change(), await shown()]).toEqual(['held-by-decision', ['Responsable des marchés']]);
    await desk.undo(first, id);
    expect([await change(), await shown()]).toEqual([undefined, ['Empereur des marchés']]);
  });

  it('comes back as those decisions that stand want it', async () => {
    const one = (await correct('Premier texte')).id;
    const two = (await correct('Second texte')).id;
    await desk.undo(first, one);
    expect(await shown()).toEqual(['Second texte']);
    await desk.appeal(person, second, { decision: two, target: mandate, outcome: 'reversed' });
    expect(await shown()).toEqual(['Empereur des marchés']);
  });

  it('is not corrected when it has changed since it was read', async () => {
    await report(reporter, mandate);
    const { seen } = await desk.view(first, (await desk.caseOf(first, mandate)).id);
    await app.database.run(`UPDATE mandate SET function = 'Adjoint aux marchés' WHERE id = $1`, [mandate]);
    expect((await desk.decide(first, mandate, { measure: 'edit', duration: 'definitive', replacement: 'Autre chose', seen })).answer.json.code).toBe('case-changed');
  });

  it('may cost its holder the right to write, and nothing that fits it not', async () => {
    await report(reporter, mandate);
    expect((await desk.view(first, (await desk.caseOf(first, mandate)).id)).measures).toEqual(['keep', 'warn', 'edit', 'mute', 'suspend']);
    expect((await desk.decide(first, mandate, { measure: 'hide', duration: 3 })).answer.status).toBe(400);
    expect((await desk.decide(first, mandate, { measure: 'mute', duration: 3 })).answer.status).toBe(201);
    await until(async () => (await desk.ask(person, 'POST', `/api/threads`, {})).status !== 201 && (await desk.read<MeView>(person, '/api/me')).permissions !== undefined, 'the end of writing');
  });
});
