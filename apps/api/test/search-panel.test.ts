import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EmptySearches, SEARCH_FACETS, type SavedSearchView, type SearchResult, writeOperator, writeValue } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { read, signIn, startWithDemonstration } from './builders/demonstration.js';
import { buildMember, buildSpace, buildThread } from './builders/forum.js';
import type { TestApp } from './support/app.js';
import { LiveIndex } from '../src/search/index.js';

let app: TestApp;
let mayor: string;
let english: string;
let guest: string;
beforeAll(async () => {
  app = await startWithDemonstration();
  [mayor, english, guest] = [await signIn(app, 'maire@dakar.demo'), await signIn(app, 'mairesse@montreal.demo'), await signIn(app, 'expert@partenaire.demo')];
  await app.call('PATCH', '/api/me', { cookie: english, body: { interfaceLanguage: 'en' } });
  await app.app.get(LiveIndex).settled();
});
afterAll(() => app.stop());

const find = (q: string, cookie = mayor) => read<SearchResult>(app, cookie, `/api/search?q=${encodeURIComponent(q)}&limit=1`);

describe('the panel and the query', () => {
  it.each(['fr', 'en'] as const)('say the same: each value of each facet, written in %s, chooses itself and finds what was counted', async (language) => {
    const cookie = language === 'fr' ? mayor : english;
    const { facets } = await find('ville city', cookie);
    for (const facet of SEARCH_FACETS)
      for (const value of facets[facet]) {
        const operator = writeValue(facet, value, language);
        const { chosen, total, operators } = await find(`ville city ${operator}`, cookie);
        expect([operator, chosen, total]).toEqual([operator, { [facet]: [value.value] }, value.count]);
        expect(operators.map(({ values }) => values)).toEqual([[value.value]]);
      }
  });

  it('keeps a chosen value in its facet, by its name, where nothing has it', async () => {
    const { total, facets } = await find('compost statut:"Offre archivée"');
    expect(total).toBe(0);
    expect(facets.status).toContainEqual({ value: 'offer-archived', label: 'Offre archivée', count: 0 });
  });

  it('finds nothing under an operator that means nothing, says so, and offers to leave it out', async () => {
    const { total, unknown, operators, ways } = await find('compost pays:Atlantide');
    expect([total, unknown]).toEqual([0, [{ field: 'country', value: 'Atlantide' }]]);
    expect(operators).toEqual([{ field: 'country', value: 'Atlantide', values: [] }]);
    expect(ways).toEqual([{ way: 'filter', q: 'compost', label: 'pays', count: (await find('compost')).total }]);
  });

  it('offers to leave out dates, excluded words and quotes, each with what it brings', async () => {
    expect((await find('compost avant:1950 type:pratique')).ways).toContainEqual(expect.objectContaining({ way: 'filter', q: 'compost type:pratique', label: 'avant' }));
    expect((await find('ville:Dakar type:ville -dakar')).ways).toContainEqual({ way: 'filter', q: 'ville:Dakar type:ville', label: 'dakar', count: 1 });
    const { ways } = await find('"compost marché zinc" pays:"Burkina Faso"');
    expect(ways.filter(({ way }) => way === 'words').map(({ q }) => q)).toEqual(['compost marché zinc pays:"Burkina Faso"']);
  });

  it('answers a country that does not exist with nothing, not with a failure', async () => {
    expect((await read<SearchResult>(app, mayor, '/api/search?q=compost&country=atlantide')).total).toBe(0);
  });

  it('does not tell who writes where the reader does not read', async () => {
    const author = await buildMember(app, { function: 'Funambule municipale' });
    await buildThread(app, author, await buildSpace(app, { access: 'confidential', members: [author] }));
    await app.app.get(LiveIndex).settled();
    const [known, unknown] = [await find(writeOperator('author', 'Funambule municipale', 'fr'), guest), await find('auteur:personnedutout', guest)];
    expect([known.total, known.unknown, known.chosen, known.operators[0]?.values]).toEqual([unknown.total, unknown.unknown, unknown.chosen, unknown.operators[0]?.values]);
  });
});

describe('a hit', () => {
  it('says where it stands', async () => {
    const { hits } = await read<SearchResult>(app, mayor, `/api/search?q=${encodeURIComponent('statut:"Question résolue"')}`);
    expect(new Set(hits.map(({ status }) => status))).toEqual(new Set(['thread-answered']));
  });
});

describe('what was looked for in vain', () => {
  it('is counted by its words alone, once for each search of a member, and not where criteria shut the words out', async () => {
    const secretariat = await signIn(app, 'secretariat@aimf.demo');
    for (const q of ['Zeppelinage', 'zeppelinage', 'zeppelinage 42', 'hangarage type:projet', 'hangarage avant:2020', 'hangarage -eau']) await find(q);
    for (const cookie of [guest, secretariat]) await find('zeppelinage', cookie);
    const { items } = await read<EmptySearches>(app, secretariat, '/api/search/empty');
    expect(items.map(({ words, count }) => [words, count])).toContainEqual(['zeppelinage', 3]);
    expect(items.filter(({ words }) => words.includes('hangarage'))).toEqual([]);
  });
});

describe('a saved search', () => {
  it('that is put back counts new hits from when it was last seen, never from the future', async () => {
    const send = (body: object) => app.call('POST', '/api/saved-searches', { cookie: mayor, body });
    const sent = async (body: object) => (await send(body)).status;
    const save = async (body: object) => (await send(body)).json as unknown as SavedSearchView;
    const first = { id: uuid(), q: 'compost', seenAt: '2020-01-01T00:00:00.000Z' };
    expect([await sent(first), await sent(first), await sent({ ...first, q: 'latrines' })]).toEqual([201, 200, 409]);
    expect((await save({ id: uuid(), q: 'compost', seenAt: '2020-01-01T00:00:00.000Z' })).fresh).toBeGreaterThan(0);
    expect(Date.parse((await save({ id: uuid(), q: 'latrines', seenAt: '2999-01-01T00:00:00.000Z' })).seenAt)).toBeLessThanOrEqual(Date.now());
  });
});
