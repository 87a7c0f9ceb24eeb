import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SearchHit, SearchResult } from '@passerelle/contract';
import { signIn, startWithDemonstration } from './builders/demonstration.js';
import { buildCity, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { find, rebuilt } from './builders/search.js';
import type { TestApp } from './support/app.js';

let app: TestApp;
let mayor: string;
let author: Member;
let space: Space;
beforeAll(async () => {
  app = await startWithDemonstration();
  mayor = await signIn(app, 'maire@dakar.demo');
  author = await buildMember(app, { organisationId: await buildCity(app, { name: 'Cap-aux-Meules', country: 'CA' }), function: 'Régisseuse des eaux' });
  space = await buildSpace(app);
  await buildDated();
  await rebuilt(app);
});
afterAll(() => app.stop());

/** Messages on both sides of each border. */
const DATES = ['2023-12-31T23:59:59Z', '2024-01-01T00:00:00Z', '2024-02-29T12:00:00Z', '2024-03-01T00:00:00Z', '2024-12-31T23:59:59Z', '2025-01-01T00:00:00Z'];
async function buildDated(): Promise<void> {
  const thread = await buildThread(app, author, space, { title: 'Le registre des dates', body: 'Un registre.' });
  for (const date of DATES) {
    const { id } = await buildPost(app, author, thread.id, { body: `Une entrée chronométrique du ${date.slice(0, 10)}.` });
    await app.database.run('UPDATE post SET created_at = $2 WHERE id = $1', [id, date]);
  }
}

const search = (q: string, more: Record<string, string> = {}) => find(app, mayor, q, more);
const urls = ({ hits }: SearchResult) => hits.map((hit) => hit.url);
const datesOf = ({ hits }: SearchResult) => hits.flatMap(({ at }) => (at === null ? [] : [at])).map((at) => new Date(at).toISOString().replace('.000', '')).sort();

interface Case {
  name: string;
  /** Ways to write the same. */
  ways: string[];
  /** What every hit of it is; facets that a hit does not show are left to their counts. */
  isRight?: (hit: SearchHit) => boolean;
}
const CASES: Case[] = [
  { name: 'kind', ways: ['type:pratique', 'TYPE:Pratiques', 'nature:pratique', 'kind:practice', 'Kind:PRACTICES'], isRight: (hit) => hit.kind === 'practice' },
  { name: 'theme', ways: ['thème:"Eau et assainissement"', 'theme:eau-assainissement', 'THÈME:"eau et assainissement"', 'theme:"Water and sanitation"', 'the\u0300me:assainissement'] },
  { name: 'concept', ways: ['notion:dechets', 'concept:dechets', 'NOTION:"Gestion des déchets"', 'concept:"gestion des dechets"'] },
  { name: 'country', ways: ['pays:Sénégal', 'pays:senegal', 'country:Senegal', 'PAYS:SN', 'pays:sn', 'pays:"Sénégal"'] },
  { name: 'city', ways: ['ville:Cap-aux-Meules', 'city:"cap aux meules"', 'VILLE:"CAP AUX MEULES"', 'ville:capauxmeules'], isRight: (hit) => hit.place?.name === 'Cap-aux-Meules' },
  { name: 'author', ways: ['auteur:Régisseuse', 'autrice:regisseuse', 'author:REGISSEUSE', 'auteur:"régisseuse des eaux"', 'auteur:"eaux regisseuse"'], isRight: (hit) => hit.author === 'Régisseuse des eaux' },
  { name: 'size', ways: ['taille:grande', 'size:large', 'TAILLE:"Plus de 500 000 habitants"', 'size:"More than 500,000 inhabitants"'] },
  { name: 'language', ways: ['langue:français', 'langue:francais', 'language:French', 'langue:fr', 'LANGUE:FRANÇAIS'] },
  { name: 'year', ways: ['année:2024', 'annee:2024', 'year:2024', 'ANNÉE:2024'] },
  { name: 'status', ways: ['statut:"Question résolue"', 'état:"question resolue"', 'etat:thread-answered', 'status:"Answered question"'], isRight: (hit) => hit.status === 'thread-answered' },
  { name: 'cost', ways: ['coût:<50k', 'cout:<50k', 'cost:<50k', 'COÛT:"Moins de 50 000 €"', 'cost:"Less than €50,000"'], isRight: (hit) => hit.kind === 'practice' },
];

describe.each(CASES)('the operator for $name', ({ ways, isRight = () => true }) => {
  it('means the same in French and in English, in capitals, in quotes and without accents', async () => {
    const [first, ...others] = await Promise.all(ways.map((q) => search(q)));
    expect(first?.total).toBeGreaterThan(0);
    for (const [at, other] of others.entries()) expect([ways[at + 1], other.total, urls(other), other.unknown]).toEqual([ways[at + 1], first?.total, first && urls(first), []]);
    expect(first?.hits.filter((hit) => !isRight(hit))).toEqual([]);
  });

  it('says the same as its parameter, and narrows words as well', async () => {
    const { chosen, total } = await search(ways[0] ?? '');
    for (const [facet, values] of Object.entries(chosen)) expect((await search('', { [facet]: values.join(',') })).total).toBe(total);
    const [words, both] = [await search('eau'), await search(`eau ${ways[0]}`)];
    expect(both.total).toBeLessThanOrEqual(Math.min(words.total, total));
  });
});

describe('dates', () => {
  it.each([
    ['avant:2024', ['2023-12-31T23:59:59Z']], ['before:2025', DATES.slice(0, 5)], ['AVANT:2024-03', DATES.slice(0, 3)], ['avant:2024-02-29', DATES.slice(0, 2)],
    ['après:2024', DATES.slice(5)], ['apres:2023', DATES.slice(1)], ['after:2024-02', DATES.slice(3)], ['after:2024-02-29', DATES.slice(3)], ['après:2024-12-31', DATES.slice(5)],
    ['depuis:2024', DATES.slice(1)], ['since:2025', DATES.slice(5)], ['depuis:2024-03', DATES.slice(3)], ['après:2023 avant:2024-03', DATES.slice(1, 3)], ['depuis:2024 avant:2025', DATES.slice(1, 5)], ['après:2025 avant:2023', []],
  ])('%s begins and ends where people expect', async (q, dates) => {
    expect(datesOf(await search(`chronométrique ${q}`))).toEqual(dates);
  });

  it('are met by nothing that has none', async () => {
    expect([(await search('type:ville avant:2024')).total, (await search('type:ville après:1990')).total, (await search('type:ville')).total > 0]).toEqual([0, 0, true]);
  });

  it('given as words are words', async () => {
    expect(datesOf(await search('chronométrique avant:hier auteur:régisseuse'))).toEqual(DATES);
  });
});

describe('several operators', () => {
  it('of one kind widen, of several kinds narrow', async () => {
    const totals = async (...queries: string[]) => Promise.all(queries.map(async (q) => (await search(q)).total));
    const [practices, threads, either, none] = await totals('type:pratique', 'type:fil', 'type:pratique kind:thread', 'type:pratique auteur:régisseuse');
    expect([either, none]).toEqual([(practices ?? 0) + (threads ?? 0), 0]);
  });

  it('join with the parameters of the address', async () => {
    const [both, written] = [await search('eau type:pratique', { kind: 'thread', language: 'fr' }), await search('eau type:fil type:pratique langue:fr')];
    expect([both.total, both.chosen, both.facets]).toEqual([written.total, written.chosen, written.facets]);
  });

  it('each leave their own facet as it is without them', async () => {
    const [words, narrowed] = [await search('eau'), await search('eau type:pratique type:fil pays:SN pays:CM')];
    const [kindsAside, countriesAside] = [await search('eau pays:SN pays:CM'), await search('eau type:pratique type:fil')];
    expect([narrowed.facets.kind, narrowed.facets.country]).toEqual([kindsAside.facets.kind, countriesAside.facets.country]);
    expect(narrowed.facets.theme.reduce((sum, { count }) => sum + count, 0)).toBeLessThan(words.facets.theme.reduce((sum, { count }) => sum + count, 0));
  });

  it('of which one means nothing find nothing by that one, and say which', async () => {
    const { total, unknown } = await search('eau ville:Atlantide taille:géante type:pratique');
    expect([total, unknown]).toEqual([0, [{ field: 'city', value: 'Atlantide' }, { field: 'size', value: 'géante' }]]);
    expect((await search('eau ville:Dakar ville:Atlantide')).total).toBe((await search('eau ville:Dakar')).total);
  });
});

describe('an expression in quotes', () => {
  const texts = ['La station de traitement neuve.', 'Le traitement fait à la station.', 'Les stations de traitement.', 'Une station, puis un traitement lent.'];
  beforeAll(async () => {
    const thread = await buildThread(app, author, space, { title: 'Le fil des expressions', body: 'Début.' });
    for (const body of texts) await buildPost(app, author, thread.id, { body: `Allophrasique. ${body}` });
    await rebuilt(app);
  });
  const found = async (q: string) => {
    const { total, hits } = await search(q);
    expect(total).toBe(hits.length);
    return hits.map(({ excerpt }) => excerpt.replaceAll(/[\u0002\u0003]/g, '').replace('Allophrasique. ', '')).sort();
  };

  it('is found with its words as they are and in their order', async () => {
    expect(await found('"allophrasique" "station de traitement"')).toEqual([texts[0]]);
    expect(await found('« STATION DE TRAITEMENT » "allophrasique"')).toEqual([texts[0]]);
    expect(await found('"allophrasique" "traitement" "stations"')).toEqual([texts[2]]);
  });

  it('shuts out what holds it, a single word in any form', async () => {
    expect(await found('"allophrasique" -neuves')).toEqual([texts[1], texts[2], texts[3]].sort());
    expect(await found('"allophrasique" -lents -neuve')).toEqual([texts[1], texts[2]].sort());
    expect(await found('"allophrasique" -"station neuve"')).toEqual([texts[1], texts[2], texts[3]].sort());
    expect(await found('"allophrasique" -ville:neuve')).toEqual([texts[1], texts[2], texts[3]].sort());
  });

  it('is counted however many hold it', async () => {
    const { rows } = await app.database.pool.query<{ thread_id: string }>(`SELECT thread_id FROM post WHERE body LIKE 'Allophrasique%' LIMIT 1`);
    await app.database.run(
      `INSERT INTO post (id, thread_id, position, body, html, language, author_person_id, author_organisation_id, author_name, author_function, state, request_hash)
       SELECT gen_random_uuid(), p.thread_id, 1000 + n, p.body, '<p>Une borne fontaine ici.</p>', p.language, p.author_person_id, p.author_organisation_id, p.author_name, p.author_function, 'visible', p.request_hash
       FROM post p, generate_series(1, 450) n WHERE p.thread_id = $1 AND p.position = 2`, [rows[0]?.thread_id]);
    await rebuilt(app);
    expect((await search('"borne fontaine ici"')).total).toBe(450);
  });
});
