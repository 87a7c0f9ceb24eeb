import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CasesPage, CaseView } from '@passerelle/contract';
import { startWithDemonstration } from './builders/demonstration.js';
import { buildMember, type Member } from './builders/forum.js';
import { TestApp, until } from './support/app.js';

let app: TestApp;
let moderator: Member;

beforeAll(async () => {
  app = await startWithDemonstration();
  moderator = await buildMember(app, { role: 'moderator' });
});
afterAll(() => app.stop());

const WORDS = 'Le nombre de tonnes ne correspond pas à la source citée.';

/** What a browser without script sends from the page. */
const send = (fields: Record<string, string>, headers: Record<string, string> = { origin: app.url }, to = app) =>
  to.call('POST', '/public/signaler', { body: new URLSearchParams(fields).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } });
const cases = async () => ((await app.call('GET', '/api/moderation/cases', { cookie: moderator.cookie })).json as unknown as CasesPage).items;
const caseOf = async (page: string) => (await cases()).find(({ target }) => target.url === page);
const view = async (id = '') => (await app.call('GET', `/api/moderation/cases/${id}`, { cookie: moderator.cookie })).json as unknown as CaseView;
const reports = async () => (await app.database.row<{ count: number }>('SELECT count(*) AS count FROM report'))?.count;

describe('the form at the foot of public pages', () => {
  it('stands on each page with its address, and on none that is not there', async () => {
    for (const page of ['/public', '/public/pratiques', '/public/pratiques/demo-02', '/public/villes', '/public/villes/dschang', '/public/carte']) {
      const { text } = await app.call('GET', page);
      expect(text).toContain(`<form method="post" action="/public/signaler"><input type="hidden" name="page" value="${page}">`);
      expect(text).not.toContain('mailto:');
    }
    expect((await app.call('GET', '/public/absente')).text).not.toContain('/public/signaler');
  });

  it('makes a case for moderation, told live, without anything about who sent it', async () => {
    const { events } = await app.socket(moderator.cookie);
    const answer = await send({ page: '/public/pratiques/demo-02', lang: 'fr', text: WORDS });
    expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([303, '/public/merci?lang=fr', null]);
    await until(() => events.some((event) => event.type === 'case.moved'), 'the fact for moderation');
    const one = await caseOf('/pratiques/demo-02');
    expect(one).toMatchObject({ target: { kind: 'practice' }, reports: 1, reason: 'false' });
    expect((await view(one?.id)).reported).toEqual([{ reason: 'false', text: WORDS, at: expect.any(String), by: null, visitor: true }]);
    const thanks = await app.call('GET', '/public/merci?lang=fr');
    expect([thanks.status, /<h1>(.*?)<\/h1>/.exec(thanks.text)?.[1], thanks.text.includes('name="robots" content="noindex"')]).toEqual([200, 'Merci', true]);
    expect((await app.call('GET', '/public/merci?lang=en')).text).toContain('<h1>Thank you</h1>');
  });

  it('joins the case that is open, is one report when it is sent twice, and may be about a page as a whole', async () => {
    const page = '/public/villes/dschang';
    await Promise.all([send({ page, text: WORDS }), send({ page, text: WORDS })]);
    await send({ page, text: 'La carte montre une autre ville.' });
    const one = await caseOf(page);
    expect(one).toMatchObject({ target: { kind: 'page', id: page, title: page }, reports: 2 });
    const body = { id: '01890000-0000-7000-8000-000000000001', version: one?.version, rule: 'exactitude', facts: 'La carte était décalée, elle est corrigée.', measure: 'keep', duration: null, remedy: 'Rien n’est à faire de plus.' };
    const decide = (changes: object) => app.call('POST', `/api/moderation/cases/${one?.id}/decision`, { cookie: moderator.cookie, body: { ...body, ...changes } });
    expect([(await decide({ measure: 'warn' })).status, (await decide({})).status, await caseOf(page)]).toEqual([400, 201, undefined]);
  });

  it('joins the case that was opened since when a decision on the same words is undone', async () => {
    const page = '/public/carte';
    await send({ page, text: WORDS });
    const one = await caseOf(page);
    const body = { id: '01890000-0000-7000-8000-000000000002', version: one?.version, rule: 'exactitude', facts: 'Le nombre est celui de la source.', measure: 'keep', duration: null, remedy: 'Rien n’est à faire de plus.' };
    expect((await app.call('POST', `/api/moderation/cases/${one?.id}/decision`, { cookie: moderator.cookie, body })).status).toBe(201);
    await send({ page, text: WORDS });
    expect((await app.call('POST', `/api/moderation/decisions/${body.id}/undo`, { cookie: moderator.cookie })).status).toBe(201);
    expect((await cases()).filter(({ target }) => target.id === page)).toMatchObject([{ reports: 1 }]);
  });

  it('says what is wrong, keeps what was written, and stores nothing', async () => {
    const before = await reports();
    const short = await send({ page: '/public/carte', lang: 'en', text: ' <b>no</b> ' });
    expect([short.status, short.text.includes('&lt;b&gt;no&lt;/b&gt;'), short.text.includes('Write ten characters at least')]).toEqual([422, true, true]);
    expect([(await send({ page: '/public/carte', text: 'x'.repeat(2_001) })).status, (await send({ page: '/public/carte' })).status, (await send({ page: '/public/carte', text: '\u0000'.repeat(20) })).status]).toEqual([422, 422, 422]);
    for (const page of ['', '/public/pratiques/nulle-part', '/public/villes/nulle-part', '/fils', 'https://exemple.test/', '/public/../api', '/public/pratiques/%00']) expect([page, (await send({ page, text: WORDS })).status]).toEqual([page, 404]);
    // Only a program fills in what nobody sees; it need not know that nothing came of it.
    expect((await send({ page: '/public/carte', text: WORDS, site: 'https://exemple.test/' })).status).toBe(303);
    expect((await send({ page: '/public/carte', text: 'x'.repeat(1_200_000) })).status).toBe(413);
    expect(await reports()).toBe(before);
  });

  it('is taken from our own pages only', async () => {
    const before = await reports();
    const from = async (headers: Record<string, string>) => (await send({ page: '/public/carte', text: WORDS }, headers)).status;
    expect([await from({ origin: 'https://exemple.test' }), await from({ origin: 'null' }), await from({}), await from({ 'sec-fetch-site': 'cross-site' }), await from({ referer: 'https://exemple.test/x' })]).toEqual([403, 403, 403, 403, 403]);
    expect(await reports()).toBe(before);
    expect([await from({ referer: `${app.url}/public/carte` }), (await app.call('GET', '/public/carte')).headers.get('referrer-policy')]).toEqual([303, 'same-origin']);
  });

  it('takes five in an hour from one address, then says when to come back', async () => {
    const limited = await TestApp.start({ RATE_LIMITS: 'on' });
    try {
      const statuses: number[] = [];
      for (let count = 0; count < 5; count++) statuses.push((await send({ page: '/public', text: `${WORDS} ${count}` }, { origin: limited.url }, limited)).status);
      const refused = await send({ page: '/public', lang: 'fr', text: WORDS }, { origin: limited.url }, limited);
      expect([statuses, refused.status, Number(refused.headers.get('retry-after')) > 3_000]).toEqual([[303, 303, 303, 303, 303], 429, true]);
      expect(refused.text).toContain('sp@aimf.asso.fr');
    } finally {
      await limited.stop();
    }
  });
});
