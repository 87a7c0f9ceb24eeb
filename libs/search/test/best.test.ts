import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Best } from '../src/best.js';

const offers = fc.array(fc.record({ score: fc.integer({ min: 0, max: 5 }), kind: fc.integer({ min: 0, max: 2 }) }), { maxLength: 30 }).map((list) => list.map((one, number) => ({ ...one, number })));
const inOrder = <T extends { score: number; number: number }>(list: T[]) => [...list].sort((a, b) => b.score - a.score || b.number - a.number);
const numbersOf = (list: { number: number }[]) => list.map((one) => one.number);

describe('the best of many', () => {
  it('are those that sorting them all gives, of two equals the one that is said to come first', () => {
    fc.assert(
      fc.property(offers, fc.integer({ min: 1, max: 8 }), (list, limit) => {
        const best = new Best(limit, (a, b) => a > b);
        for (const { number, score, kind } of list) best.offer(number, score, kind);
        expect(numbersOf(best.list)).toEqual(numbersOf(inOrder(list).slice(0, limit)));
      }),
    );
  });

  it('are at most so many of a kind where that is asked', () => {
    fc.assert(
      fc.property(offers, fc.integer({ min: 1, max: 4 }), (list, perKind) => {
        const best = new Best(8, (a, b) => a > b, perKind);
        for (const { number, score, kind } of list) best.offer(number, score, kind);
        const kept = [0, 1, 2].flatMap((kind) => inOrder(list.filter((one) => one.kind === kind)).slice(0, perKind));
        expect(numbersOf(best.list)).toEqual(numbersOf(inOrder(kept).slice(0, 8)));
      }),
    );
  });
});
