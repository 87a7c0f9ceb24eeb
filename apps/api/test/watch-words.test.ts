import { describe, expect, it } from '@jest/globals';
import { readDomain, Rule, watchedOf } from '../src/watch/index.js';
import { isBelow } from '../src/watch/links.js';
import { Rates } from '../src/watch/rates.js';
import { BEGINNING_MIN, readTerm, WordList } from '../src/watch/words.js';

const found = (terms: string[], text: string) => new WordList(terms).marks(text).map(([from, to]) => text.slice(from, to));
const watched = (html: string, more = {}) => watchedOf({ person: 'p', isNew: false, at: 0, title: '', html, own: 'passerelle.test', before: () => [], ...more });
const aRule = (definition: object) => new Rule({ id: 'r', space_id: null, name: 'Une règle', action: 'hold', definition } as ConstructorParameters<typeof Rule>[0]);

describe('a watched word', () => {
  it('is found as a whole word, whatever its case and accents', () => {
    expect(found(['été'], 'ÉTÉ comme ete, l’été, mais pas étés ni prêté')).toEqual(['ÉTÉ', 'ete', 'été']);
    expect(found(['cœur'], 'Le coeur et le CŒUR')).toEqual(['coeur', 'CŒUR']);
  });

  it('is found by its beginning where it says so', () => {
    expect(found(['promo*'], 'Promotion, promo, compromis')).toEqual(['Promotion', 'promo']);
  });

  it('may be a phrase, across punctuation and an apostrophe', () => {
    expect(found(['offre spéciale', "l'eau chaude", 'porte à port*'], 'Une offre, spéciale ! L’eau chaude et le porte-à-porte, offre très spéciale')).toEqual(['offre, spéciale', 'L’eau chaude', 'porte-à-porte']);
  });

  it('is the longest that stands at a place, and each place is told once', () => {
    expect(found(['bon', 'bon de commande', 'commande'], 'Un bon de commande')).toEqual(['bon de commande']);
  });

  it('is no term when nothing could be looked for, or half of the language', () => {
    expect(['!!!', '*', 'ab*', 'un deux trois quatre cinq six sept huit neuf'].map(readTerm)).toEqual([null, null, null, null]);
    expect(readTerm('a'.repeat(BEGINNING_MIN) + '*')).toEqual({ words: ['aaa'], begins: true });
  });

  it('is found through marks of emphasis inside of it', () => {
    expect(aRule({ kind: 'words', terms: ['publicité'] }).finds(watched('<p>De la pub<strong>licité</strong> &amp; rien</p>'))).toEqual(['publicité']);
    expect(aRule({ kind: 'words', terms: ['amp'] }).finds(watched('<p>a &amp; b</p>'))).toBeNull();
  });

  it('is found with something invisible inside of it, in the text and in the rule', () => {
    expect(found(['remise', 'offre spéciale'], 'Une rem\u00adise, des re\u200bmise et une off\u2060re\u200d spé\ufeffciale')).toEqual(['rem\u00adise', 're\u200bmise', 'off\u2060re\u200d spé\ufeffciale']);
    expect(found(['rem\u200bise*'], 'Des remises')).toEqual(['remises']);
    expect(aRule({ kind: 'words', terms: ['remise'] }).finds(watched('<p>Une rem\u00adise</p>'))).toEqual(['rem\u00adise']);
  });

  it('is new in a text when it stood in none before, however many others did, and whatever its case', () => {
    const terms = 'pomme poire prune cerise fraise banane orange citron kiwi mangue ananas arnaque'.split(' ');
    const rule = aRule({ kind: 'words', terms });
    const before = watched(`<p>${terms.slice(0, -1).join(' ')}</p>`);
    expect(rule.findsNew(watched(`<p>${terms.join(' ')}</p>`), before)).toEqual(['arnaque']);
    expect(rule.findsNew(watched(`<p>${terms.slice(0, -1).join(' ').toUpperCase()}</p>`), before)).toBeNull();
  });

  it('takes a few milliseconds in a long message with five hundred terms, whatever they are', () => {
    const terms = Array.from({ length: 500 }, (_, index) => (index % 3 === 0 ? `aaa${index}*` : index % 3 === 1 ? `aaa aaa aaa aaa aaa aaa aaa b${index}` : `mot${index}`));
    const rule = aRule({ kind: 'words', terms });
    const texts = [`<p>${'aaa '.repeat(5_000)}</p>`, `<p>${'L’été à la mairie déléguée '.repeat(740)}</p>`];
    for (const html of texts) rule.finds(watched(html));
    const times = texts.map((html) => {
      const start = performance.now();
      for (let turn = 0; turn < 10; turn += 1) rule.finds(watched(html));
      return (performance.now() - start) / 10;
    });
    // Measured: 1.0 ms, p95 1.6; the bound only tells of an order of magnitude.
    expect(Math.max(...times)).toBeLessThan(60);
  });
});

describe('a watched link', () => {
  const html = '<p><a href="https://www.Boutique.example/a?b=1&amp;c=2" rel="x">x</a> <a href="/villes/dakar" class="mention">@Dakar</a> <a href="https://passerelle.test/fils/1">ici</a> <a href="mailto:a@b.example">m</a></p>';

  it('goes by its domain and those above it', () => {
    expect([readDomain('https://www.Boutique.example/a'), readDomain('boutique.example'), readDomain('pas un domaine'), readDomain('mairie')]).toEqual(['boutique.example', 'boutique.example', null, null]);
    expect([readDomain('*.vente.example'), readDomain('https://*.www.vente.example/a'), readDomain('ven*te.example'), readDomain('*.example')]).toEqual(['vente.example', 'vente.example', null, null]);
    expect([isBelow('a.b.example', new Set(['b.example'])), isBelow('xb.example', new Set(['b.example']))]).toEqual([true, false]);
  });

  it('is told when it is watched, or not among those allowed, or any; links within the platform never are', () => {
    const look = (definition: object) => aRule({ kind: 'links', newcomers: false, domains: [], ...definition }).finds(watched(html));
    expect([look({ mode: 'watched', domains: ['boutique.example'] }), look({ mode: 'watched', domains: ['autre.example'] }), look({ mode: 'allowed', domains: ['boutique.example'] }), look({ mode: 'any' })]).toEqual([['boutique.example'], null, null, ['boutique.example']]);
  });

  it('may be looked for in what newcomers write only', () => {
    const rule = aRule({ kind: 'links', mode: 'any', domains: [], newcomers: true });
    expect([rule.finds(watched(html)), rule.finds(watched(html, { isNew: true }))]).toEqual([null, ['boutique.example']]);
  });
});

describe('what somebody wrote', () => {
  it('is counted once, and forgotten when no rule looks back to it', () => {
    const rates = new Rates();
    rates.add('p', { id: '1', space: 's', at: 10, words: '' });
    rates.add('p', { id: '1', space: 's', at: 10, words: 'x' });
    rates.add('p', { id: '2', space: 's', at: 20, words: 'y' });
    expect(rates.since('p', 0).map(({ words }) => words)).toEqual(['x', 'y']);
    rates.prune(15);
    expect(rates.since('p', 0).map(({ id }) => id)).toEqual(['2']);
  });
});
