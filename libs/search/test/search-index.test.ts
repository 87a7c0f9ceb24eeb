import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aDocument, anIndex, type Document, FACETS, type Facet, find, keysOf, textsOf } from './documents.js';

// Words with figures have neither stems nor families nor other spellings: what is found is plain to say.
const word = fc.constantFrom('w1', 'w2', 'w3', 'w4', 'w5');
const value = fc.constantFrom('a', 'b', 'c');
const document = fc
  .record({
    key: fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5', 'k6'), scope: fc.constantFrom('members', 'secret'), words: fc.array(word, { minLength: 1, maxLength: 5 }), at: fc.integer({ min: 0, max: 9 }),
    facets: fc.record({ kind: fc.array(value, { minLength: 1, maxLength: 1 }), theme: fc.uniqueArray(value, { maxLength: 2 }), country: fc.uniqueArray(value, { maxLength: 2 }) }),
  })
  .map(({ words, ...rest }) => aDocument(rest.key, { ...rest, body: words.join(' ') }));
type Step = { add: Document } | { remove: string };
const steps = fc.array(fc.oneof({ weight: 3, arbitrary: document.map((one): Step => ({ add: one })) }, { weight: 1, arbitrary: fc.constantFrom('k1', 'k2', 'k3').map((remove): Step => ({ remove })) }), { maxLength: 30 });
const request = fc.record({
  // One word or none: of several, what answers little of the query is left out.
  text: fc.option(word, { nil: '' }), excluded: fc.array(word, { maxLength: 1 }), from: fc.integer({ min: 0, max: 5 }), before: fc.oneof(fc.constant(Infinity), fc.integer({ min: 3, max: 10 })),
  filters: fc.record({ kind: fc.uniqueArray(value, { minLength: 1, maxLength: 2 }), theme: fc.uniqueArray(value, { minLength: 1, maxLength: 2 }) }, { requiredKeys: [] }), secret: fc.boolean(),
});
type Request = typeof request extends fc.Arbitrary<infer T> ? T : never;

function run(list: Step[]): { index: ReturnType<typeof anIndex>; left: Map<string, Document> } {
  const [index, left] = [anIndex([]), new Map<string, Document>()];
  for (const step of list)
    if ('add' in step) {
      index.add(step.add);
      left.set(step.add.key, step.add);
    } else {
      index.remove(step.remove);
      left.delete(step.remove);
    }
  return { index, left };
}

/** What must be found, by looking at every document in turn. */
function naive(documents: Iterable<Document>, { text, excluded, from, before, filters, secret }: Request) {
  const wordsOf = (one: Document) => one.body.split(' ');
  const found = [...documents].filter((one) => (secret || one.scope !== 'secret') && one.at >= from && (before === Infinity || (one.at > 0 && one.at < before)) && (text === '' || wordsOf(one).includes(text)) && !excluded.some((no) => wordsOf(one).includes(no)));
  const meets = (one: Document, but?: Facet) => FACETS.every((facet) => facet === but || !(facet in filters) || (one.facets[facet] ?? []).some((has) => (filters as Partial<Record<Facet, string[]>>)[facet]?.includes(has)));
  const counts = (facet: Facet) => {
    const sums = new Map<string, number>();
    for (const one of found) if (meets(one, facet)) for (const has of one.facets[facet] ?? []) sums.set(has, (sums.get(has) ?? 0) + 1);
    return [...sums].sort();
  };
  return { keys: found.filter((one) => meets(one)).map((one) => one.key).sort(), facets: FACETS.map(counts) };
}

function answered(index: ReturnType<typeof anIndex>, { secret, ...asked }: Request) {
  const { total, hits, facets } = index.search({ ...asked, sees: (scope) => secret || scope !== 'secret', limit: 1_000 });
  expect(total).toBe(hits.length);
  return { keys: hits.map((hit) => hit.key).sort(), facets: FACETS.map((facet) => [...facets[facet]].sort()) };
}

describe('an index that is added to, replaced in and removed from', () => {
  it('finds and counts what a plain list of what is left does', () => {
    fc.assert(
      fc.property(steps, request, (list, asked) => {
        const { index, left } = run(list);
        expect(index.size).toBe(left.size);
        expect(answered(index, asked)).toEqual(naive(left.values(), asked));
      }),
      { numRuns: 300 },
    );
  });

  it('answers as one that was built of what is left', () => {
    fc.assert(
      fc.property(steps, request, (list, asked) => {
        const { index, left } = run(list);
        expect(answered(index, asked)).toEqual(answered(anIndex([...left.values()]), asked));
      }),
    );
  });

  it('answers the same after a document was taken out and put back', () => {
    fc.assert(
      fc.property(document, fc.uniqueArray(document, { selector: (one) => one.key }), request, (again, others, asked) => {
        const index = anIndex([...others, again]);
        const before = answered(index, asked);
        index.remove(again.key);
        index.add(again);
        expect(answered(index, asked)).toEqual(before);
      }),
    );
  });
});

describe('what is found', () => {
  it('stands in one order, whatever the order in which it came', () => {
    fc.assert(
      fc.property(fc.uniqueArray(document, { selector: (one) => one.key }), fc.option(word, { nil: '' }), (documents, text) => {
        expect(keysOf(anIndex([...documents].reverse()), text)).toEqual(keysOf(anIndex(documents), text));
      }),
    );
  });

  it('by several words holds one of them at least, and first what holds all', () => {
    fc.assert(
      fc.property(fc.uniqueArray(document, { selector: (one) => one.key, minLength: 1 }), fc.uniqueArray(word, { minLength: 2, maxLength: 3 }), (documents, words) => {
        const held = (key: string) => words.filter((one) => documents.find((other) => other.key === key)?.body.split(' ').includes(one)).length;
        const found = keysOf(anIndex(documents), words.join(' '));
        expect(found.every((key) => held(key) > 0)).toBe(true);
        expect(documents.filter((one) => held(one.key) === words.length && !found.includes(one.key))).toEqual([]);
      }),
    );
  });

  it('without words is everything, the newest first', () => {
    expect(keysOf(anIndex([aDocument('old', { at: 1 }), aDocument('new', { at: 3 }), aDocument('middle', { at: 2 })]), '')).toEqual(['new', 'middle', 'old']);
  });

  it('needs none of the words in particular, and is better with more of them', () => {
    expect(keysOf(textsOf(['la collecte des ordures', 'la collecte', 'le marché']), 'collecte ordures')).toEqual(['0', '1']);
  });

  it('is better by a word in the title than by one in the text', () => {
    const index = anIndex([aDocument('text', { title: 'Autre chose', body: 'une fontaine au village' }), aDocument('title', { title: 'Une fontaine', body: 'autre chose au village' })]);
    expect(keysOf(index, 'fontaine')).toEqual(['title', 'text']);
  });

  it('is first what bears just this title', () => {
    const index = anIndex([aDocument('more', { title: 'Budget participatif des quartiers : le budget participatif', body: 'budget participatif budget participatif' }), aDocument('just', { title: 'Budget participatif' })]);
    expect(keysOf(index, 'le budget participatif')[0]).toBe('just');
  });

  it('weighs rare words more than common ones', () => {
    const index = textsOf(['la ville et la collecte', 'la ville et la route', 'la ville et le pont', 'la ville et le port', 'un hydrocureur neuf']);
    expect(keysOf(index, 'ville hydrocureur')[0]).toBe('4');
  });

  it('holds every word of an expression in quotes, and none that is refused in any form', () => {
    const index = textsOf(['la station de traitement', 'la station', 'le traitement', 'les stations de traitements']);
    expect([keysOf(index, '', { phrases: ['station de traitement'] }), keysOf(index, 'station', { excluded: ['traitements'] })]).toEqual([['0'], ['1']]);
  });

  it('holds an expression in one text, with its small words and across no border', () => {
    const index = anIndex([
      aDocument('yes', { body: 'Là, la STATION de Traitement.' }), aDocument('other', { body: 'Une station, puis le traitement.' }), aDocument('apart', { title: 'La station', body: 'de traitement' }), aDocument('back', { body: 'de traitement, la station' }),
    ]);
    expect([keysOf(index, '', { phrases: ['station de traitement'] }), keysOf(index, '', { phrases: ['la station'] }).sort(), keysOf(index, '', { phrases: ['station traitement'] })]).toEqual([['yes'], ['apart', 'back', 'yes'], []]);
  });

  it('lacks some word of each expression that is shut out, and nothing for one of words that say nothing', () => {
    const index = textsOf(['la station de traitement', 'la station', 'le traitement de la station neuve']);
    expect([keysOf(index, 'station', { excluded: ['station de traitement'] }), keysOf(index, 'station', { excluded: ['de la'] }).sort()]).toEqual([['1'], ['0', '1', '2']]);
  });

  it('is bounded for each kind where somebody types', () => {
    const index = anIndex(['a', 'b', 'c'].flatMap((kind) => [1, 2, 3].map((n) => aDocument(`${kind}${n}`, { kind, body: 'fontaine' }))));
    expect(keysOf(index, 'font', { typing: true, perKind: 2 }).map((key) => key[0]).sort()).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
  });

  it('counts in no facet what the reader may not see', () => {
    const index = anIndex([aDocument('open', { body: 'fontaine', facets: { theme: ['eau'] } }), aDocument('hidden', { body: 'fontaine', scope: 'secret', facets: { theme: ['secret'] } })]);
    const { total, facets } = find(index, 'fontaine', { sees: (scope) => scope === 'members' });
    expect([total, [...facets.theme]]).toEqual([1, [['eau', 1]]]);
  });
});
