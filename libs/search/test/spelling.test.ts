import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bitCount, editDistance, forgiven, letters, sound } from '../src/spelling.js';

/** The definition, word for word and without any shortcut. */
function naiveDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [lastA, lastB] = [a.at(-1), b.at(-1)];
  const ways = [naiveDistance(a.slice(0, -1), b) + 1, naiveDistance(a, b.slice(0, -1)) + 1, naiveDistance(a.slice(0, -1), b.slice(0, -1)) + (lastA === lastB ? 0 : 1)];
  if (a.length > 1 && b.length > 1 && lastA === b.at(-2) && a.at(-2) === lastB) ways.push(naiveDistance(a.slice(0, -2), b.slice(0, -2)) + 1);
  return Math.min(...ways);
}
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 's'), maxLength: 6 });

describe('the distance between two words', () => {
  it('is that of its definition, up to where it stops counting', () => {
    fc.assert(fc.property(word, word, fc.integer({ min: 0, max: 6 }), (a, b, max) => expect(editDistance(a, b, max)).toBe(Math.min(naiveDistance(a, b), max + 1))));
  });

  it('counts a letter too many, one missing, one other and two swapped as one each', () => {
    expect([editDistance('innondation', 'inondation', 2), editDistance('assainisement', 'assainissement', 2), editDistance('videnge', 'vidange', 2), editDistance('marhcé', 'marché', 2)]).toEqual([1, 1, 1, 1]);
  });

  it('is never dismissed for its letters when it is small enough', () => {
    fc.assert(fc.property(word, word, (a, b) => expect(bitCount(letters(a) ^ letters(b))).toBeLessThanOrEqual(2 * naiveDistance(a, b))));
  });
});

describe('counting bits', () => {
  it('agrees with writing the number down', () => {
    fc.assert(fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (bits) => expect(bitCount(bits)).toBe((bits >>> 0).toString(2).replaceAll('0', '').length)));
  });
});

describe('spelling', () => {
  it('is forgiven the more the longer a word is, and not at all in the shortest', () => {
    expect([2, 3, 4, 7, 8, 20].map(forgiven)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it.each([
    ['pharmacie', 'farmacie'], ['assainissement', 'asainisement'], ['inondations', 'innondation'], ['eau', 'o'], ['quartier', 'cartier'], ['environnement', 'environement'], ['enfant', 'anfan'],
  ])('%s sounds like %s', (a, b) => {
    expect(sound(a)).toBe(sound(b));
  });

  it.each([['marché', 'mairie'], ['eau', 'feu'], ['port', 'pont']])('%s does not sound like %s', (a, b) => {
    expect(sound(a)).not.toBe(sound(b));
  });
});
