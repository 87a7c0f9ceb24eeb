import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SEARCH_FACETS, type SavedSearchView, type SearchResult } from '@passerelle/contract';
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { signIn, startWithDemonstration } from './builders/demonstration.js';
import { find, suggest } from './builders/search.js';
import type { TestApp } from './support/app.js';

let app: TestApp;
let mayor: string;
beforeAll(async () => {
  app = await startWithDemonstration();
  mayor = await signIn(app, 'maire@dakar.demo');
});
afterAll(() => app.stop());

const get = (path: string) => app.call('GET', path, { cookie: mayor });
const words = (count: number, word: (n: number) => string) => Array.from({ length: count }, (_, n) => word(n)).join(' ');
const shape = (result: SearchResult) => [Object.keys(result.facets), result.hits.length <= result.total];

const ODD: Record<string, string> = {
  nothing: '', blanks: ' \t\n\u00a0\u202f ', 'a quote': '"', 'three quotes': '"""', 'quotes that nobody closes': '"eau « potable', 'empty quotes': '"" «»', 'a minus': '-', 'only what is shut out': '-compost -"eau potable"', 'minus signs': '-- --- -"-"',
  'only operators': 'ville:Dakar thème:eau avant:2030 type:pratique', 'operators without values': 'ville: thème: avant: : :: :eau', 'operators of operators': 'ville:thème:eau:avant:2024', 'forty operators': words(40, (n) => `ville:v${n}`), 'the same operator again': words(100, () => 'pays:SN'),
  'SQL': `'; DROP TABLE post; -- ' OR 1=1 UNION SELECT * FROM account`, 'SQL patterns': '%_% \\% \\\\', 'search syntax of PostgreSQL': 'eau & | ! ( ) : * <-> <2> :*', 'a regular expression': '[a-z]+(.*)\\b{2,}?^$|(?=x)', 'a slow regular expression': `${'a'.repeat(50)}!`,
  'markup': '<script>alert(1)</script> &lt;b&gt;', 'a template': '${7*7} {{7*7}} #{7*7}', 'names of objects': '__proto__ constructor toString hasOwnProperty', 'operators by such names': 'constructor:x __proto__:y toString:z', 'values by such names': 'thème:constructor statut:__proto__ taille:toString langue:constructor type:hasOwnProperty',
  emoji: '😀 👩🏽‍🌾 🇸🇳', 'emoji among words': 'eau😀potable 💧eau', Arabic: 'مياه الشرب الصالحة', Khmer: 'ទឹកស្អាត សម្រាប់ភូមិ', Chinese: '饮用水', Cyrillic: 'питьевая вода', 'zero-width signs': '\u200b\u200d\u2060\ufeff', 'words with zero-width signs': 'é\u200bcole p\u00adrimaire', directions: '\u202eeau\u202c \u2067eau\u2069',
  NUL: '\u0000', 'NUL within a word': 'e\u0000au', 'signs of control': '\u0001\u0002\u0003\u001b[31meau\u007f', 'signs that mark an excerpt': '\u0002eau\u0003', 'many accents on a letter': `e${'\u0301'.repeat(300)}au`, 'composed and not': 'éte\u0301', ligatures: 'œuvre ﬁnance ĳ ß', 'wide letters': 'ｅａｕ', 'figures': '1 22 333 4444 ١٢٣ Ⅷ ½', 'a number': '9'.repeat(400),
  'only small words': 'de la du des le et à', 'one letter': 'a', 'two thousand signs of one word': 'a'.repeat(2_000), 'one word again and again': words(400, () => 'eau').slice(0, 2_000), 'as many words as there is room for': words(500, (n) => n.toString(36)).slice(0, 2_000), 'long words': words(20, (n) => `${'assainissement'.repeat(6)}${n}`).slice(0, 2_000),
  'a long expression': `"${words(300, () => 'eau')}`.slice(0, 2_000), 'many expressions': words(100, () => '"eau potable"').slice(0, 2_000), 'much shut out': words(300, (n) => `-m${n}`).slice(0, 2_000), 'what looks like a path': '../../etc/passwd C:\\Windows', 'what looks like an address': 'https://exemple.test/?q=eau&x=1#y',
};

describe('an odd query', () => {
  it.each(Object.keys(ODD))('of %s is answered', async (name) => {
    const result = await find(app, mayor, ODD[name] ?? '');
    expect(shape(result)).toEqual([[...SEARCH_FACETS], true]);
    for (const { excerpt } of result.hits) expect(excerpt.split('\u0002').length).toBe(excerpt.split('\u0003').length);
  });

  it.each(Object.keys(ODD))('of %s is answered while somebody types', async (name) => {
    expect(Array.isArray(await suggest(app, mayor, (ODD[name] ?? '').slice(0, 200)))).toBe(true);
  });

  it.each(Object.keys(ODD).filter((name) => ODD[name]?.trim()))('of %s can be followed and left', async (name) => {
    const id = uuid();
    const saved = await app.call('POST', '/api/saved-searches', { cookie: mayor, body: { id, q: ODD[name] } });
    expect([201, 400]).toContain(saved.status);
    expect((await app.call('DELETE', `/api/saved-searches/${id}`, { cookie: mayor })).status).toBe(204);
  });

  it('of bytes that are no text is answered or refused, never failed at', async () => {
    for (const bytes of ['%ED%A0%80eau', '%FF%FE', '%C3', '%', '%zz', 'eau%00potable', '+', '%F0%9F%98']) expect([200, 400]).toContain((await get(`/api/search?q=${bytes}`)).status);
  });

  it('of any signs at all is answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 80 }), async (typed) => {
        expect(shape(await find(app, mayor, typed))[1]).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('of nothing that could be a word finds nothing, also while somebody types', async () => {
    for (const typed of ['a', 'é', '-', '😀', '\u200b', 'l’', '"a"']) expect([typed, (await find(app, mayor, typed)).total, await suggest(app, mayor, typed)]).toEqual([typed, 0, []]);
    expect((await find(app, mayor, 'a type:pratique')).total).toBe((await find(app, mayor, 'type:pratique')).total);
  });

  it('finds what the signs around a word do not change', async () => {
    const plain = (await find(app, mayor, 'compost')).hits.map((hit) => hit.url);
    for (const typed of ['compost 😀', '\u200bcom\u200dpost', '(compost)', '  compost  ', 'compost?', 'COMPOST!!!', '\u0002compost\u0003'])
      expect([typed, (await find(app, mayor, typed)).hits.map((hit) => hit.url).sort()]).toEqual([typed, [...plain].sort()]);
  });
});

describe('what is refused', () => {
  it.each([
    ['ten thousand signs', `q=${'a'.repeat(10_000)}`], ['2 001 signs', `q=${'é'.repeat(2_001)}`], ['a kind that does not exist', 'q=eau&kind=nothing'],
    ['a date that is none', 'q=eau&since=hier'], ['a page too long', 'q=eau&limit=1000'], ['a page too far', 'q=eau&offset=1000'], ['a page of nothing', 'q=eau&limit=0'], ['no number', 'q=eau&limit=dix'], ['a list too long', `q=eau&country=${'SN,'.repeat(200)}`],
  ])('is %s, with a reason', async (_, query) => {
    const answer = await get(`/api/search?${query}`);
    expect([answer.status, answer.json.code, answer.json.errors?.length]).toEqual([400, 'invalid-input', 1]);
  });

  it('is what fits into no address, before it is read', async () => {
    expect((await get(`/api/search?q=${encodeURIComponent(words(2_000, (n) => `mot${n}`))}`)).status).toBe(431);
  });

  it('is a question of 201 signs while somebody types', async () => {
    expect([(await get(`/api/search/suggest?q=${'a'.repeat(200)}`)).status, (await get(`/api/search/suggest?q=${'a'.repeat(201)}`)).status]).toEqual([200, 400]);
  });

  it('is a saved search without words or of ten thousand signs', async () => {
    const save = async (q: unknown) => (await app.call('POST', '/api/saved-searches', { cookie: mayor, body: { id: uuid(), q } })).status;
    expect(await Promise.all([save('  '), save('a'.repeat(10_000)), save(null), save({ $ne: '' })])).toEqual([400, 400, 400, 400]);
  });
});

describe('parameters', () => {
  it('given twice or with odd values find nothing or are refused, and never fail', async () => {
    for (const query of ['q=eau&q=compost', 'q[]=eau', 'q[a]=b', 'theme=__proto__', 'country=%00', 'year=-1', 'concept=%27%3B--', 'status=%F0%9F%98%80', 'size=,,,', 'theme=a&theme=b', 'since=2024-99-99', 'since=2024-01-01T99'])
      expect([200, 400]).toContain((await get(`/api/search?${query}`)).status);
  });

  it('a saved search that holds lone surrogates is kept or refused, and the list still reads', async () => {
    const answer = await app.call('POST', '/api/saved-searches', { cookie: mayor, body: `{"id":"${uuid()}","q":"eau \\ud800 \\u0000"}` });
    expect([201, 400]).toContain(answer.status);
    const list = await get('/api/saved-searches');
    expect([list.status, (list.json as unknown as { items: SavedSearchView[] }).items.every((item) => typeof item.q === 'string')]).toEqual([200, true]);
  });
});
