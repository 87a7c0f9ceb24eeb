import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PostView, ThreadActView, ThreadView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { loadReference } from '../src/demo/index.js';
import { aPostBody, buildCity, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { act, aFullEntry, buildDraft, buildPicture, go } from './builders/practices.js';
import { actOnNeed, aNeed, anOffer, aProject, buildNeed, buildOffer, buildProject, join, post } from './builders/projects.js';
import { find, indexed, namesOf, soon } from './builders/search.js';
import { TestApp } from './support/app.js';

let app: TestApp;
let author: Member, reader: Member, moderator: Member, guest: Member;
let space: Space, secret: Space;

beforeAll(async () => {
  app = await TestApp.start();
  await loadReference(app.database);
  [author, reader] = [await buildMember(app), await buildMember(app)];
  moderator = await buildMember(app, { role: 'moderator', organisationId: await buildCity(app, { country: 'BE' }) });
  guest = await buildMember(app, { role: 'guest' });
  space = await buildSpace(app);
  secret = await buildSpace(app, { access: 'confidential', members: [author, moderator] });
});
afterAll(() => app.stop());

let serial = 0;
let word = '';
/** A word that nothing else holds. */
beforeEach(() => void (word = `mot${(++serial).toString().padStart(4, '0')}x`));

const found = async (who: Member, q = word) => (await find(app, who, q)).total;
const moderate = async (path: string, body: Record<string, unknown>) => {
  const answer = await app.call('POST', path, { cookie: moderator.cookie, body: { id: uuid(), ...body } });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer.json as unknown as ThreadActView;
};
const undo = (done: ThreadActView) => app.call('POST', `/api/thread-acts/${done.id}/undo`, { cookie: moderator.cookie });
const change = async <T>(method: string, path: string, body?: unknown) => (await app.call(method, path, { cookie: author.cookie, body })).json as unknown as T;

async function threadOf(posts: number): Promise<{ thread: ThreadView; posts: PostView[] }> {
  const thread = await buildThread(app, author, space, { title: `Un fil ${word} du lavoir`, body: `Le début ${word}.` });
  const replies: PostView[] = [];
  for (let n = 0; n < posts; n += 1) replies.push(await buildPost(app, author, thread.id, { body: `La suite ${word}.` }));
  await soon(app, reader, word, posts + 1);
  return { thread, posts: replies };
}

describe('a message', () => {
  it('is found within two seconds of being written, without anybody asking for it', async () => {
    const thread = await buildThread(app, author, space);
    await buildPost(app, author, thread.id, { body: `Voici ${word}.` });
    expect((await soon(app, reader, word, 1)).hits[0]).toMatchObject({ kind: 'post', title: thread.title, url: `/fils/${thread.id}#m2` });
  });

  it('is found by its new words after an edit, and no longer by those it lost', async () => {
    const { posts } = await threadOf(1);
    await change('PATCH', `/api/posts/${posts[0]?.id}`, { body: `Maintenant ${word}bis.`, version: 1 });
    await soon(app, reader, `${word}bis`, 1);
    expect(namesOf((await find(app, reader, word)).hits)).toEqual([`thread Un fil ${word} du lavoir`]);
  });

  it('is gone at once when it is removed, and back within two seconds when it is restored', async () => {
    const { posts: [reply] } = await threadOf(1);
    const removed = await change<PostView>('DELETE', `/api/posts/${reply?.id}?version=1`);
    expect(await found(reader)).toBe(1);
    await change('POST', `/api/posts/${reply?.id}/restore`, { version: removed.version });
    await soon(app, reader, word, 2);
  });

  it('takes its words out of the thread when it was the first and is removed', async () => {
    const thread = await buildThread(app, author, space, { body: `Le début ${word}.` });
    await soon(app, reader, word, 1);
    const [first] = (await change<{ items: PostView[] }>('GET', `/api/threads/${thread.id}/posts`)).items;
    await change('DELETE', `/api/posts/${first?.id}?version=1`);
    await soon(app, reader, word, 0);
  });
});

describe('a thread', () => {
  it('is gone at once for those who may not follow it into a confidential space, however long it is', async () => {
    const { thread } = await threadOf(60);
    const moved = await moderate(`/api/threads/${thread.id}/move`, { space: secret.slug, version: thread.version });
    for (const limit of ['1', '5', '50']) {
      const { total, hits, facets } = await find(app, reader, word, { limit });
      expect([total, hits, Object.values(facets).flat().filter(({ count }) => count > 0)]).toEqual([0, [], []]);
    }
    await soon(app, author, word, 61);
    await undo(moved);
    await soon(app, reader, word, 61);
  });

  it('is found under both titles after it was split, and as before when that is undone', async () => {
    const { thread, posts } = await threadOf(2);
    const newThread = uuid();
    const split = await moderate(`/api/threads/${thread.id}/split`, { newThread, title: 'Un fil détaché du lavoir', posts: [posts[1]?.id] });
    const { hits } = await soon(app, reader, word, 3);
    expect(hits.map((hit) => hit.url).sort()).toEqual([`/fils/${thread.id}`, `/fils/${thread.id}#m2`, `/fils/${newThread}`].sort());
    await undo(split);
    const again = await soon(app, reader, word, 3);
    expect(new Set(again.hits.map((hit) => hit.url.split('#')[0]))).toEqual(new Set([`/fils/${thread.id}`]));
  });

  it('is found in the one it was merged into, and apart again when that is undone', async () => {
    const { thread } = await threadOf(1);
    const target = await buildThread(app, author, space, { title: 'Le fil qui reste au lavoir' });
    const merged = await moderate(`/api/threads/${thread.id}/merge`, { into: target.id });
    await indexed(app);
    expect(namesOf((await find(app, reader, word)).hits)).toEqual(['post Le fil qui reste au lavoir', 'post Le fil qui reste au lavoir']);
    await undo(merged);
    await indexed(app);
    expect(namesOf((await find(app, reader, word)).hits)).toEqual([`post Un fil ${word} du lavoir`, `thread Un fil ${word} du lavoir`]);
  });

  it('is found by its new title, and its messages are shown under it', async () => {
    const { thread } = await threadOf(1);
    await change('PATCH', `/api/threads/${thread.id}`, { title: `Un titre ${word}bis`, version: thread.version });
    await soon(app, reader, `${word}bis`, 1);
    expect(namesOf((await find(app, reader, word)).hits)).toEqual([`post Un titre ${word}bis`, `thread Un titre ${word}bis`]);
  });
});

describe('a practice', () => {
  const publish = async () => {
    const draft = await buildDraft(app, author, aFullEntry(await buildPicture(app, author), { title: `Des marchés ${word}`, solution: `${word}bis `.repeat(60) }));
    return go(app, draft, [author, 'submit'], [moderator, 'take'], [moderator, 'publish']);
  };

  it('is found within two seconds of its publication, and gone at once when it is withdrawn', async () => {
    const practice = await publish();
    await soon(app, reader, word, 1);
    await act(app, author, practice, 'withdraw', { reason: 'Une erreur dans les chiffres.' });
    expect([await found(reader), await found(author), await found(moderator)]).toEqual([0, 0, 0]);
  });

  it('is found by guests while it is open, by what visitors may read of it', async () => {
    const open = await go(app, await publish(), [author, 'open-to-public', { consentBy: { name: 'Maire', function: 'Maire' } }]);
    await soon(app, guest, word, 1);
    expect([await found(guest, `${word}bis`), await found(reader, `${word}bis`)]).toEqual([0, 1]);
    const closed = await act(app, author, open, 'close-to-public');
    expect([closed.status, await found(guest), await found(reader)]).toEqual([200, 0, 1]);
  });
});

describe('needs, offers and projects', () => {
  it('a need is found once it is published, and gone at once for others when it becomes discreet', async () => {
    const draft = await buildNeed(app, author, aNeed({ title: `Un besoin ${word}` }));
    const need = (await actOnNeed(app, author, draft, 'publish')).json as unknown as typeof draft;
    await soon(app, reader, word, 1);
    const edited = await app.call('PATCH', `/api/needs/${need.id}`, { cookie: author.cookie, body: { version: need.version, content: aNeed({ title: `Un besoin ${word}`, visibility: 'discreet' }) } });
    expect([edited.status, await found(reader)]).toEqual([200, 0]);
    expect([(await soon(app, author, word, 1)).total, (await soon(app, moderator, word, 1)).total]).toEqual([1, 1]);
  });

  it('an offer that is set aside is gone at once for others, and back when it is resumed', async () => {
    const offer = await buildOffer(app, author, anOffer({ title: `Une offre ${word}` }));
    await soon(app, reader, word, 1);
    const move = (action: string, version: number) => post(app, author, `/api/offers/${offer.id}/actions`, { version, action });
    const suspended = await move('suspend', offer.version);
    expect([await found(reader), await found(author)]).toEqual([0, 1]);
    await move('resume', (suspended.json as unknown as typeof offer).version);
    await soon(app, reader, word, 1);
  });

  it('a project is found by what its journal says and by the cities that joined it', async () => {
    const project = await buildProject(app, author, aProject({ title: 'Un projet de lavoir' }));
    const written = await post(app, author, `/api/projects/${project.ref}/updates`, { id: uuid(), body: `Nous avons ${word}.` });
    expect(written.status).toBe(201);
    await soon(app, reader, word, 1);
    const member = await buildMember(app, { organisationId: await buildCity(app, { name: `Ville-${word}bis`, country: 'HT' }) });
    await join(app, member, project.ref);
    await soon(app, reader, `${word}bis`, 1, { kind: 'project' });
  });
});

describe('rights', () => {
  it('that end close the space for a search at once', async () => {
    const former = await buildMember(app);
    const room = await buildSpace(app, { access: 'confidential', members: [author, former] });
    const thread = await buildThread(app, author, room, { title: `Un fil réservé ${word}` });
    await app.call('POST', `/api/threads/${thread.id}/posts`, { cookie: author.cookie, body: aPostBody() });
    await soon(app, former, word, 1);
    await app.database.run('DELETE FROM space_member WHERE space_id = $1 AND person_id = $2', [room.id, former.personId]);
    await buildSpace(app, { members: [former] });
    expect(await found(former)).toBe(0);
  });
});
