import { request } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXCHANGE_MAX_BYTES, type EventView, type PracticeView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { EventTail } from '../src/realtime/index.js';
import { LiveIndex } from '../src/search/index.js';
import { startWithDemonstration } from './builders/demonstration.js';
import { exchangeOf, HEADINGS, lineOf, places } from './builders/exchange.js';
import { buildMember, type Member } from './builders/forum.js';
import { aFullEntry, aShortEntry, buildDraft, buildPicture } from './builders/practices.js';
import { type TestApp, until } from './support/app.js';

let app: TestApp;
let administrator: Member, moderator: Member, member: Member, guest: Member;
let send: Exchange['send'], report: Exchange['report'], write: Exchange['write'], count: Exchange['count'];
type Exchange = ReturnType<typeof exchangeOf>;

beforeAll(async () => {
  app = await startWithDemonstration();
  [administrator, moderator, member, guest] = [
    await buildMember(app, { role: 'administrator' }),
    await buildMember(app, { role: 'moderator' }),
    await buildMember(app),
    await buildMember(app, { role: 'guest' }),
  ];
  ({ send, report, write, count } = exchangeOf(app, administrator));
});
afterAll(() => app.stop());

const practice = async (ref: string) =>
  (await app.call('GET', `/api/practices/${ref}`, { cookie: administrator.cookie })).json as unknown as PracticeView;

describe('what a file may not do', () => {
  const one = (fields: Record<string, unknown>) => {
    const [head, cells] = [Object.keys(fields), Object.values(fields).map((value) => `"${String(value).replaceAll('"', '""')}"`)];
    return `${head.join(',')}\n${cells.join(',')}\n`;
  };
  const base = { ref: 'regle-1', city: 'Dakar', country: 'SN', title: 'Un titre assez long' };

  it.each<[string, Record<string, unknown>, string[]]>([
    ['an end before the start', { start: '2022-05', end: '2021' }, ['2 end before_start']],
    [
      'funding over the total',
      {
        cost_amount: 100,
        cost_currency: 'XOF',
        cost_rate: 655.957,
        cost_rate_date: '2024-01-01',
        funding: '[{"funder":"A","amount":200}]',
      },
      ['2 funding over_total'],
    ],
    [
      'an unknown currency',
      { cost_amount: 100, cost_currency: 'ZZZ', cost_rate: 1, cost_rate_date: '2024-01-01' },
      ['2 cost_currency unknown_currency'],
    ],
    ['half a cost', { cost_amount: 100 }, ['2 cost_currency required', '2 cost_rate required', '2 cost_rate_date required']],
    ['words for a number', { beneficiaries_count: 'beaucoup' }, ['2 beneficiaries_count not_a_number']],
    ['a thousand that may be a one', { beneficiaries_count: '1,200' }, ['2 beneficiaries_count not_a_number']],
    ['broken JSON', { evidence: '[{"kind":' }, ['2 evidence malformed_cell']],
    ['a wrong row of a list', { results: '[{"indicator":"ok"},{"indicator":"x","date":"hier"}]' }, ['2 results invalid_format']],
    ['an unknown concept', { concepts: 'dechets|licornes' }, ['2 concepts unknown_concept']],
    ['an unknown column', { couleur: 'bleu' }, ['1 couleur unknown_column']],
    ['an unknown state', { state: 'en ligne' }, ['2 state unknown_state']],
    ['an expert’s mark', { state: 'validated' }, ['2 state state_not_importable']],
    ['a public practice without consent', { state: 'public' }, expect.arrayContaining(['2 state consent_required']) as unknown as string[]],
    [
      'a published practice with gaps',
      { state: 'published' },
      expect.arrayContaining(['2 summary required', '2 photos required']) as unknown as string[],
    ],
    ['a source under a draft', { source_url: 'https://exemple.org/a' }, ['2 source_url source_of_draft']],
    ['an address that is none', { source_url: 'javascript:alert(1)', state: 'public' }, ['2 source_url invalid_address']],
    ['a photo of somebody else', { photos: `[{"attachment":"${uuid()}","alt":"x"}]` }, ['2 photos unknown_attachment']],
    ['another city for a practice that is there', { ref: 'demo-10', city: 'Paris', country: 'FR' }, ['2 city city_differs']],
    ['another state for a practice that is there', { ref: 'demo-11', city: '', country: '', state: 'draft' }, ['2 state state_differs']],
    [
      'text that can’t be stored',
      { problem: 'a\0b', evidence: '[{"kind":"data","label":"x","url":"http://a\\u0000b"}]' },
      ['2  unstorable_text'],
    ],
  ])('%s', async (_name, fields, expected) => {
    const before = await count();
    const told = await write(one({ ...base, ...fields }));
    expect([places(told), told.applied, await count()]).toEqual([expected, false, before]);
  });

  it('writes a practice of a public source for everybody, and says who brought it in', async () => {
    const file = one({
      ...base,
      ref: 'source-1',
      state: 'public',
      source_url: 'https://exemple.org/a',
      steps: 'Recenser|Former',
      partners: 'ONU-Habitat|Ville de Nice',
    });
    expect(await write(file)).toMatchObject({ created: 1, errors: [] });
    const view = await practice('source-1');
    expect(view).toMatchObject({
      open: true,
      sourceUrl: 'https://exemple.org/a',
      standing: { preparedBy: { function: 'Services techniques' } },
    });
    expect(view.content).toMatchObject({
      steps: [{ title: 'Recenser' }, { title: 'Former' }],
      partners: [{ name: 'ONU-Habitat' }, { name: 'Ville de Nice' }],
    });
    expect(await report(file)).toMatchObject({ unchanged: 1 });
    await app.database.run(`DELETE FROM practice WHERE ref = 'source-1'`);
  });

  it('touches neither the draft of a city nor an entry that is being judged, nor opens a city’s practice by a source', async () => {
    const draft = await buildDraft(app, member, aShortEntry());
    expect(places(await write(`ref,summary\n${draft.ref},Autre\n`))).toEqual(['2 ref not_editable']);
    for (const state of ['submitted', 'in-expertise', 'withdrawn']) {
      await app.database.run('UPDATE practice SET state = $2 WHERE ref = $1', [draft.ref, state]);
      expect(places(await write(`ref,summary\n${draft.ref},Autre\n`))).toEqual(['2 ref not_editable']);
    }
    const photo = await buildPicture(app, member);
    await app.database.run('UPDATE attachment SET practice_id = $2 WHERE id = $1', [photo, draft.id]);
    await app.database.run(`UPDATE practice SET state = 'published', content = $2 WHERE ref = $1`, [
      draft.ref,
      JSON.stringify(aFullEntry(photo)),
    ]);
    expect(places(await write(`ref,source_url\n${draft.ref},https://exemple.org/\n`))).toEqual(['2 source_url consent_required']);
    expect(places(await write(`ref,photos\n${draft.ref},\n`))).toEqual(['2 photos required']);
    expect((await write(`ref,difficulties\n${draft.ref},Trop peu\n`)).errors).toEqual([
      { line: 2, column: 'difficulties', code: 'too_few_words', value: 'Trop peu', min: 20, max: 250 },
    ]);
    expect(await write(`ref,title\n${draft.ref},Un titre corrigé\n`)).toMatchObject({ updated: 1, errors: [] });
    await app.database.run('DELETE FROM practice WHERE ref = $1', [draft.ref]);
  });
});

describe('an import of many practices', () => {
  it('is told once to everybody, and found by its words one by one', async () => {
    const { events } = await app.socket(member.cookie);
    const lines = Array.from({ length: 30 }, (_, n) => lineOf(`foule-${n}`, { title: `Une halle numéro ${n} nommée foulenombreuse` }));
    const publish = (file: string) => file.replaceAll('\n', ',published\n').replace(',published', ',state');
    const file = publish(`${HEADINGS},source_url\n${lines.map((line) => `${line},https://exemple.org/`).join('\n')}\n`);
    expect(await write(file)).toMatchObject({ created: 30, errors: [] });
    await until(() => events.some((event) => event.type === 'practice.published'), 'the fact');
    await app.app.get(EventTail).settled();
    await app.app.get(LiveIndex).settled();
    const found = (await app.call('GET', '/api/search?q=foulenombreuse', { cookie: member.cookie })).json as unknown as { total: number };
    await write(`ref,title\ndemo-10,Un seul titre changé par un fichier\n`);
    await until(() => events.some((event) => event.type === 'practice.edited'), 'the fact of one');
    const many = (event: EventView) => (event.data as { many?: boolean } | null)?.many === true;
    expect([events.map((event) => [event.type, many(event)]), found.total]).toEqual([
      [
        ['practice.published', true],
        ['practice.edited', false],
      ],
      30,
    ]);
    await app.database.run(`DELETE FROM practice WHERE ref LIKE 'foule-%'`);
  });
});

describe('the import', () => {
  const file = `${HEADINGS}\n${lineOf('droits-1')}\n`;

  it('is for the administrator alone, who writes only when it is said', async () => {
    const anyone = await fetch(`${app.url}/api/practices-import`, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: file });
    expect(anyone.status).toBe(401);
    for (const who of [guest, member, moderator]) {
      const refused = await send(file, { who, query: 'dryRun=false' });
      expect([refused.status, refused.json.code]).toEqual([403, 'forbidden']);
    }
    expect(await report(file)).toMatchObject({ dryRun: true, created: 1, applied: false });
    expect((await app.call('GET', '/api/practices/droits-1', { cookie: administrator.cookie })).status).toBe(404);
    expect((await send(file, { query: 'dryRun=peut-etre' })).status).toBe(400);
    expect((await send(file, { type: 'application/pdf' })).status).toBe(415);
  });

  it('takes a JSON body beyond the bound of other routes', async () => {
    const content = { title: 'Un grand titre', theme: 'dechets-proprete', problem: 'x'.repeat(3_000) };
    const entries = Array.from({ length: 600 }, (_, n) => ({ ref: `grand-${n}`, city: 'dakar', content }));
    const body = JSON.stringify(entries);
    expect(body.length).toBeGreaterThan(1_500_000);
    expect(await report(body, { type: 'application/json; charset=utf-8' })).toMatchObject({ lines: 600, created: 600, errors: [] });
  });

  it('refuses 60 MB, announced or not, without reading them all', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    const announced = await send(Buffer.alloc(60 * megabyte.length, 'x'));
    expect([announced.status, announced.json]).toEqual([
      413,
      expect.objectContaining({ code: 'too-large', params: { maxBytes: EXCHANGE_MAX_BYTES } }),
    ]);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const options = { method: 'POST', headers: { cookie: administrator.cookie, 'content-type': 'application/json' } };
      const upload = request(`${app.url}/api/practices-import`, options, (answer) => {
        resolve(answer.statusCode);
        upload.destroy();
      }).on('error', reject);
      Readable.from(Array.from({ length: 60 }, () => megabyte)).pipe(upload);
    });
    expect(status).toBe(413);
  });
});
