import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PracticeContent, type PracticeView } from '@passerelle/contract';
import { parse } from 'csv-parse/sync';
import { v7 as uuid } from 'uuid';
import { CONTENT_COLUMNS, readCell, valueAt, writeCell } from '../src/practices/exchange/columns.js';
import { LiveIndex } from '../src/search/index.js';
import { startWithDemonstration } from './builders/demonstration.js';
import { exchangeOf, HEADINGS, lineOf, places } from './builders/exchange.js';
import { buildMember, type Member } from './builders/forum.js';
import { aFullEntry } from './builders/practices.js';
import type { TestApp } from './support/app.js';
import { countStatements } from './support/statements.js';

let app: TestApp;
let administrator: Member, member: Member, guest: Member;
let exported: Exchange['exported'], send: Exchange['send'], report: Exchange['report'], write: Exchange['write'], count: Exchange['count'];
type Exchange = ReturnType<typeof exchangeOf>;

beforeAll(async () => {
  app = await startWithDemonstration();
  [administrator, member, guest] = [
    await buildMember(app, { role: 'administrator' }),
    await buildMember(app),
    await buildMember(app, { role: 'guest' }),
  ];
  ({ exported, send, report, write, count } = exchangeOf(app, administrator));
});
afterAll(() => app.stop());

const practice = async (ref: string) =>
  (await app.call('GET', `/api/practices/${ref}`, { cookie: administrator.cookie })).json as unknown as PracticeView;
const stored = (ref: string) =>
  app.database.row<{ title: string; state: string; version: number; summary: string; city_name: string }>(
    'SELECT title, state, version, summary, city_name FROM practice WHERE ref = $1',
    [ref],
  );
describe('the export', () => {
  it('is the list with its filters and its order, one practice a row, in UTF-8 with its mark', async () => {
    const file = await exported(administrator, 'sort=title&country=SN,CM');
    expect(file.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const rows = parse<{ ref: string; country: string; title: string }>(file, { bom: true, columns: true });
    const list = await app.call('GET', '/api/practices?sort=title&country=SN,CM&limit=100', { cookie: administrator.cookie });
    expect(rows.map((row) => row.ref)).toEqual((list.json as unknown as { items: { ref: string }[] }).items.map((item) => item.ref));
    expect(rows.every((row) => ['SN', 'CM'].includes(row.country) && row.title.length > 0)).toBe(true);
  });

  it('gives each value of the entry back from its cell', async () => {
    const content = aFullEntry(uuid(), {
      cost: { amount: 12_000_000, currency: 'XOF', rate: 655.957, rateDate: '2024-05-01' },
      funding: [{ funder: 'Ville', kind: '', percent: 30 }],
      awards: ['Prix | ville', 'Deuxième'],
      sdgs: [6, 11],
      translation: { language: 'en', title: 'Markets', summary: '', problem: '', solution: '', difficulties: '', translator: '=X' },
      solution: `'=1+1\nligne deux; "citée"`,
      resources: '-5 agents',
      problem: '@ville',
    });
    for (const column of CONTENT_COLUMNS) {
      const value = valueAt(content, column.path);
      expect([column.heading, readCell(column, writeCell(column, value))]).toEqual([column.heading, { value }]);
    }
    // No part of the entry lacks its column.
    const covered = new Set(CONTENT_COLUMNS.map((column) => column.path.split('.')[0]));
    expect(Object.keys(PracticeContent.shape).filter((field) => !covered.has(field))).toEqual([]);
  });

  it('asks the database the same number of times for one practice as for forty', async () => {
    const statements = (query: string) => countStatements(app, () => exported(administrator, query));
    await statements('');
    expect(await statements('')).toBe(await statements('organisation=dschang'));
  });

  it('keeps from a guest what the list keeps, and what a city shows to members only', async () => {
    const cost = { amount: 12_000_000, currency: 'XOF', rate: 655.957, rateDate: '2024-05-01' };
    await app.database.run(
      `UPDATE practice SET content = content || $2, version = version + 1, source_url = NULL, consent = '{"name": "Maire"}' WHERE ref = $1`,
      [
        'demo-08',
        JSON.stringify({ cost, costRange: null, costNote: 'Douze millions', funding: [{ funder: 'Ville', kind: '', amount: 5_000_000 }] }),
      ],
    );
    await app.database.run(`UPDATE practice SET state = 'published', source_url = NULL WHERE ref = 'demo-09'`);
    const read = async (who: Member) =>
      JSON.parse(String(await exported(who, 'format=json'))) as { ref: string; content: PracticeContent }[];
    const [all, open] = [await read(member), await read(guest)];
    expect([all.length, open.length, open.some((entry) => entry.ref === 'demo-09')]).toEqual([40, 39, false]);
    const of = (entries: typeof all) => entries.find((entry) => entry.ref === 'demo-08')?.content;
    expect([of(all)?.cost, of(all)?.funding[0]?.amount]).toEqual([cost, 5_000_000]);
    expect([of(open)?.cost, of(open)?.costNote, of(open)?.funding]).toEqual([null, '', [{ funder: 'Ville', kind: '' }]]);
  });

  it('is refused without a session', async () => {
    expect((await app.call('GET', '/api/practices-export')).status).toBe(401);
  });
});

describe('what was exported', () => {
  it.each([
    ['csv', 'text/csv'],
    ['csv&separator=semicolon', 'text/csv'],
    ['json', 'application/json'],
  ])('imports again without difference (%s)', async (format, type) => {
    const file = await exported(administrator, `format=${format}`);
    const nothing = { lines: 40, created: 0, updated: 0, unchanged: 40, refused: 0, changes: [], errors: [], errorCount: 0 };
    expect(await report(file, { type })).toEqual({ ...nothing, dryRun: true, applied: false });
    const before = await app.database.rows('SELECT * FROM practice ORDER BY ref');
    expect(await write(file, { type })).toEqual({ ...nothing, dryRun: false, applied: false });
    expect(await app.database.rows('SELECT * FROM practice ORDER BY ref')).toEqual(before);
  });

  it.each([
    ['csv', 'text/csv'],
    ['json', 'application/json'],
  ])('makes deleted practices anew, equal in all that it holds (%s)', async (format, type) => {
    const file = await exported(administrator, `format=${format}`);
    const before = [await practice('demo-02'), await practice('demo-33')];
    await app.database.run('UPDATE thread SET practice_id = NULL');
    await app.database.run(`DELETE FROM practice WHERE ref IN ('demo-02', 'demo-33')`);
    expect(await report(file, { type })).toMatchObject({ created: 2, unchanged: 38, applied: false });
    expect(await count()).toBe(38);
    expect(await write(file, { type })).toMatchObject({ created: 2, unchanged: 38, applied: true, errors: [] });
    for (const { ref, content, city, sourceUrl, otherSources, label, open } of before)
      expect(await practice(ref)).toMatchObject({ ref, content, city, sourceUrl, otherSources, label, open });
    expect(await report(file, { type })).toMatchObject({ unchanged: 40 });
    // Search follows the facts that the import has recorded.
    await app.app.get(LiveIndex).settled();
    const ids = await app.database.rows<{ id: string }>(`SELECT id FROM practice WHERE ref IN ('demo-02', 'demo-33')`);
    const { index } = await app.app.get(LiveIndex).ready();
    expect(ids.map(({ id }) => index.has(`practice:${id}`))).toEqual([true, true]);
  });

  it('becomes a new version where a cell was changed, and keeps the words that were there', async () => {
    const before = await practice('demo-03');
    const file = String(await exported()).replace(
      writeCell({ heading: 'title', path: 'title', kind: 'text' }, before.content.title),
      'Un titre corrigé par le secrétariat',
    );
    expect(await write(file)).toMatchObject({
      updated: 1,
      unchanged: 39,
      applied: true,
      changes: [{ ref: 'demo-03', outcome: 'updated' }],
    });
    expect(await practice('demo-03')).toMatchObject({ title: 'Un titre corrigé par le secrétariat', version: before.version + 1 });
    const revisions = await app.database.rows<{ title: string; author_function: string }>(
      `SELECT v.content ->> 'title' AS title, author_function FROM practice_revision v JOIN practice p ON p.id = v.practice_id WHERE ref = 'demo-03' ORDER BY v.version`,
    );
    expect(revisions).toEqual([
      { title: before.content.title, author_function: '' },
      { title: 'Un titre corrigé par le secrétariat', author_function: 'Services techniques' },
    ]);
    const [fact] = await app.database.rows(`SELECT type, audience FROM event WHERE subject_id = $1 ORDER BY cursor LIMIT 1`, [before.id]);
    expect(fact).toEqual({ type: 'practice.edited', audience: 'members' });
  });

  it('leaves alone what a shorter file does not speak of', async () => {
    const before = await practice('demo-04');
    expect(await write(`ref,summary\ndemo-04,"Un autre résumé"\n`)).toMatchObject({ updated: 1, errors: [] });
    expect((await practice('demo-04')).content).toEqual({ ...before.content, summary: 'Un autre résumé' });
  });
});

describe('a file from an office', () => {
  it.each([
    ['semicolons', (csv: string) => Buffer.from(csv.replaceAll(',', ';'))],
    ['tabs', (csv: string) => Buffer.from(csv.replaceAll(',', '\t'))],
    ['a byte order mark', (csv: string) => Buffer.from(`\ufeff${csv}`)],
    ['a line that names the separator', (csv: string) => Buffer.from(`sep=;\r\n${csv.replaceAll(',', ';')}`)],
    [
      'Windows-1252',
      (csv: string) => Buffer.from(csv.replaceAll('œ', '\u009c').replaceAll('’', '\u0092').replaceAll('€', '\u0080'), 'latin1'),
    ],
    ['UTF-16', (csv: string) => Buffer.from(`\ufeff${csv}`, 'utf16le')],
    ['line ends of Windows', (csv: string) => Buffer.from(csv.replaceAll('\n', '\r\n'))],
  ])('is read with %s', async (name, encode) => {
    const ref = `bureau-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
    const file = encode(`${HEADINGS}\n${lineOf(ref, { city: 'Thiès', title: 'L’œuvre des marchés à 5 €' })}\n`);
    expect(await write(file)).toMatchObject({ lines: 1, created: 1, applied: true, errors: [] });
    expect(await stored(ref)).toMatchObject({ title: 'L’œuvre des marchés à 5 €', city_name: 'Thiès', state: 'draft' });
  });

  it('keeps the numbers of lines right after line breaks within quotes and empty lines', async () => {
    const file = `${HEADINGS}\n${lineOf('sauts-1', { summary: 'un\ndeux\r\n\n"" trois' })}\n\n,,,,,,\n${lineOf('sauts-2', { theme: 'inconnu' })}\n${lineOf('sauts-3', { summary: 'x\ny', city: 'Nulleville' })}\n${lineOf('sauts-1')}\n`;
    // Lines 2 to 5, an empty one, one of commas, 8, 9 and 10, 11.
    expect(places(await report(file))).toEqual(['8 theme unknown_theme', '9 city unknown_city', '11 ref duplicate_ref']);
  });

  it('keeps cells that a spreadsheet would take for formulas as they are', async () => {
    const titles = ['=SOMME(A1:A9)', '+33 1 44 88', '-5 agents suffisent', '@mairie', `'=déjà protégé`, `'quoted'`];
    const file = `${HEADINGS}\n${titles.map((title, n) => lineOf(`formule-${n}`, { title: /^'*[=+\-@]/.test(title) ? `'${title}` : title })).join('\n')}\n`;
    expect(await write(file)).toMatchObject({ created: titles.length });
    expect(await Promise.all(titles.map(async (_, n) => (await stored(`formule-${n}`))?.title))).toEqual(titles);
    await app.database.run(`UPDATE practice SET state = 'published' WHERE ref LIKE 'formule-%'`);
    const again = await exported();
    const rows = parse<{ ref: string; title: string }>(again, { bom: true, columns: true }).filter((row) => row.ref.startsWith('formule'));
    expect(rows.every((row) => !/^[=+\-@]/.test(row.title))).toBe(true);
    expect(await report(again)).toMatchObject({ updated: 0, errors: [] });
    await app.database.run(`DELETE FROM practice WHERE ref LIKE 'formule-%'`);
  });

  it('says where a quotation mark is missing and what stands before it', async () => {
    const file = `${HEADINGS}\n${lineOf('guillemets-1')}\n\nguillemets-2,Dakar,SN,"Sans fin,x,y,z\n${lineOf('guillemets-3')}\n`;
    expect(places(await report(file))).toEqual(['4  malformed_csv']);
    expect(places(await report(`[\n{"ref":"a"},\n{"ref": b},\n`, { type: 'application/json' }))).toContain('3  malformed_json');
  });
});

describe('5 000 lines, 40 of them wrong', () => {
  const wrong: ((ref: string) => [line: string, column: string, code: string])[] = [
    (ref) => [lineOf(ref, { city: 'Nulleville' }), 'city', 'unknown_city'],
    (ref) => [lineOf(ref, { theme: 'inconnu' }), 'theme', 'unknown_theme'],
    (ref) => [lineOf(ref, { title: '' }), 'title', 'required'],
    (ref) => [lineOf(ref, { title: 'x'.repeat(400) }), 'title', 'too_big'],
    () => [lineOf('Pas Une Référence'), 'ref', 'invalid_ref'],
  ];
  const expected: string[] = [];
  let file = '';
  beforeAll(() => {
    const rows = Array.from({ length: 5_000 }, (_, n) => {
      if (n % 125 !== 60) return lineOf(`masse-${n}`, { summary: n % 10 === 0 ? 'deux\nlignes' : 'Une phrase.' });
      const make = wrong[Math.floor(n / 125) % wrong.length];
      const [line = '', column, code] = make?.(`masse-${n}`) ?? [];
      expected.push(`${n} ${column} ${code}`);
      return line;
    });
    file = `${HEADINGS}\n${rows.join('\n')}\n`;
    // From the place in the list to the line in an editor.
    const lines = rows.reduce<number[]>(
      (starts, _, n) => [
        ...(starts.length < 5_000 ? starts : []),
        n === 0 ? 2 : (starts[n - 1] ?? 0) + (rows[n - 1] ?? '').split('\n').length,
      ],
      [],
    );
    for (const [index, place] of expected.entries()) expected[index] = place.replace(/^\d+/, (n) => String(lines[Number(n)]));
  });

  it('lists exactly those 40 and imports nothing', async () => {
    const before = await count();
    const dry = await report(file);
    expect([dry.lines, dry.created, dry.refused, dry.errorCount, dry.applied]).toEqual([5_000, 4_960, 40, 40, false]);
    expect(places(dry)).toEqual(expected);
    expect(places(await write(file))).toEqual(expected);
    expect(await count()).toBe(before);
  });

  it('imports the good ones when errors are to be skipped', async () => {
    const before = (await count()) ?? 0;
    expect(await write(file, { query: 'skipErrors=true' })).toMatchObject({ created: 4_960, refused: 40, applied: true });
    expect(await count()).toBe(before + 4_960);
    expect(await report(file)).toMatchObject({ created: 0, unchanged: 4_960, refused: 40 });
  });

  it('refuses one line more, on the way in and on the way out', async () => {
    const many = `${HEADINGS}\n${Array.from({ length: 5_001 }, (_, n) => lineOf(`trop-${n}`)).join('\n')}\n`;
    const refused = await send(many);
    expect([refused.status, refused.json.code]).toEqual([413, 'too-large']);
    await app.database.run(`UPDATE practice SET state = 'published' WHERE ref LIKE 'masse-%'`);
    expect((await exported()).toString('utf8')).toContain('masse-4999');
    await app.database.run(
      `INSERT INTO practice (id, ref, city_name, country, title, summary, language, theme_id, state)
       SELECT gen_random_uuid(), 'plus-' || n, 'Dakar', 'SN', 'Titre', '', 'fr', 'dechets-proprete', 'published' FROM generate_series(1, 60) n`,
    );
    const tooMany = await app.call('GET', '/api/practices-export', { cookie: administrator.cookie });
    expect([tooMany.status, tooMany.json.code]).toEqual([413, 'too-large']);
    await app.database.run(`DELETE FROM practice WHERE ref LIKE 'masse-%' OR ref LIKE 'plus-%'`);
  });
});
