import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SEARCH_FACETS } from '@passerelle/contract';
import { loadReference } from '../src/demo/index.js';
import { buildCity, buildMember, buildPost, buildSpace, buildThread, type Member, type Space } from './builders/forum.js';
import { aFullEntry, aShortEntry, buildDraft, buildPicture, go } from './builders/practices.js';
import { aNeed, anOffer, aProject, buildIntroduction, buildNeed, buildOffer, buildProject, buildPublishedNeed, post } from './builders/projects.js';
import { find, follow, freshOf, indexed, namesOf, rebuilt, suggest } from './builders/search.js';
import { TestApp } from './support/app.js';

const WORD = 'xylophonique';
const MISSPELT = 'xylofonnique';

let app: TestApp;
const readers = {} as Record<'owner' | 'helper' | 'member' | 'inClosed' | 'inConfidential' | 'moderator' | 'guest' | 'guestOfClosed', Member>;
type Reader = keyof typeof readers;
let spaces: Record<'open' | 'closed' | 'confidential', Space>;

const EVERYBODY = ['owner', 'helper', 'member', 'inClosed', 'inConfidential', 'moderator'] as const satisfies Reader[];
const GUESTS = ['guest', 'guestOfClosed'] as const satisfies Reader[];

/** Each thing that holds the word, and who may find it. */
const READERS_OF: Record<string, readonly Reader[]> = {
  'practice Pratique ouverte xylophonique': [...EVERYBODY, ...GUESTS],
  'practice Pratique xylophonique': EVERYBODY,
  'practice Ébauche xylophonique': [],
  'thread Fil ouvert xylophonique': EVERYBODY,
  'post Fil ouvert xylophonique': EVERYBODY,
  'thread Fil fermé xylophonique': ['inClosed', 'moderator', 'guestOfClosed'],
  'post Fil fermé xylophonique': ['inClosed', 'moderator', 'guestOfClosed'],
  'thread Fil confidentiel xylophonique': ['inConfidential'],
  'post Fil confidentiel xylophonique': ['inConfidential'],
  'project Projet xylophonique': EVERYBODY,
  'need Besoin xylophonique': EVERYBODY,
  'need Besoin discret xylophonique': ['owner', 'moderator'],
  'need Besoin présenté xylophonique': ['owner', 'helper', 'moderator'],
  'need Besoin en ébauche xylophonique': [],
  'offer Offre xylophonique': EVERYBODY,
  'offer Offre suspendue xylophonique': ['owner', 'moderator'],
  'city Xylophonique-sur-Mer': EVERYBODY,
  'person Déléguée xylophonique de Xylophonique-sur-Mer': EVERYBODY,
  'person Ancienne xylophonique de Xylophonique-sur-Mer': [],
};
const visibleTo = (reader: Reader) => Object.keys(READERS_OF).filter((name) => READERS_OF[name]?.includes(reader)).sort();

beforeAll(async () => {
  app = await TestApp.start();
  await loadReference(app.database);
  await buildReaders();
  await buildExchanges();
  await buildLibrary();
  await buildNeedsAndOffers();
  await rebuilt(app);
});
afterAll(() => app.stop());

async function buildReaders(): Promise<void> {
  for (const name of ['owner', 'helper', 'member', 'inClosed', 'inConfidential'] as const) readers[name] = await buildMember(app);
  readers.moderator = await buildMember(app, { role: 'moderator', organisationId: await buildCity(app, { country: 'BE' }) });
  for (const name of GUESTS) readers[name] = await buildMember(app, { role: 'guest' });
  const city = await buildCity(app, { name: 'Xylophonique-sur-Mer', country: 'LB' });
  await buildMember(app, { organisationId: city, function: 'Déléguée xylophonique' });
  const former = await buildMember(app, { organisationId: city, function: 'Ancienne xylophonique' });
  await app.database.run('UPDATE mandate SET valid_to = current_date - 1 WHERE person_id = $1', [former.personId]);
}

async function buildExchanges(): Promise<void> {
  spaces = {
    open: await buildSpace(app),
    closed: await buildSpace(app, { access: 'closed', members: [readers.inClosed, readers.guestOfClosed] }),
    confidential: await buildSpace(app, { access: 'confidential', members: [readers.inConfidential] }),
  };
  const inSpace = async (author: Member, space: Space, title: string) => {
    const thread = await buildThread(app, author, space, { title, body: `Le début ${WORD}.` });
    await buildPost(app, author, thread.id, { body: `La suite ${WORD}.` });
  };
  await inSpace(readers.owner, spaces.open, 'Fil ouvert xylophonique');
  await inSpace(readers.inClosed, spaces.closed, 'Fil fermé xylophonique');
  await inSpace(readers.inConfidential, spaces.confidential, 'Fil confidentiel xylophonique');
}

async function buildLibrary(): Promise<void> {
  const { owner, moderator } = readers;
  await buildDraft(app, owner, aShortEntry({ title: 'Ébauche xylophonique' }));
  const publish = async (title: string) => go(app, await buildDraft(app, owner, aFullEntry(await buildPicture(app, owner), { title })), [owner, 'submit'], [moderator, 'take'], [moderator, 'publish']);
  await publish('Pratique xylophonique');
  await go(app, await publish('Pratique ouverte xylophonique'), [owner, 'open-to-public', { consentBy: { name: 'Maire', function: 'Maire' } }]);
}

async function buildNeedsAndOffers(): Promise<void> {
  const { owner, helper, moderator } = readers;
  await buildProject(app, owner, aProject({ title: 'Projet xylophonique' }));
  await buildNeed(app, owner, aNeed({ title: 'Besoin en ébauche xylophonique' }));
  await buildPublishedNeed(app, owner, aNeed({ title: 'Besoin xylophonique' }));
  await buildPublishedNeed(app, owner, aNeed({ title: 'Besoin discret xylophonique', visibility: 'discreet' }));
  const introduced = await buildPublishedNeed(app, owner, aNeed({ title: 'Besoin présenté xylophonique', visibility: 'discreet' }));
  const visit = await buildOffer(app, helper, anOffer());
  await buildIntroduction(app, moderator, { need: introduced.id, offer: visit.id, message: 'Vous pourriez vous parler.' });
  await app.database.run('UPDATE introduction SET helper_knows = true WHERE need_id = $1', [introduced.id]);
  await buildOffer(app, owner, anOffer({ title: 'Offre xylophonique' }));
  const suspended = await buildOffer(app, owner, anOffer({ title: 'Offre suspendue xylophonique' }));
  await post(app, owner, `/api/offers/${suspended.id}/actions`, { version: suspended.version, action: 'suspend' });
}

describe.each<Reader>([...EVERYBODY, ...GUESTS])('%s', (name) => {
  it('finds what they may read and nothing else, in hits and in the total', async () => {
    const { total, hits } = await find(app, readers[name], WORD);
    expect([namesOf(hits), total]).toEqual([visibleTo(name), visibleTo(name).length]);
  });

  it('is shown counts of what each choice then gives, and no value that only hidden things have', async () => {
    const { facets } = await find(app, readers[name], WORD);
    for (const facet of SEARCH_FACETS)
      for (const { value, count } of facets[facet]) {
        const { total, hits } = await find(app, readers[name], WORD, { [facet]: value });
        expect([facet, value, total]).toEqual([facet, value, count]);
        expect(namesOf(hits).filter((hit) => !visibleTo(name).includes(hit))).toEqual([]);
      }
  });

  it('is suggested nothing else while typing', async () => {
    expect(namesOf(await suggest(app, readers[name], 'xyloph')).filter((hit) => !visibleTo(name).includes(hit))).toEqual([]);
  });

  it('counts in a saved search what has a date and may be read', async () => {
    const dated = visibleTo(name).filter((hit) => !/^(city|person) /.test(hit));
    expect(await freshOf(app, readers[name], await follow(app, readers[name], WORD))).toBe(dated.length);
  });

  it('is told a spelling only by what they may read', async () => {
    const { spelling, also, hits } = await find(app, readers[name], MISSPELT);
    expect([namesOf(hits), spelling, also]).toEqual([visibleTo(name), WORD, [WORD]]);
  });
});

describe('what only hidden things hold', () => {
  const SECRET = 'quetzalcoatlien';
  beforeAll(async () => {
    const { owner, inConfidential } = readers;
    const thread = await buildThread(app, inConfidential, spaces.confidential, { title: 'Sujet réservé', body: `Le ${SECRET}.` });
    await buildPost(app, inConfidential, thread.id, { body: 'La fontaine municipalle, le lampadère et encore la passerelle.' });
    await buildDraft(app, owner, aShortEntry({ title: 'Ébauche quetzalcoatlienne' }));
    await buildNeed(app, owner, aNeed({ title: 'Besoin quetzalcoatlien' }));
    await rebuilt(app);
  });
  const others = [...EVERYBODY, ...GUESTS].filter((name) => name !== 'inConfidential');

  it.each(others)('is not found, counted, suggested or hinted at for %s', async (name) => {
    const reader = readers[name];
    for (const q of [SECRET, 'quetzalcoatlyen', `"${SECRET}"`, `${SECRET} ville:Nulle-Part`, `${SECRET} thème:eau-assainissement`, `"le ${SECRET}" type:practice`]) {
      const { total, hits, facets, also, spelling, ways } = await find(app, reader, q);
      const counted = Object.values(facets).flat().filter(({ count }) => count > 0);
      expect([q, total, hits, counted, also, spelling, ways]).toEqual([q, 0, [], [], [], null, []]);
    }
    expect(await suggest(app, reader, 'quetz')).toEqual([]);
    expect(await freshOf(app, reader, await follow(app, reader, SECRET))).toBe(0);
  });

  it('does not keep others from being understood when they misspell a word', async () => {
    const { owner, member, inConfidential } = readers;
    for (const body of ['Le lampadaire est neuf.', 'Un lampadaire solaire.']) {
      const thread = await buildThread(app, owner, spaces.open, { title: 'Éclairer la rue', body });
      await buildPost(app, owner, thread.id, { body });
    }
    await rebuilt(app);
    const { spelling, hits } = await find(app, member, 'lampadère');
    expect([spelling, hits.length]).toEqual(['lampadaire', 4]);
    // Whoever reads the hidden text finds the word as it stands there.
    expect((await find(app, inConfidential, 'lampadère')).hits[0]).toMatchObject({ title: 'Sujet réservé' });
  });

  it('does not keep others from being understood after it was removed', async () => {
    const { owner, member } = readers;
    const thread = await buildThread(app, owner, spaces.open, { title: 'Laver le linge', body: 'Un lavoir municipal rénové.' });
    const wrong = await buildPost(app, owner, thread.id, { body: 'Mot mal écrit : lavvoir.' });
    await rebuilt(app);
    expect((await find(app, member, 'lavvoir')).spelling).toBeNull();
    await app.call('DELETE', `/api/posts/${wrong.id}?version=${wrong.version}`, { cookie: owner.cookie });
    await indexed(app);
    expect(await find(app, member, 'lavvoir')).toMatchObject({ spelling: 'lavoir', total: 1 });
  });

  it('does not keep others from another form of their word', async () => {
    const { inConfidential, member, owner } = readers;
    await buildThread(app, owner, spaces.open, { title: 'Les bibliobus', body: 'Des bibliothécaires itinérantes.' });
    await indexed(app);
    const before = await find(app, member, 'itinérant');
    await buildThread(app, inConfidential, spaces.confidential, { title: 'Sujet réservé en anglais', body: 'The itinerant.', language: 'en' });
    await indexed(app);
    expect([before.total, (await find(app, member, 'itinérant')).total]).toEqual([1, 1]);
  });
});
