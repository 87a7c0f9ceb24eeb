import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrganisationRow, OrganisationView, Page } from '@passerelle/contract';
import { signIn, startWithDemonstration } from './builders/demonstration.js';
import type { TestApp } from './support/app.js';

let app: TestApp;
let cookie: string;

beforeAll(async () => {
  app = await startWithDemonstration();
  cookie = await signIn(app, 'maire@dakar.demo');
});
afterAll(() => app.stop());

const get = (path: string, as = cookie) => app.call('GET', path, { cookie: as });
const list = async (query: string) => (await get(`/api/organisations?${query}`)).json as unknown as Page<OrganisationRow>;
const city = async (slug: string, as = cookie) => (await get(`/api/organisations/${slug}`, as)).json as unknown as OrganisationView;

async function all(query: string): Promise<OrganisationRow[]> {
  const rows: OrganisationRow[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page<OrganisationRow> = await list(`${query}&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    rows.push(...page.items);
    cursor = page.nextCursor;
  }
  return rows;
}

describe('the list of organisations', () => {
  it('gives every city once, by name without regard to accents', async () => {
    const cities = await all('kind=city');
    expect([cities.length, new Set(cities.map((row) => row.slug)).size]).toEqual([247, 247]);
    const names = cities.map((row) => row.name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
    expect(names.findIndex((name) => name.startsWith('e'))).toBeLessThan(names.findIndex((name) => name.startsWith('f')));
    expect(names.at(-1)?.[0]).toBe('z');
  });

  it('never shows a demonstration row as a member', async () => {
    const members = await all('members=true');
    expect(members.length).toBeGreaterThan(40);
    expect(members.filter((row) => row.demonstration || row.membership === null)).toEqual([]);
    expect((await all('members=false')).filter((row) => row.demonstration && row.membership !== null)).toEqual([]);
  });

  it('filters by country and kind', async () => {
    expect((await all('country=SN')).every((row) => row.country === 'SN')).toBe(true);
    expect((await all('kind=association')).map((row) => row.slug)).toEqual(['aimf']);
  });

  it('refuses what is no country, no kind, no cursor', async () => {
    const answers = await Promise.all(
      ['country=SEN', 'kind=planet', 'cursor=zzz', 'limit=0', 'limit=101'].map((query) => get(`/api/organisations?${query}`)),
    );
    expect(answers.map((answer) => answer.status)).toEqual([400, 400, 400, 400, 400]);
  });
});

describe('the page of a city', () => {
  it('shows its functions, practices, exchanges and what it gave', async () => {
    const dakar = await city('dakar');
    expect(dakar).toMatchObject({ slug: 'dakar', country: 'SN', membership: expect.any(String) });
    expect(dakar.people.map((one) => one.function)).toEqual(expect.arrayContaining(['Maire', 'Cabinet', 'Services techniques']));
    expect(dakar.practices.map((practice) => practice.ref)).toContain('demo-10');
    expect(dakar.given.map((transfer) => transfer.slug)).toEqual(expect.arrayContaining(['ouagadougou', 'niamey', 'praia', 'douala']));
    expect(dakar.threads.length).toBeGreaterThan(0);
  });

  it('shows what it received and from whom', async () => {
    expect((await city('ouagadougou')).received).toEqual(
      expect.arrayContaining([expect.objectContaining({ ref: 'demo-10', slug: 'dakar', state: 'contact' })]),
    );
  });

  it('is not given to itself when its practice was taken over from elsewhere', async () => {
    const { practices, given, received } = await city('n-djamena');
    expect([practices.map((practice) => practice.ref), given, received]).toEqual([expect.arrayContaining(['demo-11']), [], []]);
  });

  it('lists only threads that the reader may see', async () => {
    const [member, outsider] = [await city('porto-novo'), await city('porto-novo', await signIn(app, 'bourgmestre@liege.demo'))];
    const closed = new Set(
      (await app.database.rows<{ id: string }>(`SELECT t.id FROM thread t JOIN space s ON s.id = t.space_id WHERE s.access <> 'open'`)).map(
        (row) => row.id,
      ),
    );
    expect(member.threads.some((thread) => closed.has(thread.id))).toBe(true);
    expect(outsider.threads.some((thread) => closed.has(thread.id))).toBe(false);
  });

  it('is not found under an unknown name', async () => {
    expect((await get('/api/organisations/atlantide')).status).toBe(404);
    expect((await get('/api/organisations/..%2F..%2Fetc')).status).toBe(400);
  });
});
