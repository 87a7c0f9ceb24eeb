import { beforeEach, describe, expect, it } from '@jest/globals';
import { parseSearch, type SearchFacet, type SearchResult, SEARCH_FACETS, withoutExcluded, withoutQuotes, writeValue } from '@passerelle/contract';
import { criteriaOf, folded, questionOf, toggleValue, chosenIn, without, withKind, withoutCriteria, withPattern } from '../src/features/search/criteria';
import { withMarks } from '../src/features/search/marks';

/** Its entries are enumerable, as a browser's are. */
const fakeStorage: Record<string, unknown> = Object.create({
  getItem: (name: string) => fakeStorage[name] ?? null,
  setItem: (name: string, value: string) => void (fakeStorage[name] = value),
  removeItem: (name: string) => void Reflect.deleteProperty(fakeStorage, name),
}) as Record<string, unknown>;
Object.defineProperty(globalThis, 'localStorage', { value: fakeStorage, configurable: true });
Reflect.deleteProperty(globalThis, 'BroadcastChannel');
const { markShared } = await import('../src/app/owner');
const { forgetSearches, noteSearch, recentSearches } = await import('../src/features/search/recent');

const values = (facet: Partial<Record<SearchFacet, [string, string][]>>) =>
  Object.fromEntries(SEARCH_FACETS.map((name) => [name, (facet[name] ?? []).map(([value, label]) => ({ value, label, count: 1 }))])) as SearchResult['facets'];
const facets = values({
  kind: [['practice', 'Pratiques'], ['thread', 'Fils']],
  theme: [['eau-assainissement', 'Eau et assainissement'], ['climat', 'Climat, nature et environnement']],
  country: [['SN', 'Sénégal'], ['CI', 'Côte d’Ivoire'], ['CM', 'Cameroun'], ['GA', 'Gabon']],
  size: [['small', 'Moins de 100 000 habitants']],
  cost: [['<50k', 'Moins de 50 000 €'], ['unknown', 'Coût inconnu']],
});
const known = { facets, operators: [] as SearchResult['operators'] };
const toggle = (q: string, facet: SearchFacet, value: string, operators: SearchResult['operators'] = []) => toggleValue(q, facet, value, { facets, operators }, 'fr');
const chosen = (q: string, facet: SearchFacet, operators: SearchResult['operators'] = []) => chosenIn(criteriaOf(q, { facets, operators }), facet);

describe('the panel', () => {
  it('writes a chosen value into the query by its name, in quotes where it has blanks', () => {
    expect(toggle('boues', 'country', 'SN')).toBe('boues pays:Sénégal');
    expect(toggle('boues', 'theme', 'eau-assainissement')).toBe('boues thème:"Eau et assainissement"');
    expect(toggle('', 'size', 'small')).toBe('taille:petite');
    expect(toggle('boues', 'cost', '<50k')).toBe('boues coût:<50k');
    expect(toggleValue('sludge', 'kind', 'thread', known, 'en')).toBe('sludge kind:thread');
  });

  it('shows what it wrote as chosen before the server has answered', () => {
    for (const facet of SEARCH_FACETS)
      for (const { value } of facets[facet]) expect([facet, value, chosen(toggle('boues', facet, value), facet)]).toEqual([facet, value, [value]]);
  });

  it('takes a value back as it was put, wherever it stands in the query', () => {
    for (const facet of SEARCH_FACETS)
      for (const { value } of facets[facet]) expect(toggle(`${toggle('boues', facet, value)} vidange`, facet, value)).toBe('boues vidange');
  });

  it('lets several values of a facet stand beside one another', () => {
    const both = toggle(toggle('eau', 'country', 'SN'), 'country', 'CI');
    expect(both).toBe('eau pays:Sénégal pays:"Côte d’Ivoire"');
    expect(chosen(both, 'country')).toEqual(['SN', 'CI']);
    expect(toggle(both, 'country', 'SN')).toBe('eau pays:"Côte d’Ivoire"');
  });

  it('shows what a typed operator stands for, as the server said', () => {
    const operators = [{ field: 'theme' as const, value: 'eau', values: ['eau-assainissement'] }];
    expect(chosen('boues thème:eau', 'theme', operators)).toEqual(['eau-assainissement']);
    expect(toggle('boues thème:eau', 'theme', 'eau-assainissement', operators)).toBe('boues');
    expect(toggle('boues theme:«\u00a0eau\u00a0»', 'theme', 'eau-assainissement', operators)).toBe('boues');
  });

  it('keeps the other values of an operator that stands for several', () => {
    const operators = [{ field: 'country' as const, value: 'Afrique centrale', values: ['CM', 'GA'] }];
    expect(toggle('eau pays:"Afrique centrale"', 'country', 'CM', operators)).toBe('eau pays:Gabon');
    expect(toggle('eau pays:"Afrique centrale" pays:Gabon', 'country', 'CM', operators)).toBe('eau pays:Gabon');
  });

  it('leaves words, expressions and the other operators as they are', () => {
    expect(toggle('"station de traitement" -latrines ville:Dakar pays:Sénégal avant:2024', 'country', 'SN')).toBe('"station de traitement" -latrines ville:Dakar avant:2024');
  });
});

describe('the criteria of a query', () => {
  it('are its operators, each once, with the dates', () => {
    expect(criteriaOf('eau ville:Dakar ville:Dakar avant:2024 après:2020 pays:SN', known)).toEqual([
      { field: 'city', value: 'Dakar', values: [] }, { field: 'country', value: 'SN', values: ['SN'] }, { field: 'after', value: '2020', values: [] }, { field: 'before', value: '2024', values: [] },
    ]);
  });

  it('can each be taken out, or all at once', () => {
    const q = 'eau ville:Dakar auteur:"Services techniques" avant:2024 "au marché" -latrines';
    expect(criteriaOf(q, known).map((criterion) => without(q, criterion))).toEqual([
      'eau auteur:"Services techniques" avant:2024 "au marché" -latrines', 'eau ville:Dakar avant:2024 "au marché" -latrines', 'eau ville:Dakar auteur:"Services techniques" "au marché" -latrines',
    ]);
    expect(withoutCriteria(q)).toBe('eau "au marché" -latrines');
  });

  it('give each kind its tab', () => {
    expect(withKind('eau type:projet', 'practice', 'fr')).toBe('eau type:pratique');
    expect(withKind('eau kind:project type:fil', null, 'fr')).toBe('eau');
  });

  it('take in the filters of older addresses', () => {
    expect(folded(new URLSearchParams('q=eau&kind=practice&theme=eau-assainissement&country=SN&language=fr&year=2024'), 'fr')).toBe('eau type:pratique thème:eau-assainissement pays:SN langue:français année:2024');
    expect(folded(new URLSearchParams('country=SN,CI'), 'en')).toBe('country:SN country:CI');
    expect(folded(new URLSearchParams('q=eau'), 'fr')).toBeNull();
  });

  it('are added with an example that is typed over', () => {
    const { q, from, to } = withPattern('eau ', { name: 'status', example: 'fil ouvert' }, 'fr');
    expect([q, q.slice(from, to)]).toEqual(['eau statut:"fil ouvert"', 'fil ouvert']);
    expect(withPattern('', { name: 'not', example: 'latrines' }, 'fr').q).toBe('-latrines');
    expect(parseSearch(withPattern('a', { name: 'phrase', example: 'station de traitement' }, 'fr').q).phrases).toEqual(['station de traitement']);
  });
});

describe('a query as text', () => {
  it('reads a value back as it was written, whatever its signs', () => {
    for (const label of ['Eau et assainissement', 'Côte d’Ivoire', 'Congo-Kinshasa', '>5M', 'l’"état" civil'])
      expect(parseSearch(`mot ${writeValue('concept', { value: 'x', label }, 'fr')} suite`).operators).toEqual([{ field: 'concept', value: label.replaceAll('"', '') }]);
  });

  it('loses its quotes but not those of operators, and what it shut out but not its operators', () => {
    expect(withoutQuotes('"au marché" pays:"Burkina Faso" -"en ville"')).toBe('au marché pays:"Burkina Faso" -"en ville"');
    expect(withoutExcluded('eau -latrines -"en ville" pays:"Burkina Faso"')).toBe('eau pays:"Burkina Faso"');
  });

  it('becomes the title of a question by its words alone', () => {
    expect(questionOf('qui vide les fosses "au marché" pays:Laos -latrines avant:2024')).toBe('Qui vide les fosses au marché');
    expect(questionOf('pays:Laos')).toBe('');
    expect(questionOf('une longue question '.repeat(20))).toMatch(/^Une longue question .{80,100}\S$/);
  });
});

describe('the title of a hit', () => {
  it('is marked where it answers; of matches that overlap, the first', () => {
    expect(withMarks('Un marché au marché', [[3, 9], [5, 9], [13, 19]])).toBe('Un \u0002marché\u0003 au \u0002marché\u0003');
    expect(withMarks('Un marché', [])).toBe('Un marché');
  });
});

describe('the last searches', () => {
  beforeEach(() => Object.keys(fakeStorage).forEach((name) => Reflect.deleteProperty(fakeStorage, name)));

  it('are kept by account, newest first, each once, six at most, until they are cleared', () => {
    for (const q of ['a', 'b', 'c', 'd', 'a', 'e', 'f', 'g']) noteSearch('me', q);
    noteSearch('other', 'z');
    expect(recentSearches('me')).toEqual(['g', 'f', 'e', 'a', 'd', 'c']);
    forgetSearches('me');
    expect([recentSearches('me'), recentSearches('other')]).toEqual([[], ['z']]);
  });

  it('are neither kept nor shown on a shared device', () => {
    noteSearch('me', 'avant');
    markShared(true);
    noteSearch('me', 'eau');
    expect(recentSearches('me')).toEqual([]);
  });

  it('survive what something else wrote under their name', () => {
    fakeStorage['passerelle.searched.me'] = '{broken';
    expect(recentSearches('me')).toEqual([]);
  });
});
