import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Facets } from '../src/facets.js';

const NAMES = ['kind', 'theme', 'country'] as const;
type Values = Partial<Record<(typeof NAMES)[number], string[]>>;

const value = fc.constantFrom('a', 'b', 'c', 'd');
const values: fc.Arbitrary<Values> = fc.record({ kind: fc.uniqueArray(value, { maxLength: 1 }), theme: fc.uniqueArray(value, { maxLength: 3 }), country: fc.uniqueArray(value, { maxLength: 2 }) }, { requiredKeys: [] });
const chosen: fc.Arbitrary<Values> = fc.record({ kind: fc.uniqueArray(value, { minLength: 1, maxLength: 2 }), theme: fc.uniqueArray(value, { minLength: 1, maxLength: 2 }), country: fc.uniqueArray(value, { minLength: 1, maxLength: 2 }) }, { requiredKeys: [] });

const meets = (document: Values, filters: Values, but?: string) => NAMES.every((name) => name === but || !filters[name] || filters[name].some((one) => document[name]?.includes(one)));

/** Counts one facet by looking at every document anew. */
function naiveCount(documents: Values[], filters: Values, name: (typeof NAMES)[number]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const document of documents) if (meets(document, filters, name)) for (const one of document[name] ?? []) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

function counted(documents: Values[], filters: Values) {
  const facets = new Facets(NAMES);
  documents.forEach((document, number) => facets.add(number, document));
  const counter = facets.counter(filters);
  documents.forEach((_, number) => counter.count(number));
  return { counter, result: counter.result };
}

describe('facets', () => {
  it('are each counted under all the others but not under themselves, however many values are chosen', () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 20 }), chosen, (documents, filters) => {
        const { result } = counted(documents, filters);
        for (const name of NAMES) expect(new Map([...result[name]].sort())).toEqual(new Map([...naiveCount(documents, filters, name)].sort()));
      }),
    );
  });

  it('let pass what meets all of them, by one of the values chosen', () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 20 }), chosen, (documents, filters) => {
        const { counter } = counted(documents, filters);
        expect(documents.map((_, number) => counter.passes(number))).toEqual(documents.map((document) => meets(document, filters)));
      }),
    );
  });

  it('let nothing pass where a value is asked for that nothing has', () => {
    const { counter, result } = counted([{ kind: ['a'], theme: ['b'] }], { kind: ['nowhere'] });
    expect([counter.passes(0), result.kind, result.theme.size]).toEqual([false, new Map([['a', 1]]), 0]);
  });

  it('that only filter are not counted, and filter as before', () => {
    const facets = new Facets(NAMES, ['kind']);
    facets.add(0, { kind: ['a'], theme: ['b'] });
    facets.add(1, { kind: ['a'], theme: ['c'] });
    const counter = facets.counter({ theme: ['b'] });
    for (const number of [0, 1]) counter.count(number);
    expect([counter.passes(0), counter.passes(1), counter.result.kind, counter.result.theme.size]).toEqual([true, false, new Map([['a', 1]]), 0]);
  });

  it('keep their values apart, however many there are', () => {
    const facets = new Facets(NAMES);
    const values = 70_000;
    for (let number = 0; number < values; number += 1) facets.add(number, { theme: [`t${number}`] });
    const counter = facets.counter({ theme: ['t0'] });
    expect([counter.passes(0), counter.passes(65_536)]).toEqual([true, false]);
  });

  it('know all values that ever occurred', () => {
    const facets = new Facets(NAMES);
    facets.add(0, { theme: ['x', 'y'] });
    facets.add(1, { theme: ['y'], kind: ['x'] });
    expect([facets.valuesOf('theme'), facets.valuesOf('kind'), facets.valuesOf('country')]).toEqual([['x', 'y'], ['x'], []]);
  });
});
