import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OPERATORS, parseSearch, type SearchOperator, withoutExcluded, withoutOperators, withoutQuotes, writeOperator } from '../src/index.js';

const EMPTY = { words: [], phrases: [], excluded: [], operators: [], before: null, after: null, from: null };
const NAMES = Object.entries(OPERATORS).flatMap(([operator, names]) => [...names.fr, ...names.en].map((name) => ({ operator: operator as SearchOperator, name })));
const FIELDS = NAMES.filter(({ operator }) => operator !== 'before' && operator !== 'after');

describe('a query as it was typed', () => {
  it('is taken apart into words, expressions, what is shut out, operators and dates', () => {
    expect(parseSearch('boues "station de traitement" -latrines ville:Dakar avant:2024 après:2019-06 -"fosse septique"')).toEqual({
      ...EMPTY, words: ['boues'], phrases: ['station de traitement'], excluded: ['latrines', 'fosse septique'], operators: [{ field: 'city', value: 'Dakar' }], before: '2024', after: '2019-06',
    });
  });

  it.each(FIELDS)('knows $name: as it is written, in capitals, and with its accents composed or not', ({ operator, name }) => {
    for (const typed of [name, name.toUpperCase(), name.normalize('NFD')]) expect(parseSearch(`${typed}:valeur`)).toEqual({ ...EMPTY, operators: [{ field: operator, value: 'valeur' }] });
  });

  it('knows every name with an accent without it too', () => {
    for (const { operator, name } of NAMES) {
      const bare = name.normalize('NFD').replace(/\p{M}/gu, '');
      expect([name, NAMES.some((other) => other.operator === operator && other.name === bare)]).toEqual([name, true]);
    }
  });

  it('takes a value in quotes of any kind as a whole', () => {
    for (const value of ['"Cap-Haïtien nord"', '« Cap-Haïtien nord »', '“Cap-Haïtien nord”', '«\u00a0Cap-Haïtien nord\u00a0»']) expect(parseSearch(`ville:${value}`).operators).toEqual([{ field: 'city', value: 'Cap-Haïtien nord' }]);
  });

  it('takes quotes that nobody closes up to the end', () => {
    expect(parseSearch('boues "station de traitement')).toEqual({ ...EMPTY, words: ['boues'], phrases: ['station de traitement'] });
    expect(parseSearch('ville:"Cap Haïtien')).toEqual({ ...EMPTY, operators: [{ field: 'city', value: 'Cap Haïtien' }] });
  });

  it('keeps hyphens within words and minus signs that stand alone out of it', () => {
    expect(parseSearch('micro-jardins - eau')).toEqual({ ...EMPTY, words: ['micro-jardins', 'eau'] });
  });

  it('reads years, months and days, and takes anything else for a word', () => {
    expect(parseSearch('avant:2024-03 après:2023-12-31')).toEqual({ ...EMPTY, before: '2024-03', after: '2023-12-31' });
    expect(parseSearch('avant:hier après:2024-13')).toEqual({ ...EMPTY, words: ['hier', '2024-13'] });
  });

  it('tells "since", which begins with the date, from "after", which begins when it is over', () => {
    for (const name of ['depuis', 'since']) expect(parseSearch(`${name}:2024`)).toEqual({ ...EMPTY, from: '2024' });
    for (const name of ['après', 'apres', 'after']) expect(parseSearch(`${name}:2024`)).toEqual({ ...EMPTY, after: '2024' });
  });

  it('never takes an operator after a minus for its opposite', () => {
    expect(parseSearch('boues -ville:Dakar')).toEqual({ ...EMPTY, words: ['boues'], excluded: ['Dakar'] });
  });

  it('leaves what is no operator among the words: addresses, hours, unknown names', () => {
    expect(parseSearch('https://exemple.test 14:30 chose:truc').operators).toEqual([]);
    expect(parseSearch('chose:truc').words).toEqual(['chose truc']);
  });

  it('has nothing of an operator without a value', () => {
    expect([parseSearch('ville:'), parseSearch('ville: '), parseSearch('ville:""'), parseSearch('avant:')].every(({ operators, before }) => operators.length === 0 && before === null)).toBe(true);
  });

  it('is read whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => expect(Object.keys(parseSearch(typed)).sort()).toEqual(Object.keys(EMPTY).sort())));
    fc.assert(fc.property(fc.array(fc.constantFrom('"', '-', ':', ' ', 'ville', 'avant', '2024', '«', '»', 'é', '\u0000', '😀'), { maxLength: 40 }).map((parts) => parts.join('')), (typed) => expect(() => parseSearch(typed)).not.toThrow()));
  });
});

describe('an operator that is written', () => {
  it('is read again as the same', () => {
    const value = fc.string({ unit: fc.constantFrom('a', 'É', ' ', '-', '1'), minLength: 1, maxLength: 12 }).map((text) => `x${text}`.trim());
    fc.assert(
      fc.property(fc.constantFrom(...FIELDS.map(({ operator }) => operator)), value, fc.constantFrom('fr' as const, 'en' as const), (operator, text, language) =>
        expect(parseSearch(writeOperator(operator, text, language)).operators).toEqual([{ field: operator, value: text }])),
    );
  });

  it('is taken away alone', () => {
    expect(withoutOperators('boues VILLE:Dakar "station neuve" ville:Lomé', 'city', (value) => value === 'Dakar')).toBe('boues "station neuve" ville:Lomé');
    expect(withoutOperators('boues depuis:2020 après:2019', 'after', () => true)).toBe('boues');
    expect(withoutOperators('boues -ville:Dakar', 'city', () => true)).toBe('boues -ville:Dakar');
  });
});

describe('a query without its quotes or what it shuts out', () => {
  it('keeps everything else', () => {
    expect(withoutQuotes('boues « station de traitement » ville:"Cap Haïtien" -"fosse septique"')).toBe('boues station de traitement ville:"Cap Haïtien" -"fosse septique"');
    expect(withoutExcluded('boues -latrines ville:Dakar -"fosse septique" -ville:Lomé')).toBe('boues ville:Dakar');
  });
});
