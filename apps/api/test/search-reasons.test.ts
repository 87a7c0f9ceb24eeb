import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SearchHit } from '@passerelle/contract';
import { Matcher } from '@passerelle/search';
import { entryOf, SCOPES } from '../src/search/entry.js';
import { lookInto, presentHit } from '../src/search/hits.js';
import { LiveIndex } from '../src/search/index.js';
import { explain } from '../src/search/why.js';
import { signIn, startWithDemonstration } from './builders/demonstration.js';
import { buildCity, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { find, marksOf, rebuilt, unmarked } from './builders/search.js';
import type { TestApp } from './support/app.js';

const TITLE = 'Une déchetterie mobile pour les hameaux';
const BODY = 'La déchetterie passe deux fois par mois. Les habitantes trient, l’équipe pèse, et un tableau affiche les tonnages obtenus. Aucun décrocheur depuis mai.';
const ENGLISH = 'Our riverside wards were flooded twice; embankments help.';

let app: TestApp;
let mayor: string;
let author: Member;
let space: Space;
beforeAll(async () => {
  app = await startWithDemonstration();
  mayor = await signIn(app, 'maire@dakar.demo');
  author = await buildMember(app, { organisationId: await buildCity(app, { name: 'Grand-Popo', country: 'BJ' }), function: 'Régisseuse des eaux' });
  space = await buildSpace(app);
  const thread = await buildThread(app, author, space, { title: TITLE, body: BODY });
  await buildPost(app, author, thread.id, { body: ENGLISH, language: 'en' });
  await rebuilt(app);
});
afterAll(() => app.stop());

/** The hit that leads there. */
async function hitOf(q: string, leads: (hit: SearchHit) => boolean, who: Member | string = mayor): Promise<SearchHit> {
  const hit = (await find(app, who, q)).hits.find(leads);
  if (!hit) throw new Error(`${q} does not find it`);
  return hit;
}
const own = (hit: SearchHit) => hit.kind === 'thread' && hit.title === TITLE;
const ownPost = (hit: SearchHit) => hit.kind === 'post' && hit.title === TITLE;
const at = (url: string) => (hit: SearchHit) => hit.url === url;

describe('a hit says why it was found', () => {
  it.each([
    ['tonnages', 'exact', 'Votre mot, dans le texte.'], ['hameaux', 'exact', 'Votre mot, dans le titre.'], ['déchetterie', 'exact', 'Votre mot, dans le titre et le texte.'], ['déchetterie hameaux', 'exact', 'Vos deux mots, dans le titre et le texte.'],
    ['déchetterie tonnages xylophoniques', 'exact', 'Deux de vos trois mots, dans le titre et le texte.'], ['tonnage', 'stem', 'Votre mot, dans le texte.'], ['habitant', 'stem', 'Votre mot, dans le texte.'], ['décrochage', 'family', 'Aucun de vos mots exacts. Même famille de mots\u00a0: décrochage → décrocheur.'],
    ['déchéterrie', 'spelling', 'Aucun de vos mots exacts. Orthographe proche\u00a0: «\u00a0déchéterrie\u00a0» compris comme «\u00a0déchetterie\u00a0».'], ['hamea', 'prefix', 'Aucun de vos mots exacts. «\u00a0hameaux\u00a0» commence par «\u00a0hamea\u00a0».'],
    ['Popo', 'exact', '«\u00a0Popo\u00a0» figure dans le nom de la ville ou de la fonction.'], ['régisseuse', 'exact', '«\u00a0régisseuse\u00a0» figure dans le nom de la ville ou de la fonction.'],
  ])('%s (%s)', async (q, whyCode, why) => {
    expect(await hitOf(q, own)).toMatchObject({ whyCode, why });
  });

  it('by another word for it, of everyday use, of the thesaurus or of a country', async () => {
    expect(await hitOf('dépotoir', own)).toMatchObject({ whyCode: 'synonym', why: 'Aucun de vos mots exacts. Synonyme\u00a0: dépotoir → déchetterie.' });
    expect((await hitOf('égouttage', at('/pratiques/demo-02'))).why).toBe('Aucun de vos mots exacts. Même notion que «\u00a0égouttage\u00a0»\u00a0: Assainissement.');
  });

  it('by another language', async () => {
    expect(await hitOf('inondés', ownPost)).toMatchObject({ whyCode: 'translation', why: 'Aucun de vos mots exacts. Traduction\u00a0: inondés → flooded.' });
    expect(await hitOf('flood', at('/pratiques/demo-16'))).toMatchObject({ whyCode: 'translation' });
  });

  it('by its place, in any of its names', async () => {
    expect((await hitOf('tunisienne', at('/villes/gabes'))).why).toBe('Par le lieu\u00a0: tunisienne → Gabès.');
    expect((await hitOf('Wallonie', at('/villes/namur'))).why).toBe('Par le lieu\u00a0: Wallonie → Namur.');
    expect((await hitOf('Ouagadogou', at('/pratiques/demo-07'))).why).toBe('Aucun de vos mots exacts. Par le nom de la ville ou de la fonction\u00a0: Ouagadogou → Ouagadougou.');
  });

  it('by criteria alone', async () => {
    expect((await find(app, mayor, 'type:ville pays:TN')).hits[0]).toMatchObject({ whyCode: 'filter', why: 'Répond à vos critères.' });
  });

  it('whatever it is: never without any reason', async () => {
    for (const q of ['assainisement', 'salubrité', 'flood', 'ville tunisienne', 'microjardins', 'Ouagadogou', 'vendeuses Dakar', 'garbage Senegal', 'éducatrice', 'mairie de Liège eau']) {
      const { hits } = await find(app, mayor, q);
      expect([q, hits.filter(({ why }) => /^(Aucun de vos mots exacts\.)?$/.test(why)).map(({ url }) => url)]).toEqual([q, []]);
    }
  });

  it('in the language of the interface', async () => {
    await app.call('PATCH', '/api/me', { cookie: author.cookie, body: { interfaceLanguage: 'en' } });
    const whys = await Promise.all(['tonnages', 'tonnages hameaux', 'déchéterrie', 'Popo'].map(async (q) => (await hitOf(q, own, author)).why));
    expect(whys).toEqual(['Your word, in the text.', 'Both your words, in the title and the text.', 'None of your exact words. Spelt alike: “déchéterrie” read as “déchetterie”.', '“Popo” is in the name of the city or function.']);
    await app.call('PATCH', '/api/me', { cookie: author.cookie, body: { interfaceLanguage: 'fr' } });
  });
});

describe('an excerpt', () => {
  it('marks the words as the text writes them', async () => {
    const { excerpt, titleMarks } = await hitOf('dechetterie habitants', own);
    expect([unmarked(excerpt), marksOf(excerpt), titleMarks.map(([start, end]) => TITLE.slice(start, end))]).toEqual([BODY, ['déchetterie', 'habitantes'], ['déchetterie']]);
  });

  it('marks the word behind an apostrophe alone', async () => {
    expect(marksOf((await hitOf('équipe', own)).excerpt)).toEqual(['équipe']);
  });

  it('of a long text begins where it answers', async () => {
    const long = `${'Une phrase qui ne dit rien de cela. '.repeat(40)}Enfin, le goniomètre du port. ${'Et encore une phrase. '.repeat(40)}`;
    const thread = await buildThread(app, author, space, { title: 'Un long récit du port', body: long });
    await rebuilt(app);
    const { excerpt } = await hitOf('goniomètre', at(`/fils/${thread.id}`));
    expect([marksOf(excerpt), unmarked(excerpt).length < 330, excerpt.startsWith('…\u00a0'), excerpt.endsWith('\u00a0…')]).toEqual([['goniomètre'], true, true, true]);
  });
});

describe('an attachment', () => {
  it('is shown by the page that answers most, and says which', async () => {
    const { index, thesaurus } = await app.app.get(LiveIndex).ready();
    const pages = [{ page: 1, text: 'Le marché et ses étals.' }, { page: 2, text: 'Le compost du marché, vendu aux maraîchers.' }, { page: 3, text: 'Le compost seul.' }];
    const entry = entryOf({ kind: 'document', id: '1', scope: SCOPES.members, language: 'fr', title: 'rapport.pdf', body: pages.map(({ text }) => text).join(' '), url: '/', usefulness: 1, pages });
    const matcher = new Matcher(index.plan({ text: 'compost marché', sees: () => true }), index.vocabulary);
    const shown = lookInto(entry, matcher);
    const hit = presentHit(entry, shown, explain(entry, shown, { matcher, index, thesaurus, language: 'fr', asTyped: (asked) => asked }));
    expect(hit).toMatchObject({ page: 2, why: 'Vos deux mots, dans la pièce jointe. Dans la pièce jointe, page\u00a02.' });
    expect(marksOf(hit.excerpt)).toEqual(['compost', 'marché']);
  });
});
