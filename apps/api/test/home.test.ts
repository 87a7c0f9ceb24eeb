import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HomeView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { loadReference } from '../src/demo/index.js';
import { SessionStore } from '../src/platform/index.js';
import { buildCity, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { buildIntroduction, buildProject, buildPublishedNeed, buildThemeSpace, post, slugOf } from './builders/projects.js';
import { read } from './builders/demonstration.js';
import { TestApp } from './support/app.js';
import { countStatements } from './support/statements.js';

let app: TestApp;
let reader: Member;
let other: Member;
let space: Space;
beforeAll(async () => {
  app = await TestApp.start();
  [reader, other, space] = [await buildMember(app), await buildMember(app), await buildSpace(app)];
});
afterAll(() => app.stop());

const home = (who = reader) => read<HomeView>(app, who.cookie, '/api/home');

describe('the home page', () => {
  it('is empty and says so when nothing happened', async () => {
    const quiet = await buildMember(app);
    expect(await home(quiet)).toMatchObject({ items: [], followedCount: 0, drafts: [] });
  });

  it('tells of a reply to an own message and marks it when it was read', async () => {
    const thread = await buildThread(app, reader, space);
    const reply = await buildPost(app, other, thread.id, { body: 'Voici **notre** réponse.' });
    expect((await home()).items[0]).toMatchObject({
      kind: 'reply',
      title: thread.title,
      url: `/fils/${thread.id}#m2`,
      excerpt: 'Voici notre réponse.',
      read: false,
    });
    await app.call('PUT', `/api/threads/${thread.id}/read`, { cookie: reader.cookie, body: { position: reply.position, generation: 0 } });
    expect((await home()).items.find((item) => item.url.includes(thread.id))).toMatchObject({ read: true });
  });

  it('has at most seven points, each thread once, in a constant number of statements', async () => {
    const count = () => countStatements(app, home);
    await home();
    const few = await count();
    for (let turn = 0; turn < 12; turn++) {
      const thread = await buildThread(app, reader, space);
      await buildPost(app, other, thread.id);
    }
    const many = await count();
    const { items } = await home();
    expect(items.length).toBeLessThanOrEqual(7);
    expect(new Set(items.map((item) => item.url.split('#')[0])).size).toBe(items.length);
    expect(many).toBe(few);
  });

  it('says nothing of a space that the reader has had to leave', async () => {
    const former = await buildMember(app);
    const secret = await buildSpace(app, { access: 'confidential', members: [former, other] });
    const forget = () => [former, other].forEach((member) => app.app.get(SessionStore).forgetAccount(member.accountId));
    forget();
    const thread = await buildThread(app, former, secret, { title: 'Ce que personne ne doit savoir' });
    await buildPost(app, other, thread.id);
    expect((await home(former)).items).toHaveLength(1);
    await app.database.run('DELETE FROM space_member WHERE space_id = $1 AND person_id = $2', [secret.id, former.personId]);
    forget();
    const view = await home(former);
    expect([view.items, view.unreadCount, view.followedCount, JSON.stringify(view).includes(thread.title)]).toEqual([
      [],
      expect.any(Number),
      0,
      false,
    ]);
  });

  it('tells what a followed project has written in its journal, until it is no longer followed', async () => {
    await loadReference(app.database);
    await buildThemeSpace(app, 'developpement-economique');
    const lead = await buildMember(app);
    const project = await buildProject(app, lead);
    const note = (body: string) => post(app, lead, `/api/projects/${project.ref}/updates`, { id: uuid(), body });
    await note('Rien à lire pour qui ne suit pas.');
    const points = async (who = reader) => (await home(who)).items.filter((item) => item.kind === 'project');
    expect([await points(), await points(lead)]).toEqual([[], []]);
    const follow = (method: string) => app.call(method, `/api/projects/${project.ref}/follow`, { cookie: reader.cookie });
    await follow('PUT');
    await note('La dalle est **coulée**.');
    expect(await points()).toMatchObject([{ title: project.title, url: `/projets/${project.ref}`, excerpt: 'La dalle est coulée.', read: false }]);
    await follow('DELETE');
    expect(await points()).toEqual([]);
  });

  it('counts the introductions that wait for an answer of the city', async () => {
    const asker = await buildMember(app);
    const helper = await buildMember(app, { organisationId: await buildCity(app, { country: 'MA' }) });
    const need = await buildPublishedNeed(app, asker);
    await buildIntroduction(app, asker, { need: need.id, organisation: await slugOf(app, helper.organisationId) });
    const waiting = async () => [(await home(asker)).taskCount, (await home(helper)).taskCount];
    expect(await waiting()).toEqual([0, 1]);
  });

  it('says that there are saved searches, whose news are asked for apart', async () => {
    const person = await buildMember(app);
    expect((await home(person)).savedCount).toBe(0);
    await app.call('POST', '/api/saved-searches', { cookie: person.cookie, body: { id: uuid(), q: 'compost' } });
    expect((await home(person)).savedCount).toBe(1);
  });
});
