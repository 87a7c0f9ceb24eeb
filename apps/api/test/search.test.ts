import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PostView, SearchResult } from '@passerelle/contract';
import { LiveIndex } from '../src/search/index.js';
import { htmlText } from '../src/search/html-text.js';
import { buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { read, signIn, startWithDemonstration } from './builders/demonstration.js';
import type { TestApp } from './support/app.js';

let app: TestApp;
let mayor: string;
let guest: string;
beforeAll(async () => {
  app = await startWithDemonstration();
  [mayor, guest] = [await signIn(app, 'maire@dakar.demo'), await signIn(app, 'expert@partenaire.demo')];
});
afterAll(() => app.stop());

const search = (query: string, cookie = mayor) => read<SearchResult>(app, cookie, `/api/search?${query}`);
const find = (words: string, cookie = mayor) => search(`q=${encodeURIComponent(words)}&limit=50`, cookie);
const indexed = () => app.app.get(LiveIndex).settled();

describe('the words of a rendered message', () => {
  it('are what a reader sees: words are not torn apart by emphasis, and signs are signs again', () => {
    expect(htmlText('<p>L’<strong>éco</strong>quartier &amp; &lt;b&gt;</p>\n<ul>\n<li>un</li><li>deux</li></ul>', 100)).toBe('L’écoquartier & <b> un deux');
    expect(htmlText('<p><a class="mention" href="/villes/dakar">@Dakar</a> &amp;lt;</p>', 100)).toBe('@Dakar &lt;');
  });
});

describe('finding', () => {
  it('finds practices by their words, their stems, their concepts and without accents', async () => {
    const refs = async (words: string) => (await search(`q=${encodeURIComponent(words)}&kind=practice`)).hits.map((hit) => hit.ref);
    expect(await refs('compost')).toContain('demo-08');
    expect(await refs('vidangeurs')).toEqual(expect.arrayContaining(['demo-02']));
    expect(await refs('eclairage public')).toEqual(await refs('Éclairage public'));
    expect(await refs('septage')).toContain('demo-02');
    expect(await refs('baay pell')).toContain('demo-02');
  });

  it('finds the word behind a typographic apostrophe and marks it in the text as it is', async () => {
    const { hits } = await search('q=eau&kind=practice');
    const excerpt = hits.find((hit) => hit.ref === 'demo-01')?.excerpt;
    expect(excerpt).toContain('l’\u0002eau\u0003');
  });

  it('leads to the city, the thread and the message', async () => {
    expect((await find('dakar')).hits).toContainEqual(expect.objectContaining({ kind: 'city', url: '/villes/dakar', why: 'Votre mot, dans le titre.' }));
    const kinds = new Map((await find('compost')).hits.map((hit) => [hit.kind, hit.url]));
    expect(kinds.get('thread')).toMatch(/^\/fils\/[0-9a-f-]{36}$/);
    expect(kinds.get('post')).toMatch(/^\/fils\/[0-9a-f-]{36}#m\d+$/);
  });

  it('shows what holds some of the words when little holds all of them, and titles spelt alike at last', async () => {
    expect((await find('compost zzzzzz')).hits.map((hit) => hit.ref)).toContain('demo-08');
    const misspelt = await find('bangangtei');
    expect(misspelt.hits[0]).toMatchObject({ whyCode: 'spelling' });
    expect(misspelt.hits.map((hit) => hit.url)).toContain('/villes/bangangte');
  });

  it('counts each facet without itself and all of them under the filters', async () => {
    const [all, practices] = [await find('eau'), await search('q=eau&kind=practice')];
    expect(practices.facets.kind).toEqual(all.facets.kind);
    expect(practices.total).toBe(all.facets.kind.find((value) => value.value === 'practice')?.count);
    expect(practices.facets.theme.reduce((sum, value) => sum + value.count, 0)).toBe(practices.total);
    expect((await search('q=eau&since=2999-01-01')).total).toBe(0);
  });
});

describe('who may find what', () => {
  let author: Member;
  let outsider: Member;
  let moderator: Member;
  let closed: Space;
  let space: Space;
  beforeAll(async () => {
    [author, outsider, moderator] = [await buildMember(app), await buildMember(app), await buildMember(app, { role: 'moderator' })];
    [closed, space] = [await buildSpace(app, { access: 'confidential', members: [author] }), await buildSpace(app)];
  });

  it('a confidential message is in hits, totals and facets of its readers only', async () => {
    const thread = await buildThread(app, author, closed, { title: 'Le sujet du xylophonique', body: 'Un mot xylophonique.' });
    await buildPost(app, author, thread.id, { body: 'Encore xylophonique.' });
    await indexed();
    expect((await find('xylophonique', author.cookie)).total).toBe(2);
    for (const cookie of [outsider.cookie, moderator.cookie, mayor, guest]) {
      const result = await find('xylophonique', cookie);
      expect([result.total, result.hits, Object.values(result.facets).flat()]).toEqual([0, [], []]);
    }
  });

  it('a removed message is gone with the same commit, before the index knows', async () => {
    const thread = await buildThread(app, author, space);
    const post = await buildPost(app, author, thread.id, { body: 'Le mot quetzalcoatlien.' });
    await indexed();
    expect((await find('quetzalcoatlien', outsider.cookie)).total).toBe(1);
    await app.database.run(`UPDATE post SET state = 'removed', removed_by = $2, removed_at = now() WHERE id = $1`, [
      post.id,
      author.personId,
    ]);
    expect((await find('quetzalcoatlien', outsider.cookie)).total).toBe(0);
  });

  it('an edit is found by its new words only', async () => {
    const thread = await buildThread(app, author, space);
    const post = await buildPost(app, author, thread.id, { body: 'Avant, ornithorynquement.' });
    const edited = await app.call('PATCH', `/api/posts/${post.id}`, {
      cookie: author.cookie,
      body: { body: 'Après, tamanoiresque.', version: post.version },
    });
    expect((edited.json as unknown as PostView).version).toBe(2);
    await indexed();
    expect([(await find('ornithorynquement', outsider.cookie)).total, (await find('tamanoiresque', outsider.cookie)).total]).toEqual([
      0, 1,
    ]);
  });

  it('a guest finds the threads of the one space and what visitors may read of the library', async () => {
    const result = await find('cours école', guest);
    expect(result.total).toBeGreaterThan(0);
    expect(new Set(result.hits.map((hit) => hit.kind))).toEqual(new Set(['practice', 'thread', 'post']));
    const { items } = await read<{ items: { ref: string }[] }>(app, guest, '/api/practices?limit=100');
    const readable = new Set(items.map((practice) => practice.ref));
    expect(result.hits.filter((hit) => hit.kind === 'practice' && !readable.has(hit.ref ?? ''))).toEqual([]);
    expect((await find('dakar', guest)).hits.filter((hit) => hit.kind === 'city')).toEqual([]);
  });
});
