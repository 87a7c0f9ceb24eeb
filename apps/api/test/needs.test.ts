import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IntroductionsPage, NeedsPage, NeedView, OffersPage, OfferView, SuggestionView } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { loadReference } from '../src/demo/index.js';
import { buildCity, buildMember, type Member } from './builders/forum.js';
import { buildDelegation } from './builders/practices.js';
import {
  actOnNeed, aNeed, anOffer, buildIntroduction, buildNeed, buildOffer, buildProject, buildPublishedNeed, introduce, meet, post, slugOf, statementsOf,
} from './builders/projects.js';
import { TestApp, until } from './support/app.js';

let app: TestApp;
let asker: Member, cabinet: Member, helper: Member, stranger: Member, moderator: Member, guest: Member;

beforeAll(async () => {
  app = await TestApp.start();
  await loadReference(app.database);
  asker = await buildMember(app, { function: 'Maire' });
  cabinet = await buildMember(app, { organisationId: asker.organisationId, function: 'Cabinet' });
  await buildDelegation(app, asker, cabinet);
  helper = await buildMember(app, { organisationId: await buildCity(app, { country: 'MA' }) });
  stranger = await buildMember(app);
  moderator = await buildMember(app, { role: 'moderator' });
  guest = await buildMember(app, { role: 'guest' });
});
afterAll(() => app.stop());

const get = (who: Member, path: string) => app.call('GET', path, { cookie: who.cookie });
const json = async <T>(who: Member, path: string) => (await get(who, path)).json as unknown as T;
const statuses = async (path: string, ...who: Member[]) => Promise.all(who.map(async (one) => (await get(one, path)).status));
const editNeed = (who: Member, need: NeedView, content: unknown) => app.call('PATCH', `/api/needs/${need.id}`, { cookie: who.cookie, body: { version: need.version, content } });
const old = (need: NeedView) => app.database.run(`UPDATE need SET published_at = now() - interval '91 days' WHERE id = $1`, [need.id]);

describe('a need', () => {
  it('is a draft of its city until somebody who signs for it publishes what is complete', async () => {
    const draft = await buildNeed(app, cabinet, aNeed({ problem: '', wanted: [] }));
    expect(await statuses(`/api/needs/${draft.id}`, asker, stranger, moderator, guest)).toEqual([200, 404, 404, 404]);
    expect((await actOnNeed(app, asker, draft, 'publish')).json.errors?.map((error) => error.path)).toEqual(['content.problem', 'content.wanted']);
    const whole = (await editNeed(cabinet, draft, aNeed())).json as unknown as NeedView;
    expect((await actOnNeed(app, cabinet, whole, 'publish')).json.code).toBe('mandate-required');
    const answers = [await actOnNeed(app, asker, whole, 'publish'), await actOnNeed(app, asker, whole, 'publish'), await actOnNeed(app, asker, whole, 'meet')];
    expect(answers.map((one) => one.json.code ?? one.status)).toEqual([200, 200, 'stale-version']);
    expect(await statuses(`/api/needs/${draft.id}`, stranger, moderator, guest)).toEqual([200, 200, 404]);
  });

  it('may be sent again, its id is not given to other words, and two editors lose nothing', async () => {
    const body = { id: uuid(), content: aNeed() };
    const send = (content: unknown, who = asker) => post(app, who, '/api/needs', { ...body, content });
    expect([(await send(body.content)).status, (await send(body.content)).status, (await send(aNeed({ urgency: 'high' }))).json.code, (await send(body.content, stranger)).json.code]).toEqual([201, 200, 'id-reused', 'id-reused']);
    expect((await send(aNeed({ urgency: 'high' }))).json).toMatchObject({ params: { ref: body.id, version: 1 } });
    const need = await json<NeedView>(asker, `/api/needs/${body.id}`);
    const edits = await Promise.all([editNeed(asker, need, aNeed({ urgency: 'high' })), editNeed(cabinet, need, aNeed({ urgency: 'low' }))]);
    expect(edits.map((one) => one.status).sort()).toEqual([200, 409]);
  });

  it('says where it does not fit', async () => {
    const create = async (changes: Record<string, unknown>) => (await post(app, asker, '/api/needs', { id: uuid(), content: aNeed(changes) })).json.errors?.[0];
    expect([await create({ period: { from: '2026-05', to: '2026-04' } }), await create({ budget: { amount: 10, currency: 'XYZ' } }), await create({ concept: 'inconnu' })]).toEqual([
      { path: 'content.period.to', message: 'before_start' }, { path: 'content.budget.currency', message: 'unknown_currency' }, { path: 'content.concept', message: 'not_found' }]);
    const address = { path: 'content.contact', message: 'address' };
    expect((await actOnNeed(app, asker, await buildNeed(app, asker, aNeed({ contact: 'marches@ville.test' })), 'publish')).json.errors).toEqual([address]);
    expect((await post(app, asker, '/api/offers', { id: uuid(), content: anOffer({ contact: '+221 77 123 45 67' }) })).json.errors).toEqual([address]);
  });

  it('belongs to a project of its city only, which shows it', async () => {
    const project = await buildProject(app, asker);
    const need = await buildPublishedNeed(app, asker, aNeed({ project: project.ref }));
    expect(need.project).toEqual({ ref: project.ref, title: project.title });
    expect(await json(stranger, `/api/projects/${project.ref}`)).toMatchObject({ needs: [{ id: need.id, state: 'published' }] });
    expect((await post(app, stranger, '/api/needs', { id: uuid(), content: aNeed({ project: project.ref }) })).json.errors?.[0]?.path).toBe('content.project');
  });

  it('expires after ninety days by reading alone, leaves the list, and is renewed by its city', async () => {
    const need = await buildPublishedNeed(app, asker);
    const listed = async () => (await json<NeedsPage>(stranger, '/api/needs?limit=100')).items.some((item) => item.id === need.id);
    expect(await listed()).toBe(true);
    await old(need);
    const expired = await json<NeedView>(asker, `/api/needs/${need.id}`);
    expect([expired.state, expired.abilities.actions, await listed(), (await json<NeedsPage>(stranger, '/api/needs?state=expired')).items.length]).toEqual(['expired', ['renew', 'meet', 'close'], false, 1]);
    expect((await introduce(app, helper, { need: need.id })).json.code).toBe('not-possible-now');
    expect((await actOnNeed(app, stranger, expired, 'renew')).status).toBe(403);
    const renewed = (await actOnNeed(app, asker, expired, 'renew')).json as unknown as NeedView;
    expect([renewed.state, await listed()]).toEqual(['published', true]);
  });

  it('is closed by moderation too, and taken up again as a draft', async () => {
    const need = await buildPublishedNeed(app, asker);
    expect([(await actOnNeed(app, moderator, need, 'meet')).status, (await actOnNeed(app, moderator, need, 'close')).status, (await actOnNeed(app, asker, { ...need, version: 3 }, 'revise')).status]).toEqual([403, 200, 200]);
    expect((await get(stranger, `/api/needs/${need.id}`)).status).toBe(404);
  });

  it('that was closed without being published stays with its city, in lists and live too', async () => {
    const draft = await buildNeed(app, asker);
    const sockets = await Promise.all([asker, stranger].map((who) => app.socket(who.cookie)));
    expect((await actOnNeed(app, asker, draft, 'close')).status).toBe(200);
    expect(await statuses(`/api/needs/${draft.id}`, asker, stranger, moderator)).toEqual([200, 404, 404]);
    expect((await json<NeedsPage>(stranger, '/api/needs?state=closed&limit=100')).items.map((item) => item.id)).not.toContain(draft.id);
    await until(() => sockets[0]?.events.some((event) => event.type === 'need.moved') === true, 'the fact for its city');
    const published = await buildPublishedNeed(app, asker);
    await until(() => sockets[1]?.events.some((event) => event.data !== null && (event.data as { id?: string }).id === published.id) === true, 'the fact for all');
    expect(sockets[1]?.events.filter((event) => (event.data as { id?: string } | null)?.id === draft.id)).toEqual([]);
  });

  it('that was taken back as a draft is not told again when it is closed with new words', async () => {
    const need = await buildPublishedNeed(app, asker);
    for (const [version, action] of [[2, 'close'], [3, 'revise'], [4, 'close']] as const) expect((await actOnNeed(app, asker, { ...need, version }, action)).status).toBe(200);
    expect(await statuses(`/api/needs/${need.id}`, asker, stranger)).toEqual([200, 404]);
  });
});

describe('a discreet need', () => {
  it('is read by its city, moderation, and the city whom its own has agreed to meet; live too', async () => {
    const need = await buildPublishedNeed(app, asker, aNeed({ visibility: 'discreet' }));
    const slug = await slugOf(app, helper.organisationId);
    expect(await statuses(`/api/needs/${need.id}`, asker, moderator, helper, stranger)).toEqual([200, 200, 404, 404]);
    const introduction = await buildIntroduction(app, moderator, { need: need.id, organisation: slug });
    expect(await statuses(`/api/needs/${need.id}`, helper)).toEqual([404]);
    await meet(app, introduction, [asker, 'accept-by-asker']);
    expect(await statuses(`/api/needs/${need.id}`, helper, stranger)).toEqual([200, 404]);
    const sockets = await Promise.all([asker, moderator, stranger].map((who) => app.socket(who.cookie)));
    await actOnNeed(app, asker, { id: need.id, version: need.version }, 'meet');
    const heard = (index: number) => (sockets[index]?.events ?? []).filter((event) => event.type === 'need.moved').length;
    await until(() => heard(0) === 1 && heard(1) === 1, 'the facts');
    expect(heard(2)).toBe(0);
  });
});

describe('an offer', () => {
  it('is made by somebody who signs for the city, set aside, put away and taken out again', async () => {
    expect((await post(app, cabinet, '/api/offers', { id: uuid(), content: anOffer() })).json.code).toBe('mandate-required');
    expect((await post(app, helper, '/api/offers', { id: uuid(), content: anOffer({ concepts: [], forms: [] }) })).json.errors?.map((error) => error.path)).toEqual(['content.concepts', 'content.forms']);
    const offer = await buildOffer(app, helper);
    const act = (who: Member, action: string, version: number) => post(app, who, `/api/offers/${offer.id}/actions`, { version, action });
    expect([(await act(stranger, 'suspend', 1)).status, (await act(helper, 'suspend', 1)).status, (await act(helper, 'suspend', 1)).status]).toEqual([403, 200, 200]);
    expect(await statuses(`/api/offers/${offer.id}`, helper, moderator, stranger, guest)).toEqual([200, 200, 404, 404]);
    expect([(await act(moderator, 'archive', 2)).status, (await act(moderator, 'restore', 3)).status, (await act(helper, 'restore', 3)).status, (await act(helper, 'resume', 4)).status]).toEqual([200, 403, 200, 200]);
    const edit = (who: Member, content: unknown) => app.call('PATCH', `/api/offers/${offer.id}`, { cookie: who.cookie, body: { version: 5, content } });
    expect([(await edit(stranger, anOffer())).status, (await edit(helper, anOffer({ capacity: 'Deux visites par an' }))).status, (await edit(helper, anOffer())).json.code]).toEqual([403, 200, 'stale-version']);
  });
});

describe('suggestions', () => {
  it('name cities with an offer or a practice on the concept, best first, with reasons, and send nothing', async () => {
    const [near, far] = [await buildMember(app), await buildMember(app)];
    await app.database.run('UPDATE organisation SET population = 90000, latitude = 14, longitude = -17 WHERE id = ANY($1::uuid[])', [[asker.organisationId, near.organisationId]]);
    await buildOffer(app, near, anOffer({ concepts: ['etat-civil'] }));
    await buildOffer(app, far, anOffer({ concepts: ['etat-civil'], forms: ['document'] }));
    await app.database.run(
      `INSERT INTO practice (id, ref, organisation_id, city_name, country, title, summary, language, theme_id, concepts, cost_range, state, validated, content) SELECT $1, 'etat-civil-valide', id, name, country, 'Un état civil sûr', '', 'fr', 'egalite-droits', '{etat-civil}', 'unknown', 'validated', true, '{}' FROM organisation WHERE id = $2`,
      [uuid(), near.organisationId]);
    const need = await buildPublishedNeed(app, asker, aNeed({ concept: 'etat-civil' }));
    const suggest = async (who: Member) => get(who, `/api/needs/${need.id}/suggestions`);
    const { items } = (await suggest(asker)).json as unknown as { items: SuggestionView[] };
    expect(items.map((item) => [item.organisation.slug, item.score])).toEqual([[await slugOf(app, near.organisationId), 90], [await slugOf(app, far.organisationId), 45]]);
    expect(items[0]?.reasons.map((reason) => reason.code)).toEqual(['same-concept', 'validated-practice', 'similar-size', 'same-language', 'near', 'same-time', 'available']);
    expect(items[0]?.practice?.ref).toBe('etat-civil-valide');
    expect([(await suggest(moderator)).status, (await suggest(near)).status, (await suggest(guest)).status]).toEqual([200, 403, 404]);
    expect((await json<IntroductionsPage>(near, '/api/introductions')).items).toEqual([]);
    await buildIntroduction(app, asker, { need: need.id, organisation: items[0]?.organisation.slug });
    expect(((await suggest(asker)).json as unknown as { items: SuggestionView[] }).items.length).toBe(1);
  });
});

describe('lists', () => {
  it('filter with counts and go on where the page ended', async () => {
    const town = await buildMember(app, { organisationId: await buildCity(app, { country: 'VU' }) });
    const needs = [await buildPublishedNeed(app, town), await buildPublishedNeed(app, town, aNeed({ concept: 'etat-civil', wanted: ['training'] }))];
    await buildNeed(app, town);
    const offers = [await buildOffer(app, town), await buildOffer(app, town, anOffer({ concepts: ['etat-civil'], forms: ['mission'] }))];
    const ids = async (path: string) => (await json<NeedsPage>(stranger, path)).items.map((item) => item.id);
    expect(await ids('/api/needs?country=VU')).toEqual([needs[1]?.id, needs[0]?.id]);
    expect([await ids('/api/needs?country=VU&concept=marches'), await ids('/api/needs?country=VU&form=training'), await ids('/api/needs?country=VU&theme=egalite-droits')]).toEqual([[needs[0]?.id], [needs[1]?.id], [needs[1]?.id]]);
    expect([await ids('/api/offers?country=VU&form=mission,training'), await ids('/api/offers?country=VU&state=archived')]).toEqual([[offers[1]?.id], []]);
    const { total, facets } = await json<OffersPage>(stranger, '/api/offers?country=VU');
    expect([total, facets.form.map((value) => [value.value, value.count]), facets.theme.length]).toEqual([2, [['visit', 1], ['mission', 1]], 2]);
    const own = await json<NeedsPage>(town, '/api/needs?country=VU&state=draft');
    expect([own.items.length, own.facets.state.map((value) => [value.value, value.count])]).toEqual([1, [['draft', 1], ['published', 2]]]);
    const first = await json<NeedsPage>(stranger, '/api/needs?country=VU&limit=1');
    expect(await ids(`/api/needs?country=VU&limit=1&cursor=${first.nextCursor}`)).toEqual([needs[0]?.id]);
  });

  it('take as many statements for many as for few', async () => {
    const need = await buildPublishedNeed(app, asker);
    const paths = ['/api/needs?limit=100', '/api/offers?limit=100', '/api/introductions?limit=100', `/api/needs/${need.id}`, `/api/needs/${need.id}/suggestions`];
    const counts = async () => {
      const all: number[] = [];
      for (const path of paths) all.push(await statementsOf(app, asker, path));
      return all;
    };
    const before = await counts();
    for (const who of [helper, stranger, moderator]) await introduce(app, who, { need: need.id });
    await Promise.all([buildOffer(app, helper), buildOffer(app, stranger), buildPublishedNeed(app, helper)]);
    expect([await counts(), before]).toEqual([before, [2, 2, 2, 4, 2]]);
  });
});

describe('who may do what', () => {
  // anonymous, guest, third city, city in need, helping city (introduced), moderator
  const table: [string, string, (ids: { need: string; offer: string; introduction: string }) => string, (() => unknown) | undefined, number[]][] = [
    ['lists needs', 'GET', () => '/api/needs', undefined, [401, 404, 200, 200, 200, 200]],
    ['lists offers', 'GET', () => '/api/offers', undefined, [401, 404, 200, 200, 200, 200]],
    ['lists introductions', 'GET', () => '/api/introductions', undefined, [401, 404, 200, 200, 200, 200]],
    ['reads the need', 'GET', ({ need }) => `/api/needs/${need}`, undefined, [401, 404, 200, 200, 200, 200]],
    ['reads the offer', 'GET', ({ offer }) => `/api/offers/${offer}`, undefined, [401, 404, 200, 200, 200, 200]],
    ['reads the introduction', 'GET', ({ introduction }) => `/api/introductions/${introduction}`, undefined, [401, 404, 404, 200, 200, 200]],
    ['asks for suggestions', 'GET', ({ need }) => `/api/needs/${need}/suggestions`, undefined, [401, 404, 403, 200, 403, 200]],
    ['writes a need', 'POST', () => '/api/needs', () => ({ id: uuid(), content: aNeed() }), [401, 403, 201, 201, 201, 201]],
    ['writes an offer', 'POST', () => '/api/offers', () => ({ id: uuid(), content: anOffer() }), [401, 403, 201, 201, 201, 201]],
    ['edits the need', 'PATCH', ({ need }) => `/api/needs/${need}`, () => ({ version: 2, content: aNeed() }), [401, 404, 403, 200, 403, 403]],
    ['edits the offer', 'PATCH', ({ offer }) => `/api/offers/${offer}`, () => ({ version: 1, content: anOffer() }), [401, 404, 403, 403, 200, 403]],
    ['renews the need', 'POST', ({ need }) => `/api/needs/${need}/actions`, () => ({ version: 2, action: 'renew' }), [401, 404, 403, 200, 403, 403]],
    ['suspends the offer', 'POST', ({ offer }) => `/api/offers/${offer}/actions`, () => ({ version: 1, action: 'suspend' }), [401, 404, 403, 403, 200, 409]],
    ['answers for the helper', 'POST', ({ introduction }) => `/api/introductions/${introduction}/actions`, () => ({ version: 1, action: 'accept-by-helper' }), [401, 404, 404, 403, 200, 409]],
    ['writes a message', 'POST', ({ introduction }) => `/api/introductions/${introduction}/messages`, () => ({ id: uuid(), body: 'Un mot' }), [401, 404, 404, 409, 409, 403]],
  ];
  it.each(table)('%s', async (_name, method, path, body, expected) => {
    const need = await buildPublishedNeed(app, asker);
    const offer = (await buildOffer(app, helper)) as OfferView;
    const introduction = await buildIntroduction(app, asker, { need: need.id, offer: offer.id });
    const answers: number[] = [];
    for (const who of [undefined, guest, stranger, asker, helper, moderator])
      answers.push((await app.call(method, path({ need: need.id, offer: offer.id, introduction: introduction.id }), { ...(who && { cookie: who.cookie }), ...(body && { body: body() }) })).status);
    expect(answers).toEqual(expected);
  });
});
