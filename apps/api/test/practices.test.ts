import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FacetValue, PracticesPage, PracticeView, ThemeView, ThreadView } from '@passerelle/contract';
import { signIn, startWithDemonstration } from './builders/demonstration.js';
import type { TestApp } from './support/app.js';
import { countStatements } from './support/statements.js';

let app: TestApp;
let cookie: string;

beforeAll(async () => {
  app = await startWithDemonstration();
  cookie = await signIn(app, 'technique@bangangte.demo');
});
afterAll(() => app.stop());

const get = (path: string, as = cookie) => app.call('GET', path, { cookie: as });
const list = async (query: string) => (await get(`/api/practices?${query}`)).json as unknown as PracticesPage;
const practice = async (ref: string) => (await get(`/api/practices/${ref}`)).json as unknown as PracticeView;
const counts = (facet: FacetValue[]) => facet.map(({ value, count }) => [value, count]);
const sum = (facet: FacetValue[]) => facet.reduce((total, value) => total + value.count, 0);

describe('the list of practices', () => {
  it('gives every practice once, page by page, in each order', async () => {
    for (const sort of ['taken-up', 'newest', 'title']) {
      const refs: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: PracticesPage = await list(`sort=${sort}&limit=7${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
        expect(page.total).toBe(40);
        refs.push(...page.items.map((item) => item.ref));
        cursor = page.nextCursor;
      }
      expect([refs.length, new Set(refs).size]).toEqual([40, 40]);
    }
  });

  it('counts each facet without its own filter', async () => {
    const all = await list('limit=1');
    const filtered = await list('theme=eau-assainissement&limit=100');
    expect(filtered.facets.theme).toEqual(all.facets.theme);
    const { theme: _, ...others } = filtered.facets;
    expect(Object.values(others).map(sum)).toEqual(Array(7).fill(filtered.total));
    expect(filtered.items).toHaveLength(filtered.total);
  });

  it('tells where practices stand, which an expert has validated, and their language', async () => {
    const set = (ref: string, change: string) => app.database.run(`UPDATE practice SET ${change} WHERE ref = $1`, [ref]);
    await set('demo-01', `state = 'published', source_url = NULL`);
    await set('demo-02', `state = 'validated', validated = true`);
    await set('demo-03', `state = 'to-confirm', validated = true, language = 'en'`);
    await set('demo-04', `state = 'in-expertise'`);
    try {
      const all = await list('limit=1');
      expect(counts(all.facets.standing)).toEqual([['published', 1], ['public', 37], ['in-expertise', 1], ['to-confirm', 1]]);
      expect([counts(all.facets.validated), counts(all.facets.language)]).toEqual([[['yes', 2], ['no', 38]], [['fr', 39], ['en', 1]]]);
      const validated = await list('validated=yes&sort=title&limit=100');
      expect(validated.items.map((item) => item.ref).sort()).toEqual(['demo-02', 'demo-03']);
      expect([counts(validated.facets.validated), counts(validated.facets.standing)]).toEqual([[['yes', 2], ['no', 38]], [['public', 1], ['to-confirm', 1]]]);
      expect((await list('standing=to-confirm,in-expertise&language=en')).items.map((item) => item.ref)).toEqual(['demo-03']);
    } finally {
      for (const ref of ['demo-02', 'demo-03', 'demo-04']) await set(ref, `state = 'public', validated = false, language = 'fr'`);
      await set('demo-01', `state = 'public', source_url = 'https://exemple.org'`);
    }
  });

  it('counts for guests only what they may read', async () => {
    const expert = await signIn(app, 'expert@partenaire.demo');
    await app.database.run(`UPDATE practice SET state = 'published', source_url = NULL WHERE ref = 'demo-40'`);
    const seen = (await get('/api/practices?limit=1&standing=published', expert)).json as unknown as PracticesPage;
    expect([seen.total, counts(seen.facets.standing), counts((await list('limit=1')).facets.standing)]).toEqual([0, [['public', 39]], [['published', 1], ['public', 39]]]);
    await app.database.run(`UPDATE practice SET state = 'public', source_url = 'https://exemple.org' WHERE ref = 'demo-40'`);
  });

  it('joins several values of one facet and narrows by several facets', async () => {
    const [senegal, cameroon, both] = [await list('country=SN'), await list('country=CM'), await list('country=SN,CM')];
    expect(both.total).toBe(senegal.total + cameroon.total);
    expect((await list('country=SN&country=CM')).total).toBe(both.total);
    const narrowed = await list('country=SN,CM&theme=eau-assainissement&limit=100');
    expect(narrowed.items.every((item) => ['SN', 'CM'].includes(item.city.country) && item.theme === 'eau-assainissement')).toBe(true);
  });

  it('answers an unknown value with nothing and a wrong cursor with a problem', async () => {
    expect(await list('theme=inconnu')).toMatchObject({ total: 0, items: [], nextCursor: null });
    const wrong = await get('/api/practices?cursor=%00%27');
    expect([wrong.status, wrong.json.errors?.[0]?.path]).toEqual([400, 'cursor']);
  });

  it('asks the database the same number of times whatever the length', async () => {
    const statements = (limit: number) => countStatements(app, () => list(`limit=${limit}`));
    await statements(1);
    expect(await statements(40)).toBe(await statements(1));
  });
});

describe('one practice', () => {
  it('names its source and says that no city has approved it', async () => {
    const view = await practice('demo-08');
    expect(view).toMatchObject({
      ref: 'demo-08',
      city: { name: 'Dschang', slug: 'dschang', country: 'CM' },
      yearStart: 2010,
      yearEnd: 2018,
      costRange: expect.any(String),
    });
    expect(view.sourceUrl).toMatch(/^https:/);
    expect(view.label).toMatch(/ni relue ni validée/);
  });

  it('is printed on two pages, in the language of the reader', async () => {
    for (const ref of ['demo-10', 'demo-02', 'demo-17']) {
      const answer = await fetch(`${app.url}/api/practices/${ref}/pdf`, { headers: { cookie } });
      const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
      expect([answer.status, answer.headers.get('content-type'), /\/Type \/Pages[\s\S]{0,80}\/Count (\d+)/.exec(text)?.[1]]).toEqual([200, 'application/pdf', '2']);
    }
  });

  it('is one statement for a reader without part in it, once what is near is known', async () => {
    await practice('demo-02');
    expect(await countStatements(app, () => practice('demo-02'))).toBe(1);
  });

  it('records a transfer in the state that its note supports and counts only what was taken up elsewhere', async () => {
    const states = async (ref: string) => [...new Set((await practice(ref)).transfers.map((transfer) => transfer.state))];
    expect([
      await states('demo-02'),
      await states('demo-08'),
      await states('demo-10'),
      await states('demo-27'),
      await states('demo-33'),
    ]).toEqual([['interest'], ['contact'], ['contact'], ['trial'], ['contact']]);
    const counts = await Promise.all(
      ['demo-02', 'demo-03', 'demo-10', 'demo-11', 'demo-28'].map(async (ref) => (await practice(ref)).takenUpCount),
    );
    expect(counts).toEqual([0, 1, 0, 0, 0]);
    expect((await list('takenUp=yes')).items.map((item) => item.ref)).toEqual(['demo-03']);
  });

  it('shows near practices and only those threads that the reader may see', async () => {
    const view = await practice('demo-02');
    expect(view.related.map((item) => item.ref)).not.toContain('demo-02');
    expect(view.related.every((item) => item.sharedConcepts.length > 0 && item.sharedConcepts.every((concept) => view.concepts.includes(concept)))).toBe(true);
    expect(view.threads.length).toBeGreaterThan(0);
    const guest = (await get('/api/practices/demo-02', await signIn(app, 'expert@partenaire.demo'))).json as unknown as PracticeView;
    expect(guest.threads ?? []).toEqual([]);
  });

  it('is named by its thread to those who may read it', async () => {
    const [thread] = (await practice('demo-02')).threads;
    const named = async () => ((await get(`/api/threads/${thread?.id}`)).json as unknown as ThreadView).practice?.ref ?? null;
    expect(await named()).toBe('demo-02');
    await app.database.run(`UPDATE practice SET state = 'withdrawn' WHERE ref = 'demo-02'`);
    expect(await named()).toBeNull();
    await app.database.run(`UPDATE practice SET state = 'public' WHERE ref = 'demo-02'`);
  });

  it('is not found under a name that does not exist, nor while it is a draft', async () => {
    expect((await get('/api/practices/demo-99')).status).toBe(404);
    expect((await get('/api/practices/%27%3B--')).status).toBe(400);
    await app.database.run(`UPDATE practice SET state = 'draft' WHERE ref = 'demo-40'`);
    expect([(await get('/api/practices/demo-40')).status, (await list('limit=1')).total]).toEqual([404, 39]);
    await app.database.run(`UPDATE practice SET state = 'published' WHERE ref = 'demo-40'`);
  });

  it('is refused without a session', async () => {
    expect((await app.call('GET', '/api/practices')).status).toBe(401);
  });
});

describe('the themes', () => {
  it('come in their order with their concepts in both languages', async () => {
    const { items } = (await get('/api/themes')).json as unknown as { items: ThemeView[] };
    expect(items).toHaveLength(13);
    expect(items[0]).toMatchObject({ id: 'eau-assainissement', en: 'Water and sanitation' });
    expect(items.flatMap((theme) => theme.concepts)).toHaveLength(82);
  });
});
