import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SearchResult } from '@passerelle/contract';
import { signIn, startWithDemonstration } from './builders/demonstration.js';
import { buildCity, buildMember, buildPost, buildSpace, buildThread, type Member } from './builders/forum.js';
import { find, indexed, rebuilt, suggest } from './builders/search.js';
import type { TestApp } from './support/app.js';

let app: TestApp;
let mayor: string;
const from = {} as Record<'SN' | 'CA' | 'CD' | 'BE', Member>;

const TEXTS: Record<string, string> = {
  dropout: 'Un programme contre le décrochage scolaire, avec les familles et les établissements.',
  street: 'Deux éducateurs de rue accompagnent les adolescents du quartier, le soir aussi.',
  english: 'Our riverside districts suffer from flooding each spring; pumps and embankments were built.',
  birth: 'Un enfant jamais déclaré peut être inscrit après un jugement du tribunal ; la mairie oriente la famille et transcrit la décision sur le registre de l’année.',
  grave: 'La concession échue peut être reprise par la commune après constat d’abandon et affichage pendant trois ans à l’entrée du cimetière.',
  tender: 'Au-dessous du seuil fixé par le code, trois devis suffisent ; au-dessus, la mise en concurrence passe par un avis publié et une commission d’ouverture des plis.',
  noise: 'Le bar qui diffuse de la musique amplifiée doit fournir une étude d’impact ; le maire constate la nuisance et peut réduire les heures d’ouverture.',
};

beforeAll(async () => {
  app = await startWithDemonstration();
  mayor = await signIn(app, 'maire@dakar.demo');
  for (const country of ['SN', 'CA', 'CD', 'BE'] as const) from[country] = await buildMember(app, { organisationId: await buildCity(app, { country }) });
  const space = await buildSpace(app);
  const thread = await buildThread(app, from.SN, space, { title: 'Un fil de réponses', body: 'Début.' });
  for (const [name, body] of Object.entries(TEXTS)) await buildPost(app, from.SN, thread.id, { body, language: name === 'english' ? 'en' : 'fr' });
  await rebuilt(app);
});
afterAll(() => app.stop());

const search = (q: string, more: Record<string, string> = {}) => find(app, mayor, q, more);
const urls = ({ hits }: SearchResult) => hits.map((hit) => hit.url);
const practices = async (q: string, who: Member | string = mayor) => (await find(app, who, q, { kind: 'practice' })).hits.map((hit) => hit.ref);
/** Whether the text is among the first so many messages. */
const isAmong = async (first: number, q: string, name: keyof typeof TEXTS) => {
  const { hits } = await search(q, { kind: 'post' });
  const begins = TEXTS[name]?.slice(0, 30) ?? '';
  return hits.slice(0, first).some(({ excerpt }) => excerpt.replaceAll(/[\u0002\u0003]/g, '').includes(begins));
};

describe('how a word is written', () => {
  it.each([
    ['accents and case', ['éclairage public', 'eclairage public', 'ÉCLAIRAGE PUBLIC', 'Eclairage Public', 'e\u0301clairage public']], ['ligatures', ['œuvre', 'oeuvre', 'ŒUVRE', 'Œuvre']],
    ['apostrophes', ['l’eau potable', "l'eau potable", 'lʼeau potable', 'eau potable', 'L’EAU POTABLE']], ['hyphens', ['micro-jardins', 'micro jardins', 'micro‑jardins', 'Micro-Jardins']], ['signs around it', ['boues de vidange', 'boues de vidange ?', '(boues de vidange)', 'boues, de vidange !']],
  ])('does not matter for %s', async (_, ways) => {
    const results = await Promise.all(ways.map((q) => search(q)));
    expect(results[0]?.total).toBeGreaterThan(0);
    for (const result of results) expect([result.total, urls(result)]).toEqual([results[0]?.total, results[0] && urls(results[0])]);
  });

  it('does not matter where a compound is written as one word', async () => {
    expect([(await practices('microjardins'))[0], (await practices('micro-jardins'))[0], (await practices('micro jardins'))[0]]).toEqual(['demo-10', 'demo-10', 'demo-10']);
  });

  it.each([
    ['plural', 'lampadaire', 'lampadaires'], ['plural in x', 'bureau', 'bureaux'], ['gender', 'vendeur', 'vendeuse'], ['gender', 'habitante', 'habitants'], ['participle', 'formées', 'formés'], ['without its accent', 'rémunérée', 'remunere'],
  ])('does not matter for %s: %s finds what %s finds', async (_, one, other) => {
    const [a, b] = [await search(one), await search(other)];
    expect(a.total).toBeGreaterThan(0);
    expect(urls(a).slice(0, 10).filter((url) => !urls(b).includes(url))).toEqual([]);
  });
});

describe('a slip of the pen', () => {
  it.each([
    ['assainisement', 'demo-01', 'assainissement'], ['innondations', 'demo-16', 'inondations'], ['videngeurs', 'demo-02', 'vidangeurs'], ['compsot', 'demo-08', 'compost'], ['budjet participatif', 'demo-15', 'budget participatif'], ['éclerage solaire', 'demo-03', 'éclairage solaire'], ['cantinne bio', 'demo-38', 'cantine bio'],
  ])('%s finds %s and is given back as %s', async (q, ref, spelling) => {
    const { hits, spelling: given } = await search(q);
    expect([hits.slice(0, 8).map((hit) => hit.ref), given]).toEqual([expect.arrayContaining([ref]), spelling]);
  });

  it('in the name of a city finds the city', async () => {
    expect((await search('Ouagadogou')).hits.slice(0, 3).map((hit) => hit.url)).toContain('/villes/ouagadougou');
    expect((await search('Antanarivo')).hits.slice(0, 3).map((hit) => hit.url)).toContain('/villes/antananarivo');
  });

  it('is not made of a word that is right', async () => {
    for (const q of ['compost', 'boues de vidange', 'Dakar', 'marché']) expect([q, (await search(q)).spelling]).toEqual([q, null]);
  });
});

describe('the beginning of a word', () => {
  it.each([['assain', '/pratiques/demo-01'], ['compos', '/pratiques/demo-08'], ['boues de vid', '/pratiques/demo-02'], ['ouaga', '/villes/ouagadougou'], ['yaou', '/villes/yaounde'], ['cap ha', '/villes/cap-haitien']])('%s is proposed %s', async (q, url) => {
    expect((await suggest(app, mayor, q)).map((hit) => hit.url)).toContain(url);
  });

  it('proposes at most five of a kind', async () => {
    const kinds = (await suggest(app, mayor, 'comm')).map((hit) => hit.kind);
    for (const kind of new Set(kinds)) expect(kinds.filter((one) => one === kind).length).toBeLessThanOrEqual(5);
  });
});

describe('words of one family', () => {
  it.each([['décrocheur', 'dropout'], ['décrocheurs', 'dropout'], ['éducatrices de rue', 'street'], ['accompagnement des adolescents', 'street']] as const)('%s finds the text about it', async (q, name) => {
    expect(await isAmong(3, q, name)).toBe(true);
  });
});

describe('the thesaurus', () => {
  it('finds the same thing under its other names', async () => {
    expect(await practices('ordures ménagères')).toEqual(expect.arrayContaining(['demo-17', 'demo-08']));
    expect((await practices('égouttage', from.BE)).slice(0, 4)).toEqual(expect.arrayContaining(['demo-01', 'demo-02']));
    expect((await practices('baay pell')).slice(0, 2).sort()).toEqual(['demo-02', 'demo-25']);
  });

  it('takes a word as it is meant in the country of the reader', async () => {
    expect((await practices('vidange', from.SN)).slice(0, 2).sort()).toEqual(['demo-02', 'demo-25']);
    expect((await practices('salubrité', from.CD)).slice(0, 4)).toEqual(expect.arrayContaining(['demo-17']));
  });

  // The word as it is written outweighs the concept that it stands for in the country of the reader.
  it.failing('takes a word for what it means in the country of the reader even where others write it for something else', async () => {
    expect((await practices('vidanges', from.CA)).slice(0, 2)).toEqual(expect.arrayContaining(['demo-17']));
  });
});

describe('the other language', () => {
  it.each([['flood', 'demo-16'], ['birth registration', 'demo-31'], ['solar street lighting', 'demo-03'], ['participatory budgeting', 'demo-15'], ['garbage collection', 'demo-17'], ['school canteen', 'demo-38'], ['urban gardening', 'demo-10'], ['women empowerment', 'demo-04'], ['sewage sludge', 'demo-02']])('%s finds %s', async (q, ref) => {
    expect((await practices(q)).slice(0, 4)).toContain(ref);
  });

  it('is found from French as well', async () => {
    expect(await isAmong(4, 'inondation', 'english')).toBe(true);
  });
});

describe('a place', () => {
  it.each([['Cap Haitien', '/villes/cap-haitien'], ['ndjamena', '/villes/n-djamena'], ["n'djamena", '/villes/n-djamena'], ['Yaounde', '/villes/yaounde'], ['saigon', '/villes/ho-chi-minh-ville'], ['Tananarive', '/villes/antananarivo'], ['Beirut', '/villes/beyrouth']])('%s leads to %s', async (q, url) => {
    expect(urls(await search(q)).slice(0, 3)).toContain(url);
  });

  it('is found by its country, in an adjective too, and by its region', async () => {
    const cities = async (q: string) => (await search(q, { kind: 'city' })).hits;
    expect(new Set((await cities('ville tunisienne')).slice(0, 3).map((hit) => hit.place?.country))).toEqual(new Set(['TN']));
    expect(new Set((await cities('Cameroon')).map((hit) => hit.place?.country))).toEqual(new Set(['CM']));
    expect((await cities('Wallonie')).map((hit) => hit.url)).toEqual(expect.arrayContaining(['/villes/liege', '/villes/namur']));
    expect((await cities('Maghreb')).filter((hit) => !['MA', 'DZ', 'TN', 'MR', 'EG'].includes(hit.place?.country ?? ''))).toEqual([]);
  });
});

describe('the language of the interface', () => {
  it('changes words about hits and nothing of what is found', async () => {
    const { cookie } = from.CA;
    const queries = ['flood', 'inondation', 'budget participatif', 'assainisement', 'ville tunisienne', 'waste type:pratique'];
    const asked = async () => {
      await rebuilt(app);
      return Promise.all(queries.map((q) => find(app, cookie, q)));
    };
    const bare = (results: SearchResult[]) => results.map(({ total, hits, facets }) => [total, hits.map(({ url, excerpt, whyCode }) => [url, excerpt, whyCode]), Object.values(facets).flatMap((values) => values.map(({ value, count }) => `${value} ${count}`)).sort()]);
    const french = await asked();
    await app.call('PATCH', '/api/me', { cookie, body: { interfaceLanguage: 'en' } });
    const english = await asked();
    await app.call('PATCH', '/api/me', { cookie, body: { interfaceLanguage: 'fr' } });
    expect(bare(english)).toEqual(bare(french));
    expect(english.map(({ hits }) => hits[0]?.why)).not.toEqual(french.map(({ hits }) => hits[0]?.why));
  });
});

describe('a long question', () => {
  it.each([
    ['grave', 'Bonjour chers collègues, au cimetière il y a des tombes dont personne ne s’occupe plus depuis des années, est-ce que la commune a le droit de récupérer ces concessions ?'],
    ['tender', 'Bonsoir, pour acheter du mobilier nous avons demandé trois devis, est-ce qu’il faut quand même publier un avis de mise en concurrence ou pas ?'],
    ['noise', 'Bonjour, nous recevons des plaintes de voisins à cause de la musique d’un bar ouvert très tard, que peut faire le maire dans ce cas ? Cordialement'],
  ] as const)('finds the text that answers it (%s)', async (name, q) => {
    expect(await isAmong(3, q, name)).toBe(true);
  });

  it('finds the text that answers it, whatever small talk stands around it', async () => {
    expect(await isAmong(3, 'Bonjour, une maman est venue avec son petit garçon qui n’a jamais été déclaré à la naissance, comment peut-on l’inscrire maintenant s’il vous plaît ? Merci beaucoup.', 'birth')).toBe(true);
  });

  it('finds the same without its politeness', async () => {
    const [polite, plain] = [await search('Bonjour, pourriez-vous s’il vous plaît me dire comment reprendre des concessions abandonnées au cimetière ? Merci d’avance, cordialement.'), await search('reprendre des concessions abandonnées au cimetière')];
    expect(urls(polite)[0]).toBe(urls(plain)[0]);
  });

  it('of words that say nothing here finds nothing by them alone', async () => {
    await indexed(app);
    const { hits } = await search('bonjour, comment faire s’il vous plaît ?');
    expect(hits.filter(({ whyCode }) => whyCode === 'spelling')).toEqual([]);
  });
});
